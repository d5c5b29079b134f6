// `inkling evaluate --hands`: how well a model reads people whom it never met, wherever and however they draw.

import Basics
import Datasets
import Evaluation
import Formats
import Ink
import NeuralNetwork
import Preprocessing
import Recognition

/// One line of the evaluation.
struct HandsTrial {
  let name: String
  let right: Int
  let samples: Int
  /// The share that should be right, where one is asked for.
  var wanted: Double?
  /// The expected calibration error, where it was measured.
  var calibrationError: Double?
  /// How long all samples took, where that is what was measured.
  var seconds: Double?

  var share: Double { samples == 0 ? 0 : Double(right) / Double(samples) }

  /// A line for people.
  var text: String {
    var words = ["\(percent(share)) of \(samples)"]
    if let wanted { words.append("wanted \(percent(wanted))" + (share < wanted ? ": fails" : "")) }
    if let calibrationError { words.append("calibration error \(percent(calibrationError))") }
    if let seconds {
      words.append("\(rounded(seconds / Double(max(samples, 1)) * 1000, 3)) ms each")
    }
    return name + String(repeating: " ", count: max(0, 44 - name.count)) + " " + words.joined(separator: ", ")
  }

  /// The line for programs.
  var json: JSON {
    var members: [(String, JSON)] = [
      ("name", .string(name)), ("right", .integer(right)), ("samples", .integer(samples)),
    ]
    if let wanted { members.append(("wanted", .number(wanted))) }
    if let calibrationError { members.append(("ece", .number(calibrationError))) }
    if let seconds { members.append(("seconds", .number(seconds))) }
    return .object(members)
  }
}

/// Measures a model with unseen hands.
struct HandsEvaluation {
  private let recognizer: Recognizer
  private let hands: UnseenWriters
  private let threads: Int
  private let pages: Int
  private(set) var trials: [HandsTrial] = []

  /// Measures everything, with so many made pages of each kind; `report` is given each trial as it is done.
  init(
    _ model: Model, hands: UnseenWriters, pages: Int, threads: Int, report: (HandsTrial) -> Void
  ) throws(Failure) {
    do throws(ModelError) { recognizer = try Recognizer(model) } catch { throw .badData("\(error)") }
    self.hands = hands
    self.threads = threads
    self.pages = pages
    for measure in [writers, placings, refusals, scans, madePages, speed] {
      for trial in try measure() {
        trials.append(trial)
        report(trial)
      }
    }
  }

  // MARK: Digits by unseen writers

  private func writers() throws(Failure) -> [HandsTrial] {
    var trials = try hands.digits.map { (digits) throws(Failure) in
      try examined("\(digits.source.name), unseen writers", digits.drawings, wanted: digits.source.wanted)
    }
    trials.append(try examined("all of these", hands.drawn, wanted: nil))
    let pictures = hands.pictures
    let questions = (0..<pictures.count).map { i in
      Question(input: pictures.levels(of: i).map { Float($0) * (1 / 255) }, label: pictures.name(of: i))
    }
    return trials + [try examined("MNIST pictures, unseen writers", questions, wanted: nil)]
  }

  private func examined(
    _ name: String, _ drawings: [LabelledDrawing], wanted: Double?
  ) throws(Failure) -> HandsTrial {
    let normalizer = recognizer.segmentation.normalizer
    let questions = drawings.map { drawing in
      Question(
        input: normalizer.input(of: drawing.drawing.strokes).map(InputNormalizer.numbers)
          ?? [Float](repeating: 0, count: 784),
        label: drawing.label ?? "")
    }
    return try examined(name, questions, wanted: wanted)
  }

  private func examined(
    _ name: String, _ questions: [Question], wanted: Double?
  ) throws(Failure) -> HandsTrial {
    let model = recognizer.model
    let examination = try Evaluation(of: model, questions, threads: threads)
    let measures = examination.measures
    return HandsTrial(
      name: name, right: measures.correct, samples: measures.samples, wanted: wanted,
      calibrationError: measures.calibrationError)
  }

  // MARK: Where, how large, how turned

  private func placings() throws(Failure) -> [HandsTrial] {
    // Every third digit is enough, since each is placed in 20 ways.
    let some = hands.drawn.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
    var trials: [HandsTrial] = []
    for height in [0.2, 0.4, 0.6, 0.8, 1] {
      for pen in [0.02, 0.05, 0.08, 0.12] {
        let words = "\(Int(clamping: height * 100)) % of the page high, pen \(Int(clamping: pen * 100)) %"
        trials += try placed(words, some, Placing(height: height, pen: pen))
      }
    }
    for angle in [-15.0, 15] {
      trials += try placed("turned by \(Int(clamping: angle))°", some, Placing(angle: angle))
    }
    return trials
  }

  /// Read as ink, and as a picture of it.
  private func placed(_ name: String, _ digits: [LabelledDrawing], _ placing: Placing) throws(Failure)
    -> [HandsTrial]
  {
    @Sendable func page(_ i: Int) -> Page {
      var random = RandomSource(seed: 11, stream: UInt64(i))
      return placing.page(of: digits[i].drawing, at: &random)
    }
    return [
      try trial("ink \(name)", digits.count) { (i) throws(ModelResultError) in
        (isFirst(digits[i], in: try recognizer.read(page(i))) ? 1 : 0, 1)
      },
      try trial("picture \(name)", digits.count) { (i) throws(ModelResultError) in
        (isFirst(digits[i], in: try recognizer.read(page(i).image(longerSide: 448))) ? 1 : 0, 1)
      },
    ]
  }

  /// Whether a page was read as one symbol, most probably this digit, refused or not: what accuracy counts.
  private func isFirst(_ digit: LabelledDrawing, in reading: Reading) -> Bool {
    reading.symbols.count == 1 && reading.symbols[0].candidates.first?.label == digit.label
  }

  // MARK: What is no digit

  private func refusals() throws(Failure) -> [HandsTrial] {
    let digits = hands.drawn
    var trials = [
      try trial("digits not refused", digits.count, wanted: 0.99) { (i) throws(ModelResultError) in
        (try recognizer.read(single: digits[i].drawing.strokes).symbols.allSatisfy { !$0.refused } ? 1 : 0, 1)
      },
      try trial("digits not refused as pages", digits.count, wanted: 0.99) { (i) throws(ModelResultError) in
        var random = RandomSource(seed: 15, stream: UInt64(i))
        let page = Placing().page(of: digits[i].drawing, at: &random)
        return (try recognizer.read(page).symbols.allSatisfy { !$0.refused } ? 1 : 0, 1)
      },
    ]
    for (source, letters) in hands.letters where !letters.isEmpty {
      trials += try refused("letters of \(source.name)", letters.count, wanted: 0.9) { i in
        var random = RandomSource(seed: 15, stream: UInt64(i))
        return Placing().page(of: letters[i].drawing, at: &random)
      }
    }
    for kind in NonDigitShapes.allCases {
      trials += try refused(kind.rawValue, 2 * pages, wanted: 0.97) { i in
        var random = RandomSource(seed: 12, stream: UInt64(i))
        return kind.page(of: digits, at: &random)
      }
    }
    return trials
  }

  /// What is no digit, as one symbol, as digits are read here, and as a page, where parts may stand for digits.
  private func refused(
    _ name: String, _ count: Int, wanted: Double, _ page: @escaping @Sendable (Int) -> Page
  ) throws(Failure) -> [HandsTrial] {
    [
      try trial("refused: \(name)", count, wanted: wanted) { (i) throws(ModelResultError) in
        (try recognizer.read(single: page(i).drawing.strokes).symbols.allSatisfy(\.refused) ? 1 : 0, 1)
      },
      try trial("refused as pages: \(name)", count, wanted: wanted) { (i) throws(ModelResultError) in
        (try recognizer.read(page(i)).symbols.allSatisfy(\.refused) ? 1 : 0, 1)
      },
    ]
  }

  // MARK: Coarse scans

  private func scans() throws(Failure) -> [HandsTrial] {
    let pictures = hands.pictures
    let normalizer = recognizer.segmentation.normalizer
    return try [16, 32].map { (side) throws(Failure) in
      let questions = stride(from: 0, to: pictures.count, by: 4).map { i in
        var ink = Coverage(width: pictures.width, height: pictures.height)
        ink.levels = Array(pictures.levels(of: i))
        let scan = CoarseScan.scan(ink, side: side)
        return Question(
          input: normalizer.input(of: scan).map(InputNormalizer.numbers) ?? [Float](repeating: 0, count: 784),
          label: pictures.name(of: i))
      }
      return try examined("black-and-white scans of \(side) × \(side)", questions, wanted: 0.97)
    }
  }

  // MARK: Pages of several digits

  private func madePages() throws(Failure) -> [HandsTrial] {
    let digits = hands.drawn
    var trials: [HandsTrial] = []
    for (kind, wanted) in [(PageKind.spaced, 0.97), (.lines, 0.97), (.touching, 0.9)] {
      trials.append(
        try trial("pages, \(kind.rawValue)", pages, wanted: wanted) { (i) throws(ModelResultError) in
          let page = made(kind, i, digits)
          return (PageScore(try recognizer.read(page.picture).text, of: page.text).isWhole ? 1 : 0, 1)
        })
      trials.append(
        try trial("drawn pages, \(kind.rawValue)", pages, wanted: wanted) { (i) throws(ModelResultError) in
          let page = made(kind, i, digits)
          return (PageScore(try recognizer.read(page.page).text, of: page.text).isWhole ? 1 : 0, 1)
        })
    }
    trials.append(
      try trial("digits of photos", pages, wanted: 0.95) { (i) throws(ModelResultError) in
        let page = made(.photo, i, digits)
        let score = PageScore(try recognizer.read(page.picture).text, of: page.text)
        return (score.right, score.characters)
      })
    return trials
  }

  private func made(_ kind: PageKind, _ number: Int, _ digits: [LabelledDrawing]) -> MadePage {
    var maker = SyntheticPages(digits: digits, seed: 13 << 32 | UInt64(number))
    return maker.page(kind)
  }

  // MARK: Time

  /// From the bytes of a PGM to the answer, on one thread and on all of them.
  private func speed() throws(Failure) -> [HandsTrial] {
    let files = hands.drawn.prefix(1000).enumerated().map { i, digit in
      var random = RandomSource(seed: 14, stream: UInt64(i))
      return PNM.pgm(Placing().page(of: digit.drawing, at: &random).image(longerSide: 448))
    }
    return try [1, threads].map { (threads) throws(Failure) in
      let began = ProgressLine.seconds
      var trial = try trial("pages of 448 × 448, threads: \(threads)", files.count, threads: threads) {
        (i) throws(ModelResultError) in
        guard let picture = try? Picture.gray(files[i]) else { return (0, 1) }
        return (try recognizer.read(picture).symbols.count == 1 ? 1 : 0, 1)
      }
      trial.seconds = ProgressLine.seconds - began
      return trial
    }
  }

  /// A trial of numbered pieces of work, each with how many of how many samples were right.
  private func trial(
    _ name: String, _ count: Int, wanted: Double? = nil, threads: Int? = nil,
    _ work: @escaping @Sendable (Int) throws(ModelResultError) -> (right: Int, samples: Int)
  ) throws(Failure) -> HandsTrial {
    var (right, samples) = (0, 0)
    var problem: ModelResultError?
    OrderedWork.run(count, threads: threads ?? self.threads) { i in
      Result { () throws(ModelResultError) in try work(i) }
    } each: { _, result in
      switch result {
      case .success(let score):
        right += score.right
        samples += score.samples
      case .failure(let error): problem = problem ?? error
      }
    }
    if let problem { throw Failure(problem) }
    return HandsTrial(name: name, right: right, samples: samples, wanted: wanted)
  }
}
