// The page as a file: saved by its name's ending, opened by its content.

import Basics
import Formats
import Graphics
import Ink

enum PageFile {
  /// Why a file cannot be written or read, in a sentence.
  struct Problem: Error {
    let reason: String
  }

  /// What a file held.
  enum Content {
    case picture(GrayImage)
    case strokes([Stroke])
  }

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

  /// The endings of names that the open overlay shows.
  private static let endings: Set<String> = [
    "pgm", "pbm", "ppm", "pnm", "png", "jpg", "jpeg", "jsonl", "gz", "inkml",
  ]

  static func canOpen(_ name: String) -> Bool { endings.contains(Path.ending(of: name)) }

  /// Writes a page, as the name's ending says: PNG, strokes, or else PGM; gives the path written.
  ///
  /// A name of the program's making is changed until it is free; one that a person gave is not.
  static func save(_ page: Page, longerSide: Int, at path: String, isProposal: Bool) throws(Problem) -> String
  {
    let bytes =
      switch Path.ending(of: path) {
      case "png": PNGEncoder.encode(page.image(longerSide: longerSide))
      case "jsonl": StrokeFile.file([LabelledDrawing(page)])
      default: PNM.pgm(page.image(longerSide: longerSide))
      }
    // A pipe without a reader would hold up this save and all later ones.
    if Path.kind(of: path) == .device { throw Problem(reason: "This is a pipe or a device.") }
    do throws(FileError) {
      if !isProposal {
        try File.write(bytes, to: path)
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
      throw Problem(reason: isProposal ? "Not saved: \(error.reason)." : brief(error))
    }
  }

  /// Beside the field with the name there is room for few words, and the name is to be seen.
  private static func brief(_ error: FileError) -> String {
    switch error.cause {
    case .exists: "There is such a file already."
    case .missing, .missingFolder: "There is no such folder."
    case .full: "The disk is full."
    case .notPermitted, .readOnly: "You may not write there."
    case .folder: "This is a folder."
    case .notRegular, .tooLong, .other: capitalized(error.reason)
    }
  }

  /// Reads a regular file; anything else is refused, for it may never end or answer.
  static func bytes(of path: String) throws(Problem) -> [UInt8] {
    do throws(FileError) {
      return try File.read(path, onlyRegular: true)
    } catch {
      throw Problem(reason: capitalized("\(error)"))
    }
  }

  /// Finds a picture or the first drawing of a stroke file in the bytes of a file.
  static func content(of bytes: [UInt8], from path: String) throws(Problem) -> Content {
    do throws(FormatError) {
      if StrokeFile.begins(bytes) || Gzip.begins(bytes) {
        return .strokes(try StrokeFile.drawings(bytes).first?.drawing.strokes ?? [])
      }
      return .picture(try Picture.gray(bytes))
    } catch {
      throw Problem(reason: "'\(Path.name(of: path))': \(error)")
    }
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
