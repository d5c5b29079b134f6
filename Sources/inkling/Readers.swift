// From a model's name to what reads with it.

import Formats
import Ink
import Recognition
import Studio

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

/// The window's reader: a recognizer.
private struct RecognizerOfPages: PageReader {
  let recognizer: Recognizer

  func read(_ page: Page) -> Reading { recognizer.read(page) }
}

/// Loads a model for the window.
@Sendable
func loadReader(_ path: String) throws(ModelProblem) -> any PageReader {
  do throws(Failure) {
    return RecognizerOfPages(recognizer: try loadRecognizer(path))
  } catch {
    throw ModelProblem(error.description)
  }
}
