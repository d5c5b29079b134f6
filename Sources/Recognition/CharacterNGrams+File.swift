// Files of n-grams.

public import Basics

extension CharacterNGrams {
  /// The ending of the files' names.
  public static let ending = "ngrams"

  private static let magic = "inkling-ngrams 1"
  private static let formatName = "language file"
  /// A language is at most so many n-grams; a damaged number is not taken for a huge one.
  private static let mostNGrams = 4_000_000

  /// The language as a file: lines of text with its name, sources and words, an empty line, then the n-grams.
  ///
  /// Of each n-gram the difference to the one before is stored with seven bits in each byte, the lowest first, the
  /// eighth bit meaning that more follow. Two bytes with the probability and the weight follow.
  public var bytes: [UInt8] {
    var data: [UInt8] = []
    for order in orders {
      var last: UInt32 = 0
      for index in order.keys.indices {
        var rest = order.keys[index] - last
        last = order.keys[index]
        while rest > 127 {
          data.append(UInt8(rest & 127) | 128)
          rest >>= 7
        }
        data += [UInt8(rest), order.probabilities[index], order.weights[index]]
      }
    }
    let header = [
      Self.magic, "name \(name)", "sources \(sources)", "capitals \(capitals)",
      "known \(knownWords.joined(separator: " "))", "heldout \(heldOutWords.joined(separator: " "))",
      "counts \(orders.map { "\($0.keys.count)" }.joined(separator: " "))",
      "crc32 \(CRC32.hexadecimal(data))", "",
    ]
    return Array(header.map { $0 + "\n" }.joined().utf8) + data
  }

  /// Reads a file of n-grams.
  ///
  /// - Parameter bytes: the file's bytes.
  /// - Throws: `FormatError` if the file is damaged or no such file.
  public init(bytes: [UInt8]) throws(FormatError) {
    var lines: [String: String] = [:]
    var position = 0
    while true {
      guard let end = bytes[position...].firstIndex(of: 0x0A) else {
        throw FormatError(
          Self.formatName, at: position, expected: "a line that begins with '\(Self.magic)', then others",
          found: FormatError.show(bytes[position...].prefix(16)))
      }
      let line = String(decoding: bytes[position..<end], as: UTF8.self)
      if position == 0, line != Self.magic {
        throw FormatError(
          Self.formatName, at: 0, expected: "'\(Self.magic)'", found: FormatError.show(bytes.prefix(16)))
      }
      position = end + 1
      if line.isEmpty { break }
      let words = line.split(separator: " ", maxSplits: 1)
      lines[words.first.map(String.init) ?? ""] = words.count > 1 ? String(words[1]) : ""
    }
    let counts = (lines["counts"] ?? "").split(separator: " ").compactMap { Int($0) }
    guard (1...Self.longest).contains(counts.count),
      counts.allSatisfy({ (0...Self.mostNGrams).contains($0) }),
      let capitals = lines["capitals"].flatMap({ Double($0) }), (0.001...0.999).contains(capitals)
    else {
      throw FormatError(
        Self.formatName, at: position, expected: "the numbers of n-grams and the share of capitals",
        found: "'\((lines["counts"] ?? "").prefix(40))' and '\((lines["capitals"] ?? "").prefix(40))'")
    }
    let checksum = CRC32.hexadecimal(bytes[position...])
    guard lines["crc32"] == checksum else {
      throw FormatError(
        Self.formatName, at: position, expected: "n-grams with the checksum \(lines["crc32"] ?? "")",
        found: checksum)
    }
    func words(_ key: String) -> [String] { (lines[key] ?? "").split(separator: " ").map(String.init) }
    self.init(
      name: lines["name"] ?? "", sources: lines["sources"] ?? "", capitals: capitals,
      knownWords: words("known"), heldOutWords: words("heldout"), orders: [])
    for count in counts { orders.append(try Self.order(count, bytes, &position)) }
    guard position == bytes.count else {
      throw FormatError(
        Self.formatName, at: position, expected: "the end of the file",
        found: FormatError.show(bytes[position...].prefix(8)))
    }
  }

  private static func order(
    _ count: Int, _ bytes: [UInt8], _ position: inout Int
  ) throws(FormatError) -> Order {
    var order = Order()
    order.keys.reserveCapacity(count)
    order.probabilities.reserveCapacity(count)
    order.weights.reserveCapacity(count)
    var key: UInt32 = 0
    for _ in 0..<count {
      var difference: UInt32 = 0
      var shift: UInt32 = 0
      var isLast = false
      while !isLast {
        guard position < bytes.count, shift <= 28 else { throw damaged(bytes, position) }
        difference |= UInt32(bytes[position] & 127) << shift
        isLast = bytes[position] < 128
        shift += 7
        position += 1
      }
      let (next, overflows) = key.addingReportingOverflow(difference)
      guard !overflows, position + 2 <= bytes.count else { throw damaged(bytes, position) }
      key = next
      order.keys.append(key)
      order.probabilities.append(bytes[position])
      order.weights.append(bytes[position + 1])
      position += 2
    }
    return order
  }

  private static func damaged(_ bytes: [UInt8], _ position: Int) -> FormatError {
    FormatError(
      formatName, at: position, expected: "an n-gram",
      found: FormatError.show(bytes[min(position, bytes.count)...].prefix(8)))
  }
}
