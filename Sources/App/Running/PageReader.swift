// The interface between the window and what reads its pages.

import Exercises
package import Graphics
package import Ink
package import Recognition

/// A loaded model that reads pages.
package protocol PageReader: Sendable {
  /// Reads a page, or what is inside a frame on its picture, in a mode; the boxes are in page units.
  ///
  /// An unfinished page, on which a stroke is being drawn, is read in less time.
  func read(
    _ page: Page, in frame: Box?, _ mode: ReadingMode, isUnfinished: Bool
  ) throws(ModelProblem) -> Reading
  /// Makes the inspection picture of a symbol that was read; nil where the model has none.
  func picture(ofReading symbol: Symbol, as look: InspectionRequest) throws(ModelProblem) -> Bitmap?
}

extension PageReader {
  /// The answer to a page: its reading with what the user says about symbols, and the exercises in it.
  func answer(
    _ page: Page, in frame: Box?, _ mode: ReadingMode, revision: Int, isUnfinished: Bool = false,
    isTimed: Bool
  ) throws(ModelProblem) -> ModelEntry.Answer {
    let start = ContinuousClock.now
    let reading = try read(page, in: frame, mode, isUnfinished: isUnfinished).labelled(by: page.labels)
    let exercises = mode == .sums ? ExerciseChecker().check(reading) : []
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return ModelEntry.Answer(
      reading: reading, mode: mode, frame: frame, exercises: exercises,
      milliseconds: isTimed ? milliseconds : nil, revision: revision)
  }

  /// Makes the inspection picture of a reading's selected symbol, or of its last one.
  func picture(
    of reading: Reading, selected symbol: Int?, as request: InspectionRequest
  ) throws(ModelProblem) -> Bitmap? {
    guard let symbol = reading.symbol(symbol) else { return nil }
    return try picture(ofReading: symbol, as: request)
  }
}

/// The reason why a model cannot be used.
package struct ModelProblem: Error, Sendable {
  /// The reason, in a sentence.
  package let reason: String

  /// Makes a problem.
  package init(_ reason: String) { self.reason = reason }
}

/// Loads a model's file.
package typealias ModelLoader = @Sendable (_ path: String) throws(ModelProblem) -> any PageReader
