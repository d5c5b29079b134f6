// The files that commands read and write, with the errors of the command line.

package import Formats

extension Document {
  /// Reads the file of a command; `-` is standard input.
  package init(opening path: String) throws(Failure) {
    do throws(ReadError) { self = try File.read(path, as: Document.init) } catch { throw Failure(error) }
  }

  /// Reads a command's file of drawings; `-` is standard input.
  package static func openDrawings(_ path: String) throws(Failure) -> [LabelledDrawing] {
    do throws(ReadError) { return try File.read(path, as: drawings) } catch { throw Failure(error) }
  }

  /// The drawing that `--line` selects by its number from 1, the first without a number.
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

/// Reads a file of at most `limit` bytes; `-` is standard input.
package func readFile(_ path: String, limit: Int = SizeLimit.fileBytes) throws(Failure) -> [UInt8] {
  do throws(FileError) { return try File.read(path, limit: limit) } catch { throw Failure(error) }
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
