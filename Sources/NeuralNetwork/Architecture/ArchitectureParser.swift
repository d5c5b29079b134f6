import Basics

/// Reads the text of an architecture from left to right, and computes each shape on the way, so that a mistake is
/// reported at its item.
struct ArchitectureParser {
  private(set) var layers: [any LayerDefinition] = []
  private(set) var shapes: [Shape] = []

  private var scanner: ItemScanner
  /// Whether the output so far is a vector, which no layer that reads pictures can follow.
  private var isFlat = false
  private var weights = 0
  /// The values of the input and of all layers, with their borders.
  private(set) var values = 0

  /// The most layers; networks without residual connections do not train at this depth.
  private static let mostLayers = 256

  init(_ text: String) { scanner = ItemScanner(text) }

  var output: Architecture.Output { scanner.endsWithSigmoid ? .sigmoid : .softmax }

  mutating func parse() throws(ArchitectureError) {
    if scanner.isAtEnd {
      throw scanner.error("an architecture is expected, for example 784-100s-10", at: 0)
    }
    try parseInput()
    while true {
      try parseItem()
      if scanner.isAtEnd { return }
      try parseSeparator()
    }
  }

  /// Reads the input: a bare number, or sizes with `x` between, when more follows; else it is 28x28x1.
  private mutating func parseInput() throws(ArchitectureError) {
    try scanner.beginItem()
    if let first = scanner.count {
      if scanner.skip("x") { return try parsePicture(height: first) }
      if scanner.skip("-") {
        let side = Int(clamping: Double(first).squareRoot())
        // Before a layer that reads a picture, a square number is a square picture.
        if side * side == first, nextItemReadsPicture {
          shapes = [Shape(height: side, width: side, channels: 1)]
        } else {
          shapes = [Shape(vector: first)]
          isFlat = true
        }
        return
      }
      if scanner.isAtEnd {
        throw scanner.error(
          "a layer is expected after the input of \(first), for example \(first)-10", at: scanner.position)
      }
    }
    scanner.returnToStart()
    shapes = [Shape(height: 28, width: 28, channels: 1)]
  }

  private mutating func parsePicture(height: Int) throws(ArchitectureError) {
    let width = try scanner.required("the width of the input")
    let channels = try scanner.optional("x", "the channels of the input") ?? 1
    let shape = Shape(height: height, width: width, channels: channels)
    guard height * width <= Architecture.mostValues, shape.count <= Architecture.mostValues else {
      throw scanner.error(
        "the input is too large; the most is \(Architecture.mostValues) values", at: scanner.start)
    }
    shapes = [shape]
    try parseSeparator()
  }

  private var nextItemReadsPicture: Bool {
    guard let letter = scanner.firstLetterOfItem else { return false }
    return layerTypes.contains { $0.traits.readsPicture && $0.letters.contains(letter) }
  }

  private mutating func parseItem() throws(ArchitectureError) {
    try scanner.beginItem()
    let start = scanner.start
    let type = try layerType()
    if !type.letters.isEmpty { scanner.readLetter() }
    for layer in try type.parse(&scanner) { try add(layer, from: start) }
    if scanner.isAtEnd, !type.traits.canBeLast {
      throw scanner.error(
        "the last item gives the output, so it must be a dense layer such as 10, or G", at: start)
    }
  }

  /// The layer of the item whose count is read.
  private func layerType() throws(ArchitectureError) -> any LayerDefinition.Type {
    let letter = scanner.next
    let types = layerTypes.filter { $0.traits.beginsWithCount == (scanner.count != nil) }
    if let letter, let type = types.first(where: { $0.letters.contains(letter) }) { return type }
    if let type = types.first(where: { $0.letters.isEmpty }) { return type }
    guard let letter, letter != "-" else { throw scanner.error("an item is missing", at: scanner.start) }
    let letters = types.flatMap { $0.letters.map(String.init) }.joined(separator: " ")
    throw scanner.error(
      "'\(letter)' begins no item; expected a number, or one of \(letters)", at: scanner.start)
  }

  /// Adds a layer, with the shape that follows.
  private mutating func add(_ layer: any LayerDefinition, from start: Int) throws(ArchitectureError) {
    let input = shapes[shapes.count - 1]
    if layer.traits.readsPicture, isFlat {
      throw scanner.error(
        "this reads a picture, but what comes before it gives a row of \(input) values", at: start)
    }
    guard let output = layer.outputShape(for: input) else {
      throw scanner.error("the window is larger than the picture it reads, which is \(input)", at: start)
    }
    weights += layer.tensors(input: input).filter(\.role.isTrained).reduce(0) { $0 + $1.count }
    guard weights <= Architecture.mostParameters else {
      throw scanner.error(
        "the network is too large; the most is \(Architecture.mostParameters) weights", at: start)
    }
    // A layer's memory is that of its output, and of the zeros that it reads around its input.
    let border = layer.inputBorder(input)
    let width = border.before + border.after
    values += (input.height + width) * (input.width + width) * input.channels
    guard values + output.count <= Architecture.mostValues else {
      throw scanner.error(
        "the network's layers are too large; the most is \(Architecture.mostValues) values for all of them",
        at: start)
    }
    guard layers.count < Self.mostLayers else {
      throw scanner.error("the network is too deep; the most is \(Self.mostLayers) layers", at: start)
    }
    layers.append(layer)
    shapes.append(output)
    if layer.traits.givesVector { isFlat = true }
  }

  private mutating func parseSeparator() throws(ArchitectureError) {
    let position = scanner.position
    guard let letter = scanner.next else { throw scanner.error("an item is missing", at: position) }
    guard scanner.skip("-") else {
      throw scanner.error(
        "'\(letter)' does not belong to this item; write a dash between items", at: position)
    }
    if scanner.isAtEnd { throw scanner.error("an item is missing after the dash", at: scanner.position) }
  }
}
