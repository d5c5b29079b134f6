// `inkling data list`: the data sets that Inkling knows.

import Basics
import CommandSupport
import Datasets
import Formats

extension Command {
  static func listData(_ arguments: Arguments) throws(Failure) {
    let locator = DatasetLocator(given: nil, environment: Environment.all)
    var rows: [JSON] = []
    for set in DatasetDescription.all {
      let folder = try Failure.wrapping(DataError.self, try locator.find(set.name))
      if arguments.has("json") {
        rows.append(
          .object([
            ("name", .string(set.name)), ("content", .string(set.content)),
            ("folder", folder.map { .string($0) } ?? .null), ("use", .string(set.use.rawValue)),
            ("source", .string(set.source)), ("terms", .string(set.terms)),
          ]))
      } else {
        printLine("\(set.name): \(set.content)")
        printLine("  \(folder ?? "not there: \(set.advice)")")
        printLine("  from \(set.source)")
        printLine("  terms: \(set.terms)\(set.use == .measuring ? "; for measuring only" : "")")
      }
    }
    if arguments.has("json") { printLine(JSON.array(rows).text) }
  }
}
