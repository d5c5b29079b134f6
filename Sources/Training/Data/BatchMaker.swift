// Makes the batches of a run. A batch depends on the data, the recipe and its number alone.

package import Augmentation
package import Basics

/// Makes the batches of a run.
package struct BatchMaker: Sendable {
  /// Draws a drawing into a network's input.
  package typealias Rasterizer =
    @Sendable (PolylineDrawing, inout SplitMix64, UnsafeMutablePointer<Float>) -> Void

  private let data: TrainingData
  private let recipe: Recipe
  private let rasterize: Rasterizer
  private let pictureCount: Int
  private let strokeCount: Int
  private let nonDigitCount: Int
  /// The class of symbols that are no digit.
  private let background: Int
  /// The probability of each set of strokes: proportional to the square root of its size, so that small sets count.
  private let setProbabilities: [Float]

  /// The samples in an epoch: pictures, then strokes, then symbols that are no digit.
  package var samplesPerEpoch: Int { digitsPerEpoch + nonDigitCount }
  /// The samples in an epoch that are digits.
  var digitsPerEpoch: Int { pictureCount + strokeCount }
  /// The batches in an epoch; the last one may be smaller.
  package var batchesPerEpoch: Int { (samplesPerEpoch + batchSize - 1) / batchSize }
  /// The samples in a batch.
  package var batchSize: Int { recipe.batchSize == 0 ? max(1, samplesPerEpoch) : recipe.batchSize }

  /// Makes the batches of a recipe from its data; `rasterize` draws strokes into inputs.
  package init(
    _ data: TrainingData, recipe: Recipe, background: Int = 10, rasterize: @escaping Rasterizer
  ) {
    self.data = data
    self.recipe = recipe
    self.rasterize = rasterize
    self.background = background
    pictureCount = data.pictures.count
    // Without pictures the shares are shares of the strokes.
    let base = pictureCount > 0 ? pictureCount : data.strokes.reduce(0) { $0 + $1.count }
    strokeCount = data.strokes.allSatisfy(\.isEmpty) ? 0 : Int(clamping: Double(base) * recipe.strokeShare)
    nonDigitCount = Int(clamping: Double(base) * recipe.backgroundShare)
    let roots = data.strokes.map { Float($0.count).squareRoot() }
    let sum = roots.reduce(0, +)
    setProbabilities = roots.map { sum > 0 ? $0 / sum : 0 }
  }

  /// Whether each epoch is one batch that is always the same, so that it is made only once.
  package var isFixed: Bool {
    recipe.batchSize == 0 && recipe.distortion.isIdentity && strokeCount + nonDigitCount == 0
  }

  /// The order of an epoch's samples; a single fixed batch is not shuffled.
  package func order(ofEpoch epoch: Int) -> [Int32] {
    if isFixed { return Array(0..<Int32(samplesPerEpoch)) }
    var random = SplitMix64(seed: recipe.seed, epoch, -1)
    return random.permutation(of: samplesPerEpoch)
  }

  /// Makes a batch of an epoch; `order` is `order(ofEpoch:)`, which the caller keeps for all batches of the epoch.
  package func batch(_ index: Int, ofEpoch epoch: Int, order: [Int32], with distorter: Distorter) -> Batch {
    let range = (index * batchSize)..<min(samplesPerEpoch, (index + 1) * batchSize)
    let size = Batch.inputSize
    var labels: [Int] = []
    labels.reserveCapacity(range.count)
    let inputs = [Float](unsafeUninitializedCapacity: range.count * size) { inputs, count in
      count = range.count * size
      guard let first = inputs.baseAddress else { return }
      for (row, position) in range.enumerated() {
        let sample = Int(order[position])
        var writer = SampleWriter(
          maker: self, target: first + row * size, distorter: distorter,
          random: SplitMix64(seed: recipe.seed, epoch, sample))
        labels.append(writer.write(sample))
      }
    }
    return Batch(inputs: inputs, labels: labels)
  }

  /// Writes one sample's input.
  private struct SampleWriter {
    let maker: BatchMaker
    let target: UnsafeMutablePointer<Float>
    let distorter: Distorter
    var random: SplitMix64

    /// Writes the input and returns the class.
    mutating func write(_ sample: Int) -> Int {
      if sample < maker.pictureCount {
        writePicture(sample, of: maker.data.pictures)
        return Int(maker.data.pictures.labels[sample])
      }
      if sample < maker.digitsPerEpoch {
        let digit = randomDigit()
        writeVaried(digit.drawing)
        return digit.label
      }
      writeNonDigit()
      return maker.background
    }

    private mutating func writePicture(_ index: Int, of pictures: PictureSet) {
      let size = Batch.inputSize
      pictures.pixels.withUnsafeBufferPointer { pixels in
        guard let source = pixels.baseAddress.map({ $0 + index * size }) else { return }
        for k in 0..<size { target[k] = Float(source[k]) * (1 / 255) }
      }
      distort()
    }

    /// Distorts the picture in the target.
    private mutating func distort() {
      if distorter.distortion.isIdentity { return }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: Batch.inputSize) { copy in
        guard let copy = copy.baseAddress else { return }
        copy.update(from: target, count: Batch.inputSize)
        distorter.distort(copy, into: target, random: &random)
      }
    }

    private mutating func randomDigit() -> LabelledPolylines {
      var point = random.uniform()
      var set = 0
      while set < maker.setProbabilities.count - 1, point >= maker.setProbabilities[set] {
        point -= maker.setProbabilities[set]
        set += 1
      }
      let digits = maker.data.strokes[set]
      return digits[random.index(below: digits.count)]
    }

    /// Varies the strokes and draws them; half of the results are distorted like pictures, so that blur does not
    /// tell strokes from scans.
    private mutating func writeVaried(_ drawing: PolylineDrawing) {
      let jitter = StrokeJitter(Float(maker.recipe.strokeJitter))
      maker.rasterize(jitter.apply(to: drawing, random: &random), &random, target)
      if random.bernoulli(0.5) { distort() } else { distorter.addScanDefects(to: target, random: &random) }
    }

    /// Writes a symbol that is no digit: drawn by hand, a picture, half a digit, or synthetic.
    private mutating func writeNonDigit() {
      let data = maker.data
      let kind = random.uniform()
      if kind < 0.35, !data.nonDigitStrokes.isEmpty {
        writeVaried(data.nonDigitStrokes[random.index(below: data.nonDigitStrokes.count)])
      } else if kind < 0.5, data.nonDigitPictures.count > 0 {
        writePicture(random.index(below: data.nonDigitPictures.count), of: data.nonDigitPictures)
      } else if kind < 0.62, maker.strokeCount > 0 {
        writeVaried(HalfDigit.half(of: randomDigit(), random: &random))
      } else {
        writeVaried(SyntheticNonDigit.random(using: &random).draw(random: &random))
      }
    }
  }
}
