// `inkling evaluate`: the figures of models on labelled samples.

import Basics
import CommandSupport
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
  static let evaluate = Command(
    "evaluate", position: 80, summary: "Measure models on labelled samples", operands: "MODEL…",
    operandCount: 1...64,
    options: [
      .value(
        "data", "DIR",
        "the folder with the data (default: $INKLING_DATA): MNIST's test images, or IDX of any size"),
      .value("split", "test|train", "the images: the t10k pair or the training pair (default: test)"),
      .value("ink", "FILE", "use the drawn symbols of a stroke file instead of images"),
      .value(
        "classes", "LABELS", "use only samples with one of these one-character labels, for example 0123456789"
      ),
      .mode,
      .value(
        "only", "LABELS", "allow only these one-character labels as answers, for example 0123456789"),
      .flag("fold", "count the two cases of a letter, and look-alikes such as 0 O o, as one"),
      .value("photos", "FOLDER", "use the pages that the folder's labels.tsv names, instead of images"),
      .flag("hands", "use unseen writers instead: placements, refusals, coarse scans, pages, photos, time"),
      .flag("text", "read words, lines and codes made of unseen writers' characters"),
      .language,
      .flag("sums", "check made pages of exercises by unseen writers: found, marked wrongly, unsure"),
      .value(
        "pages", "N",
        "the number of synthetic pages of each kind for --hands, --sums and --text (default: 200)",
        with: "hands", "sums", "text"),
      .flag("preprocess", "fit images of 28 by 28 pixels too, of any polarity and range of levels"),
      .flag("writers", "print each writer's figures too, where the writers are known"),
      .value(
        "misread", "FILE",
        "write the misread images as a contact sheet, or the misread texts of --text and --sums"),
      .value(
        "card", "FILE", "write the first model's card as Markdown, with --hands of all models and its --sums"),
      .value("threads", "N", "the number of threads (default: 2; for --photos one for each processor)"),
      .flag("json", "print JSON: an object for one model, a list for several"),
    ],
    discussion: """
      MODEL is a file, or the name of a shipped model: \(ShippedFiles.names(ending: "safetensors").joined(separator: ", ")).
      labels.tsv has a header, then lines with a file, a tab and its text; 'inkling pages' writes such a file.
      --text makes words on guide lines and needs a language file ('inkling language'); it reports one half of the
      writers, the other one chose the costs.
      McNemar's test also compares two models. Accuracy counts the most probable label, refused or not.
      """
  ) { arguments throws(Failure) in
    if let folder = arguments.text("photos") {
      try arguments.expectOnly(["photos", "threads", "json"], for: "--photos")
      return try evaluatePages(in: folder, arguments)
    }
    let ofUnseenWriters = ["pages", "data", "threads", "json"]
    if arguments.has("sums"), !arguments.has("card") {
      try arguments.expectOnly(["sums", "misread"] + ofUnseenWriters, for: "--sums without --card")
    } else if arguments.has("text") {
      try arguments.expectOnly(
        ["text", "language", "no-language", "misread"] + ofUnseenWriters, for: "--text")
    } else if arguments.has("hands"), !arguments.has("card") {
      try arguments.expectOnly(["hands"] + ofUnseenWriters, for: "--hands without --card")
    }
    for other in ["split", "preprocess"] where arguments.has("ink") && arguments.has(other) {
      throw .usage("--\(other) has no effect with --ink; leave it out")
    }
    var models: [Model] = []
    for name in arguments.operands { models.append(try Model(named: name)) }
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    if arguments.has("text") { return try evaluateText(models, arguments) }
    var exercises: SumsEvaluation?
    if arguments.has("sums") {
      exercises = try evaluateSums(models, arguments).first
      if !arguments.has("card") { return }
    }
    var columns: [ModelCard.UnseenWritersColumn] = []
    if arguments.has("hands") {
      for model in models {
        let trials = try evaluateUnseenWriters(model, arguments, threads: threads)
        columns.append(ModelCard.UnseenWritersColumn(model: model.name, trials: trials))
      }
      if arguments.text("card") == nil { return }
    }
    let samples = try samples(arguments)
    var reports: [EvaluationReport] = []
    let mode = try arguments.mode()
    var options = EvaluationOptions()
    options.only = arguments.text("only").map { Set($0.map(String.init)) }
    options.folds = arguments.has("fold")
    for model in models {
      let recognizer: Recognizer
      do throws(ModelError) {
        recognizer = try Recognizer(model, mode: mode, threads: threads)
      } catch {
        throw .badData("'\(model.name)': \(error)")
      }
      reports.append(try report(of: recognizer, on: samples, options))
    }
    if let path = arguments.text("misread"), !arguments.has("sums") {
      try writeFile(try contactSheet(of: reports[0].misread, named: path), to: path, replacing: true)
    }
    if let path = arguments.text("card") {
      let file = ShippedFiles.path(arguments.operands[0], ending: "safetensors") ?? arguments.operands[0]
      let card = ModelCard.text(
        of: models[0], report: reports[0], samples: samples,
        trainingSeconds: TrainingFiles(model: file).epochs?.rows.last?.seconds, unseenWriters: columns,
        exercises: exercises)
      try writeFile(Array(card.utf8), to: path, replacing: true)
    }
    printReports(reports, withWriters: arguments.has("writers"), asJSON: arguments.has("json"))
  }

  private static func evaluatePages(in folder: String, _ arguments: Arguments) throws(Failure) {
    let threads = try arguments.integer("threads", in: 1...64)
    var evaluations: [PageEvaluation] = []
    for name in arguments.operands {
      let recognizer = try Recognizer(named: name)
      do throws(EvaluationError) {
        evaluations.append(try PageEvaluation(recognizer, folder: folder, threads: threads))
      } catch {
        throw Failure(error)
      }
    }
    for failure in evaluations.flatMap(\.failures) { printError("inkling: \(failure)") }
    if arguments.has("json") {
      let values = evaluations.map(\.json)
      printLine(values.count == 1 ? values[0].text : JSON.array(values).text)
    } else {
      printLine(evaluations.map(\.text).joined(separator: "\n"))
    }
    if evaluations.contains(where: { !$0.failures.isEmpty }) {
      throw .noInput("some pages could not be read")
    }
  }

  private static func evaluateUnseenWriters(
    _ model: Model, _ arguments: Arguments, threads: Int
  ) throws(Failure) -> [UnseenWritersTrial] {
    let locator = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let asJSON = arguments.has("json")
    let pages = try arguments.integer("pages", in: 1...100_000) ?? 200
    let validation = try validation(of: model)
    do throws(EvaluationError) {
      let evaluation = try UnseenWritersEvaluation(
        model, writers: try UnseenWriters(validation, from: locator), pages: pages, threads: threads
      ) { trial in
        if !asJSON { printLine(trial.text) }
      }
      if asJSON {
        let trials = JSON.array(evaluation.trials.map(\.json))
        printLine(JSON.object([("model", .string(model.name)), ("trials", trials)]).text)
      }
      return evaluation.trials
    } catch {
      throw Failure(error)
    }
  }

  private static func evaluateSums(
    _ models: [Model], _ arguments: Arguments
  ) throws(Failure) -> [SumsEvaluation] {
    let locator = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let threads = try arguments.integer("threads", in: 1...64)
    let pages = try arguments.integer("pages", in: 1...100_000) ?? 200
    var evaluations: [SumsEvaluation] = []
    for model in models {
      let validation = try validation(of: model)
      do throws(EvaluationError) {
        evaluations.append(
          try SumsEvaluation(
            model, writers: try UnseenWriters(validation, from: locator), pages: pages, threads: threads))
      } catch {
        throw Failure(error)
      }
    }
    if let path = arguments.text("misread") {
      let table =
        "kind\tanswer\ttext\tverdict\tread\treason\tanswer_lead\tquestion_lead\n"
        + evaluations.map(\.mistakes).joined()
      try writeFile(Array(table.utf8), to: path, replacing: true)
    }
    if arguments.has("json") {
      let values = evaluations.map(\.json)
      printLine(values.count == 1 ? values[0].text : JSON.array(values).text)
    } else {
      printLine(evaluations.map(\.text).joined(separator: "\n"))
    }
    return evaluations
  }

  private static func evaluateText(_ models: [Model], _ arguments: Arguments) throws(Failure) {
    let words = try arguments.integer("pages", in: 1...100_000) ?? 200
    var evaluations: [TextEvaluation] = []
    for model in models {
      var evaluation = try textEvaluation(of: model, arguments)
      do throws(EvaluationError) { try evaluation.measure(words: words, lines: (words + 1) / 2) } catch {
        throw Failure(error)
      }
      evaluations.append(evaluation)
    }
    if let path = arguments.text("misread") {
      try writeFile(
        Array((evaluations.map(\.misread).joined(separator: "\n") + "\n").utf8), to: path, replacing: true)
    }
    if arguments.has("json") {
      let values = evaluations.map(\.json)
      printLine(values.count == 1 ? values[0].text : JSON.array(values).text)
    } else {
      printLine(evaluations.map(\.text).joined(separator: "\n"))
    }
  }

  /// The evaluation of a model's text on the writers that its training kept out.
  static func textEvaluation(of model: Model, _ arguments: Arguments) throws(Failure) -> TextEvaluation {
    let locator = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let threads = try arguments.integer("threads", in: 1...64)
    let language = try arguments.language() ?? LanguageModel([])
    let validation = try validation(of: model)
    do throws(EvaluationError) {
      return try TextEvaluation(
        model, language: language, writers: try UnseenWriters(validation, from: locator), threads: threads)
    } catch {
      throw Failure(error)
    }
  }

  /// What the recipe in a model's file kept out of training.
  private static func validation(of model: Model) throws(Failure) -> UnseenWriters.Validation {
    var recipe = Recipe()
    do throws(RecipeError) {
      if let text = model.facts["recipe"] { recipe = try Recipe(text: text) }
    } catch {
      throw .badData("the recipe in '\(model.name)' cannot be read: \(error)")
    }
    let writers = recipe.strokes.map { ($0, recipe.heldOut[$0] ?? 0) }
    return UnseenWriters.Validation(
      pictures: recipe.validation, writers: Dictionary(writers) { first, _ in first })
  }

  private static func samples(_ arguments: Arguments) throws(Failure) -> EvaluationSamples {
    let labels = arguments.text("classes").map { Set($0.map(String.init)) }
    let split = try arguments.choice("split", of: ["test", "train"])
    if arguments.has("ink"), arguments.has("data") { throw .usage("give either --data or --ink, not both") }
    do throws(DataError) {
      if let path = arguments.text("ink") { return try EvaluationSamples(strokes: path, labels: labels) }
      let locator = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
      return try EvaluationSamples(
        split == "train" ? .train : .test, from: locator, labels: labels, fits: arguments.has("preprocess"))
    } catch {
      throw Failure(error)
    }
  }

  private static func report(
    of recognizer: Recognizer, on samples: EvaluationSamples, _ options: EvaluationOptions
  ) throws(Failure) -> EvaluationReport {
    let inputs: [LabelledInput]
    do throws(EvaluationError) {
      inputs = try samples.inputs(fittedBy: recognizer.segmentation.normalizer)
    } catch {
      throw Failure(error)
    }
    do throws(ModelResultError) {
      return try EvaluationReport(recognizer, inputs, options: options, isMNISTTest: samples.isMNISTTest)
    } catch {
      throw Failure(error)
    }
  }

  /// The misread images as the bytes of a picture, each with its label and the answer.
  private static func contactSheet(
    of misread: [EvaluationReport.Misread], named path: String
  ) throws(Failure) -> [UInt8] {
    let items = misread.map { misread -> ContactSheet.Item in
      let pixels = misread.sample.input.picture.levels.map { 255 - $0 }
      let image = GrayImage(width: InputNormalizer.side, height: InputNormalizer.side, pixels: pixels)
      return ContactSheet.Item(image: image, caption: "\(misread.sample.label)>\(misread.answer)")
    }
    do throws(FormatError) { return try Document.file(ContactSheet.image(of: items), named: path) } catch {
      throw .couldNot("\(error)")
    }
  }

  /// Prints the figures; of exactly two models also their comparison.
  private static func printReports(_ reports: [EvaluationReport], withWriters: Bool, asJSON: Bool) {
    let other = reports.count == 2 ? reports[1] : nil
    if asJSON {
      let values = reports.enumerated().map { index, report in
        report.json(withWriters: withWriters, comparedWith: index == 0 ? other : nil)
      }
      return printLine(values.count == 1 ? values[0].text : JSON.array(values).text)
    }
    var texts = reports.map { $0.text(withWriters: withWriters) }
    if let other { texts.append(reports[0].text(comparedWith: other)) }
    printLine(texts.joined(separator: "\n\n"))
  }
}
