import Kernels
import Testing

/// Random numbers for kernels, the same in each run.
struct Numbers {
  private var state: UInt64 = 0x1234_5678_9ABC_DEF1

  mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Float(Int(state >> 40)) / Float(1 << 23) - 1
  }

  mutating func list(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}

// max |a − b| / max |b|
func distance(_ a: [Float], _ b: [Float]) -> Float {
  let largest = b.reduce(0) { max($0, abs($1)) }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / max(largest, .leastNormalMagnitude)
}

@Suite struct InstructionSetTests {
  @Test func theBaselineIsAlwaysAvailable() {
    #expect(kernelSets.last?.name == "baseline")
    #expect(kernelSets.contains { $0.name == kernels.name })
  }

  /// The product of a rows × terms and a terms × columns matrix, with the packing of the kernels.
  static func product(
    _ set: any KernelSet.Type, _ rows: Int, _ terms: Int, _ columns: Int, _ x: [Float], _ w: [Float]
  )
    -> [Float]
  {
    let block = set.blockWidth
    var packed = [Float](repeating: 0, count: (columns + block - 1) / block * block * terms)
    for c in 0..<columns {
      for t in 0..<terms { packed[(c / block * terms + t) * block + c % block] = w[t * columns + c] }
    }
    let memory = TestMemory()
    defer { memory.free() }
    let result = memory.floats(rows * columns)
    set.products(
      Products(
        input: memory.floats(x), inputOffsets: memory.table((0..<rows).map { $0 * terms }), rows: rows,
        runs: 1,
        runLength: terms, runStride: 0, weights: memory.floats(packed), bias: nil, columns: columns,
        output: result, outputOffsets: memory.table((0..<rows).map { $0 * columns }),
        scratch: memory.floats(Scratch.count)))
    return Array(UnsafeBufferPointer(start: result, count: rows * columns))
  }

  /// Σ over rows of input · gradient, unpacked.
  static func outer(
    _ set: any KernelSet.Type, _ rows: Int, _ terms: Int, _ columns: Int, _ x: [Float], _ g: [Float]
  )
    -> [Float]
  {
    let block = set.blockWidth
    let memory = TestMemory()
    defer { memory.free() }
    let sums = memory.floats((columns + block - 1) / block * block * terms, of: 0)
    set.outerProducts(
      OuterProducts(
        input: memory.floats(x), inputOffsets: memory.table([0]), inputStep: terms,
        termOffsets: memory.table(Array(0..<terms)), terms: 0..<terms, termCount: terms,
        gradient: memory.floats(g), gradientOffsets: memory.table([0]), gradientStep: columns,
        rows: 1, rowLength: rows, columns: columns, sums: sums, scratch: memory.floats(Scratch.count)))
    for t in 0..<terms {
      for c in columns..<(columns + block - 1) / block * block {
        #expect(sums[(c / block * terms + t) * block + c % block] == 0)
      }
    }
    return (0..<terms).flatMap { t in
      (0..<columns).map { c in sums[(c / block * terms + t) * block + c % block] }
    }
  }

  @Test func everySmallProductIsRightOnEveryInstructionSet() {
    var numbers = Numbers()
    for rows in Array(1...17) + [28, 29] {
      for columns in [1, 3, 4, 8, 10, 15, 16, 17, 31, 32, 33, 65] {
        let terms = 1 + (rows * columns) % 23
        let x = numbers.list(rows * terms)
        let w = numbers.list(terms * columns)
        let g = numbers.list(rows * columns)
        var expected = [Float](repeating: 0, count: rows * columns)
        var expectedOuter = [Float](repeating: 0, count: terms * columns)
        for r in 0..<rows {
          for t in 0..<terms {
            for c in 0..<columns {
              expected[r * columns + c] += x[r * terms + t] * w[t * columns + c]
              expectedOuter[t * columns + c] += x[r * terms + t] * g[r * columns + c]
            }
          }
        }
        for set in kernelSets {
          #expect(distance(Self.product(set, rows, terms, columns, x, w), expected) < 1e-5)
          #expect(distance(Self.outer(set, rows, terms, columns, x, g), expectedOuter) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: [ActivationKind.sigmoid, .tanh, .rectify(slope: 0), .rectify(slope: 0.01)])
  func instructionSetsAgreeOnActivations(_ kind: ActivationKind) {
    let inputs = (0..<203).map { (Float($0) - 101) * 0.17 } + [-200, 200, 0, 1e-6]
    var results: [[Float]] = []
    for set in kernelSets {
      var values = inputs
      set.apply(kind, &values, stride: 0, lines: 1, length: values.count)
      var gradients = [Float](repeating: 1, count: values.count)
      set.applySlope(
        kind, values, stride: 0, gradients: &gradients, gradientStride: 0, lines: 1, length: values.count)
      #expect(values.allSatisfy { $0.isFinite })
      results.append(values + gradients)
    }
    for result in results { #expect(distance(result, results[0]) < 1e-5) }
  }

  @Test func instructionSetsDropTheSameValues() {
    let values = [Float](repeating: 1, count: 1000)
    let results = kernelSets.map { set in
      var result = values
      set.dropout(
        values, into: &result, count: 1000, firstIndex: 7, key: 99, threshold: 1 << 30, scale: 4 / 3)
      return result
    }
    for result in results { #expect(result == results[0]) }
    #expect(200...300 ~= results[0].count { $0 == 0 })
  }

  @Test func thePeakCountsItsOperations() {
    var result: Float = 0
    for set in kernelSets { #expect(set.multiplyAdds(rounds: 10, start: 0.1, into: &result) > 0) }
    #expect(result.isFinite)
  }
}
