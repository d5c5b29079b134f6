// A set of labelled drawings: a folder with one stroke file.

package import Formats

/// A set of labelled drawings: a folder with one stroke file.
package enum StrokeSet {
  /// The name of the file, without the ending ".gz".
  static let name = "strokes.jsonl"

  /// Whether a folder is such a set.
  package static func isFolder(_ folder: String) -> Bool { path(in: folder) != nil }

  static func path(in folder: String) -> String? { DatasetFile.path(name, in: folder) }

  /// The drawings in a folder.
  package static func drawings(in folder: String) throws(DataError) -> [LabelledDrawing] {
    guard let path = path(in: folder) else {
      throw .missing("there is no '\(name)', plain or .gz, in '\(folder)'")
    }
    return try drawings(at: path)
  }

  /// The drawings in a file; `-` is standard input.
  ///
  /// A sign has the same label in all sets, see `SignNames`.
  package static func drawings(at path: String) throws(DataError) -> [LabelledDrawing] {
    var drawings = try DatasetFile.read(path, as: Document.drawings)
    for index in drawings.indices {
      drawings[index].label = drawings[index].label.map { SignNames.label($0) }
      for symbol in drawings[index].symbols.indices {
        drawings[index].symbols[symbol].label = SignNames.label(drawings[index].symbols[symbol].label)
      }
    }
    return drawings
  }
}
