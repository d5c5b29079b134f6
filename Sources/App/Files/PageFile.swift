// The page as a file: the ending of a name decides how it is saved, the content of a file how it is opened.

import ExerciseReports
package import Exercises
package import Formats
import Graphics
package import Ink

/// The page as a file.
package enum PageFile {
  /// Why a file cannot be written or read, in a sentence.
  package struct Problem: Error {
    package let reason: String
    /// Whether a file of the name exists.
    package var isNameTaken = false
  }

  /// The endings under which a page is saved, the most usual first.
  package static let savedEndings = ["pgm", "png", "svg", "pdf", "jsonl", "inkml"]

  private static let pgmType = "image/x-portable-graymap"
  private static let pngType = "image/png"

  /// The types under which a page is offered to programs that ask for an image.
  static let imageTypes = [pngType, pgmType]

  /// The bytes of a page as an image of a type.
  static func bytes(of page: Page, longerSide: Int, type: String) -> [UInt8]? {
    switch type {
    case pgmType: PNM.pgm(page.image(longerSide: longerSide))
    case pngType: PNGEncoder.encode(page.image(longerSide: longerSide))
    default: nil
    }
  }

  /// Whether the name of a file says that it can be opened.
  package static func canOpen(_ name: String) -> Bool { Document.endings.contains(Path.ending(of: name)) }

  /// Writes a page as the ending of the name says.
  ///
  /// The endings are `savedEndings`. A PNG has the marks of the exercises.
  /// Returns the path that was written.
  ///
  /// A proposed name gets a number if a file of that name exists. A name that the user typed is not changed.
  package static func save(
    _ page: Page, marking exercises: [CheckedExercise] = [], longerSide: Int, at path: String,
    isProposal: Bool, replacing: Bool = false
  ) throws(Problem) -> String {
    let bytes: [UInt8] =
      switch Path.ending(of: path) {
      case "png" where !exercises.isEmpty:
        MarkedPage(page.image(longerSide: longerSide), exercises, unitsAcross: page.width).png(TextRenderer())
      case "png": PNGEncoder.encode(page.image(longerSide: longerSide))
      case "jsonl": StrokeFile.file([LabelledDrawing(page)])
      case "inkml": InkML.file(LabelledDrawing(page))
      case "svg": PageSVG.file(page)
      case "pdf": PagePDF.file(page)
      case "pgm", "pnm": PNM.pgm(page.image(longerSide: longerSide))
      default:
        throw Problem(
          reason: "Choose an ending: \(savedEndings.map { "." + $0 }.joined(separator: " "))")
      }
    // Opening a pipe without a reader would block this save and all later ones.
    if Path.kind(of: path) == .device { throw Problem(reason: "This is a pipe or a device.") }
    do throws(FileError) {
      if !isProposal {
        try File.write(bytes, to: path, replacing: replacing)
        return path
      }
      try Path.makeFolder(Path.folder(of: path))
      var attempt = path
      for number in 2... {
        do throws(FileError) {
          try File.write(bytes, to: attempt)
          break
        } catch {
          guard error.cause == .exists, number < 1000 else { throw error }
          attempt = path.replacingSuffix(".pgm", with: "-\(number).pgm")
        }
      }
      return attempt
    } catch {
      throw Problem(
        reason: isProposal ? "Not saved: \(error.reason)." : brief(error), isNameTaken: error.cause == .exists
      )
    }
  }

  /// A short text, which fits beside the field with the name.
  private static func brief(_ error: FileError) -> String {
    switch error.cause {
    case .exists: "A file of this name already exists."
    case .missing, .missingFolder: "There is no such folder."
    case .full: "The disk is full."
    case .notPermitted, .readOnly: "You do not have permission to write there."
    case .folder: "This is a folder."
    case .notRegular, .tooLong, .other: capitalized(error.reason)
    }
  }

  /// Reads a regular file.
  ///
  /// Pipes and devices are refused, because reading them may never end.
  package static func bytes(of path: String) throws(Problem) -> [UInt8] {
    do throws(FileError) {
      return try File.read(path, onlyRegular: true)
    } catch {
      throw Problem(reason: capitalized("\(error)"))
    }
  }

  /// The content of a file, given its bytes.
  package static func document(_ bytes: [UInt8], from path: String) throws(Problem) -> Document {
    // The window shows the first drawing.
    do throws(FormatError) { return try Document(bytes, mostDrawings: 1) } catch {
      throw Problem(reason: "'\(Path.name(of: path))': \(error)")
    }
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
