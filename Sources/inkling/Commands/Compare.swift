// `inkling compare`: every method on the same digits, as a page, as Markdown and as figures.

import Basics
import ClassicalMethods
import Datasets
import Formats
import Reports

extension Command {
  /// `inkling compare`.
  static let compare = Command(
    name: "compare", summary: "Compare the classic ways to read a digit, and write a report", operands: "",
    operandCount: 0...0,
    options: [
      .flag("quick", "learn from the first 10,000 pictures and read the first 2,000, in under a minute"),
      .value("methods", "NAMES", "only these methods, apart by commas", repeats: true),
      .value("out", "FOLDER", "where the report goes (else 'comparison' here)"),
      .value("data", "DIR", "the folder with MNIST (else $INKLING_DATA)"),
      .value("threads", "N", "threads to compute with (else 2)"),
    ],
    discussion: """
      Methods: \(Contender.all.map(\.name).joined(separator: ", ")),
      and the models that ship: \(ShippedFiles.names(ending: "safetensors").joined(separator: ", ")).
      Settings are chosen on the first 10,000 training pictures, never on the test pictures. FOLDER gets report.html, report.md, \
      compare.json, plots/, and finished/ with what is known of each method: after Ctrl-C the same command goes on.
      """
  ) { (arguments: Arguments) throws(Failure) in
    let rivals = try Rival.chosen(arguments.texts("methods"))
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    let place = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let study: MethodComparison
    do throws(DataError) {
      study = MethodComparison(
        train: Samples(try place.mnist(.train)), test: Samples(try place.mnist(.test)),
        isQuick: arguments.has("quick"))
    } catch {
      throw Failure(error)
    }
    Interruption.watch()
    var session = ComparisonSession(
      study, rivals: rivals, folder: arguments.text("out") ?? "comparison", threads: threads)
    try session.run()
  }
}
