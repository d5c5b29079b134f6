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
    let models = try arguments.operands.map { (name) throws(Failure) in try Model(named: name) }
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
      if !arguments.has("card") { return }
    }
    let samples = try samples(arguments)
    let mode = try arguments.mode()
    var options = EvaluationOptions()
    options.only = arguments.text("only").map { Set($0.map(String.init)) }
    options.folds = arguments.has("fold")
    let reports = try models.map { (model) throws(Failure) in
      let recognizer: Recognizer
      do throws(ModelError) {
        recognizer = try Recognizer(model, mode: mode, threads: threads)
      } catch {
        throw .badData("'\(model.name)': \(error)")
      }
      return try report(of: recognizer, on: samples, options)
    }
    if let path = arguments.text("misread"), !arguments.has("sums") {
      try ContactSheet.write(reports[0].misread.map(sheetItem), to: path, replacing: true)
    }
    if let path = arguments.text("card") {
      let file = ShippedFiles.path(arguments.operands[0], ending: "safetensors") ?? arguments.operands[0]
      let card = ModelCard.text(
        of: models[0], report: reports[0], samples: samples,
        trainingSeconds: TrainingFiles(model: file).epochs?.rows.last?.seconds, unseenWriters: columns,
        exercises: exercises)
      try writeFile(Array(card.utf8), to: path, replacing: true)
    }
    printReports(reports, arguments)
  }

  private static func evaluatePages(in folder: String, _ arguments: Arguments) throws(Failure) {
    let threads = try arguments.integer("threads", in: 1...64)
    let evaluations = try arguments.operands.map { (name) throws(Failure) in
      let recognizer = try Recognizer(named: name)
      return try Failure.wrapping(
        EvaluationError.self, try PageEvaluation(recognizer, folder: folder, threads: threads))
    }
    for failure in evaluations.flatMap(\.failures) { printError("inkling: \(failure)") }
    printFigures(evaluations.map(\.text), evaluations.map(\.json), arguments)
    if evaluations.contains(where: { !$0.failures.isEmpty }) {
      throw .noInput("some pages could not be read")
    }
  }

  private static func evaluateUnseenWriters(
    _ model: Model, _ arguments: Arguments, threads: Int
  ) throws(Failure) -> [UnseenWritersTrial] {
    let asJSON = arguments.has("json")
    let pages = try pageCount(arguments)
    let writers = try unseenWriters(of: model, arguments)
    let evaluation = try Failure.wrapping { () throws(EvaluationError) in
      try UnseenWritersEvaluation(model, writers: writers, pages: pages, threads: threads) { trial in
        if !asJSON { printLine(trial.text) }
      }
    }
    if asJSON {
      let trials = JSON.array(evaluation.trials.map(\.json))
      printLine(JSON.object([("model", .string(model.name)), ("trials", trials)]).text)
    }
    return evaluation.trials
  }

  private static func evaluateSums(
    _ models: [Model], _ arguments: Arguments
  ) throws(Failure) -> [SumsEvaluation] {
    let threads = try arguments.integer("threads", in: 1...64)
    let pages = try pageCount(arguments)
    let evaluations = try models.map { (model) throws(Failure) in
      let writers = try unseenWriters(of: model, arguments)
      return try Failure.wrapping(
        EvaluationError.self, try SumsEvaluation(model, writers: writers, pages: pages, threads: threads))
    }
    if let path = arguments.text("misread") {
      let table =
        "kind\tanswer\ttext\tverdict\tread\treason\tanswer_lead\tquestion_lead\n"
        + evaluations.map(\.mistakes).joined()
      try writeFile(Array(table.utf8), to: path, replacing: true)
    }
    printFigures(evaluations.map(\.text), evaluations.map(\.json), arguments)
    return evaluations
  }

  private static func evaluateText(_ models: [Model], _ arguments: Arguments) throws(Failure) {
    let words = try pageCount(arguments)
    let evaluations = try models.map { (model) throws(Failure) in
      var evaluation = try textEvaluation(of: model, arguments)
      try Failure.wrapping(EvaluationError.self, try evaluation.measure(words: words, lines: (words + 1) / 2))
      return evaluation
    }
    if let path = arguments.text("misread") {
      try writeFile(
        Array((evaluations.map(\.misread).joined(separator: "\n") + "\n").utf8), to: path, replacing: true)
    }
    printFigures(evaluations.map(\.text), evaluations.map(\.json), arguments)
  }

  /// The evaluation of a model's text on the writers that its training kept out.
  static func textEvaluation(of model: Model, _ arguments: Arguments) throws(Failure) -> TextEvaluation {
    let threads = try arguments.integer("threads", in: 1...64)
    let language = try arguments.language() ?? LanguageModel([])
    let writers = try unseenWriters(of: model, arguments)
    return try Failure.wrapping(
      EvaluationError.self, try TextEvaluation(model, language: language, writers: writers, threads: threads))
  }

  /// The number of synthetic pages of each kind.
  private static func pageCount(_ arguments: Arguments) throws(Failure) -> Int {
    try arguments.integer("pages", in: 1...100_000) ?? 200
  }

  /// The writers that the recipe in a model's file kept out of training.
  private static func unseenWriters(of model: Model, _ arguments: Arguments) throws(Failure) -> UnseenWriters
  {
    var recipe = Recipe()
    do throws(RecipeError) {
      if let text = model.facts["recipe"] { recipe = try Recipe(text: text) }
    } catch {
      throw .badData("the recipe in '\(model.name)' cannot be read: \(error)")
    }
    let writers = recipe.strokes.map { ($0, recipe.heldOut[$0] ?? 0) }
    let validation = UnseenWriters.Validation(
      pictures: recipe.validation, writers: Dictionary(writers) { first, _ in first })
    return try Failure.wrapping(
      EvaluationError.self, try UnseenWriters(validation, from: DatasetLocator(of: arguments)))
  }

  private static func samples(_ arguments: Arguments) throws(Failure) -> EvaluationSamples {
    let labels = arguments.text("classes").map { Set($0.map(String.init)) }
    let split = try arguments.choice("split", of: ["test", "train"])
    if arguments.has("ink"), arguments.has("data") { throw .usage("give either --data or --ink, not both") }
    return try Failure.wrapping { () throws(DataError) in
      if let path = arguments.text("ink") { return try EvaluationSamples(strokes: path, labels: labels) }
      return try EvaluationSamples(
        split == "train" ? .train : .test, from: DatasetLocator(of: arguments), labels: labels,
        fits: arguments.has("preprocess"))
    }
  }

  private static func report(
    of recognizer: Recognizer, on samples: EvaluationSamples, _ options: EvaluationOptions
  ) throws(Failure) -> EvaluationReport {
    let inputs = try Failure.wrapping(
      EvaluationError.self, try samples.inputs(fittedBy: recognizer.segmentation.normalizer))
    do throws(ModelResultError) {
      return try EvaluationReport(recognizer, inputs, options: options, isMNISTTest: samples.isMNISTTest)
    } catch {
      throw Failure(error)
    }
  }

  /// A misread image with its label and the answer.
  private static func sheetItem(_ misread: EvaluationReport.Misread) -> ContactSheet.Item {
    let pixels = misread.sample.input.picture.levels.map { 255 - $0 }
    let image = GrayImage(width: InputNormalizer.side, height: InputNormalizer.side, pixels: pixels)
    return ContactSheet.Item(image: image, caption: "\(misread.sample.label)>\(misread.answer)")
  }

  /// Prints the figures; of exactly two models also their comparison.
  private static func printReports(_ reports: [EvaluationReport], _ arguments: Arguments) {
    let withWriters = arguments.has("writers")
    let other = reports.count == 2 ? reports[1] : nil
    let values = reports.enumerated().map { index, report in
      report.json(withWriters: withWriters, comparedWith: index == 0 ? other : nil)
    }
    var texts = reports.map { $0.text(withWriters: withWriters) }
    if let other { texts.append(reports[0].text(comparedWith: other)) }
    printFigures(texts, values, arguments, separator: "\n\n")
  }

  /// Prints figures as text, or as JSON: an object for one model, a list for several.
  private static func printFigures(
    _ texts: [String], _ values: [JSON], _ arguments: Arguments, separator: String = "\n"
  ) {
    if arguments.has("json") {
      printLine(values.count == 1 ? values[0].text : JSON.array(values).text)
    } else {
      printLine(texts.joined(separator: separator))
    }
  }
}

extension DatasetLocator {
  /// Finds data in the folder of `--data` and in the usual ones.
  init(of arguments: Arguments) {
    self.init(given: arguments.text("data"), environment: Environment.all)
  }
}
