// `inkling data fetch`, `export` and `import`, which write files.

import Basics
import CommandSupport
import Datasets
import Formats

extension Command {
  static func fetchData(_ set: String?, _ arguments: Arguments) throws(Failure) {
    let known = ["mnist"] + PublicStrokes.all.map(\.name) + ["unipen"]
    guard let set else {
      throw .usage(
        "'data fetch' needs the set's name: \(known.map { "inkling data fetch \($0)" }.joined(separator: ", "))"
      )
    }
    let strokes = PublicStrokes.all.first { $0.name == set }
    guard set == "mnist" || strokes != nil else { throw .unknown("data set", set, among: known) }
    let folder = arguments.text("to") ?? Path.join(DatasetLocator.home(Environment.all), set)
    let (mirrors, patience) = try servers(arguments)
    var line = ProgressLine()
    func report(_ event: Download.Event) { Self.show(event, on: &line) }
    do throws(DataError) {
      if let strokes {
        try strokes.fetch(to: folder, from: mirrors, timeout: patience, report: report)
      } else {
        try MNIST.fetch(
          to: folder, from: mirrors.isEmpty ? MNIST.mirrors : mirrors, timeout: patience, report: report)
      }
    } catch {
      line.clear()
      throw Failure(error)
    }
    printLine(folder)
  }

  /// The addresses that `--mirror` names, and the seconds of `--patience`.
  static func servers(_ arguments: Arguments) throws(Failure) -> (mirrors: [String], patience: Int) {
    let mirrors = arguments.texts("mirror")
    if let wrong = mirrors.first(where: { !$0.hasPrefix("http://") && !$0.hasPrefix("https://") }) {
      throw .usage("--mirror takes an address that starts with http:// or https://, not '\(wrong)'")
    }
    return (mirrors, try arguments.integer("patience", in: 1...3600) ?? 30)
  }

  /// Shows the progress of a download.
  static func show(_ event: Download.Event, on line: inout ProgressLine) {
    switch event {
    case .progress(let name, let bytes, let whole, let address):
      let bar = whole.map { ProgressLine.bar(Double(bytes) / Double($0)) + " " } ?? ""
      line.show("\(bar)\(name) \(bytes / 1024) KiB from \(address)")
    case .present(let path): line.settle("\(path) exists already")
    case .fetched(let path): line.settle("\(path) fetched and checked")
    }
  }

  static func exportData(_ source: String, _ arguments: Arguments) throws(Failure) {
    guard let folder = arguments.text("to") else {
      throw .usage("'data export' needs --to FOLDER, the folder for the pictures")
    }
    let limit = try arguments.integer("limit", in: 1...Int(Int32.max)) ?? Int(Int32.max)
    let split = try split(arguments)
    if arguments.has("png"), !Gzip.isAvailable {
      throw .couldNot("this build cannot write PNG; leave --png out, or build Inkling with the trait Codecs")
    }
    var line = ProgressLine()
    do throws(DataError) {
      var sets: [ImageFolder.Part] = []
      for set in try DatasetReport.all(in: source) where split == nil || set.part == split?.rawValue {
        if case .images(let images) = set.content {
          sets.append(ImageFolder.Part(name: set.part, images: images))
        }
      }
      let count = sets.reduce(0) { $0 + min($1.images.count, limit) }
      if count == 0 {
        throw .missing(
          "there are no pictures to export in '\(source)'; name a folder of IDX files or NumPy archives")
      }
      try ImageFolder.export(sets, to: folder, asPNG: arguments.has("png"), limit: limit) { part, done, all in
        line.show("\(ProgressLine.bar(Double(done) / Double(all))) \(part) \(done) pictures")
      }
      line.clear()
      printLine("\(count) pictures written to \(folder)")
    } catch {
      line.clear()
      throw Failure(error)
    }
  }

  static func importData(_ source: String, _ arguments: Arguments) throws(Failure) {
    guard let folder = arguments.text("to") else {
      throw .usage("'data import' needs --to DIR, the folder for the IDX files")
    }
    let wanted = try split(arguments)
    do throws(DataError) {
      guard Path.kind(of: source) == .folder else {
        throw .missing("there is no folder '\(source)'; name a folder with pictures")
      }
      var sets = try ImageFolder.pictures(in: source)
      // --split names the part of all pictures.
      if let wanted, sets.count == 1, let images = sets.values.first { sets = [wanted: images] }
      if let wanted { sets = sets.filter { $0.key == wanted } }
      try ImageFolder.writeIDX(sets, to: folder)
      for split in MNIST.Split.allCases {
        guard let images = sets[split] else { continue }
        printLine(
          "\(images.count) pictures of \(images.width) × \(images.height) written to \(folder) as \(split.rawValue)"
        )
      }
    } catch {
      throw Failure(error)
    }
  }
}
