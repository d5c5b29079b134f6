// Makes the batches of a run. A batch depends on the data, the recipe and its number alone.

package import Augmentation
import Basics
package import Recognition

/// Makes the batches of a run.
package struct BatchMaker: Sendable {
  private let data: TrainingData
  private let recipe: Recipe
  private let format: InputFormat
  private let pictureCount: Int
  private let strokeCount: Int
  private let foreignCount: Int
  /// The class of what belongs to no other class.
  private let background: Int
  /// The shapes that need no writer.
  private let shapes: [SyntheticNonDigit]?
  /// Whether half of a symbol belongs to no class, as with digits.
  private let halvesAreForeign: Bool

  /// The samples in an epoch: pictures, then strokes, then symbols of no class.
  package var samplesPerEpoch: Int { knownPerEpoch + foreignCount }
  /// The samples in an epoch that belong to a class.
  var knownPerEpoch: Int { pictureCount + strokeCount }
  /// The batches in an epoch; the last one may be smaller.
  package var batchesPerEpoch: Int { (samplesPerEpoch + batchSize - 1) / batchSize }
  /// The samples in a batch.
  package var batchSize: Int { recipe.batchSize == 0 ? max(1, samplesPerEpoch) : recipe.batchSize }

  /// Makes the batches of a recipe from its data.
  package init(_ data: TrainingData, recipe: Recipe, classes: Classes, format: InputFormat) {
    self.data = data
    self.recipe = recipe
    self.format = format
    background = classes.labels.count
    halvesAreForeign = classes.labels.count == 10
    shapes = halvesAreForeign ? nil : SyntheticNonDigit.unlikeAnyCharacter
    pictureCount = format.isPicture ? data.pictures.count : 0
    // Without pictures the shares are shares of the strokes.
    let base = pictureCount > 0 ? pictureCount : data.strokes.count
    strokeCount = data.strokes.count == 0 ? 0 : Int(clamping: Double(base) * recipe.strokeShare)
    foreignCount = Int(clamping: Double(base) * recipe.backgroundShare)
  }

  /// Whether each epoch is one batch that is always the same, so that it is made only once.
  package var isFixed: Bool {
    recipe.batchSize == 0 && recipe.distortion.isIdentity && strokeCount + foreignCount == 0
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
    let size = format.size
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
      if sample < maker.knownPerEpoch {
        let symbol = maker.data.strokes.random(&random)
        writeVaried(symbol)
        return symbol.label
      }
      writeForeign()
      return maker.background
    }

    private mutating func writePicture(_ index: Int, of pictures: PictureSet) {
      let size = PictureSet.pictureSize
      pictures.pixels.withUnsafeBufferPointer { pixels in
        guard let source = pixels.baseAddress.map({ $0 + index * size }) else { return }
        for k in 0..<size { target[k] = Float(source[k]) * (1 / 255) }
      }
      distort()
    }

    /// Distorts the picture in the target.
    private mutating func distort() {
      if distorter.distortion.isIdentity { return }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: PictureSet.pictureSize) { copy in
        guard let copy = copy.baseAddress else { return }
        copy.update(from: target, count: PictureSet.pictureSize)
        distorter.distort(copy, into: target, random: &random)
      }
    }

    /// Varies the strokes and writes them; half of the pictures are distorted like scans, so that blur does not tell
    /// strokes from scans.
    private mutating func writeVaried(_ symbol: LabelledPolylines) {
      let jitter = StrokeJitter(Float(maker.recipe.strokeJitter))
      var drawing = jitter.apply(to: symbol.drawing, random: &random)
      let dot = randomDot(symbol)
      guard maker.format.isPicture else {
        drawing.varyStrokeOrder(random: &random)
        maker.format.write(drawing, dot: dot, into: target)
        return
      }
      maker.format.withRandomPen(&random).write(drawing, dot: dot, into: target)
      if random.bernoulli(0.5) { distort() } else { distorter.addScanDefects(to: target, random: &random) }
    }

    /// The longer side, in the unit of the drawing, below which ink is not enlarged; nil where the size is unknown.
    ///
    /// The size of a line is an estimate when a page is read, and there are symbols without a line: so the size varies, and
    /// is left out now and then.
    private mutating func randomDot(_ symbol: LabelledPolylines) -> Float? {
      let change = 0.75 + 0.6 * random.uniform()
      let isUnknown = random.bernoulli(0.1)
      guard let size = symbol.relativeSize, !isUnknown else { return nil }
      return InputFormat.dot / max(size, 1e-6) * change
    }

    /// Writes a symbol of no class: drawn by hand, a picture, half a digit, or a made shape.
    private mutating func writeForeign() {
      let data = maker.data
      let kind = random.uniform()
      if kind < 0.5, data.foreignStrokes.count > 0 {
        writeVaried(data.foreignStrokes.random(&random))
      } else if kind < 0.58, maker.format.isPicture, data.foreignPictures.count > 0 {
        writePicture(random.index(below: data.foreignPictures.count), of: data.foreignPictures)
      } else if kind < 0.7, maker.halvesAreForeign, maker.strokeCount > 0 {
        writeShape(HalfDigit.half(of: data.strokes.random(&random), random: &random))
      } else if let shapes = maker.shapes {
        writeShape(shapes[random.index(below: shapes.count)].draw(random: &random))
      } else {
        writeShape(SyntheticNonDigit.random(using: &random).draw(random: &random))
      }
    }

    private mutating func writeShape(_ drawing: PolylineDrawing) {
      writeVaried(LabelledPolylines(drawing, label: maker.background))
    }
  }
}
