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
    guard known.contains(set) else { throw .unknown("data set", set, among: known) }
    let folder = folder(forSet: set, arguments)
    let (mirrors, patience) = try servers(arguments)
    let fetched = try ProgressLine.showing { (line) throws(DataError) in
      func report(_ event: Download.Event) { show(event, on: &line) }
      if set == "unipen" {
        return try UNIPENDownload.fetch(to: folder, from: mirrors, timeout: patience, report: report)
      }
      if let strokes = PublicStrokes.all.first(where: { $0.name == set }) {
        try strokes.fetch(to: folder, from: mirrors, timeout: patience, report: report)
      } else {
        try MNIST.fetch(
          to: folder, from: mirrors.isEmpty ? MNIST.mirrors : mirrors, timeout: patience, report: report)
      }
      return folder
    }
    printLine(fetched)
  }

  /// The folder of `--to`, or that of a data set in the user's data folder.
  static func folder(forSet set: String, _ arguments: Arguments) -> String {
    arguments.text("to") ?? Path.join(DatasetLocator.home(Environment.all), set)
  }

  /// The addresses that `--mirror` names, and the seconds of `--patience`.
  private static func servers(_ arguments: Arguments) throws(Failure) -> (mirrors: [String], patience: Int) {
    let mirrors = arguments.texts("mirror")
    if let wrong = mirrors.first(where: { !$0.hasPrefix("http://") && !$0.hasPrefix("https://") }) {
      throw .usage("--mirror takes an address that starts with http:// or https://, not '\(wrong)'")
    }
    return (mirrors, try arguments.integer("patience", in: 1...3600) ?? 30)
  }

  /// Shows the progress of a download.
  private static func show(_ event: Download.Event, on line: inout ProgressLine) {
    switch event {
    case .progress(let name, let bytes, let whole, let address):
      let bar = whole.map { ProgressLine.bar(Double(bytes) / Double($0)) + " " } ?? ""
      line.show("\(bar)\(name) \(bytes / 1024) KiB from \(address)")
    case .present(let path): line.settle("\(path) exists already")
    case .fetched(let path): line.settle("\(path) fetched and checked")
    }
  }

  static func exportData(_ source: String, _ arguments: Arguments) throws(Failure) {
    let folder = try arguments.required("to", "'data export' needs --to FOLDER, the folder for the pictures")
    let limit = try arguments.integer("limit", in: 1...Int(Int32.max)) ?? Int(Int32.max)
    let split = try split(arguments)
    if arguments.has("png"), !Gzip.isAvailable {
      throw .couldNot("this build cannot write PNG; leave --png out, or build Inkling with the trait Codecs")
    }
    let count = try ProgressLine.showing { (line) throws(DataError) in
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
      return count
    }
    printLine("\(count) pictures written to \(folder)")
  }

  static func importData(_ source: String, _ arguments: Arguments) throws(Failure) {
    let folder = try arguments.required("to", "'data import' needs --to DIR, the folder for the IDX files")
    let wanted = try split(arguments)
    try Failure.wrapping { () throws(DataError) in
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
    }
  }

  /// Makes the set unipen-chars of the collection UNIPEN.
  static func importUNIPEN(_ source: String, _ arguments: Arguments) throws(Failure) {
    let folder = folder(forSet: "unipen-chars", arguments)
    let result = try ProgressLine.showing { (line) throws(DataError) in
      try UNIPENCollection(in: source).convert(to: folder) { done, all in
        line.show("\(ProgressLine.bar(Double(done) / Double(max(all, 1)))) \(done) of \(all) files")
      }
    }
    for (name, part) in [
      ("strokes.jsonl", result.training), (UNIPENCollection.validationName, result.validation),
    ] {
      printLine("\(part.samples) symbols of \(part.writers) writers written to \(Path.join(folder, name))")
    }
    for (reason, count) in result.leftOut.sorted(by: { $0.key < $1.key }) {
      printLine("\(count) symbols left out: \(reason)")
    }
    for reason in result.damagedFiles { printLine("file left out: \(reason)") }
    printLine("please cite: \(DatasetDescription.citationOfUNIPEN)")
  }
}
