// The window's reader: a recognizer, and the pictures that explain its readings.

import App
import CommandSupport
import Explanation
import Graphics
import Ink
import Recognition
import Synchronization

/// Loads a model for the window.
@Sendable
func loadReader(_ path: String) throws(ModelProblem) -> any PageReader {
  do throws(Failure) { return WindowReader(try Model(named: path)) } catch {
    throw ModelProblem(error.description)
  }
}

/// Reads the window's pages and explains their symbols.
private final class WindowReader: PageReader {
  /// What explanations need; one thread at a time uses it.
  private struct Explanations {
    let explainer: Explainer?
    let text = TextRenderer()
  }

  private let model: Model
  /// The recognizers of the modes that were used.
  private let recognizers = Mutex<[ReadingMode: Recognizer]>([:])
  /// Made for the first explanation.
  private let explanations = Mutex<Explanations?>(nil)

  init(_ model: Model) { self.model = model }

  func read(
    _ page: Page, in frame: Box?, _ mode: ReadingMode, isUnfinished: Bool
  ) throws(ModelProblem) -> Reading {
    let recognizer = try recognizer(mode)
    do throws(ModelResultError) {
      guard let frame else { return try recognizer.read(page, isUnfinished: isUnfinished) }
      return try recognizer.read(page, in: frame, isUnfinished: isUnfinished)
    } catch {
      throw ModelProblem(error.description)
    }
  }

  private func recognizer(_ mode: ReadingMode) throws(ModelProblem) -> Recognizer {
    try recognizers.withLock { (kept) throws(ModelProblem) in
      if let recognizer = kept[mode] { return recognizer }
      let language: LanguageModel?
      do throws(Failure) { language = mode == .text ? try LanguageModel.shipped() : nil } catch {
        throw ModelProblem(error.description)
      }
      do throws(ModelError) {
        let recognizer = try Recognizer(model, mode: mode, language: language)
        kept[mode] = recognizer
        return recognizer
      } catch {
        throw ModelProblem("\(error)")
      }
    }
  }

  func picture(ofReading symbol: Symbol, as request: InspectionRequest) throws(ModelProblem) -> Bitmap? {
    do throws(ModelResultError) {
      return try explanations.withLock { (kept) throws(ModelResultError) in
        let used = kept ?? Explanations(explainer: Explainer(model))
        kept = used
        return try used.explainer?.explanation(of: symbol).map { explanation in
          ExplanationPicture(
            explanation, width: request.width, height: request.height, textSize: request.textSize,
            colors: request.theme.palette, texts: { request.language.text($0, values: $1) }
          ).bitmap(used.text)
        }
      }
    } catch {
      throw ModelProblem(error.description)
    }
  }
}
