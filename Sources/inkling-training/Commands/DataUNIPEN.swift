// `inkling data fetch unipen` and `inkling data import unipen`.

import Basics
import CommandSupport
import Datasets
import Formats

extension Command {
  static func fetchUNIPEN(_ arguments: Arguments) throws(Failure) {
    let folder = arguments.text("to") ?? Path.join(DatasetLocator.home(Environment.all), "unipen")
    let (mirrors, patience) = try servers(arguments)
    var line = ProgressLine()
    do throws(DataError) {
      let collection = try UNIPENDownload.fetch(to: folder, from: mirrors, timeout: patience) {
        show($0, on: &line)
      }
      printLine(collection)
    } catch {
      line.clear()
      throw Failure(error)
    }
  }

  static func importUNIPEN(_ source: String, _ arguments: Arguments) throws(Failure) {
    let folder = arguments.text("to") ?? Path.join(DatasetLocator.home(Environment.all), "unipen-chars")
    var line = ProgressLine()
    do throws(DataError) {
      let result = try UNIPENCollection(in: source).convert(to: folder) { done, all in
        line.show("\(ProgressLine.bar(Double(done) / Double(max(all, 1)))) \(done) of \(all) files")
      }
      line.clear()
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
    } catch {
      line.clear()
      throw Failure(error)
    }
  }
}
