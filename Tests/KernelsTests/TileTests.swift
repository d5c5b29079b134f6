import Kernels
import Testing

/// Memory for kernels, until it is cleared.
final class Desk {
  private var floats: [UnsafeMutablePointer<Float>] = []
  private var tables: [UnsafeMutablePointer<Int>] = []

  func floats(_ count: Int, of value: Float = .nan) -> UnsafeMutablePointer<Float> {
    floats(Array(repeating: value, count: count))
  }

  // With room behind, which kernels may read.
  func floats(_ list: [Float]) -> UnsafeMutablePointer<Float> {
    let place = UnsafeMutablePointer<Float>.allocate(capacity: list.count + 64)
    place.initialize(repeating: .nan, count: list.count + 64)
    for (index, value) in list.enumerated() { place[index] = value }
    floats.append(place)
    return place
  }

  func table(_ list: [Int]) -> UnsafePointer<Int> {
    let place = UnsafeMutablePointer<Int>.allocate(capacity: list.count)
    for (index, value) in list.enumerated() { (place + index).initialize(to: value) }
    tables.append(place)
    return UnsafePointer(place)
  }

  func clear() {
    for place in floats { place.deallocate() }
    for place in tables { place.deallocate() }
  }
}

/// One convolution with both ways of doing it, on a level: sums over windows, and Winograd's tiles.
struct Convolution: Sendable, CustomTestStringConvertible {
  var height: Int
  var width: Int
  var kernel: Int
  var inputs: Int
  var outputs: Int
  var testDescription: String { "\(kernel)x\(kernel) \(inputs) to \(outputs) at \(height)x\(width)" }

  var side: Int { 7 - kernel }
  var down: Int { (height + side - 1) / side }
  var across: Int { (width + side - 1) / side }
  var tiles: Int { down * across }
  /// Tiles with whole lots behind.
  var room: Int { (tiles + 3) / 4 * 4 }
  var inputWidth: Int { across * side + kernel - 1 }
  var inputCount: Int { (down * side + kernel - 1) * inputWidth * inputs }
  var outputWidth: Int { across * side }
  var outputCount: Int { down * side * outputWidth * outputs }
  var taps: Int { kernel * kernel * inputs }

  func blocks(_ level: any KernelSet.Type) -> Int { (outputs + level.blockWidth - 1) / level.blockWidth }

  /// The offsets of rows of tiles in a picture.
  func rows(_ line: Int) -> [Int] { (0..<down).map { $0 * side * line } }

  /// Weights `[tap][output]` as a level packs them.
  func packed(_ weights: [Float], _ level: any KernelSet.Type) -> [Float] {
    let block = level.blockWidth
    var packed = [Float](repeating: 0, count: blocks(level) * taps * block)
    for c in 0..<outputs {
      for t in 0..<taps { packed[(c / block * taps + t) * block + c % block] = weights[t * outputs + c] }
    }
    return packed
  }

  func unpacked(_ packed: [Float], _ level: any KernelSet.Type) -> [Float] {
    let block = level.blockWidth
    return (0..<taps).flatMap { t in
      (0..<outputs).map { c in packed[(c / block * taps + t) * block + c % block] }
    }
  }

  /// The picture's real outputs, of one in which tiles reach over the edge.
  func cut(_ picture: [Float]) -> [Float] {
    (0..<height).flatMap { picture[$0 * outputWidth * outputs..<($0 * outputWidth + width) * outputs] }
  }

  /// Rows of tiles in a picture of the outputs' size.
  func outputTiles(
    _ desk: Desk, _ picture: UnsafeMutablePointer<Float>, _ values: UnsafeMutablePointer<Float>,
    _ columns: Int
  ) -> Tiles {
    Tiles(
      picture: picture, offsets: desk.table(rows(outputWidth * outputs)), rows: down, across: across,
      side: side, lineStride: outputWidth * outputs, channels: outputs, values: values,
      pointStride: room * columns, tileStride: columns)
  }

  func inputPoints(_ desk: Desk, _ level: any KernelSet.Type, _ x: [Float]) -> UnsafeMutablePointer<Float> {
    let points = desk.floats(36 * room * inputs)
    level.tilesOfInputs(
      Tiles(
        picture: desk.floats(x), offsets: desk.table(rows(inputWidth * inputs)), rows: down, across: across,
        side: side, lineStride: inputWidth * inputs, channels: inputs, values: points,
        pointStride: room * inputs, tileStride: inputs),
      scratch: desk.floats(6 * inputWidth * level.blockWidth))
    return points
  }

  func forward(
    _ level: any KernelSet.Type, _ x: [Float], _ weights: [Float], bias: [Float], finish: Epilogue,
    gate: [Float]
  ) -> [Float] {
    let desk = Desk()
    defer { desk.clear() }
    let columns = blocks(level) * level.blockWidth
    let weightPoints = desk.floats(36 * columns * inputs)
    level.tapsToPoints(
      TileWeights(
        taps: desk.floats(packed(weights, level)), points: weightPoints, kernel: kernel, inputs: inputs,
        inputRows: inputs, outputs: outputs, blocks: 0..<blocks(level)),
      scratch: desk.floats(Scratch.count))
    let products = desk.floats(36 * room * columns)
    level.productsOfTiles(
      TileProducts(
        inputs: inputPoints(desk, level, x), inputPointStride: room * inputs, inputCount: inputs,
        outputs: products, outputPointStride: room * columns, outputCount: columns, weights: weightPoints,
        tiles: tiles))
    let result = desk.floats(outputCount, of: 7)
    var end = TileEnd(
      lines: desk.table((0..<down).map { min(side, height - $0 * side) }), pixels: width,
      bias: desk.floats(bias))
    end.finish = finish
    end.gate = UnsafePointer(desk.floats(gate))
    end.gateOffsets = desk.table(rows(outputWidth * outputs))
    end.gateStride = outputWidth * outputs
    level.outputsOfTiles(
      outputTiles(desk, result, products, columns), end, scratch: desk.floats(Scratch.count))
    let picture = Array(UnsafeBufferPointer(start: result, count: outputCount))
    // What is beyond the picture stays as it was.
    #expect(picture.count { $0 == 7 } == outputCount - height * width * outputs)
    return cut(picture)
  }

  func forwardByWindows(_ level: any KernelSet.Type, _ x: [Float], _ weights: [Float], bias: [Float])
    -> [Float]
  {
    let desk = Desk()
    defer { desk.clear() }
    let result = desk.floats(height * width * outputs)
    let starts = (0..<height * width).map { ($0 / width * inputWidth + $0 % width) * inputs }
    level.products(
      Products(
        input: desk.floats(x), inputOffsets: desk.table(starts), rows: height * width, runs: kernel,
        runLength: kernel * inputs, runStride: inputWidth * inputs,
        weights: desk.floats(packed(weights, level)), bias: desk.floats(bias), columns: outputs,
        output: result, outputOffsets: desk.table((0..<height * width).map { $0 * outputs }),
        scratch: desk.floats(Scratch.count)))
    return Array(UnsafeBufferPointer(start: result, count: height * width * outputs))
  }

  /// The gradient of the weights, half of it summed before the other, added to ones.
  func weightGradient(_ level: any KernelSet.Type, _ x: [Float], _ gradient: [Float]) -> [Float] {
    let desk = Desk()
    defer { desk.clear() }
    let columns = blocks(level) * level.blockWidth
    let points = desk.floats(36 * room * columns)
    level.tilesOfGradients(outputTiles(desk, desk.floats(gradient), points, columns))
    let inputRows = (inputs + 3) / 4 * 4
    let sums = desk.floats(36 * columns * inputRows)
    let inputPoints = inputPoints(desk, level, x)
    for (from, to) in [(0, tiles / 2), (tiles / 2, tiles)] where from < tiles {
      var job = TileProducts(
        inputs: inputPoints + from * inputs, inputPointStride: room * inputs, inputCount: inputs,
        outputs: points + from * columns, outputPointStride: room * columns, outputCount: columns,
        weights: sums, tiles: to - from)
      job.accumulates = from > 0
      level.weightsOfTiles(job)
    }
    let count = blocks(level) * taps * level.blockWidth
    let result = desk.floats(count, of: 1)
    level.pointsToTaps(
      TileWeights(
        taps: result, points: sums, kernel: kernel, inputs: inputs, inputRows: inputRows, outputs: outputs,
        blocks: 0..<blocks(level)), scratch: desk.floats(Scratch.count))
    return unpacked(Array(UnsafeBufferPointer(start: result, count: count)), level).map { $0 - 1 }
  }

  func weightGradientByWindows(_ level: any KernelSet.Type, _ x: [Float], _ gradient: [Float]) -> [Float] {
    let desk = Desk()
    defer { desk.clear() }
    let count = blocks(level) * taps * level.blockWidth
    let sums = desk.floats(count, of: 0)
    let terms = (0..<taps).map { t in
      t / (kernel * inputs) * inputWidth * inputs + t % (kernel * inputs)
    }
    level.outerProducts(
      OuterProducts(
        input: desk.floats(x), inputOffsets: desk.table((0..<height).map { $0 * inputWidth * inputs }),
        inputStep: inputs, termOffsets: desk.table(terms), terms: 0..<taps, termCount: taps,
        gradient: desk.floats(gradient),
        gradientOffsets: desk.table((0..<height).map { $0 * outputWidth * outputs }), gradientStep: outputs,
        rows: height, rowLength: width, columns: outputs, sums: sums, scratch: desk.floats(Scratch.count)))
    return unpacked(Array(UnsafeBufferPointer(start: sums, count: count)), level)
  }
}

@Suite struct TileTests {
  /// Whole tiles, edges of every width, one line or pixel, and channels that fill no block.
  static let convolutions =
    (1...9).flatMap { size in
      [3, 5].map { Convolution(height: size, width: 10 - size, kernel: $0, inputs: 16, outputs: 16) }
    } + [
      Convolution(height: 14, width: 14, kernel: 3, inputs: 32, outputs: 64),
      Convolution(height: 7, width: 7, kernel: 3, inputs: 128, outputs: 64),
      Convolution(height: 4, width: 28, kernel: 5, inputs: 32, outputs: 32),
      Convolution(height: 11, width: 9, kernel: 3, inputs: 17, outputs: 33),
      Convolution(height: 5, width: 13, kernel: 5, inputs: 33, outputs: 47),
      Convolution(height: 6, width: 6, kernel: 3, inputs: 35, outputs: 21),
    ]

  @Test(arguments: convolutions) func tilesGiveWhatWindowsGive(_ convolution: Convolution) {
    var numbers = Numbers()
    let x = numbers.list(convolution.inputCount)
    let weights = numbers.list(convolution.taps * convolution.outputs)
    let bias = numbers.list(convolution.outputs)
    let gate = numbers.list(convolution.outputCount)
    var first: [Float]?
    for level in levels {
      let expected = convolution.forwardByWindows(level, x, weights, bias: bias)
      let open = convolution.cut(gate)
      let finishes: [(Epilogue, [Float])] = [
        (.plain, expected),
        (.rectify(slope: 0.1), expected.map { $0 < 0 ? $0 * 0.1 : $0 }),
        (.gate(slope: 0.1), zip(expected, open).map { $1 <= 0 ? $0 * 0.1 : $0 }),
      ]
      for (finish, expected) in finishes {
        let found = convolution.forward(level, x, weights, bias: bias, finish: finish, gate: gate)
        #expect(distance(found, expected) < 5e-5, "\(level.name)")
      }
      let found = convolution.forward(level, x, weights, bias: bias, finish: .plain, gate: gate)
      #expect(distance(found, first ?? found) < 5e-5, "\(level.name)")
      first = first ?? found
    }
  }

  @Test(arguments: convolutions) func tilesTeachWeightsAsWindowsDo(_ convolution: Convolution) {
    var numbers = Numbers()
    let x = numbers.list(convolution.inputCount)
    // Zero beyond the picture.
    var gradient = [Float](repeating: 0, count: convolution.outputCount)
    for line in 0..<convolution.height {
      for i in 0..<convolution.width * convolution.outputs {
        gradient[line * convolution.outputWidth * convolution.outputs + i] = numbers.next()
      }
    }
    var first: [Float]?
    for level in levels {
      let expected = convolution.weightGradientByWindows(level, x, gradient)
      let found = convolution.weightGradient(level, x, gradient)
      #expect(distance(found, expected) < 5e-5, "\(level.name)")
      #expect(distance(found, first ?? found) < 5e-5, "\(level.name)")
      first = first ?? found
    }
  }
}
