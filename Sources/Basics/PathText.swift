// Names of files as text: any bytes, also those that are not UTF-8, and without effect on a terminal.

extension String {
  /// The first of 256 characters for private use, which stand for the bytes of a name that are not UTF-8.
  private static let firstByteCharacter: UInt32 = 0x10FF00

  /// Makes a text of the bytes of a file's name, as the system gives them.
  ///
  /// Bytes that are not UTF-8 become characters for private use, from which `nameBytes` makes these bytes again.
  package init(nameBytes bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self), !text.hasByteCharacter {
      self = text
      return
    }
    var text = UnicodeScalarView()
    var decoder = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = bytes.startIndex
    loop: while true {
      let start = position
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar):
        let decoded = UTF8.decode(scalar)
        let count = UTF8.width(decoded)
        position = bytes.index(position, offsetBy: count)
        if decoded.value >= Self.firstByteCharacter {
          text.append(contentsOf: bytes[start..<position].map(Self.byteCharacter))
        } else {
          text.append(decoded)
        }
      case .error(let length):
        position = bytes.index(position, offsetBy: length)
        text.append(contentsOf: bytes[start..<position].map(Self.byteCharacter))
      case .emptyInput: break loop
      }
    }
    self = String(text)
  }

  /// Makes a text of a file's name that a zero ends.
  package init(nameBytes start: UnsafePointer<CChar>) {
    var count = 0
    while start[count] != 0 { count += 1 }
    self = start.withMemoryRebound(to: UInt8.self, capacity: count) {
      String(nameBytes: UnsafeBufferPointer(start: $0, count: count))
    }
  }

  /// The bytes of a file's name, with a zero at their end, for calls of the system.
  package var nameBytes: [CChar] {
    guard hasByteCharacter else { return utf8.map { CChar(bitPattern: $0) } + [0] }
    var bytes: [CChar] = []
    for scalar in unicodeScalars {
      if let byte = Self.byte(scalar) {
        bytes.append(CChar(bitPattern: byte))
      } else {
        bytes += UTF8.encode(scalar).map { $0.map { CChar(bitPattern: $0) } } ?? []
      }
    }
    return bytes + [0]
  }

  /// The text on one line, without characters that a terminal obeys.
  ///
  /// A tab is `\t`, a line end `\n` or `\r`; other control characters and bytes that are not UTF-8 are `\x` and two
  /// hexadecimal digits.
  package var onOneLine: String { escaped(except: ["\t": "\\t", "\n": "\\n", "\r": "\\r"]) }

  /// The text without characters that a terminal obeys, except for line ends and tabs.
  package var printable: String { escaped(except: ["\n": "\n", "\t": "\t"]) }

  /// The text with characters escaped that a terminal obeys or that stand for a byte, but for those that have a text here.
  private func escaped(except texts: [Unicode.Scalar: String]) -> String {
    guard unicodeScalars.contains(where: { Self.isControl($0) || Self.byte($0) != nil }) else { return self }
    return unicodeScalars.reduce(into: "") { $0 += texts[$1] ?? Self.escaped($1) }
  }

  /// C's control characters, those of ISO 8859, and the characters that change the direction of writing.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    guard let number = byte(scalar).map(UInt32.init) ?? (isControl(scalar) ? scalar.value : nil) else {
      return String(scalar)
    }
    let (mark, width) = number < 0x100 ? ("\\x", 2) : ("\\u", 4)
    return mark + NumberText.padded(String(number, radix: 16), to: width)
  }

  private var hasByteCharacter: Bool { unicodeScalars.contains { $0.value >= Self.firstByteCharacter } }

  private static func byteCharacter(_ byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(firstByteCharacter + UInt32(byte)) ?? "\u{FFFD}"
  }

  /// The byte that a character stands for; nil for an ordinary character.
  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    scalar.value >= firstByteCharacter ? UInt8(truncatingIfNeeded: scalar.value) : nil
  }
}
