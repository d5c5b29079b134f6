// The download of published collections of pen strokes, which are converted to one stroke file each.

import Basics
import CLibrary
import Formats

/// A collection of pen strokes that was published as UNIPEN files.
package struct PublicStrokes: Sendable {
  /// A published file.
  struct SourceFile: Sendable {
    let name: String
    /// The writer of the whole file, or nil if the file names its writers.
    let writer: Writer?
  }

  /// The name of the set in recipes, and of its folder.
  package let name: String
  /// The address of the folder of the files.
  package let address: String
  /// The files.
  let files: [SourceFile]
  /// The number of symbols in each complete file.
  let symbols: Int
  /// Whether y grows upwards in the files.
  let isUpwards: Bool

  /// The training writers of pendigits (Alpaydin and Alimoglu, 1998; CC BY 4.0).
  static let pendigits = PublicStrokes(
    name: "pendigits", address: "https://archive.ics.uci.edu/ml/machine-learning-databases/pendigits",
    files: [SourceFile(name: "pendigits-orig.tra.Z", writer: nil)], symbols: 7494, isUpwards: true)

  /// The first eight of UJI's eleven writers (Llorens and others, 2008; CC BY 4.0).
  ///
  /// The others are for evaluation.
  static let ujipenchars = PublicStrokes(
    name: "ujipenchars",
    address: "https://archive.ics.uci.edu/ml/machine-learning-databases/uji-penchars/version1",
    files: (1...8).map { (writer: Int) in SourceFile(name: "UJIpenchars-w0\(writer)", writer: Writer(writer))
    },
    symbols: 124,
    isUpwards: false)

  /// All collections that can be fetched.
  package static let all = [pendigits, ujipenchars]

  /// The most bytes of a file.
  private static let limit = 1 << 24

  /// Fetches the files and writes their symbols as the stroke file of a folder.
  ///
  /// `mirrors` are other servers.
  package func fetch(
    to folder: String, from mirrors: [String], timeout: Int, report: (Download.Event) -> Void
  ) throws(DataError) {
    if let path = StrokeSet.path(in: folder) {
      try Download.expectCorrect(path) { problem(with: $0) }
      return report(.present(path: path))
    }
    do throws(FileError) { try Path.makeFolder(folder) } catch { throw .unreadable(error) }
    var drawings: [LabelledDrawing] = []
    for file in files {
      let path = Path.join(folder, file.name)
      let download = Download(
        addresses: Download.addresses(of: file.name, in: mirrors.isEmpty ? [address] : mirrors), path: path,
        limit: Self.limit, timeout: timeout)
      if Path.kind(of: path) == .file {
        try Download.expectCorrect(path) { problem(with: $0, writer: file.writer) }
      } else {
        do throws(Download.Problem) {
          try download.run(
            problem: { problem(with: $0, writer: file.writer) },
            progress: { report(.progress(name: file.name, bytes: $0, of: nil, from: $1)) })
        } catch {
          throw DataError(error)
        }
      }
      do throws(ReadError) {
        drawings += try File.read(path, limit: Self.limit) { bytes throws(FormatError) in
          try self.drawings(bytes, writer: file.writer)
        }
      } catch {
        throw DataError(error)
      }
    }
    let path = Path.join(folder, StrokeSet.name)
    do throws(FileError) {
      try File.write(StrokeFile.file(drawings), to: path)
    } catch {
      throw .unreadable(error)
    }
    for file in files { unlink(Path.join(folder, file.name)) }
    report(.fetched(path: path))
  }

  /// The symbols in a file, decompressed if necessary.
  func drawings(_ bytes: [UInt8], writer: Writer?) throws(FormatError) -> [LabelledDrawing] {
    let text = Compress.begins(bytes) ? try Compress.decompress(bytes, limit: Self.limit) : bytes
    return try UNIPEN.drawings(text, isUpwards: isUpwards, writer: writer)
  }

  /// What is wrong with the bytes of the stroke file, or nil.
  private func problem(with bytes: [UInt8]) -> String? {
    do throws(FormatError) {
      let (count, whole) = (try Document.drawings(bytes).count, symbols * files.count)
      return count == whole ? nil : "expected the \(whole) symbols of \(name), found \(count)"
    } catch {
      return "\(error)"
    }
  }

  /// What is wrong with the bytes of one of the files, or nil.
  private func problem(with bytes: [UInt8], writer: Writer?) -> String? {
    do throws(FormatError) {
      let count = try drawings(bytes, writer: writer).count
      return count == symbols ? nil : "expected \(symbols) symbols, found \(count)"
    } catch {
      return error.description
    }
  }
}
