// `inkling data`: fetching, checking and looking at data sets, and turning them into pictures and back.

import Basics
import Datasets
import Formats
import NeuralNetwork
import Training

extension Command {
  static let data = Command(
    name: "data",
    summary: "Fetch, check, show, export or import data sets",
    operands: "fetch SET | check DIR | show DIR | export DIR | import FOLDER",
    operandCount: 1...2,
    options: [
      .value("to", "DIR", "where fetch, export and import write; fetch has the data folder of the desktop"),
      .value(
        "mirror", "URL", "fetch from here instead; may be given again for further places", repeats: true),
      .value("patience", "SECONDS", "without a byte for so long, fetch gives a place up; 30"),
      .value("split", "train|test", "the part that show or export takes, or that import writes"),
      .value("limit", "N", "export at most so many pictures of a part"),
      .flag("png", "export PNG instead of PGM"),
      .value("out", "FILE", "write show's sheet as a picture, PNG or PGM, instead of to the terminal"),
      .flag("force", "replace the file of --out if it exists"),
      .flag("json", "print what check and show find as JSON"),
    ],
    discussion: """
      fetch SET     get a data set, check it and keep it; goes on where it was broken off. SET is mnist, or
                    one of the pen strokes that 'inkling' learns from, too: pendigits, ujipenchars
      check DIR     read every file, compare all checksums (MNIST's known ones too)
      show DIR      count the samples of each label and show some of them
      export DIR    write each picture as a file named LABEL-PART-NUMBER.pgm; needs --to FOLDER
      import FOLDER make IDX files of such pictures; needs --to DIR

      DIR is a data set's folder or one that holds several. Without DIR, check and show take
      $INKLING_DATA or the desktop's data folder.
      Exit codes: 0, 1 could not, 64 wrong use, 65 damaged data, 66 nothing there.
      """
  ) { arguments throws(Failure) in
    let operand = arguments.operands.dropFirst().first
    switch arguments.operands[0] {
    case "fetch": try fetchData(operand, arguments)
    case "check": try checkData(try inspected(operand), arguments)
    case "show": try showData(try inspected(operand), arguments)
    case "export": try exportData(try named(operand, "export DIR --to FOLDER"), arguments)
    case "import": try importData(try named(operand, "import FOLDER --to DIR"), arguments)
    case let word:
      throw .unknown("word", word, among: ["fetch", "check", "show", "export", "import"], of: "data")
    }
  }

  private static func named(_ operand: String?, _ usage: String) throws(Failure) -> String {
    guard let operand else { throw .usage("'data' needs a folder: inkling data \(usage)") }
    return operand
  }

  /// What a folder holds, or the first of the places where data is kept that is there.
  private static func inspected(_ folder: String?) throws(Failure) -> [DatasetReport] {
    let place = DatasetLocator(given: nil, environment: Environment.all)
    let folder = folder ?? place.folders.first { Path.kind(of: $0) == .folder } ?? place.folders[0]
    do throws(DataError) { return try DatasetReport.all(in: folder) } catch { throw Failure(error) }
  }

  /// The part that `--split` names.
  static func split(_ arguments: Arguments) throws(Failure) -> MNIST.Split? {
    guard let word = try arguments.choice("split", of: ["train", "test", "t10k"]) else { return nil }
    return word == "train" ? .train : .test
  }

  private static func checkData(_ sets: [DatasetReport], _ arguments: Arguments) throws(Failure) {
    if arguments.has("json") { return print(JSON.array(sets.map(json)).text) }
    for set in sets { print(line(set)) }
  }

  static func line(_ set: DatasetReport) -> String {
    var words = "\(set.folder) \(set.part): \(set.count) \(kind(set))"
    if case .images(let images) = set.content { words += " of \(images.width) × \(images.height)" }
    if set.writers > 0 { words += ", \(set.writers) writers" }
    return words + (set.isOfficial ? ", MNIST's own by their checksums" : ", all right")
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
      ("official", .boolean(set.isOfficial)),
      ("counts", .object(set.counts.map { ($0.label, .integer($0.count)) })),
    ])
  }
}
