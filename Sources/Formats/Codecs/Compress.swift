// Files of the old program `compress` (".Z"), in which old collections are still kept.

import Basics

/// Files of `compress`: Lempel-Ziv-Welch codes of 9 to 16 bits, the lowest bit first.
public enum Compress {
  /// Whether bytes begin as such a file.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x9D
  }

  /// The bytes that a file holds, at most as many as the limit.
  public static func unwrap(_ bytes: [UInt8], limit: Int = SizeLimit.fileBytes) throws(FormatError) -> [UInt8]
  {
    guard begins(bytes) else { throw problem(0, "the bytes 1F 9D", FormatError.show(bytes.prefix(2))) }
    let longest = Int(bytes[2] & 0x1F)
    guard (9...16).contains(longest) else {
      throw problem(2, "codes of at most 9 to 16 bits", "\(longest)")
    }
    // Code 256 empties the table; files without that begin with their first own code in its place.
    let clears = bytes[2] & 0x80 != 0
    let firstFree = clears ? 257 : 256
    var table = Table()
    var unwrapped: [UInt8] = []
    var word: [UInt8] = []
    var before: Int?
    var (width, place, group) = (9, 24, 24)
    /// Codes are written eight at a time: where the width changes, the rest of its eight is passed over.
    func skipGroup() {
      let eight = width * 8
      place = group + (place - group + eight - 1) / eight * eight
      group = place
    }
    while place + width <= bytes.count * 8 {
      let free = firstFree + table.count
      if free >= 1 << width, width < longest {
        skipGroup()
        width += 1
        continue
      }
      let code = Self.code(bytes, at: place, width: width)
      place += width
      if clears, code == 256 {
        skipGroup()
        (table, before, width) = (Table(), nil, 9)
        continue
      }
      guard code < 256 || (before != nil && code >= firstFree && code <= free) else {
        throw problem(place / 8, "a code below \(free + 1)", "\(code)")
      }
      word.removeAll(keepingCapacity: true)
      // A code that is only about to be made is the word before with its own first byte again.
      var rest = code == free ? before ?? code : code
      while rest >= 256 {
        word.append(table.lasts[rest - firstFree])
        rest = table.starts[rest - firstFree]
      }
      word.append(UInt8(truncatingIfNeeded: rest))
      word.reverse()
      if code == free { word.append(word[0]) }
      guard unwrapped.count + word.count <= limit else {
        throw problem(place / 8, "at most \(limit) bytes unwrapped", "more")
      }
      unwrapped += word
      if let before, free < 1 << longest {
        table.starts.append(before)
        table.lasts.append(word[0])
      }
      before = code
    }
    return unwrapped
  }

  /// The words made so far: each is an earlier one and a byte.
  private struct Table {
    var starts: [Int] = []
    var lasts: [UInt8] = []
    var count: Int { starts.count }
  }

  private static func code(_ bytes: [UInt8], at place: Int, width: Int) -> Int {
    var value = 0
    for k in 0..<3 where place / 8 + k < bytes.count { value |= Int(bytes[place / 8 + k]) << (8 * k) }
    return value >> (place % 8) & (1 << width - 1)
  }

  private static func problem(_ offset: Int, _ expected: String, _ found: String) -> FormatError {
    FormatError("compress file", at: offset, expected: expected, found: found)
  }
}
