// A file of strokes of any kind that is read, told by its content.

import Basics

/// A file of strokes of any kind that is read, told by its content and not by its name.
public enum InkFile {
  /// Whether bytes begin as a stroke file or as InkML, plain or gzip.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    StrokeFile.begins(bytes) || InkML.begins(bytes) || Gzip.begins(bytes)
  }

  /// The drawings in a file.
  public static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] {
    if Gzip.begins(bytes) {
      var stream = try ByteStream(bytes, format: "stroke file")
      guard InkML.begins(try stream.takeUpTo(256)) else { return try StrokeFile.drawings(bytes) }
      return [try InkML.drawing(Gzip.unwrap(bytes))]
    }
    return InkML.begins(bytes) ? [try InkML.drawing(bytes)] : try StrokeFile.drawings(bytes)
  }

  /// The drawings in a file; `-` is standard input.
  public static func read(_ path: String) throws(ReadError) -> [LabelledDrawing] {
    let bytes: [UInt8]
    do { bytes = try File.read(path) } catch { throw .file(error) }
    do { return try drawings(bytes) } catch { throw .format(error, path: path) }
  }

  /// Drawings as a file of the kind that a name's ending asks for: InkML, which holds one drawing, or else
  /// a stroke file.
  public static func file(_ drawings: [LabelledDrawing], named path: String) -> [UInt8] {
    if Path.ending(of: path) == "inkml", drawings.count == 1 { return InkML.file(drawings[0]) }
    return StrokeFile.file(drawings)
  }
}
