// A file that a command is given, whatever kind it is of: a picture, or drawings.

import Basics
import Formats
import Ink

/// What a file holds for reading: one picture, or drawings.
enum PageFile {
  case picture(GrayImage)
  case drawings([LabelledDrawing])

  /// Reads a file, its kind told by its content; `-` is standard input.
  static func read(_ path: String) throws(Failure) -> PageFile {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw .noInput("\(error)") }
    return try PageFile(bytes, called: path)
  }

  /// Reads a stroke file.
  static func readDrawings(_ path: String) throws(Failure) -> [LabelledDrawing] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw .noInput("\(error)") }
    do throws(FormatError) { return try InkFile.drawings(bytes) } catch {
      throw .badData("\(path == "-" ? "standard input" : "'\(path)'"): \(error)")
    }
  }

  /// Reads a file's bytes.
  init(_ bytes: [UInt8], called path: String) throws(Failure) {
    do throws(FormatError) {
      if Picture.begins(bytes) || !InkFile.begins(bytes) {
        self = .picture(try Picture.gray(bytes))
      } else {
        self = .drawings(try InkFile.drawings(bytes))
      }
    } catch {
      throw .badData("\(path == "-" ? "standard input" : "'\(path)'"): \(error)")
    }
  }
}

/// Writes a command's file, which must not exist unless it may be replaced.
func writeFile(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Failure) {
  do throws(FileError) { try File.write(bytes, to: path, replacing: replacing) } catch {
    throw .couldNot("\(error)" + (error.cause == .exists ? ", or give --force" : ""))
  }
}
