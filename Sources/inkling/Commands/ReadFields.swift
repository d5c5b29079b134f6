// `inkling read --regions`: the fields of forms.

import Basics
import CommandSupport
import Exercises
import Formats
import Ink
import Recognition

extension FormReader.Value {
  fileprivate var json: JSON {
    .object([
      ("name", .string(field.name)), ("content", .string(field.content.rawValue)), ("text", .string(text)),
      ("confidence", .number(reading.confidence)),
      ("symbols", .array(reading.symbols.map(FileReading.PageReading.json))),
    ])
  }
}

/// The output of `inkling read --regions`: a line for each field, a table, or JSON.
struct FieldSession {
  private let reader: FormReader
  private let printsTable: Bool
  private var results: FileResults

  init(_ arguments: Arguments, _ files: [String], regions path: String) throws(Failure) {
    for other in ["single", "expect", "mode", "region"] where arguments.has(other) {
      throw .usage("--\(other) cannot be given with --regions, whose fields say what is read")
    }
    results = FileResults(arguments, files)
    printsTable = arguments.has("csv")
    if printsTable, results.printsJSON { throw .usage("give --csv or --json, not both") }
    let bytes = try readFile(path)
    let form: FormFields
    do throws(FormatError) { form = try FormFields(json: bytes) } catch {
      throw .badData("'\(path)': \(error)")
    }
    let name = arguments.text("model") ?? Model.flagship
    let model = try Model(named: name)
    do throws(ModelError) { reader = try FormReader(form, model: model) } catch {
      throw .badData("'\(name)': \(error)")
    }
  }

  /// Reads all files and prints their fields.
  mutating func run(threads: Int?) throws(Failure) {
    if printsTable { printLine(CSV.line(["file"] + reader.form.fields.map(\.name))) }
    OrderedWork.run(results.files.count, threads: threads) { [files = results.files, reader] index in
      Self.values(of: files[index], reader)
    } each: {
      report($1, of: results.files[$0])
    }
    results.printAnswers()
    try results.throwFailure("some files could not be read")
  }

  private static func values(
    of path: String, _ reader: FormReader
  ) -> Result<[FormReader.Value], Failure> {
    do throws(Failure) {
      guard case .image(let picture) = try Document(opening: path) else {
        throw .badData("'\(path)' has drawings; --regions takes pictures")
      }
      do throws(ModelResultError) { return .success(try reader.values(of: picture)) } catch {
        throw Failure(error)
      }
    } catch {
      return .failure(error)
    }
  }

  private mutating func report(_ result: Result<[FormReader.Value], Failure>, of file: String) {
    switch result {
    case .failure(let failure): results.note(failure)
    case .success(let values):
      if results.printsJSON {
        results.answers.append(.object([("file", .string(file)), ("fields", .array(values.map(\.json)))]))
      } else if printsTable {
        printLine(CSV.line([file] + values.map(\.text)))
      } else {
        for value in values {
          let confidence = NumberText.fixed(min(max(value.reading.confidence, 0), 1), 4)
          printLine("\(file.onOneLine)\t\(value.field.name.onOneLine)\t\(value.text)\t\(confidence)")
        }
      }
    }
  }
}

extension Arguments {
  /// The area of `--region x,y,w,h`, in pixels.
  func region() throws(Failure) -> Rectangle? {
    guard let text = text("region") else { return nil }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
      let height = numbers[3], [x, y, width, height].allSatisfy({ (0..<1_000_000).contains($0) }), width > 0,
      height > 0
    else {
      throw .usage("--region takes x,y,width,height in whole pixels, such as 120,80,300,60, not '\(text)'")
    }
    return Rectangle(x: x, y: y, width: width, height: height)
  }
}
