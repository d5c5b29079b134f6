// The files that a command reads and writes.

import Basics
package import Formats
package import Ink

/// A file to read digits from: a picture, or drawings.
package enum InputFile {
  case picture(GrayImage)
  case drawings([LabelledDrawing])

  /// Reads a file, whose kind its content tells; `-` is standard input.
  package init(_ path: String) throws(Failure) {
    let bytes = try readFile(path)
    if !Picture.begins(bytes), InkFile.begins(bytes) {
      self = .drawings(try Self.drawings(bytes, path))
      return
    }
    do throws(FormatError) { self = .picture(try Picture.gray(bytes)) } catch {
      throw Failure(ReadError.format(error, path: path))
    }
  }

  /// Reads the drawings of a stroke file.
  package static func drawings(_ path: String) throws(Failure) -> [LabelledDrawing] {
    try drawings(try readFile(path), path)
  }

  private static func drawings(_ bytes: [UInt8], _ path: String) throws(Failure) -> [LabelledDrawing] {
    do throws(FormatError) { return try InkFile.drawings(bytes) } catch {
      throw Failure(ReadError.format(error, path: path))
    }
  }

  /// The drawing of a number from 1, as `--line` names it.
  package static func drawing(
    _ number: Int?, of drawings: [LabelledDrawing], _ path: String
  ) throws(Failure) -> LabelledDrawing {
    guard let drawing = drawings.dropFirst((number ?? 1) - 1).first else {
      throw .badData(
        "'\(path)' has \(drawings.count) drawings; --line takes a number from 1 to \(drawings.count)")
    }
    return drawing
  }
}

/// Reads a file; `-` is standard input.
package func readFile(_ path: String) throws(Failure) -> [UInt8] {
  do throws(FileError) { return try File.read(path) } catch { throw Failure(error) }
}

/// Writes a file, which must not exist unless it may be replaced; `-` is standard output.
package func writeFile(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Failure) {
  do throws(FileError) { try File.write(bytes, to: path, replacing: replacing) } catch {
    throw .couldNot("\(error)" + (error.cause == .exists ? ", or give --force" : ""))
  }
}

/// Makes a folder and those above it.
package func makeFolder(_ path: String) throws(Failure) {
  do throws(FileError) { try Path.makeFolder(path) } catch { throw Failure(error) }
}
