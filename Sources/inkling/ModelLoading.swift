// From a model's name to what reads with it.

import App
import Explanation
import Formats
import Graphics
import Ink
import Recognition
import Synchronization

/// The model that reads where none is named.
let flagship = "inkling"

/// A recognizer with a model: a file, or the name of a shipped one.
func loadRecognizer(_ name: String) throws(Failure) -> Recognizer {
  guard let path = ShippedFiles.path(name, ending: "safetensors") else {
    let shipped = ShippedFiles.names(ending: "safetensors").joined(separator: ", ")
    throw .noInput(
      "there is no model '\(name)'; "
        + (shipped.isEmpty ? "train one with 'inkling train'" : "name a file, or one of \(shipped)"))
  }
  let bytes: [UInt8]
  do throws(FileError) { bytes = try File.read(path) } catch { throw Failure(error) }
  let model: Model
  do throws(ModelFileError) { model = try Model(bytes: bytes) } catch {
    throw .badData("'\(path)': \(error)")
  }
  do throws(ModelError) {
    return try Recognizer(model)
  } catch {
    throw .badData("'\(path)': \(error)")
  }
}

/// The window's reader: a recognizer, and what looks inside it once somebody wants that.
private final class RecognizerOfPages: PageReader {
  /// What a look inside needs; it belongs to one thread at a time.
  private struct Glass {
    let explainer: Explainer?
    let lettering = TextRenderer()
  }

  private let recognizer: Recognizer
  private let glass = Mutex<Glass?>(nil)

  init(_ recognizer: Recognizer) { self.recognizer = recognizer }

  func read(_ page: Page) throws(ModelProblem) -> Reading {
    do throws(ModelResultError) { return try recognizer.read(page) } catch {
      throw ModelProblem(error.description)
    }
  }

  func picture(ofReading symbol: Symbol, as look: InspectionRequest) throws(ModelProblem) -> Bitmap? {
    do throws(ModelResultError) {
      return try glass.withLock { (glass) throws(ModelResultError) in
        let used = glass ?? Glass(explainer: Explainer(recognizer.model))
        glass = used
        return try used.explainer?.explanation(of: symbol).map { explanation in
          ExplanationPicture(
            explanation, width: look.width, height: look.height, textSize: look.textSize,
            colors: look.theme.palette
          ).bitmap(used.lettering)
        }
      }
    } catch {
      throw ModelProblem(error.description)
    }
  }
}

/// Loads a model for the window.
@Sendable
func loadReader(_ path: String) throws(ModelProblem) -> any PageReader {
  do throws(Failure) {
    return RecognizerOfPages(try loadRecognizer(path))
  } catch {
    throw ModelProblem(error.description)
  }
}
