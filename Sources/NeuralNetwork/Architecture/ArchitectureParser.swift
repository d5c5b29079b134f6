import Basics

/// Reads the text of an architecture from left to right, and works out each shape on the way, so that a
/// mistake is reported at the item where it shows.
struct ArchitectureParser {
  private(set) var layers: [Layer] = []
  private(set) var shapes: [Shape] = []
  private(set) var output = Architecture.Output.softmax

  private let text: String
  private let bytes: [UInt8]
  private var position = 0
  /// Whether what comes now is a vector that no convolution can read.
  private var isFlat = false
  private var weights = 0

  /// The largest number that an item may hold.
  private static let largestNumber = 1 << 20
  /// The most layers; far beyond what trains without residual additions.
  private static let mostLayers = 256

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  mutating func parse() throws(ArchitectureError) {
    guard !bytes.isEmpty else { throw error("an architecture is expected, for example 784-100s-10", at: 0) }
    try parseInput()
    while true {
      try parseItem()
      if position == bytes.count { return }
      try separator()
    }
  }

  // MARK: Items

  /// The input: a bare number or sizes with `x` between, when more follows; else 28x28x1.
  private mutating func parseInput() throws(ArchitectureError) {
    let start = position
    if let first = try number() {
      if peek == "x" {
        position += 1
        let width = try required("the width of the input")
        var channels = 1
        if peek == "x" {
          position += 1
          channels = try required("the channels of the input")
        }
        let shape = Shape(height: first, width: width, channels: channels)
        guard shape.height * shape.width <= Architecture.largestCount,
          shape.count <= Architecture.largestCount
        else {
          throw error("the input is too large; the most is \(Architecture.largestCount) values", at: start)
        }
        shapes = [shape]
        return try separator()
      }
      if peek == "-" {
        position += 1
        let side = Int(clamping: Double(first).squareRoot())
        // A convolution or pool behind it reads a square picture.
        if side * side == first, itemReadsPicture {
          shapes = [Shape(height: side, width: side, channels: 1)]
        } else {
          shapes = [Shape(vector: first)]
          isFlat = true
        }
        return
      }
      if position == bytes.count {
        throw error("a layer is expected after the input of \(first), for example \(first)-10", at: position)
      }
    }
    position = start
    shapes = [Shape(height: 28, width: 28, channels: 1)]
  }

  /// Whether the item here is a convolution or a pool.
  private var itemReadsPicture: Bool {
    let item = bytes[position...].prefix { $0 != UInt8(ascii: "-") }
    guard let kind = item.first(where: { !isDigit($0) }) else { return false }
    return "CPAG".utf8.contains(kind)
  }

  private mutating func parseItem() throws(ArchitectureError) {
    let start = position
    if let count = try number() {
      if peek == "C" {
        position += 1
        try parseConvolution(filters: count, from: start)
      } else {
        try parseDense(units: count, from: start)
      }
      return
    }
    guard let letter = peek else { throw error("an item is missing", at: start) }
    position += 1
    switch letter {
    case "P", "A":
      let size = try required("the size of the pool's window")
      let stride = try optional("S", "the pool's stride") ?? size
      guard size <= 64, stride <= 64 else { throw error("a pool's size and stride are 1 to 64", at: start) }
      let pool = Layer.Pool(size: size, stride: stride)
      try add(letter == "P" ? .maxPool(pool) : .averagePool(pool), readsPicture: true, from: start)
    case "G":
      try add(.globalAveragePool, readsPicture: true, from: start)
      isFlat = true
      if atEnd { return }
    case "B": try add(.batchNorm, from: start)
    case "D": try add(.dropout(try probability()), from: start)
    default:
      guard let activation = Layer.Activation(rawValue: String(letter)) else {
        if letter == "-" { throw error("an item is missing", at: start) }
        throw error(
          "'\(letter)' begins no item; expected a number, or one of P A G B D s t r l", at: start)
      }
      try add(.activation(activation), from: start)
    }
    if atEnd {
      throw error(
        "the last item gives the answer, so it is a dense layer such as 10, or G; this one is neither",
        at: start)
    }
  }

  private mutating func parseConvolution(filters: Int, from start: Int) throws(ArchitectureError) {
    let kernel = try required("the size of the convolution's window, 1 to 7,", in: 1...7)
    let stride = try optional("S", "the convolution's stride, 1 or 2,", in: 1...2) ?? 1
    let padding = take("V") ? Layer.Padding.valid : .same
    let isNormalized = take("n")
    let convolution = Layer.Convolution(
      filters: filters, kernel: kernel, stride: stride, padding: padding, hasBias: !isNormalized)
    try add(.convolution(convolution), readsPicture: true, from: start)
    if isNormalized { try add(.batchNorm, from: start) }
    try addActivation(from: start)
    if atEnd {
      throw error(
        "the last item gives the answer, so it is a dense layer such as 10, or G; this is a convolution",
        at: start)
    }
  }

  private mutating func parseDense(units: Int, from start: Int) throws(ArchitectureError) {
    let isNormalized = take("n")
    try add(.dense(Layer.Dense(units: units, hasBias: !isNormalized)), from: start)
    isFlat = true
    if isNormalized { try add(.batchNorm, from: start) }
    let suffix = position
    let written =
      suffix < bytes.count ? Layer.Activation(rawValue: String(UnicodeScalar(bytes[suffix]))) : nil
    guard suffix + (written == nil ? 0 : 1) == bytes.count else { return try addActivation(from: start) }
    position = bytes.count
    guard written == nil || written == .sigmoid else {
      throw error(
        "the last layer's sums become probabilities: write nothing for softmax, or s for a sigmoid each",
        at: suffix)
    }
    output = written == .sigmoid ? .sigmoid : .softmax
  }

  /// The activation behind the sums: ReLU where none is written.
  private mutating func addActivation(from start: Int) throws(ArchitectureError) {
    if take("i") { return }
    let written = peek.flatMap { Layer.Activation(rawValue: String($0)) }
    if written != nil { position += 1 }
    try add(.activation(written ?? .relu), from: start)
  }

  /// Takes a layer over, with the shape that follows.
  private mutating func add(_ layer: Layer, readsPicture: Bool = false, from start: Int)
    throws(ArchitectureError)
  {
    let input = shapes[shapes.count - 1]
    if readsPicture, isFlat {
      throw error("this reads a picture, but what comes before it gives a row of \(input) values", at: start)
    }
    guard let output = layer.outputShape(for: input) else {
      throw error("the window is larger than the picture it reads, which is \(input)", at: start)
    }
    let places = TensorPlaces(layers: [layer], shapes: [input, output])
    weights += places.parameterCount
    guard output.count <= Architecture.largestCount, weights <= Architecture.largestCount else {
      throw error("the network is too large; the most is \(Architecture.largestCount) values", at: start)
    }
    guard layers.count < Self.mostLayers else {
      throw error("the network is too deep; the most is \(Self.mostLayers) layers", at: start)
    }
    layers.append(layer)
    shapes.append(output)
  }

  // MARK: Words

  private var peek: Character? {
    position < bytes.count ? text.utf8.character(at: position) : nil
  }

  private var atEnd: Bool { position == bytes.count }

  private mutating func take(_ letter: Character) -> Bool {
    guard peek == letter else { return false }
    position += 1
    return true
  }

  private mutating func separator() throws(ArchitectureError) {
    guard let letter = peek else { throw error("an item is missing", at: position) }
    guard letter == "-" else {
      throw error("'\(letter)' does not belong to this item; items stand between dashes", at: position)
    }
    position += 1
    if atEnd { throw error("an item is missing after the dash", at: position) }
  }

  /// A whole number above 0, or nil where no digit stands.
  private mutating func number() throws(ArchitectureError) -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, isDigit(bytes[position]) {
      value = min(value * 10 + Int(bytes[position] - UInt8(ascii: "0")), Self.largestNumber + 1)
      position += 1
    }
    if position == start { return nil }
    guard 1...Self.largestNumber ~= value else {
      throw error("a number from 1 to \(Self.largestNumber) is expected", at: start)
    }
    return value
  }

  private mutating func required(_ what: String, in range: ClosedRange<Int>? = nil) throws(ArchitectureError)
    -> Int
  {
    let start = position
    guard let value = try number() else { throw error("\(what) is expected as a number", at: start) }
    if let range, !range.contains(value) {
      throw error("\(what) is expected, not \(value)", at: start)
    }
    return value
  }

  private mutating func optional(_ letter: Character, _ what: String, in range: ClosedRange<Int>? = nil)
    throws(ArchitectureError) -> Int?
  {
    take(letter) ? try required(what, in: range) : nil
  }

  /// A number from 0 to below 1 such as `0.25`.
  private mutating func probability() throws(ArchitectureError) -> Double {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) || bytes[position] == UInt8(ascii: ".") {
      position += 1
    }
    let written = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(written), value >= 0, value < 1 else {
      throw error("a probability from 0 to below 1 is expected, for example D0.25", at: start)
    }
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private func error(_ message: String, at offset: Int) -> ArchitectureError {
    ArchitectureError(text: text, offset: offset, message: message)
  }
}

extension String.UTF8View {
  /// The character that starts at a byte, or the replacement character inside of one.
  fileprivate func character(at offset: Int) -> Character {
    let whole = String(self)
    let place = index(startIndex, offsetBy: offset)
    return place.samePosition(in: whole).map { whole[$0] } ?? "\u{FFFD}"
  }
}
