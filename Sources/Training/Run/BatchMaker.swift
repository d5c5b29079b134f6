// Makes the batches of a run: which samples, in which order, varied how. A batch is a function of its number alone.

package import Augmentation
package import Basics

/// The batches of a run.
package struct BatchMaker: Sendable {
  /// Draws a varied trail into a network's input.
  package typealias Drawing = @Sendable (Trail, inout SplitMix64, UnsafeMutablePointer<Float>) -> Void

  private let material: TrainingData
  private let recipe: Recipe
  private let draw: Drawing
  /// Samples of an epoch: pictures, then strokes, then foreign symbols.
  private let pictureCount: Int
  private let strokeCount: Int
  private let foreignCount: Int
  /// The class of foreign symbols.
  private let background: Int
  /// The sets of strokes by how often one is taken: the root of their sizes, so that small sets are heard.
  private let shares: [Float]

  /// Samples to an epoch.
  package var samplesPerEpoch: Int { pictureCount + strokeCount + foreignCount }
  /// Those of them that are digits.
  var digitsPerEpoch: Int { pictureCount + strokeCount }
  /// Batches to an epoch; the last may be smaller.
  package var batchesPerEpoch: Int { (samplesPerEpoch + batchSize - 1) / batchSize }
  /// Samples to a batch.
  package var batchSize: Int { recipe.batch == 0 ? max(1, samplesPerEpoch) : recipe.batch }

  /// Makes the batches of a recipe from its material; `draw` turns strokes into inputs.
  package init(_ material: TrainingData, recipe: Recipe, background: Int = 10, draw: @escaping Drawing) {
    self.material = material
    self.recipe = recipe
    self.draw = draw
    self.background = background
    pictureCount = material.pictures.count
    // Without pictures the shares are of the strokes themselves.
    let whole = pictureCount > 0 ? pictureCount : material.strokes.reduce(0) { $0 + $1.count }
    strokeCount =
      material.strokes.allSatisfy(\.isEmpty) ? 0 : Int(clamping: Double(whole) * recipe.strokeShare)
    foreignCount = Int(clamping: Double(whole) * recipe.backgroundShare)
    let roots = material.strokes.map { Float($0.count).squareRoot() }
    let sum = roots.reduce(0, +)
    shares = roots.map { sum > 0 ? $0 / sum : 0 }
  }

  /// Whether each epoch is one batch that is always the same, so that it need be made only once.
  package var isFixed: Bool {
    recipe.batch == 0 && recipe.distortion.changesNothing && strokeCount + foreignCount == 0
  }

  /// The order of an epoch's samples; where all come at once, it is their own.
  package func order(ofEpoch epoch: Int) -> [Int32] {
    if isFixed { return (0..<Int32(samplesPerEpoch)).map { $0 } }
    var random = SplitMix64(seed: recipe.seed, epoch, -1)
    return random.permutation(of: samplesPerEpoch)
  }

  /// A batch of an epoch, whose order is given so that it need not be found again.
  package func batch(_ index: Int, ofEpoch epoch: Int, order: [Int32], with distorter: Distorter) -> Batch {
    let range = (index * batchSize)..<min(samplesPerEpoch, (index + 1) * batchSize)
    let size = Batch.inputSize
    var labels: [Int] = []
    labels.reserveCapacity(range.count)
    let inputs = [Float](unsafeUninitializedCapacity: range.count * size) { inputs, count in
      count = range.count * size
      guard let first = inputs.baseAddress else { return }
      for (row, place) in range.enumerated() {
        labels.append(fill(first + row * size, sample: Int(order[place]), epoch: epoch, with: distorter))
      }
    }
    return Batch(inputs: inputs, labels: labels)
  }

  /// Writes a sample's input, and gives its class.
  private func fill(
    _ target: UnsafeMutablePointer<Float>, sample: Int, epoch: Int, with distorter: Distorter
  ) -> Int {
    var random = SplitMix64(seed: recipe.seed, epoch, sample)
    if sample < pictureCount {
      copy(material.pictures, sample, into: target, with: distorter, random: &random)
      return Int(material.pictures.labels[sample])
    }
    if sample < pictureCount + strokeCount {
      let specimen = pickSpecimen(&random)
      drawVaried(specimen.trail, into: target, with: distorter, random: &random)
      return specimen.label
    }
    foreign(into: target, with: distorter, random: &random)
    return background
  }

  private func copy(
    _ pictures: Pictures, _ index: Int, into target: UnsafeMutablePointer<Float>, with distorter: Distorter,
    random: inout SplitMix64
  ) {
    let size = Batch.inputSize
    pictures.pixels.withUnsafeBufferPointer { pixels in
      guard let source = pixels.baseAddress.map({ $0 + index * size }) else { return }
      for k in 0..<size { target[k] = Float(source[k]) * (1 / 255) }
    }
    vary(target, with: distorter, random: &random)
  }

  /// Varies what is drawn in a target.
  private func vary(
    _ target: UnsafeMutablePointer<Float>, with distorter: Distorter, random: inout SplitMix64
  ) {
    if distorter.distortion.changesNothing { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Batch.inputSize) { drawn in
      guard let drawn = drawn.baseAddress else { return }
      drawn.update(from: target, count: Batch.inputSize)
      distorter.vary(drawn, into: target, random: &random)
    }
  }

  private func pickSpecimen(_ random: inout SplitMix64) -> Specimen {
    var point = random.uniform()
    var set = 0
    while set < shares.count - 1, point >= shares[set] {
      point -= shares[set]
      set += 1
    }
    let specimens = material.strokes[set]
    return specimens[random.index(below: specimens.count)]
  }

  /// Varies a trail as a hand does and draws it; every other one is varied as pictures are, too, so that no
  /// blur tells strokes from scans.
  private func drawVaried(
    _ trail: Trail, into target: UnsafeMutablePointer<Float>, with distorter: Distorter,
    random: inout SplitMix64
  ) {
    let varied = StrokeJitter(Float(recipe.unsteadiness)).vary(trail, random: &random)
    draw(varied, &random, target)
    if random.bernoulli(0.5) {
      vary(target, with: distorter, random: &random)
    } else {
      distorter.scan(target, random: &random)
    }
  }

  /// A symbol that is no digit: drawn by a hand, made, half a digit, or a picture of one.
  private func foreign(
    into target: UnsafeMutablePointer<Float>, with distorter: Distorter, random: inout SplitMix64
  ) {
    let kind = random.uniform()
    if kind < 0.35, !material.foreignStrokes.isEmpty {
      let trail = material.foreignStrokes[random.index(below: material.foreignStrokes.count)]
      drawVaried(trail, into: target, with: distorter, random: &random)
    } else if kind < 0.5, material.foreignPictures.count > 0 {
      copy(
        material.foreignPictures, random.index(below: material.foreignPictures.count), into: target,
        with: distorter, random: &random)
    } else if kind < 0.62, strokeCount > 0 {
      let half = HalfDigit.of(pickSpecimen(&random), random: &random)
      drawVaried(half, into: target, with: distorter, random: &random)
    } else {
      let made = SyntheticNonDigits.any(random: &random).draw(random: &random)
      drawVaried(made, into: target, with: distorter, random: &random)
    }
  }
}
