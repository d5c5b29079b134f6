// Where data sets lie: a folder of the sets' folders, or one that holds a set's files itself.

public import Formats

/// Folders with data sets.
public struct DataSource: Sendable {
  /// The folder, as the person named it.
  public let folder: String

  /// Data sets in a folder.
  public init(_ folder: String) { self.folder = folder }

  /// The path of a set's file, plain or gzip, in the set's own folder or in this one; nil where there is none.
  public func path(of file: String, in set: String) -> String? {
    for place in [Path.join(folder, set), folder] {
      for name in [file, file + ".gz"] {
        let path = Path.join(place, name)
        if Path.kind(of: path) == .file { return path }
      }
    }
    return nil
  }
}

/// Why data could not be had.
public enum DataError: Error, Sendable, CustomStringConvertible {
  /// There is no such file.
  case missing(String)
  /// A file is there but is not what it should be.
  case damaged(String)

  /// What was expected, what was found, what to do.
  public var description: String {
    switch self {
    case .missing(let text), .damaged(let text): text
    }
  }
}

extension DataSource {
  /// The bytes of a set's file.
  func bytes(of file: String, in set: String) throws(DataError) -> (path: String, bytes: [UInt8]) {
    guard let path = path(of: file, in: set) else {
      throw .missing(
        "no '\(file)' (or '\(file).gz') in '\(Path.join(folder, set))' nor in '\(folder)'; "
          + "name the folder with --data or $INKLING_DATA, or get it with 'inkling data fetch \(set)'")
    }
    do throws(FileError) {
      return (path, try File.read(path))
    } catch {
      throw error.cause == .missing ? .missing("\(error)") : .damaged("\(error)")
    }
  }

  /// An IDX file of a set, of the rank that it must have.
  public func array(_ file: String, in set: String, rank: Int) throws(DataError) -> IDX {
    let (path, bytes) = try bytes(of: file, in: set)
    do throws(FormatError) {
      let array = try IDX(file: bytes)
      guard array.shape.count == rank, array.element == .uint8 || array.element == .int32 else {
        throw FormatError(
          "IDX", at: 0, expected: "whole numbers in \(rank) dimensions",
          found: "\(array.element) in \(array.shape.count)")
      }
      return array
    } catch {
      throw .damaged("'\(path)': \(error)")
    }
  }

  /// Pictures and their labels, which must be as many; `name` is `train` or `t10k`.
  public func labelledPictures(_ name: String, in set: String = "mnist") throws(DataError) -> (
    images: IDX, labels: [UInt8]
  ) {
    let images = try array("\(name)-images-idx3-ubyte", in: set, rank: 3)
    let labels = try array("\(name)-labels-idx1-ubyte", in: set, rank: 1)
    guard images.element == .uint8, labels.element == .uint8, images.shape[0] == labels.shape[0] else {
      throw .damaged(
        "the files '\(name)-images-idx3-ubyte' and '\(name)-labels-idx1-ubyte' do not belong together: expected as "
          + "many labels as pictures, in bytes, found \(labels.shape[0]) labels for \(images.shape[0]) pictures; "
          + "get both again")
    }
    if let wrong = labels.bytes.firstIndex(where: { $0 > 9 }) {
      throw .damaged(
        "the labels '\(name)-labels-idx1-ubyte' hold \(labels.bytes[wrong]) at sample \(wrong): expected 0 to 9; "
          + "get the file again")
    }
    guard images.shape[0] > 0 else {
      throw .damaged(
        "the file '\(name)-images-idx3-ubyte' holds no picture: expected at least one; get it again")
    }
    return (images, labels.bytes)
  }

  /// The drawings of a set of strokes.
  public func drawings(_ set: String) throws(DataError) -> [LabelledDrawing] {
    let (path, bytes) = try bytes(of: "strokes.jsonl", in: set)
    do throws(FormatError) {
      return try StrokeFile.drawings(bytes)
    } catch {
      throw .damaged("'\(path)': \(error)")
    }
  }
}
