// The batches of a run.

import Augmentation
import Basics
import Preprocessing
import Recognition
import Testing
import Training

@Suite struct BatchMakerTests {
  private var recipe: Recipe {
    var recipe = Recipe()
    recipe.batchSize = 7
    recipe.distortion.rotation = 10
    recipe.distortion.elastic = 0.5
    recipe.strokeShare = 0.5
    recipe.backgroundShare = 0.25
    return recipe
  }

  private var data: TrainingData {
    var data = stripes(count: 40)
    let drawing = PolylineDrawing([[SIMD2(0, 0), SIMD2(0, 5), SIMD2(0, 10)]])
    data.strokes = WeightedSamples(
      [0, 1, 2, 3, 4, 9].map { LabelledPolylines(drawing, label: $0) }, writers: "aaaaab".map(String.init))
    data.foreignStrokes = WeightedSamples([LabelledPolylines(drawing, label: 10)], writers: ["c"])
    return data
  }

  private func maker(_ recipe: Recipe, _ format: InputFormat = .picture(.usual)) -> BatchMaker {
    BatchMaker(data, recipe: recipe, classes: .digitsOrNone, format: format)
  }

  @Test func aBatchDependsOnItsNumberAlone() {
    let (first, second) = (maker(recipe), maker(recipe))
    #expect(first.samplesPerEpoch == 70 && first.batchesPerEpoch == 10)
    let distorter = Distorter(recipe.distortion)
    let inOrder = (0..<10).map {
      first.batch($0, ofEpoch: 2, order: first.order(ofEpoch: 2), with: distorter)
    }
    for index in (0..<10).reversed() {
      let again = second.batch(
        index, ofEpoch: 2, order: second.order(ofEpoch: 2), with: Distorter(recipe.distortion))
      #expect(again == inOrder[index])
    }
    let other = first.batch(0, ofEpoch: 3, order: first.order(ofEpoch: 3), with: distorter)
    #expect(other != inOrder[0])
  }

  @Test func aNetworkOfStrokesLearnsFromStrokesAlone() {
    let maker = maker(recipe, .trajectory)
    // 6 strokes: half of them, and a quarter of symbols that are no digit.
    #expect(maker.samplesPerEpoch == 4)
    let batch = maker.batch(
      0, ofEpoch: 0, order: maker.order(ofEpoch: 0), with: Distorter(recipe.distortion))
    #expect(batch.inputs.count == batch.count * Trajectory.size && batch.inputs.allSatisfy(\.isFinite))
  }

  @Test func rareClassesAndQuietWritersAreDrawnMoreOften() {
    let drawing = PolylineDrawing([[SIMD2(0, 0), SIMD2(0, 5)]])
    // 64 samples of class 0 and 4 of class 1, by one writer: a class with 16 times the samples is drawn 4 times as often.
    let labels = [Int](repeating: 0, count: 64) + [Int](repeating: 1, count: 4)
    let samples = WeightedSamples(
      labels.map { LabelledPolylines(drawing, label: $0) }, writers: labels.map { _ in "a" })
    var random = SplitMix64(seed: 1)
    let rare = (0..<4000).count { _ in samples.random(&random).label == 1 }
    #expect((700...900).contains(rare), "\(rare) of 4000")
  }

  @Test func anEpochHasItsShares() {
    let maker = maker(recipe)
    let distorter = Distorter(recipe.distortion)
    let order = maker.order(ofEpoch: 1)
    #expect(order.sorted() == (0..<70).map { Int32($0) })
    let labels = (0..<10).flatMap { maker.batch($0, ofEpoch: 1, order: order, with: distorter).labels }
    #expect(labels.count == 70)
    #expect(labels.count { $0 == 10 } == 10)
  }
}
