// The training and the validation data of a run, in memory.

package import Augmentation
import Basics

/// The training and the validation data of a run.
package struct TrainingData: Sendable {
  /// The training pictures.
  package var pictures = PictureSet()
  /// Digits by training writers, a list for each set of strokes.
  package var strokes: [[LabelledPolylines]] = []
  /// Symbols that are no digit, by training writers.
  package var nonDigitStrokes: [PolylineDrawing] = []
  /// Training pictures that are no digit.
  package var nonDigitPictures = PictureSet()
  /// The validation pictures.
  package var validation = PictureSet()
  /// Digits by held-out writers.
  package var validationStrokes: [LabelledPolylines] = []
  /// Symbols that are no digit, by held-out writers.
  package var validationNonDigits: [PolylineDrawing] = []
  /// How the validation data was chosen, for the model card.
  package var split = ""

  /// Makes empty data.
  package init() {}

  /// A hash of the counts, all labels, all strokes and some pixels, to recognise the same data again.
  var fingerprint: String {
    var result = Fingerprint()
    for pictures in [pictures, validation, nonDigitPictures] {
      result.add(UInt64(pictures.count))
      for label in pictures.labels { result.add(UInt64(label)) }
      // Every 101st pixel is fast; since 101 is prime, every pixel position occurs.
      for index in stride(from: 0, to: pictures.pixels.count, by: 101) {
        result.add(UInt64(pictures.pixels[index]))
      }
    }
    for digits in strokes + [validationStrokes] {
      result.add(UInt64(digits.count))
      for digit in digits {
        result.add(UInt64(digit.label))
        result.add(digit.drawing)
      }
    }
    for drawing in nonDigitStrokes + validationNonDigits { result.add(drawing) }
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
