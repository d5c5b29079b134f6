// A set of drawings with what they say and who drew them.

package import Formats

/// A set of drawings with what they say and who drew them: a folder with one stroke file.
package enum StrokeSet {
  /// The names under which the file is looked for.
  static let names = ["strokes.jsonl", "strokes.jsonl.gz"]

  /// Whether a folder holds such a set.
  package static func isFolder(_ folder: String) -> Bool { path(in: folder) != nil }

  static func path(in folder: String) -> String? {
    names.lazy.map { Path.join(folder, $0) }.first { Path.kind(of: $0) == .file }
  }

  /// The drawings in a folder.
  package static func drawings(in folder: String) throws(DataError) -> [LabelledDrawing] {
    guard let path = path(in: folder) else {
      throw .missing("there is no 'strokes.jsonl', plain or .gz, in '\(folder)'")
    }
    return try drawings(at: path)
  }

  /// The drawings of a stroke file; `-` is standard input.
  package static func drawings(at path: String) throws(DataError) -> [LabelledDrawing] {
    let bytes: [UInt8]
    do { bytes = try File.read(path) } catch { throw .unreadable(error) }
    do {
      return try InkFile.drawings(bytes)
    } catch {
      throw .damaged(ReadError.format(error, path: path).description)
    }
  }
}
