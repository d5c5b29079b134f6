// The points of InkML's traces: values by channel, explicit or as differences.

import Basics

/// Decodes the points of traces.
struct TraceDecoder {
  /// The channels in the order of their values: "X", "Y", "T", "F" and so on.
  var channels = ["X", "Y"]
  /// The factor from a time to seconds, or nil if the file does not state it.
  var secondsPerTick: Double?

  /// The meaning of a channel's values, by the sign that states it.
  private enum Coding: UInt8 {
    /// An exclamation mark.
    case explicit = 0x21
    /// An apostrophe.
    case difference = 0x27
    /// A quotation mark.
    case secondDifference = 0x22
  }

  private struct Channel {
    var coding = Coding.explicit
    var value: Double?
    /// The last difference.
    var difference = 0.0
  }

  /// The samples of a trace's text: points separated by commas, values by blanks or by their signs.
  ///
  /// Throws an error where there are more than `most`.
  func samples(
    _ text: String, most: Int, at offset: Int
  ) throws(FormatError) -> [SourceStrokes.Sample] {
    let bytes = Array(text.utf8)
    var states = [Channel](repeating: Channel(), count: max(2, channels.count))
    var samples: [SourceStrokes.Sample] = []
    guard most >= 0 else { throw Self.tooMany(at: offset) }
    var end = -1
    while end < bytes.count {
      let start = end + 1
      end = bytes[start...].firstIndex(of: UInt8(ascii: ",")) ?? bytes.count
      let point = bytes[start..<end]
      if point.allSatisfy({ $0.isWhiteSpace }) { continue }
      if samples.count >= most { throw Self.tooMany(at: offset) }
      var index = 0
      var position = point.startIndex
      while let range = Self.value(in: point, from: &position) {
        let value = point[range]
        if index < states.count, !Self.decode(value, &states[index]) {
          throw FormatError(
            "InkML", at: offset, expected: "numbers in a trace", found: FormatError.show(value))
        }
        index += 1
      }
      guard let x = value(of: "X", in: states), let y = value(of: "Y", in: states), index >= 2 else {
        throw FormatError(
          "InkML", at: offset, expected: "points of an X and a Y in a trace", found: FormatError.show(point))
      }
      let time = value(of: "T", in: states).map { $0 * (secondsPerTick ?? 1) }
      guard max(abs(x), abs(y), abs(time ?? 0)) <= SourceStrokes.maximumCoordinate else {
        throw FormatError(
          "InkML", at: offset, expected: "coordinates up to \(SourceStrokes.maximumCoordinate)",
          found: FormatError.show(point))
      }
      samples.append(SourceStrokes.Sample(x: x, y: y, time: time))
    }
    return samples
  }

  private static func tooMany(at offset: Int) -> FormatError {
    FormatError(
      "InkML", at: offset, expected: "at most \(SizeLimit.drawingSamples) points", found: "more",
      advice: "split it into files of one page each")
  }

  private func value(of channel: String, in states: [Channel]) -> Double? {
    channels.firstIndex(of: channel).flatMap { states[$0].value }
  }

  /// The range of the next value.
  ///
  /// A sign begins a value: "10'2'-3" has three values.
  private static func value(in point: ArraySlice<UInt8>, from position: inout Int) -> Range<Int>? {
    while position < point.endIndex, point[position].isWhiteSpace { position += 1 }
    let start = position
    guard start < point.endIndex else { return nil }
    position += 1
    if isSign(point[start]), position < point.endIndex, !isMark(point[start]) {
      while position < point.endIndex, point[position].isWhiteSpace { position += 1 }
    }
    if isMark(point[start]) { return start..<position }
    while position < point.endIndex, !point[position].isWhiteSpace, !isSign(point[position]) {
      // A minus begins a value, but not in an exponent.
      let isMinus = point[position] == UInt8(ascii: "-")
      if isMinus, position > start, case let before = point[position - 1], before | 0x20 != UInt8(ascii: "e"),
        !isSign(before)
      {
        break
      }
      position += 1
    }
    return start..<position
  }

  /// Whether a byte states the coding of values, or is a value itself.
  private static func isSign(_ byte: UInt8) -> Bool {
    Coding(rawValue: byte) != nil || isMark(byte)
  }

  /// Whether a byte is a value itself: the previous value again, or unknown.
  private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") }

  /// Updates a channel with a value.
  ///
  /// Returns false for an invalid value.
  private static func decode(_ value: ArraySlice<UInt8>, _ channel: inout Channel) -> Bool {
    var digits = value
    switch value.first {
    case UInt8(ascii: "*"): return channel.value != nil
    case UInt8(ascii: "?"):
      channel.value = nil
      return true
    default:
      if let coding = value.first.flatMap(Coding.init(rawValue:)) {
        channel.coding = coding
        digits = value.dropFirst()
      }
    }
    let text = String(decoding: digits.drop { $0.isWhiteSpace }, as: UTF8.self)
    // Channels other than coordinates and times may be true or false.
    guard let number = text == "T" ? 1 : text == "F" ? 0 : Double(text), number.isFinite else { return false }
    switch channel.coding {
    case .explicit:
      channel.difference = 0
      channel.value = number
    case .difference:
      channel.difference = number
      channel.value = (channel.value ?? 0) + number
    case .secondDifference:
      channel.difference += number
      channel.value = (channel.value ?? 0) + channel.difference
    }
    return true
  }
}
