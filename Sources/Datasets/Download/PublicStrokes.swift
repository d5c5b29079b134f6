// Pen strokes that have a public address: fetched in the form they were published in, kept as one stroke file.

import Basics
import Formats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A collection of pen strokes that was published as UNIPEN files.
package struct PublicStrokes: Sendable {
  /// What the set is called in recipes, and its folder.
  package let name: String
  /// The public place that holds the files.
  package let address: String
  /// The files, and who drew all of one where it does not say so itself.
  let files: [(name: String, writer: Int?)]
  /// How many symbols each file has: fewer are not all of it.
  let symbols: Int
  /// Whether y grows upwards in them.
  let isUpwards: Bool

  /// The training writers of pendigits (Alpaydin and Alimoglu, 1998; CC BY 4.0).
  static let pendigits = PublicStrokes(
    name: "pendigits", address: "https://archive.ics.uci.edu/ml/machine-learning-databases/pendigits",
    files: [("pendigits-orig.tra.Z", nil)], symbols: 7494, isUpwards: true)

  /// The first eight of UJI's eleven writers (Llorens and others, 2008; CC BY 4.0): the others are for measuring.
  static let ujipenchars = PublicStrokes(
    name: "ujipenchars",
    address: "https://archive.ics.uci.edu/ml/machine-learning-databases/uji-penchars/version1",
    files: (1...8).map { (writer: Int) in ("UJIpenchars-w0\(writer)", writer) }, symbols: 124,
    isUpwards: false)

  /// All that can be fetched.
  package static let all = [pendigits, ujipenchars]

  /// No file is larger than this.
  private static let limit = 1 << 24

  /// Fetches the files and keeps what they hold as the folder's stroke file; `mirrors` hold files of the same names.
  package func fetch(
    to folder: String, from mirrors: [String], patience: Int, report: (Download.Event) -> Void
  ) throws(DataError) {
    if let path = StrokeSet.path(in: folder) {
      try Download.expectRight(path) { objection(to: $0) }
      return report(.present(path: path))
    }
    do throws(FileError) { try Path.makeFolder(folder) } catch { throw .unreadable(error) }
    var drawings: [LabelledDrawing] = []
    for file in files {
      let path = Path.join(folder, file.name)
      let download = Download(
        addresses: Download.addresses(of: file.name, at: mirrors.isEmpty ? [address] : mirrors), path: path,
        limit: Self.limit, patience: patience)
      if Path.kind(of: path) == .file {
        try Download.expectRight(path) { objection(to: $0, writer: file.writer) }
      } else {
        do throws(Download.Problem) {
          try download.run(
            objection: { objection(to: $0, writer: file.writer) },
            progress: { report(.progress(name: file.name, bytes: $0, of: nil, from: $1)) })
        } catch {
          throw DataError(error)
        }
      }
      do {
        drawings += try self.drawings(File.read(path, limit: Self.limit), writer: file.writer)
      } catch let error as FileError {
        throw .unreadable(error)
      } catch {
        throw .damaged("'\(path)': \(error)")
      }
    }
    let path = Path.join(folder, StrokeSet.names[0])
    do throws(FileError) {
      try File.write(StrokeFile.file(drawings), to: path)
    } catch {
      throw .unreadable(error)
    }
    for file in files { unlink(Path.join(folder, file.name)) }
    report(.fetched(path: path))
  }

  /// The symbols in a file, unwrapped where it is wrapped.
  func drawings(_ bytes: [UInt8], writer: Int?) throws(FormatError) -> [LabelledDrawing] {
    let text = Compress.begins(bytes) ? try Compress.unwrap(bytes, limit: Self.limit) : bytes
    return try UNIPEN.drawings(text, isUpwards: isUpwards, writer: writer)
  }

  /// What is wrong with bytes that should be the stroke file; nil where nothing is.
  private func objection(to bytes: [UInt8]) -> String? {
    do {
      let (count, whole) = (try InkFile.drawings(bytes).count, symbols * files.count)
      return count == whole ? nil : "expected the \(whole) symbols of \(name), found \(count)"
    } catch {
      return "\(error)"
    }
  }

  /// What is wrong with bytes that should be one of the files; nil where nothing is.
  private func objection(to bytes: [UInt8], writer: Int?) -> String? {
    do throws(FormatError) {
      let count = try drawings(bytes, writer: writer).count
      return count == symbols ? nil : "expected \(symbols) symbols, found \(count)"
    } catch {
      return error.description
    }
  }
}
