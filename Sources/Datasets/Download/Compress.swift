// Decompression of files of the program `compress` (".Z"), in which old collections are published.

package import Basics
import Formats

/// Files of the program `compress`: Lempel-Ziv-Welch codes of 9 to 16 bits, the lowest bit first.
package enum Compress {
  /// Whether bytes begin as such a file.
  package static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes.starts(with: [0x1F, 0x9D])
  }

  /// Decompresses a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - limit: The most bytes that the content may have.
  /// - Returns: The content.
  /// - Throws: `FormatError` if the file is damaged or its content is over the limit.
  package static func decompress(
    _ bytes: [UInt8], limit: Int = SizeLimit.fileBytes
  ) throws(FormatError) -> [UInt8] {
    guard begins(bytes) else { throw problem(0, "the bytes 1F 9D", FormatError.show(bytes.prefix(2))) }
    let longest = Int(bytes[2] & 0x1F)
    guard (9...16).contains(longest) else {
      throw problem(2, "codes of at most 9 to 16 bits", "\(longest)")
    }
    // Code 256 clears the table. In files without a clear code it is the first code of the table.
    let clears = bytes[2] & 0x80 != 0
    let firstFree = clears ? 257 : 256
    var table = Table()
    var content: [UInt8] = []
    var word: [UInt8] = []
    var previous: Int?
    var (width, position, group) = (9, 24, 24)
    /// Codes are written in groups of eight. Where the width changes, the rest of the group is padding.
    func skipGroup() {
      let eight = width * 8
      position = group + (position - group + eight - 1) / eight * eight
      group = position
    }
    while position + width <= bytes.count * 8 {
      let free = firstFree + table.count
      if free >= 1 << width, width < longest {
        skipGroup()
        width += 1
        continue
      }
      let code = Self.code(bytes, at: position, width: width)
      position += width
      if clears, code == 256 {
        skipGroup()
        (table, previous, width) = (Table(), nil, 9)
        continue
      }
      guard code < 256 || (previous != nil && code >= firstFree && code <= free) else {
        throw problem(position / 8, "a code below \(free + 1)", "\(code)")
      }
      word.removeAll(keepingCapacity: true)
      // The code that this step adds stands for the previous word followed by its own first byte.
      var rest = code == free ? previous ?? code : code
      while rest >= 256 {
        word.append(table.lasts[rest - firstFree])
        rest = table.starts[rest - firstFree]
      }
      word.append(UInt8(truncatingIfNeeded: rest))
      word.reverse()
      if code == free { word.append(word[0]) }
      guard content.count + word.count <= limit else {
        throw problem(position / 8, "at most \(limit) bytes after decompression", "more")
      }
      content += word
      if let previous, free < 1 << longest {
        table.starts.append(previous)
        table.lasts.append(word[0])
      }
      previous = code
    }
    return content
  }

  /// The words added so far: each is an earlier word and a byte.
  private struct Table {
    var starts: [Int] = []
    var lasts: [UInt8] = []
    var count: Int { starts.count }
  }

  private static func code(_ bytes: [UInt8], at position: Int, width: Int) -> Int {
    var value = 0
    for k in 0..<3 where position / 8 + k < bytes.count { value |= Int(bytes[position / 8 + k]) << (8 * k) }
    return value >> (position % 8) & (1 << width - 1)
  }

  private static func problem(_ offset: Int, _ expected: String, _ found: String) -> FormatError {
    FormatError("compress file", at: offset, expected: expected, found: found)
  }
}
