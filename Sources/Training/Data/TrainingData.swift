// The training and the validation data of a run, in memory.

package import Augmentation
import Basics

/// The training and the validation data of a run.
package struct TrainingData: Sendable {
  /// The training pictures.
  package var pictures = PictureSet()
  /// Symbols of the classes by training writers.
  package var strokes = WeightedSamples()
  /// Symbols of no class by training writers; their label is the background class.
  package var foreignStrokes = WeightedSamples()
  /// Training pictures of no class.
  package var foreignPictures = PictureSet()
  /// The validation pictures.
  package var validation = PictureSet()
  /// Symbols of the classes by held-out writers.
  package var validationStrokes: [LabelledPolylines] = []
  /// Symbols of no class by held-out writers.
  package var validationForeign: [LabelledPolylines] = []
  /// How the validation data was chosen, for the model card.
  package var split = ""

  /// Makes empty data.
  package init() {}

  /// A hash of the counts, all labels, all strokes and some pixels, to recognise the same data again.
  var fingerprint: String {
    var result = Fingerprint()
    for pictures in [pictures, validation, foreignPictures] {
      result.add(UInt64(pictures.count))
      for label in pictures.labels { result.add(UInt64(label)) }
      // Every 101st pixel is fast; since 101 is prime, every pixel position occurs.
      for index in stride(from: 0, to: pictures.pixels.count, by: 101) {
        result.add(UInt64(pictures.pixels[index]))
      }
    }
    for symbols in [strokes.samples, foreignStrokes.samples, validationStrokes, validationForeign] {
      result.add(UInt64(symbols.count))
      for symbol in symbols {
        result.add(UInt64(symbol.label))
        result.add(UInt64((symbol.relativeSize ?? 0).bitPattern))
        result.add(symbol.drawing)
      }
    }
    return String(result.sum, radix: 16)
  }
}

extension Fingerprint {
  /// Adds the points of a drawing.
  fileprivate mutating func add(_ drawing: PolylineDrawing) {
    for stroke in drawing.strokes {
      add(UInt64(stroke.count))
      for point in stroke {
        add(UInt64(point.x.bitPattern))
        add(UInt64(point.y.bitPattern))
      }
    }
  }
}
