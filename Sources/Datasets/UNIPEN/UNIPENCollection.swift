// The UNIPEN collection as it was published, made into stroke files.

import Basics
import Formats

/// The UNIPEN collection train_r01_v07, the folder with `data` and `include` (International Unipen Foundation, 1999).
///
/// The isolated symbols (the categories 1a digits, 1b capitals, 1c small letters and 1d signs) become two stroke files,
/// one for training and one for validation, by different persons (see `UNIPENPerson`). Left out are:
/// - labels that are not one of the 94 printable ASCII characters,
/// - symbols with ink that the publisher has removed: strokes without samples or with samples at the origin alone,
/// - repeats of the same ink; all of them, if they have different labels,
/// - the `@` of `kai`, which stands there for something else,
/// - symbols of writers whose size is unknown.
package struct UNIPENCollection {
  /// The folder that holds `data` and `include`.
  package let folder: String

  /// The categories of isolated symbols.
  private static let categories = ["1a", "1b", "1c", "1d"]
  /// The name of the second file that is written, without the ending ".gz".
  package static let validationName = "validation.jsonl"

  /// Finds the collection in a folder, or in a folder up to two levels below it, as the archive unpacks.
  package init(in folder: String) throws(DataError) {
    guard Path.kind(of: folder) == .folder else {
      throw .missing("there is no folder '\(folder)'; name the folder of the UNIPEN collection")
    }
    var level = [folder]
    for _ in 0...2 {
      if let found = level.first(where: Self.isCollection) {
        self.folder = found
        return
      }
      level = level.flatMap { parent in
        ((try? Path.names(in: parent)) ?? []).map { Path.join(parent, $0) }.filter {
          Path.kind(of: $0) == .folder
        }
      }
    }
    throw .missing(
      "'\(folder)' does not hold the UNIPEN collection: expected the folders 'data' and 'include' in it; fetch it with 'inkling data fetch unipen'"
    )
  }

  private static func isCollection(_ folder: String) -> Bool {
    categories.contains { Path.kind(of: Path.join(folder, "data/\($0)")) == .folder }
      && Path.kind(of: Path.join(folder, "include")) == .folder
  }

  /// What was made of the collection.
  package struct Result: Sendable {
    /// The samples for training, and those for validation.
    package var training = Part()
    package var validation = Part()
    /// The number of samples that were left out, by the reason.
    package var leftOut: [String: Int] = [:]
    /// The files that were damaged, with the reason.
    package var damagedFiles: [String] = []
  }

  /// A part of the result.
  package struct Part: Sendable {
    package var samples = 0
    package var writers = 0
  }

  /// Reads the collection and writes the two stroke files.
  ///
  /// `progress` is called with the number of files read and of all files.
  package func convert(to target: String, progress: (_ done: Int, _ of: Int) -> Void) throws(DataError)
    -> Result
  {
    for name in [StrokeSet.name, Self.validationName] where Path.kind(of: Path.join(target, name)) != nil {
      throw .unreadable(FileError(.write, Path.join(target, name), .exists))
    }
    var result = Result()
    let samples = cleaned(try read(&result, progress), &result)
    let scales = UNIPENScales(samples)
    let persons = Set(samples.map(\.person)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(persons, 1...))
    var files: [Bool: [UInt8]] = [:]
    var writers: [Bool: Set<Int>] = [:]
    for sample in samples {
      guard let scale = scales.scale(of: sample), let writer = numbers[sample.person] else {
        result.leftOut["of unknown size", default: 0] += 1
        continue
      }
      let isHeldOut = sample.person.isHeldOut
      files[isHeldOut, default: []] += Array((sample.line(scale: scale, writer: writer) + "\n").utf8)
      writers[isHeldOut, default: []].insert(writer)
      if isHeldOut { result.validation.samples += 1 } else { result.training.samples += 1 }
    }
    result.training.writers = writers[false]?.count ?? 0
    result.validation.writers = writers[true]?.count ?? 0
    if files.isEmpty {
      throw .damaged("'\(folder)' has no symbol that can be used; get the collection again")
    }
    try DataError.catching(Path.makeFolder(target))
    try DataError.catching(File.write(files[false] ?? [], to: Path.join(target, StrokeSet.name)))
    try DataError.catching(File.write(files[true] ?? [], to: Path.join(target, Self.validationName)))
    return result
  }

  // MARK: Reading

  private func read(_ result: inout Result, _ progress: (Int, Int) -> Void) throws(DataError)
    -> [UNIPENSample]
  {
    var files: [(contributor: String, path: String)] = []
    for category in Self.categories {
      let root = Path.join(folder, "data/\(category)")
      for contributor in (try? Path.names(in: root)) ?? [] {
        try addFiles(in: Path.join(root, contributor), contributor, to: &files)
      }
    }
    var samples: [UNIPENSample] = []
    for (index, file) in files.enumerated() {
      do throws(ReadError) {
        samples += try read(file.path, contributor: file.contributor)
      } catch {
        // One file of five thousand is no reason to give the others up.
        result.damagedFiles.append(error.description)
      }
      progress(index + 1, files.count)
    }
    return samples
  }

  private func addFiles(
    in folder: String, _ contributor: String, to files: inout [(contributor: String, path: String)]
  ) throws(DataError) {
    for name in try DataError.catching(Path.names(in: folder)) {
      let path = Path.join(folder, name)
      switch Path.kind(of: path) {
      case .folder: try addFiles(in: path, contributor, to: &files)
      case .file where Path.ending(of: name) == "dat": files.append((contributor, path))
      default: break
      }
    }
  }

  private func read(_ path: String, contributor: String) throws(ReadError) -> [UNIPENSample] {
    let include = Path.join(folder, "include")
    var page = path
    let content = try File.read(path) { bytes throws(FormatError) in
      try UNIPEN.content(bytes) { name in
        // Documents of other places hold no ink.
        guard !name.hasPrefix("/"), !name.contains("..") else { return nil }
        let included = Path.join(include, name)
        if Path.ending(of: name) == "dat" { page = included }
        return try? File.read(included, onlyRegular: true)
      }
    }
    return content.symbols.map { symbol in
      UNIPENSample(
        label: symbol.label ?? "", contributor: contributor,
        person: UNIPENPerson(contributor: contributor, identifier: symbol.writer ?? Path.name(of: page)),
        page: page, strokes: symbol.isRemoved ? [] : symbol.strokes)
    }
  }

  // MARK: Cleaning

  private func cleaned(_ samples: [UNIPENSample], _ result: inout Result) -> [UNIPENSample] {
    var labels: [[[SIMD2<Double>]]: Set<String>] = [:]
    for sample in samples where !sample.strokes.isEmpty && Self.isPrintable(sample.label) {
      labels[sample.strokes, default: []].insert(sample.label)
    }
    var seen: Set<[[SIMD2<Double>]]> = []
    return samples.filter { sample in
      let reason: String
      if !Self.isPrintable(sample.label) {
        reason = "of other labels"
      } else if sample.strokes.isEmpty {
        reason = "with removed ink"
      } else if sample.contributor == "kai", sample.label == "@" {
        reason = "kai's '@'"
      } else if let labels = labels[sample.strokes], labels.count > 1 {
        reason = "with two labels"
      } else if !seen.insert(sample.strokes).inserted {
        reason = "repeats"
      } else {
        return true
      }
      result.leftOut[reason, default: 0] += 1
      return false
    }
  }

  /// Whether a label is one of the 94 printable ASCII characters.
  private static func isPrintable(_ label: String) -> Bool {
    label.utf8.count == 1 && label.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
