// What a pointing device is: its kind, its axis of pressure, and when the hand beside a pen is not meant.

import Basics

/// A pointing device.
package struct PointingDevice: Sendable, Equatable {
  /// The kind of a device.
  package enum Kind: Sendable, Equatable {
    case pen, eraser, touch, other
  }

  /// The kind.
  package let kind: Kind
  /// The axis of pressure; nil where the device has none.
  package let pressure: PressureAxis?

  /// A device of which nothing is known.
  static let unknown = PointingDevice(named: "", pressure: nil, isTouchScreen: false)

  /// Tells the kind by the name and by what the device has.
  ///
  /// Drivers use names such as "… Pen eraser" and "… Eraser (0)", and "… Finger touch" for the touch of a tablet.
  package init(named name: String, pressure: PressureAxis?, isTouchScreen: Bool) {
    let words = name.lowercased().split { !$0.isLetter }
    self.pressure = pressure
    kind =
      words.contains("eraser")
      ? .eraser : isTouchScreen || words.contains("finger") ? .touch : pressure != nil ? .pen : .other
  }
}

/// The axis of a device that reports pressure.
package struct PressureAxis: Sendable, Equatable {
  /// The number of the axis.
  package let number: Int
  /// The value without pressure.
  package let minimum: Double
  /// The largest value.
  package let maximum: Double

  /// Makes an axis; nil for one without a range.
  package init?(number: Int, minimum: Double, maximum: Double) {
    guard (0..<64).contains(number), minimum.isFinite, maximum.isFinite, maximum > minimum else { return nil }
    (self.number, self.minimum, self.maximum) = (number, minimum, maximum)
  }

  /// The pressure of an event, 0…1; nil where the event does not report this axis.
  ///
  /// An event has a value for each bit that is set in its mask, in the order of the axes.
  package func pressure(mask: [UInt8], values: [Double]) -> Double? {
    func isSet(_ axis: Int) -> Bool { axis / 8 < mask.count && mask[axis / 8] & 1 << UInt8(axis % 8) != 0 }
    guard isSet(number) else { return nil }
    let index = (0..<number).count { isSet($0) }
    guard values.indices.contains(index), values[index].isFinite else { return nil }
    return min(1, max(0, (values[index] - minimum) / (maximum - minimum)))
  }
}

/// Decides whether a touch is the hand that holds a pen.
package struct PalmRejection: Sendable {
  /// A report of a pen.
  private struct Report {
    let time: ServerTime
    let isDown: Bool
  }

  private var last: Report?

  /// A pen near the tablet reports its position many times in this time, in milliseconds.
  private static let nearby: ServerTime = 700
  /// A pen that rests on the tablet reports nothing while it does not move.
  private static let resting: ServerTime = 5000

  /// Starts without a pen.
  package init() {}

  /// Notes a report of a pen; `isDown` tells whether it touches the tablet.
  package mutating func penMoved(at time: ServerTime, isDown: Bool) {
    last = Report(time: time, isDown: isDown)
  }

  /// Whether the pointer is moved or pressed by the hand that holds a pen.
  package func rejects(_ kind: PointingDevice.Kind, at time: ServerTime) -> Bool {
    guard kind == .touch, let last else { return false }
    return time &- last.time < (last.isDown ? Self.resting : Self.nearby)
  }
}
