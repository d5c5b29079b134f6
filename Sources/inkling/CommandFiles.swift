// The files that commands read and write, with the errors of the command line.

import Basics
import Formats

extension Document {
  /// Reads the file of a command; `-` is standard input.
  static func open(_ path: String) throws(Failure) -> Document {
    do throws(ReadError) { return try File.read(path, as: Document.init) } catch { throw Failure(error) }
  }

  /// Reads a command's file of drawings; `-` is standard input.
  static func openDrawings(_ path: String) throws(Failure) -> [LabelledDrawing] {
    do throws(ReadError) { return try File.read(path, as: drawings) } catch { throw Failure(error) }
  }
}

/// Writes a command's file, which must not exist unless it may be replaced.
func writeFile(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Failure) {
  do throws(FileError) { try File.write(bytes, to: path, replacing: replacing) } catch {
    throw .couldNot("\(error)" + (error.cause == .exists ? ", or give --force" : ""))
  }
}
