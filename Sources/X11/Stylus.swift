import Basics
internal import CX11

/// The pen or the finger in use, from XInput 2, whose library is loaded at run time and may be missing.
///
/// A tablet's driver makes a separate device for the eraser and for touch. The server reports when another device starts
/// to move the pointer, before that device's first motion. The motions are ordinary pointer events; those of pens are
/// reported with their pressure as well, before the ordinary event.
package final class Stylus {
  /// A pressure of a pen.
  private struct Pressure {
    let value: Double
    let time: ServerTime
  }

  /// The device in use.
  private var device = PointingDevice.unknown
  private var pressure: Pressure?
  private var palm = PalmRejection()
  private let connection: OpaquePointer
  private let window: CX11.Window
  private let library: XInputLibrary
  private var devices: [Int32: PointingDevice] = [:]

  /// The end in use.
  var tool: PointerTool { device.kind == .eraser ? .eraser : .tip }

  /// Selects the events; nil where the library or the server's extension is missing.
  init?(_ connection: OpaquePointer, window: CX11.Window) {
    // Touch is known since 2.2.
    guard let library = XInputLibrary(on: connection, minorVersion: 2) else { return nil }
    self.connection = connection
    self.window = window
    self.library = library
    library.select([CX11_XI_DeviceChanged], of: Int32(CX11_XIAllMasterDevices), for: window)
  }

  /// Handles an event that may report another device, or the pressure of a pen.
  func handle(_ cookie: inout XGenericEventCookie) {
    guard cookie.extension == library.extensionCode, XGetEventData(connection, &cookie) != 0 else { return }
    defer { XFreeEventData(connection, &cookie) }
    guard let data = cookie.data else { return }
    if cookie.evtype == Int32(CX11_XI_DeviceChanged) {
      device = self.device(data.assumingMemoryBound(to: CX11DeviceChanged.self).pointee.sourceid)
    } else if cookie.evtype == Int32(CX11_XI_Motion) {
      penMoved(data.assumingMemoryBound(to: CX11DeviceEvent.self).pointee)
    }
  }

  private func penMoved(_ event: CX11DeviceEvent) {
    let time = ServerTime(truncatingIfNeeded: event.time)
    let buttons = bytes(event.buttons.mask, event.buttons.mask_len)
    // Bit 1 is the tip.
    palm.penMoved(at: time, isDown: (buttons.first ?? 0) & 2 != 0)
    guard let axis = device(event.deviceid).pressure else { return }
    let mask = bytes(event.valuators.mask, event.valuators.mask_len)
    let count = mask.reduce(0) { $0 + $1.nonzeroBitCount }
    let values = event.valuators.values.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
    // Of an axis that has not changed, no value is reported.
    if let value = axis.pressure(mask: mask, values: values) ?? pressure?.value {
      pressure = Pressure(value: value, time: time)
    }
  }

  private func bytes(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int32) -> [UInt8] {
    start.map { Array(UnsafeBufferPointer(start: $0, count: max(0, Int(count)))) } ?? []
  }

  /// How long a pressure holds without a report, in milliseconds: a pen that does not move reports nothing.
  private static let pressureLimit: ServerTime = 5000

  /// The pressure of the pen that moves the pointer, 0…1; nil for other devices.
  func pressure(at time: ServerTime) -> Double? {
    guard device.kind == .pen, let pressure, time &- pressure.time < Self.pressureLimit else { return nil }
    return pressure.value
  }

  /// Whether the pointer is moved or pressed by the hand that holds a pen.
  func rejects(at time: ServerTime) -> Bool { palm.rejects(device.kind, at: time) }

  /// A device by its number; the motions of a pen are selected when it is seen first.
  private func device(_ number: Int32) -> PointingDevice {
    if let known = devices[number] { return known }
    let device = query(number)
    devices[number] = device
    if device.pressure != nil { library.select([CX11_XI_Motion], of: number, for: window) }
    return device
  }

  private func query(_ number: Int32) -> PointingDevice {
    var count: Int32 = 0
    guard let info = library.queryDevice(connection, number, &count) else { return .unknown }
    defer { library.freeDeviceInfo(info) }
    guard count > 0, let name = info.pointee.name else { return .unknown }
    var axis: PressureAxis?
    var isTouchScreen = false
    // Only the devices themselves have axes and touch of their own, not the pointer that they share.
    if info.pointee.use == Int32(CX11_XISlavePointer), let classes = info.pointee.classes {
      let label = XInternAtom(connection, "Abs Pressure", 1)
      for entry in UnsafeBufferPointer(start: classes, count: Int(info.pointee.num_classes)) {
        guard let entry else { continue }
        if entry.pointee.type == Int32(CX11_XIValuatorClass) {
          let valuator = UnsafeRawPointer(entry).assumingMemoryBound(to: CX11ValuatorInfo.self).pointee
          guard label != 0, valuator.label == label else { continue }
          axis = PressureAxis(number: Int(valuator.number), minimum: valuator.min, maximum: valuator.max)
        } else if entry.pointee.type == Int32(CX11_XITouchClass) {
          let touch = UnsafeRawPointer(entry).assumingMemoryBound(to: CX11TouchInfo.self).pointee
          isTouchScreen = touch.mode == Int32(CX11_XIDirectTouch)
        }
      }
    }
    return PointingDevice(named: String(cString: name), pressure: axis, isTouchScreen: isTouchScreen)
  }
}
