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
  do throws(Failure) { return WindowReader(try Recognizer(named: path)) } catch {
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

  private let recognizer: Recognizer
  /// Made for the first explanation.
  private let explanations = Mutex<Explanations?>(nil)

  init(_ recognizer: Recognizer) { self.recognizer = recognizer }

  func read(_ page: Page) throws(ModelProblem) -> Reading {
    do throws(ModelResultError) { return try recognizer.read(page) } catch {
      throw ModelProblem(error.description)
    }
  }

  func picture(ofReading symbol: Symbol, as request: InspectionRequest) throws(ModelProblem) -> Bitmap? {
    do throws(ModelResultError) {
      return try explanations.withLock { (kept) throws(ModelResultError) in
        let used = kept ?? Explanations(explainer: Explainer(recognizer.model))
        kept = used
        return try used.explainer?.explanation(of: symbol).map { explanation in
          ExplanationPicture(
            explanation, width: request.width, height: request.height, textSize: request.textSize,
            colors: request.theme.palette
          ).bitmap(used.text)
        }
      }
    } catch {
      throw ModelProblem(error.description)
    }
  }
}
