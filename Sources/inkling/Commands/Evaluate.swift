// `inkling evaluate`: how well models do on samples whose labels are known.

import Basics
import Datasets
import Evaluation
import Formats
import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Reports
import Training

extension Command {
  /// `inkling evaluate`.
  static let evaluate = Command(
    name: "evaluate", summary: "Measure models on labelled samples", operands: "MODEL…", operandCount: 1...64,
    options: [
      .value(
        "data", "DIR",
        "the folder with the data (else $INKLING_DATA): MNIST's test images, or IDX of any size"),
      .value("split", "test|train", "which images: the t10k pair (the default) or the training pair"),
      .value("ink", "FILE", "drawn symbols from a stroke file instead of images"),
      .value(
        "classes", "LABELS", "only samples with one of these one-character labels, for example 0123456789"),
      .value("photos", "FOLDER", "pages instead of images: those that the folder's labels.tsv names"),
      .flag("hands", "unseen writers instead: places and sizes, refusals, coarse scans, pages, photos, time"),
      .value("pages", "N", "made pages of each kind for --hands, 200 unless told otherwise"),
      .flag("preprocess", "fit 28 by 28 images too, and find what is paper: for any polarity and range"),
      .flag("writers", "also each writer's figures, where writers are known"),
      .value("misread", "FILE", "write the misread images as a contact sheet"),
      .value("card", "FILE", "write the first model's card as Markdown, with all models' --hands"),
      .value("threads", "N", "threads to compute with (else 2; for --photos as many as processors)"),
      .flag("json", "print JSON: an object for one model, a list for several"),
    ],
    discussion: """
      MODEL is a file, or the name of a shipped one: \(ShippedFiles.names(ending: "safetensors").joined(separator: ", ")).
      labels.tsv has a header, then lines with a file and its text, apart by a tab; 'inkling pages' writes one.
      Two models are also compared by McNemar's test. Accuracy counts the most probable label, refused or not.
      """
  ) { (arguments: Arguments) throws(Failure) in
    if let folder = arguments.text("photos") {
      for other in ["data", "split", "ink", "classes", "pages", "misread", "card"]
      where arguments.text(other) != nil { throw .usage("--photos and --\(other) do not go together") }
      for other in ["hands", "preprocess", "writers"] where arguments.has(other) {
        throw .usage("--photos and --\(other) do not go together")
      }
      return try evaluatePhotos(in: folder, arguments)
    }
    var models: [(name: String, model: Model)] = []
    for name in arguments.operands { models.append((name, try Model.read(name))) }
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    var hands: [(name: String, trials: [HandsTrial])] = []
    if arguments.has("hands") {
      for (_, model) in models {
        hands.append((model.name, try evaluateHands(model, arguments, threads: threads)))
      }
      if arguments.text("card") == nil { return }
    }
    let sheet = try EvaluationSamples(arguments)
    var reports: [EvaluationReport] = []
    for (_, model) in models {
      reports.append(try report(of: model, on: sheet, arguments: arguments, threads: threads))
    }
    if let path = arguments.text("misread"), let first = reports.first {
      try write(try picture(first.misread, named: path), to: path)
    }
    if let path = arguments.text("card"), let first = reports.first, let model = models.first?.model {
      let file = ShippedFiles.path(models[0].name, ending: "safetensors") ?? models[0].name
      let card = ModelCard.text(
        of: model, report: first, sheet: sheet,
        trainSeconds: TrainingFiles(model: file).epochs?.rows.last?.seconds, hands: hands)
      try write(Array(card.utf8), to: path)
    }
    print(arguments.has("json") ? json(reports, arguments) : text(reports, arguments))
  }

  private static func evaluatePhotos(in folder: String, _ arguments: Arguments) throws(Failure) {
    let threads = try arguments.integer("threads", in: 1...64)
    var evaluations: [PhotoEvaluation] = []
    for name in arguments.operands {
      evaluations.append(try PhotoEvaluation(try loadRecognizer(name), folder: folder, threads: threads))
    }
    if arguments.has("json") {
      let values = evaluations.map(\.json)
      print(values.count == 1 ? values[0].text : JSON.array(values).text)
    } else {
      print(evaluations.map(\.text).joined(separator: "\n"))
    }
    if evaluations.contains(where: { $0.unread > 0 }) { throw .noInput("not every page could be read") }
  }

  private static func evaluateHands(
    _ model: Model, _ arguments: Arguments, threads: Int
  ) throws(Failure) -> [HandsTrial] {
    let place = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let asJSON = arguments.has("json")
    let evaluation = try HandsEvaluation(
      model, hands: try UnseenWriters(for: model, from: place),
      pages: try arguments.integer("pages", in: 1...100_000) ?? 200, threads: threads
    ) { trial in
      if !asJSON { print(trial.text) }
    }
    if asJSON {
      let trials = JSON.array(evaluation.trials.map(\.json))
      print(JSON.object([("model", .string(model.name)), ("trials", trials)]).text)
    }
    return evaluation.trials
  }

  private static func report(
    of model: Model, on sheet: EvaluationSamples, arguments: Arguments, threads: Int
  ) throws(Failure) -> EvaluationReport {
    guard model.inputShape.count == 784 else {
      throw .badData("'\(model.name)' reads \(model.inputShape), not 28×28: it cannot be measured on digits")
    }
    let questions = try sheet.questions(fittedBy: InputNormalizer(model.preprocessing) ?? .usual)
    let began = ProgressLine.seconds
    let examination = try Evaluation(of: model, questions, threads: threads)
    return EvaluationReport(
      name: model.name, classes: model.classes, questions: questions, examination: examination,
      seconds: ProgressLine.seconds - began, isMNISTTest: sheet.isMNISTTest)
  }

  private static func compare(_ reports: [EvaluationReport]) -> McNemar? {
    guard reports.count == 2 else { return nil }
    return McNemar(
      first: reports[0].examination.results.map(\.right), second: reports[1].examination.results.map(\.right))
  }

  private static func json(_ reports: [EvaluationReport], _ arguments: Arguments) -> String {
    let values = reports.map { $0.json(withWriters: arguments.has("writers")) }
    guard let first = values.first, values.count > 1 else { return values.first?.text ?? "null" }
    guard let test = compare(reports), case .object(let members) = first else {
      return JSON.array(values).text
    }
    let comparison = JSON.object([
      ("against", .string(reports[1].name)), ("right_alone", .integer(test.firstOnly)),
      ("other_right_alone", .integer(test.secondOnly)), ("p", .number(test.probability)),
    ])
    return JSON.array([.object(members + [("mcnemar", comparison)])] + values.dropFirst()).text
  }

  private static func text(_ reports: [EvaluationReport], _ arguments: Arguments) -> String {
    var texts = reports.map { $0.text(withWriters: arguments.has("writers")) }
    if let test = compare(reports) {
      texts.append(
        "McNemar's test: \(test.firstOnly) samples that only \(reports[0].name) got right, \(test.secondOnly) that only "
          + "\(reports[1].name) did; p = \(rounded(test.probability, 4)) that chance alone differs so")
    }
    return texts.joined(separator: "\n\n")
  }

  private static func picture(_ image: GrayImage, named path: String) throws(Failure) -> [UInt8] {
    do throws(FormatError) { return try Document.file(image, named: path) } catch {
      throw .couldNot("\(error)")
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    do throws(FileError) { try File.write(bytes, to: path, replacing: true) } catch {
      throw .couldNot("\(error)")
    }
  }
}
