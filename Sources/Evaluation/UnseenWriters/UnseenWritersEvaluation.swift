// The evaluation of a model with writers that it did not learn from, and with what such writers may do.

import Basics
import Datasets
import Formats
import Ink
import NeuralNetwork
import Preprocessing
package import Recognition

/// Measures a model with unseen writers, placements, non-digits, coarse scans, synthetic pages and its speed.
package struct UnseenWritersEvaluation {
  /// How many of how many samples were right.
  private struct Score: Sendable {
    var right = 0
    var samples = 0

    static func of(_ isRight: Bool) -> Score { Score(right: isRight ? 1 : 0, samples: 1) }
  }

  private let recognizer: Recognizer
  private let writers: UnseenWriters
  private let threads: Int
  private let pages: Int
  /// The measurements in their order.
  package private(set) var trials: [UnseenWritersTrial] = []

  /// Measures everything, with `pages` synthetic pages of each kind; `report` gets each trial as it is done.
  package init(
    _ model: Model, writers: UnseenWriters, pages: Int, threads: Int, report: (UnseenWritersTrial) -> Void
  ) throws(EvaluationError) {
    do throws(ModelError) { recognizer = try Recognizer(model) } catch { throw .unsuitable("\(error)") }
    self.writers = writers
    self.threads = threads
    self.pages = pages
    func add(_ new: [UnseenWritersTrial]) {
      trials += new
      new.forEach(report)
    }
    add(try CharactersEvaluation(model: model, writers: writers, threads: threads).trials())
    do throws(ModelResultError) {
      for measure in [
        measureWriters, measurePlacements, measureRefusals, measureScans, measurePages, measureSpeed,
      ] { add(try measure()) }
    } catch {
      throw .results(error)
    }
  }

  // MARK: Digits by unseen writers

  private func measureWriters() throws(ModelResultError) -> [UnseenWritersTrial] {
    let normalizer = recognizer.segmentation.normalizer
    func inputs(_ drawings: [LabelledDrawing]) -> [LabelledInput] {
      drawings.map {
        LabelledInput(SymbolInput($0.drawing.strokes, normalizer: normalizer), label: $0.label ?? "")
      }
    }
    var trials: [UnseenWritersTrial] = []
    for set in writers.digits {
      trials.append(
        try classified("\(set.source.name), unseen writers", inputs(set.drawings), target: set.source.target))
    }
    trials.append(try classified("all of these", inputs(writers.allDigits)))
    let pictures = writers.pictures
    let samples = (0..<pictures.count).map { index in
      LabelledInput(levels: pictures.levels(of: index), label: pictures.name(of: index))
    }
    return trials + [try classified("MNIST pictures, unseen writers", samples)]
  }

  private func classified(
    _ name: String, _ samples: [LabelledInput], target: Double? = nil
  ) throws(ModelResultError) -> UnseenWritersTrial {
    let measures = try Evaluation(recognizer, samples).measures
    return UnseenWritersTrial(
      name: name, right: measures.correct, samples: measures.samples, target: target,
      calibrationError: measures.calibrationError)
  }

  // MARK: Position, size and rotation

  private func measurePlacements() throws(ModelResultError) -> [UnseenWritersTrial] {
    // Every third digit is enough, since each is placed in 22 ways.
    let digits = writers.allDigits.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
    var trials: [UnseenWritersTrial] = []
    for height in [0.2, 0.4, 0.6, 0.8, 1] {
      for pen in [0.02, 0.05, 0.08, 0.12] {
        let name = "\(Int(clamping: height * 100)) % of the page high, pen \(Int(clamping: pen * 100)) %"
        trials += try placed(name, digits, DigitPlacement(height: height, pen: pen))
      }
    }
    for angle in [-15.0, 15] {
      trials += try placed("turned by \(Int(clamping: angle))°", digits, DigitPlacement(angle: angle))
    }
    return trials
  }

  /// Digits read as ink, and as pictures.
  private func placed(
    _ name: String, _ digits: [LabelledDrawing], _ placement: DigitPlacement
  ) throws(ModelResultError) -> [UnseenWritersTrial] {
    @Sendable func page(_ index: Int) -> Page {
      var random = Xoshiro256(seed: 11, stream: UInt64(index))
      return placement.page(of: digits[index].drawing, at: &random)
    }
    return [
      try trial("ink \(name)", digits.count) { (index) throws(ModelResultError) in
        .of(Self.isFirst(digits[index], in: try recognizer.read(page(index))))
      },
      try trial("picture \(name)", digits.count) { (index) throws(ModelResultError) in
        .of(Self.isFirst(digits[index], in: try recognizer.read(page(index).image(longerSide: 448))))
      },
    ]
  }

  /// Whether a page was read as one symbol whose most probable label is the digit's, refused or not.
  private static func isFirst(_ digit: LabelledDrawing, in reading: Reading) -> Bool {
    reading.symbols.count == 1 && reading.symbols[0].candidates.first?.label == digit.label
  }

  // MARK: Refusals

  private func measureRefusals() throws(ModelResultError) -> [UnseenWritersTrial] {
    let digits = writers.allDigits
    @Sendable func page(_ drawing: LabelledDrawing, _ index: Int) -> Page {
      var random = Xoshiro256(seed: 15, stream: UInt64(index))
      return DigitPlacement().page(of: drawing.drawing, at: &random)
    }
    var trials = [
      try trial("digits not refused", digits.count, target: 0.99) { (index) throws(ModelResultError) in
        let reading = try recognizer.read(single: digits[index].drawing.strokes)
        return .of(reading.symbols.allSatisfy { !$0.refused })
      },
      try trial("digits not refused as pages", digits.count, target: 0.99) {
        (index) throws(ModelResultError) in
        .of(try recognizer.read(page(digits[index], index)).symbols.allSatisfy { !$0.refused })
      },
    ]
    for set in writers.letters where !set.drawings.isEmpty {
      trials += try refused("letters of \(set.source.name)", set.drawings.count, target: 0.9) { index in
        page(set.drawings[index], index)
      }
    }
    for kind in NonDigitShapes.allCases {
      trials += try refused(kind.rawValue, 2 * pages, target: 0.97) { index in
        var random = Xoshiro256(seed: 12, stream: UInt64(index))
        return kind.page(of: digits, at: &random)
      }
    }
    return trials
  }

  /// Non-digits read as one symbol, and as a page, where a part can look like a digit.
  private func refused(
    _ name: String, _ count: Int, target: Double, _ page: @escaping @Sendable (Int) -> Page
  ) throws(ModelResultError) -> [UnseenWritersTrial] {
    [
      try trial("refused: \(name)", count, target: target) { (index) throws(ModelResultError) in
        .of(try recognizer.read(single: page(index).drawing.strokes).symbols.allSatisfy(\.refused))
      },
      try trial("refused as pages: \(name)", count, target: target) { (index) throws(ModelResultError) in
        .of(try recognizer.read(page(index)).symbols.allSatisfy(\.refused))
      },
    ]
  }

  // MARK: Coarse scans

  private func measureScans() throws(ModelResultError) -> [UnseenWritersTrial] {
    let pictures = writers.pictures
    let normalizer = recognizer.segmentation.normalizer
    var trials: [UnseenWritersTrial] = []
    for side in [16, 32] {
      let samples = stride(from: 0, to: pictures.count, by: 4).map { index -> LabelledInput in
        var ink = Coverage(width: pictures.width, height: pictures.height)
        ink.levels = Array(pictures.levels(of: index))
        let scan = CoarseScan.scan(ink, side: side)
        return LabelledInput(fitted: normalizer.input(of: scan), label: pictures.name(of: index))
      }
      trials.append(try classified("black-and-white scans of \(side) × \(side)", samples, target: 0.97))
    }
    return trials
  }

  // MARK: Pages of several digits

  private func measurePages() throws(ModelResultError) -> [UnseenWritersTrial] {
    let digits = writers.allDigits
    @Sendable func page(_ kind: PageKind, _ number: Int) -> SyntheticPage {
      SyntheticPages.page(kind, of: digits, seed: 13 << 32 | UInt64(number))
    }
    var trials: [UnseenWritersTrial] = []
    for (kind, target) in [(PageKind.spaced, 0.97), (.lines, 0.97), (.touching, 0.9)] {
      trials.append(
        try trial("pages, \(kind.rawValue)", pages, target: target) { (number) throws(ModelResultError) in
          let page = page(kind, number)
          return .of(PageScore(try recognizer.read(page.picture).text, of: page.text).isWhole)
        })
      trials.append(
        try trial("drawn pages, \(kind.rawValue)", pages, target: target) {
          (number) throws(ModelResultError) in
          let page = page(kind, number)
          return .of(PageScore(try recognizer.read(page.page).text, of: page.text).isWhole)
        })
    }
    for (kind, target) in [(PageKind.form, 0.95), (.empty, 0.99)] {
      trials.append(
        try trial("pages, \(kind.rawValue)", pages, target: target) { (number) throws(ModelResultError) in
          let page = page(kind, number)
          let reading = try recognizer.read(page.picture)
          return .of(
            kind == .empty
              ? reading.symbols.allSatisfy(\.refused) : PageScore(reading.text, of: page.text).isWhole)
        })
    }
    trials.append(
      try trial("digits of photos", pages, target: 0.95) { (number) throws(ModelResultError) in
        let page = page(.photo, number)
        let score = PageScore(try recognizer.read(page.picture).text, of: page.text)
        return Score(right: score.right, samples: score.characters)
      })
    return trials
  }

  // MARK: Speed

  /// The time from the bytes of a PGM to the reading, on one thread and on all of them.
  private func measureSpeed() throws(ModelResultError) -> [UnseenWritersTrial] {
    let files = writers.allDigits.prefix(1000).enumerated().map { index, digit -> [UInt8] in
      var random = Xoshiro256(seed: 14, stream: UInt64(index))
      return PNM.pgm(DigitPlacement().page(of: digit.drawing, at: &random).image(longerSide: 448))
    }
    var trials: [UnseenWritersTrial] = []
    for threads in [1, threads] {
      let began = MonotonicClock.seconds
      var trial = try trial("pages of 448 × 448, threads: \(threads)", files.count, threads: threads) {
        (index) throws(ModelResultError) in
        guard let picture = try? Document.image(files[index]) else { return .of(false) }
        return .of(try recognizer.read(picture).symbols.count == 1)
      }
      trial.seconds = MonotonicClock.seconds - began
      trials.append(trial)
    }
    return trials
  }

  /// A trial of `count` parts, which threads share.
  private func trial(
    _ name: String, _ count: Int, target: Double? = nil, threads: Int? = nil,
    _ measure: @escaping @Sendable (Int) throws(ModelResultError) -> Score
  ) throws(ModelResultError) -> UnseenWritersTrial {
    var total = Score()
    var problem: ModelResultError?
    OrderedWork.run(count, threads: threads ?? self.threads) { index in
      Result { () throws(ModelResultError) in try measure(index) }
    } each: { _, result in
      switch result {
      case .success(let score):
        total.right += score.right
        total.samples += score.samples
      case .failure(let error): problem = problem ?? error
      }
    }
    if let problem { throw problem }
    return UnseenWritersTrial(name: name, right: total.right, samples: total.samples, target: target)
  }
}
