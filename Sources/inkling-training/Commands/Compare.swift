// `inkling compare`: classical methods and models on the same digits, as a report.

import ClassicalMethods
import CommandSupport
import Datasets
import Formats
import Reports

extension Command {
  static let compare = Command(
    "compare", position: 110, summary: "Compare classical methods and models on digits, and write a report",
    options: [
      .flag("quick", "train on the first 10,000 pictures and test on the first 2,000, in less than a minute"),
      .value("methods", "NAMES", "only these methods, separated by commas", repeats: true),
      .value("out", "FOLDER", "the folder for the report (default: 'comparison' here)"),
      .value("data", "DIR", "the folder with MNIST (default: $INKLING_DATA)"),
      .value("threads", "N", "the number of threads (default: 2)"),
    ],
    discussion: """
      Methods: \(Contender.all.map(\.name).joined(separator: ", ")),
      and the shipped models: \(ShippedFiles.names(ending: "safetensors").joined(separator: ", ")).
      Settings are chosen on the first 10,000 training pictures, never on the test pictures. FOLDER gets report.html, report.md, \
      compare.json, plots/, and finished/ with the results of each method: after Ctrl-C the same command continues.
      """
  ) { arguments throws(Failure) in
    let rivals = try Rival.chosen(arguments.texts("methods"))
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    let locator = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let study: MethodComparison
    do throws(DataError) {
      study = MethodComparison(
        train: Samples(try locator.mnist(.train)), test: Samples(try locator.mnist(.test)),
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
