// `inkling data`: fetches, checks and shows data sets, and converts them to pictures and back.

import Basics
import CommandSupport
import Datasets
import Formats

extension Command {
  static let data = Command(
    "data", position: 60, summary: "List, fetch, check, show, export or import data sets",
    operands: "list | fetch SET | check DIR | show DIR | export DIR | import FOLDER | import unipen FOLDER",
    operandCount: 1...3,
    options: [
      .value(
        "to", "DIR", "the folder that fetch, export and import write to (default of fetch: the data folder)"),
      .value(
        "mirror", "URL", "fetch from this address instead; give it again for further addresses", repeats: true
      ),
      .value(
        "patience", "SECONDS", "fetch tries the next address after this time without a byte (default: 30)"),
      .value("split", "train|test", "the part that show and export read, or that import writes"),
      .value("limit", "N", "export at most N pictures of a part"),
      .flag("png", "export PNG instead of PGM"),
      .value("out", "FILE", "write the samples of show as a picture, PNG or PGM, instead of to the terminal"),
      .flag("force", "replace the file of --out if it exists", with: "out"),
      .flag("json", "print the results of list, check and show as JSON"),
    ],
    discussion: """
      list          the data sets that Inkling knows: whether they are there, their sources and their terms
      fetch SET     download a data set and check it; continues a download that was interrupted. SET is mnist,
                    one of the stroke sets pendigits and ujipenchars, or unipen: the collection UNIPEN from
                    Zenodo, as it was published
      check DIR     read every file, and compare checksums with those of MNIST
      show DIR      count the samples of each label and show some of them
      export DIR    write each picture as a file named LABEL-PART-NUMBER.pgm; needs --to FOLDER
      import FOLDER make IDX files of such pictures; needs --to DIR
      import unipen FOLDER
                    make the stroke set unipen-chars of the collection: its isolated symbols without damaged
                    and repeated ones, by numbered writers, capitals and digits 200 units large. One writer
                    of four is in validation.jsonl, by a checksum of the name; the others in strokes.jsonl

      DIR is a data set's folder, or a folder with several of them. The default of check and show is
      $INKLING_DATA or the desktop's data folder.
      Exit codes: 0 success, 1 failure, 64 wrong arguments, 65 damaged data, 66 missing data.
      """
  ) { arguments throws(Failure) in
    let operand = arguments.operands.dropFirst().first
    let isUNIPEN = arguments.operands[0] == "import" && operand == "unipen" && arguments.operands.count == 3
    if arguments.operands.count == 3, !isUNIPEN {
      throw .usage(
        "'data \(arguments.operands[0])' takes one folder or set; found '\(arguments.operands[2])' too")
    }
    if let names = options[isUNIPEN ? "import unipen" : arguments.operands[0]] {
      try arguments.expectOnly(names, for: "'data \(arguments.operands[0])'")
    }
    switch arguments.operands[0] {
    case "list": try listData(arguments)
    case "fetch": try fetchData(operand, arguments)
    case "check": try checkData(try reports(operand), arguments)
    case "show": try showData(try reports(operand), arguments)
    case "export": try exportData(try folder(operand, "export DIR --to FOLDER"), arguments)
    case "import" where isUNIPEN: try importUNIPEN(arguments.operands[2], arguments)
    case "import": try importData(try folder(operand, "import FOLDER --to DIR"), arguments)
    case let word:
      throw .unknown("action of 'data'", word, among: ["list", "fetch", "check", "show", "export", "import"])
    }
  }

  /// The options of each action.
  private static let options = [
    "list": ["json"], "fetch": ["to", "mirror", "patience"], "check": ["json"],
    "show": ["split", "out", "force", "json"], "export": ["to", "split", "limit", "png"],
    "import": ["to", "split"], "import unipen": ["to"],
  ]

  private static func folder(_ operand: String?, _ usage: String) throws(Failure) -> String {
    guard let operand else { throw .usage("'data' needs a folder: inkling data \(usage)") }
    return operand
  }

  /// The sets in a folder; without a folder, those in the first data folder that exists.
  private static func reports(_ folder: String?) throws(Failure) -> [DatasetReport] {
    let locator = DatasetLocator(given: nil, environment: Environment.all)
    let folder = folder ?? locator.folders.first { Path.kind(of: $0) == .folder } ?? locator.folders[0]
    return try Failure.wrapping(DataError.self, try DatasetReport.all(in: folder))
  }

  /// The part that `--split` names.
  static func split(_ arguments: Arguments) throws(Failure) -> MNIST.Split? {
    guard let word = try arguments.choice("split", of: ["train", "test", "t10k"]) else { return nil }
    return word == "train" ? .train : .test
  }

  private static func checkData(_ sets: [DatasetReport], _ arguments: Arguments) throws(Failure) {
    if arguments.has("json") { return printLine(JSON.array(sets.map(json)).text) }
    for set in sets { printLine(line(set)) }
  }

  static func line(_ set: DatasetReport) -> String {
    var text = "\(set.folder) \(set.part): \(set.count) \(kind(set))"
    if case .images(let images) = set.content { text += " of \(images.width) × \(images.height)" }
    if set.writers > 0 { text += ", \(set.writers) writers" }
    text += set.isOfficial ? ", MNIST's own files by their checksums" : ", in order"
    return text + (set.description.map { "; terms: \($0.terms)" } ?? "")
  }

  private static func kind(_ set: DatasetReport) -> String {
    switch set.content {
    case .images: "pictures"
    case .drawings: "drawings"
    case .rows: "rows"
    }
  }

  static func json(_ set: DatasetReport) -> JSON {
    .object([
      ("folder", .string(set.folder)), ("part", .string(set.part)), ("kind", .string(kind(set))),
      ("samples", .integer(set.count)), ("writers", .integer(set.writers)),
      ("official", .boolean(set.isOfficial)), ("source", set.description.map { .string($0.source) } ?? .null),
      ("terms", set.description.map { .string($0.terms) } ?? .null),
      ("counts", .object(set.counts.map { ($0.label, .integer($0.count)) })),
    ])
  }
}
