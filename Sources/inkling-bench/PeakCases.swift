// The speed of the kernels on one thread in billions of operations a second, and the processor's peak with the same
// instructions: independent multiply-adds in registers.

import Kernels

enum PeakCases {
  /// A convolution that keeps its size, over padded pictures as in training.
  struct Convolution {
    let name: String
    let side: Int
    let inputs: Int
    let outputs: Int
    let kernel: Int
  }

  static let convolutions = [
    Convolution(name: "5x5 32 to 32 at 28x28", side: 28, inputs: 32, outputs: 32, kernel: 5),
    Convolution(name: "3x3 32 to 64 at 14x14", side: 14, inputs: 32, outputs: 64, kernel: 3),
    Convolution(name: "3x3 64 to 64 at 14x14", side: 14, inputs: 64, outputs: 64, kernel: 3),
    Convolution(name: "3x3 128 to 128 at 7x7", side: 7, inputs: 128, outputs: 128, kernel: 3),
  ]

  static var json: String {
    var entries: [String] = []
    func add(_ name: String, _ rate: Double, _ peak: Double) {
      entries.append(
        "{\"level\": \"\(kernels.name)\", \"case\": \"\(name)\", \"rate\": \(rate), \"peak\": \(peak)}")
    }
    for convolution in convolutions {
      let work = Work(convolution)
      // The peak is measured again before each run, because the processor's clock changes.
      var peaks: [Double] = []
      var forwards: [Double] = []
      var weights: [Double] = []
      for _ in 0..<15 {
        peaks.append(peak())
        forwards.append(work.operations / seconds(of: work.forward))
        weights.append(work.operations / seconds(of: work.weightGradient))
      }
      let peak = median(peaks)
      // The gradient by the input is the same product as forward, with transposed weights.
      add("convolution \(convolution.name)", median(forwards) / 1e9, peak / 1e9)
      add("weight gradient \(convolution.name)", median(weights) / 1e9, peak / 1e9)
    }
    return "[" + entries.joined(separator: ",\n ") + "]"
  }

  private static func peak() -> Double {
    var result: Float = 0
    var operations = 0
    let time = seconds { operations = kernels.multiplyAdds(rounds: 400_000, start: 1, into: &result) }
    return Double(operations) / time
  }

  /// The memory and offsets of a convolution over a few samples.
  struct Work {
    let operations: Double
    let forward: () -> Void
    let weightGradient: () -> Void

    init(_ c: Convolution) {
      let samples = max(1, 4 * 28 * 28 / (c.side * c.side))
      let padding = c.kernel / 2
      let line = (c.side + 2 * padding) * c.inputs
      let picture = line * (c.side + 2 * padding)
      let terms = c.kernel * c.kernel * c.inputs
      operations = Double(2 * samples * c.side * c.side * terms * c.outputs)
      var random: UInt32 = 1
      func numbers(_ count: Int) -> UnsafeMutablePointer<Float> {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 4 * count + 512, alignment: 64)
          .bindMemory(to: Float.self, capacity: count + 128)
        for i in 0..<count + 128 {
          random = random &* 1_664_525 &+ 1_013_904_223
          memory[i] = Float(random >> 8) * 0x1p-24 - 0.5
        }
        return memory
      }
      func table(_ offsets: [Int]) -> UnsafePointer<Int> {
        let memory = UnsafeMutablePointer<Int>.allocate(capacity: offsets.count + 16)
        memory.initialize(repeating: offsets.last ?? 0, count: offsets.count + 16)
        for (i, offset) in offsets.enumerated() { memory[i] = offset }
        return UnsafePointer(memory)
      }
      let block = kernels.blockWidth
      let columns = (c.outputs + block - 1) / block * block
      let input = numbers(samples * picture)
      let output = numbers(samples * c.side * c.side * c.outputs)
      let weights = numbers(terms * columns)
      let scratch = numbers(Scratch.count)
      var pixels: [Int] = []
      var lines: [Int] = []
      for sample in 0..<samples {
        for row in 0..<c.side {
          lines.append(sample * picture + row * line)
          for column in 0..<c.side { pixels.append(sample * picture + row * line + column * c.inputs) }
        }
      }
      let products = Products(
        input: input, inputOffsets: table(pixels), rows: pixels.count, runs: c.kernel,
        runLength: c.kernel * c.inputs, runStride: line, weights: weights, bias: nil, columns: c.outputs,
        output: output, outputOffsets: table(pixels.indices.map { $0 * c.outputs }), scratch: scratch)
      forward = { kernels.products(products) }
      let termOffsets = (0..<c.kernel).flatMap { row in (0..<c.kernel * c.inputs).map { row * line + $0 } }
      let sums = numbers(terms * columns)
      let outer = OuterProducts(
        input: input, inputOffsets: table(lines), inputStep: c.inputs, termOffsets: table(termOffsets),
        terms: 0..<terms, termCount: terms, gradient: output,
        gradientOffsets: table(lines.indices.map { $0 * c.side * c.outputs }), gradientStep: c.outputs,
        rows: lines.count, rowLength: c.side, columns: c.outputs, sums: sums, scratch: scratch)
      weightGradient = { kernels.outerProducts(outer) }
    }
  }
}
