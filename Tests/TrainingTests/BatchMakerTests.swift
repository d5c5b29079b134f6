// The batches of a run.

import Augmentation
import Basics
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
    data.strokes = [
      (0..<5).map { LabelledPolylines(drawing, label: $0) }, [LabelledPolylines(drawing, label: 9)],
    ]
    data.nonDigitStrokes = [drawing]
    return data
  }

  private func maker(_ recipe: Recipe) -> BatchMaker {
    BatchMaker(data, recipe: recipe) { drawing, random, target in
      target.update(repeating: random.uniform() * (drawing.length < 1 ? 0.5 : 1), count: Batch.inputSize)
    }
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
