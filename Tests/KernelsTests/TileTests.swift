import Kernels
import Testing

/// Memory for kernels, freed by `free()`.
final class TestMemory {
  private var floats: [UnsafeMutablePointer<Float>] = []
  private var tables: [UnsafeMutablePointer<Int>] = []

  func floats(_ count: Int, of value: Float = .nan) -> UnsafeMutablePointer<Float> {
    floats(Array(repeating: value, count: count))
  }

  /// With padding behind the list, which kernels may read.
  func floats(_ list: [Float]) -> UnsafeMutablePointer<Float> {
    let pointer = UnsafeMutablePointer<Float>.allocate(capacity: list.count + 64)
    pointer.initialize(repeating: .nan, count: list.count + 64)
    for (index, value) in list.enumerated() { pointer[index] = value }
    floats.append(pointer)
    return pointer
  }

  func table(_ list: [Int]) -> UnsafePointer<Int> {
    let pointer = UnsafeMutablePointer<Int>.allocate(capacity: list.count)
    for (index, value) in list.enumerated() { (pointer + index).initialize(to: value) }
    tables.append(pointer)
    return UnsafePointer(pointer)
  }

  func free() {
    for pointer in floats { pointer.deallocate() }
    for pointer in tables { pointer.deallocate() }
  }
}

/// A convolution, computed by sums over windows and by Winograd's tiles.
struct TiledConvolution: Sendable, CustomTestStringConvertible {
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
  /// The tiles, rounded up to a multiple of `TileProducts.lot`.
  var paddedTiles: Int { (tiles + 3) / 4 * 4 }
  var inputWidth: Int { across * side + kernel - 1 }
  var inputCount: Int { (down * side + kernel - 1) * inputWidth * inputs }
  var outputWidth: Int { across * side }
  var outputCount: Int { down * side * outputWidth * outputs }
  var taps: Int { kernel * kernel * inputs }

  func blocks(_ set: any KernelSet.Type) -> Int { (outputs + set.blockWidth - 1) / set.blockWidth }

  /// The offsets of rows of tiles in a picture.
  func rows(_ line: Int) -> [Int] { (0..<down).map { $0 * side * line } }

  /// Weights `[tap][output]`, packed as the kernels read them.
  func packed(_ weights: [Float], _ set: any KernelSet.Type) -> [Float] {
    let block = set.blockWidth
    var packed = [Float](repeating: 0, count: blocks(set) * taps * block)
    for c in 0..<outputs {
      for t in 0..<taps { packed[(c / block * taps + t) * block + c % block] = weights[t * outputs + c] }
    }
    return packed
  }

  func unpacked(_ packed: [Float], _ set: any KernelSet.Type) -> [Float] {
    let block = set.blockWidth
    return (0..<taps).flatMap { t in
      (0..<outputs).map { c in packed[(c / block * taps + t) * block + c % block] }
    }
  }

  /// The outputs inside the picture, without those of tiles that reach over the edge.
  func cut(_ picture: [Float]) -> [Float] {
    (0..<height).flatMap { picture[$0 * outputWidth * outputs..<($0 * outputWidth + width) * outputs] }
  }

  /// Rows of tiles in a picture of the outputs' size.
  func outputTiles(
    _ memory: TestMemory, _ picture: UnsafeMutablePointer<Float>, _ values: UnsafeMutablePointer<Float>,
    _ columns: Int
  ) -> Tiles {
    Tiles(
      picture: picture, offsets: memory.table(rows(outputWidth * outputs)), rows: down, across: across,
      side: side, lineStride: outputWidth * outputs, channels: outputs, values: values,
      pointStride: paddedTiles * columns, tileStride: columns)
  }

  func inputPoints(_ memory: TestMemory, _ set: any KernelSet.Type, _ x: [Float]) -> UnsafeMutablePointer<
    Float
  > {
    let points = memory.floats(36 * paddedTiles * inputs)
    set.tilesOfInputs(
      Tiles(
        picture: memory.floats(x), offsets: memory.table(rows(inputWidth * inputs)), rows: down,
        across: across,
        side: side, lineStride: inputWidth * inputs, channels: inputs, values: points,
        pointStride: paddedTiles * inputs, tileStride: inputs),
      scratch: memory.floats(6 * inputWidth * set.blockWidth))
    return points
  }

  func forward(
    _ set: any KernelSet.Type, _ x: [Float], _ weights: [Float], bias: [Float], epilogue: Epilogue,
    mask: [Float]
  ) -> [Float] {
    let memory = TestMemory()
    defer { memory.free() }
    let columns = blocks(set) * set.blockWidth
    let weightPoints = memory.floats(36 * columns * inputs)
    set.tapsToPoints(
      TileWeights(
        taps: memory.floats(packed(weights, set)), points: weightPoints, kernel: kernel, inputs: inputs,
        inputRows: inputs, outputs: outputs, blocks: 0..<blocks(set)),
      scratch: memory.floats(Scratch.count))
    let products = memory.floats(36 * paddedTiles * columns)
    set.productsOfTiles(
      TileProducts(
        inputs: inputPoints(memory, set, x), inputPointStride: paddedTiles * inputs, inputCount: inputs,
        outputs: products, outputPointStride: paddedTiles * columns, outputCount: columns,
        weights: weightPoints,
        tiles: tiles))
    let result = memory.floats(outputCount, of: 7)
    var end = TileOutput(
      lines: memory.table((0..<down).map { min(side, height - $0 * side) }), pixels: width,
      bias: memory.floats(bias))
    end.epilogue = epilogue
    end.mask = UnsafePointer(memory.floats(mask))
    end.maskOffsets = memory.table(rows(outputWidth * outputs))
    end.maskStride = outputWidth * outputs
    set.outputsOfTiles(
      outputTiles(memory, result, products, columns), end, scratch: memory.floats(Scratch.count))
    let picture = Array(UnsafeBufferPointer(start: result, count: outputCount))
    // Memory beyond the picture must not change.
    #expect(picture.count { $0 == 7 } == outputCount - height * width * outputs)
    return cut(picture)
  }

  func forwardByWindows(_ set: any KernelSet.Type, _ x: [Float], _ weights: [Float], bias: [Float])
    -> [Float]
  {
    let memory = TestMemory()
    defer { memory.free() }
    let result = memory.floats(height * width * outputs)
    let starts = (0..<height * width).map { ($0 / width * inputWidth + $0 % width) * inputs }
    set.products(
      Products(
        input: memory.floats(x), inputOffsets: memory.table(starts), rows: height * width, runs: kernel,
        runLength: kernel * inputs, runStride: inputWidth * inputs,
        weights: memory.floats(packed(weights, set)), bias: memory.floats(bias), columns: outputs,
        output: result, outputOffsets: memory.table((0..<height * width).map { $0 * outputs }),
        scratch: memory.floats(Scratch.count)))
    return Array(UnsafeBufferPointer(start: result, count: height * width * outputs))
  }

  /// The gradient of the weights, summed in two halves and added to ones.
  func weightGradient(_ set: any KernelSet.Type, _ x: [Float], _ gradient: [Float]) -> [Float] {
    let memory = TestMemory()
    defer { memory.free() }
    let columns = blocks(set) * set.blockWidth
    let points = memory.floats(36 * paddedTiles * columns)
    set.tilesOfGradients(outputTiles(memory, memory.floats(gradient), points, columns))
    let inputRows = (inputs + 3) / 4 * 4
    let sums = memory.floats(36 * columns * inputRows)
    let inputPoints = inputPoints(memory, set, x)
    for (from, to) in [(0, tiles / 2), (tiles / 2, tiles)] where from < tiles {
      var job = TileProducts(
        inputs: inputPoints + from * inputs, inputPointStride: paddedTiles * inputs, inputCount: inputs,
        outputs: points + from * columns, outputPointStride: paddedTiles * columns, outputCount: columns,
        weights: sums, tiles: to - from)
      job.accumulates = from > 0
      set.weightsOfTiles(job)
    }
    let count = blocks(set) * taps * set.blockWidth
    let result = memory.floats(count, of: 1)
    set.pointsToTaps(
      TileWeights(
        taps: result, points: sums, kernel: kernel, inputs: inputs, inputRows: inputRows, outputs: outputs,
        blocks: 0..<blocks(set)), scratch: memory.floats(Scratch.count))
    return unpacked(Array(UnsafeBufferPointer(start: result, count: count)), set).map { $0 - 1 }
  }

  func weightGradientByWindows(_ set: any KernelSet.Type, _ x: [Float], _ gradient: [Float]) -> [Float] {
    let memory = TestMemory()
    defer { memory.free() }
    let count = blocks(set) * taps * set.blockWidth
    let sums = memory.floats(count, of: 0)
    let terms = (0..<taps).map { t in
      t / (kernel * inputs) * inputWidth * inputs + t % (kernel * inputs)
    }
    set.outerProducts(
      OuterProducts(
        input: memory.floats(x), inputOffsets: memory.table((0..<height).map { $0 * inputWidth * inputs }),
        inputStep: inputs, termOffsets: memory.table(terms), terms: 0..<taps, termCount: taps,
        gradient: memory.floats(gradient),
        gradientOffsets: memory.table((0..<height).map { $0 * outputWidth * outputs }), gradientStep: outputs,
        rows: height, rowLength: width, columns: outputs, sums: sums, scratch: memory.floats(Scratch.count)))
    return unpacked(Array(UnsafeBufferPointer(start: sums, count: count)), set)
  }
}

@Suite struct TileTests {
  /// Whole tiles, edges of every width, one line or pixel, and numbers of channels that are not multiples of a block.
  static let convolutions =
    (1...9).flatMap { size in
      [3, 5].map { TiledConvolution(height: size, width: 10 - size, kernel: $0, inputs: 16, outputs: 16) }
    } + [
      TiledConvolution(height: 14, width: 14, kernel: 3, inputs: 32, outputs: 64),
      TiledConvolution(height: 7, width: 7, kernel: 3, inputs: 128, outputs: 64),
      TiledConvolution(height: 4, width: 28, kernel: 5, inputs: 32, outputs: 32),
      TiledConvolution(height: 11, width: 9, kernel: 3, inputs: 17, outputs: 33),
      TiledConvolution(height: 5, width: 13, kernel: 5, inputs: 33, outputs: 47),
      TiledConvolution(height: 6, width: 6, kernel: 3, inputs: 35, outputs: 21),
    ]

  @Test(arguments: convolutions) func tilesGiveTheSameAsWindows(_ convolution: TiledConvolution) {
    var numbers = Numbers()
    let x = numbers.list(convolution.inputCount)
    let weights = numbers.list(convolution.taps * convolution.outputs)
    let bias = numbers.list(convolution.outputs)
    let mask = numbers.list(convolution.outputCount)
    var first: [Float]?
    for set in kernelSets {
      let expected = convolution.forwardByWindows(set, x, weights, bias: bias)
      let open = convolution.cut(mask)
      let cases: [(Epilogue, [Float])] = [
        (.plain, expected),
        (.rectify(slope: 0.1), expected.map { $0 < 0 ? $0 * 0.1 : $0 }),
        (.mask(slope: 0.1), zip(expected, open).map { $1 <= 0 ? $0 * 0.1 : $0 }),
      ]
      for (epilogue, expected) in cases {
        let found = convolution.forward(set, x, weights, bias: bias, epilogue: epilogue, mask: mask)
        #expect(distance(found, expected) < 5e-5, "\(set.name)")
      }
      let found = convolution.forward(set, x, weights, bias: bias, epilogue: .plain, mask: mask)
      #expect(distance(found, first ?? found) < 5e-5, "\(set.name)")
      first = first ?? found
    }
  }

  @Test(arguments: convolutions) func tilesGiveTheSameWeightGradientsAsWindows(
    _ convolution: TiledConvolution
  ) {
    var numbers = Numbers()
    let x = numbers.list(convolution.inputCount)
    // Zero outside of the picture.
    var gradient = [Float](repeating: 0, count: convolution.outputCount)
    for line in 0..<convolution.height {
      for i in 0..<convolution.width * convolution.outputs {
        gradient[line * convolution.outputWidth * convolution.outputs + i] = numbers.next()
      }
    }
    var first: [Float]?
    for set in kernelSets {
      let expected = convolution.weightGradientByWindows(set, x, gradient)
      let found = convolution.weightGradient(set, x, gradient)
      #expect(distance(found, expected) < 5e-5, "\(set.name)")
      #expect(distance(found, first ?? found) < 5e-5, "\(set.name)")
      first = first ?? found
    }
  }
}
