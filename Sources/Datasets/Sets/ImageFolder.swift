// The export of a data set as a folder of image files, and the import of such a folder.

import Basics
import Formats
import Ink

/// A data set as a folder of image files named LABEL-PART-NUMBER, for example `7-t10k-00000.pgm`.
///
/// The levels are those of the data set, 0 for paper and 255 for ink, so that an export and an import change nothing.
package enum ImageFolder {
  /// A part of a data set.
  package struct Part: Sendable {
    /// The name of the part, which becomes part of the file names.
    package let name: String
    /// The images of the part.
    package let images: ImageSet

    /// Makes a part.
    package init(name: String, images: ImageSet) {
      self.name = name
      self.images = images
    }
  }

  /// The name of an image file.
  package static func name(label: String, part: String, index: Int, ending: String) -> String {
    "\(label)-\(part)-\(NumberText.padded("\(index)", to: 5)).\(ending)"
  }

  /// The label in a file name, which ends at the first '-', '_' or '.', and the rest of the name.
  static func parts(of name: String) -> (label: String, rest: String) {
    let label = name.prefix { $0 != "-" && $0 != "_" && $0 != "." }
    return (String(label), String(name[label.endIndex...]))
  }

  /// Writes the images of sets as files.
  ///
  /// If one of the files exists, none is written.
  package static func export(
    _ sets: [Part], to folder: String, asPNG: Bool, limit: Int,
    progress: (_ part: String, _ done: Int, _ count: Int) -> Void
  ) throws(DataError) {
    let ending = asPNG ? "png" : "pgm"
    let names = sets.map { set in
      (0..<min(set.images.count, limit)).map { index in
        name(label: set.images.name(of: index), part: set.name, index: index, ending: ending)
      }
    }
    try expectFree(names.flatMap(\.self), in: folder)
    try DataError.catching(Path.makeFolder(folder))
    for (set, names) in zip(sets, names) {
      let images = set.images
      for (index, name) in names.enumerated() {
        let picture = GrayImage(
          width: images.width, height: images.height, pixels: Array(images.levels(of: index)))
        let bytes: [UInt8]
        do throws(FormatError) { bytes = asPNG ? try PNG.file(picture) : PNM.pgm(picture) } catch {
          throw .unfetched(error.description)
        }
        // One sync at the end: a sync per file would take minutes.
        try DataError.catching(
          File.write(bytes, to: Path.join(folder, name), syncing: index == names.count - 1))
        progress(set.name, index + 1, names.count)
      }
    }
  }

  /// Throws an error if a name exists in the folder or occurs twice.
  private static func expectFree(_ names: [String], in folder: String) throws(DataError) {
    let existing = Set((try? Path.names(in: folder)) ?? [])
    var own: Set<String> = []
    for name in names {
      if existing.contains(name) { throw .unreadable(FileError(.write, Path.join(folder, name), .exists)) }
      guard own.insert(name).inserted else {
        throw .unfetched(
          "two of the sets would both be written as '\(name)': export them one after the other, each to its own folder"
        )
      }
    }
  }

  /// Reads the images of a folder, or of folders in it that are named after their labels, by part.
  ///
  /// The images are sorted by the part of their names that follows the label, so that an exported set keeps its order.
  /// Images with "t10k" or "test" after the label are those for testing.
  package static func pictures(in folder: String) throws(DataError) -> [MNIST.Split: ImageSet] {
    var entries: [(key: String, label: UInt8, path: String)] = []
    for path in try files(in: folder) {
      guard Document.imageEndings.contains(Path.ending(of: path)) else { continue }
      var (label, rest) = parts(of: Path.name(of: path))
      let inner = Path.folder(of: path)
      if inner != folder, UInt8(Path.name(of: inner)) != nil {
        (label, rest) = (Path.name(of: inner), Path.name(of: path))
      }
      guard let number = UInt8(label) else {
        throw .damaged(
          "'\(path)': expected a name that begins with the label, a number from 0 to 255 and '-', as '7-0001.pgm'"
        )
      }
      entries.append((rest, number, path))
    }
    guard !entries.isEmpty else {
      throw .missing(
        "there are no pictures in '\(folder)': expected files such as '7-0001.pgm' or '7-0001.png'")
    }
    entries.sort { ($0.key, $0.label) < ($1.key, $1.label) }
    var sets: [MNIST.Split: ImageSet] = [:]
    for entry in entries {
      let picture = try DatasetFile.read(entry.path, as: Document.image)
      let split: MNIST.Split = entry.key.hasPrefix("-t10k") || entry.key.hasPrefix("-test") ? .test : .train
      var set = sets[split] ?? ImageSet(width: picture.width, height: picture.height, pixels: [], labels: [])
      guard (set.width, set.height) == (picture.width, picture.height) else {
        throw .damaged(
          "'\(entry.path)' has \(picture.width) × \(picture.height) pixels, but those before it \(set.width) × \(set.height): all pictures must have the same size"
        )
      }
      sets[split] = nil
      set.pixels += picture.pixels
      set.labels.append(entry.label)
      sets[split] = set
    }
    return sets
  }

  private static func files(in folder: String) throws(DataError) -> [String] {
    var files: [String] = []
    for name in try DataError.catching(Path.names(in: folder)) {
      let path = Path.join(folder, name)
      if Path.kind(of: path) == .folder {
        let names = try DataError.catching(Path.names(in: path))
        files += names.map { Path.join(path, $0) }.filter { Path.kind(of: $0) == .file }
      } else {
        files.append(path)
      }
    }
    return files
  }

  /// Writes sets as pairs of IDX files.
  ///
  /// If one of the files exists, plain or gzip, none is written.
  package static func writeIDX(_ sets: [MNIST.Split: ImageSet], to folder: String) throws(DataError) {
    try DataError.catching(Path.makeFolder(folder))
    for part in MNIST.parts where sets[part.split] != nil {
      if let path = MNIST.path(of: part, in: folder) { throw .unreadable(FileError(.write, path, .exists)) }
    }
    for part in MNIST.parts {
      guard let images = sets[part.split] else { continue }
      try DataError.catching(File.write(images.idx(of: part).file, to: Path.join(folder, part.name)))
    }
  }
}
