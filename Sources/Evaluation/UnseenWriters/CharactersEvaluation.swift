// The evaluation of a model's modes with single characters by unseen writers.

import Basics
import Datasets
import Formats
import Ink
import Preprocessing
import Recognition

/// Measures the modes of a model on single characters, drawn with strokes and as pictures.
struct CharactersEvaluation {
  let model: Model
  let writers: UnseenWriters
  let threads: Int

  /// The measurements of the modes that the model has; none without the characters of unseen writers.
  func trials() throws(EvaluationError) -> [UnseenWritersTrial] {
    let characters = writers.characters
    if characters.isEmpty { return [] }
    let digits = characters.filter { $0.label.map(Self.digits.contains) ?? false }
    let pendigits = writers.digits.first { $0.source.name == "pendigits" }?.drawings ?? []
    let letters = try evaluation(
      characters.filter { drawing in
        drawing.label.map { Self.letters.contains($0) && !Lookalikes.ofDigits.contains($0) } ?? false
      })
    var trials = [
      try trial("digits of unipen-chars, strokes", digits, target: 0.993),
      try trial("digits of unipen-chars, by a mouse", digits, target: 0.99, change: Self.byMouse),
      try trial("digits of unipen-chars, pictures", digits, asPictures: true),
      try trial("digits of pendigits, pictures", pendigits, target: 0.992, asPictures: true),
      UnseenWritersTrial(
        name: "refused: letters of unipen-chars", right: letters.foreignRefused, samples: letters.foreign,
        target: 0.97),
    ]
    if model.modes.contains(.text) {
      for (name, labels, target) in [
        ("digits", Self.digits, 0.971), ("capitals", Self.capitals, 0.928),
        ("small letters", Self.smallLetters, 0.907),
      ] {
        trials.append(
          try trial(
            "\(name) of unipen-chars alone", characters, .text, labels: labels, only: labels, target: target))
      }
      trials.append(try trial("all of unipen-chars, folded", characters, .text, folds: true, target: 0.9))
      trials.append(
        try trial(
          "all of unipen-chars, folded, pictures", characters, .text, folds: true, asPictures: true))
      trials.append(
        try trial(
          "ujipenchars, cases folded", writers.ujiCharacters, .text, only: Self.letters.union(Self.digits),
          folds: true, target: 0.92))
    }
    if model.modes.contains(.sums) {
      trials.append(
        try trial(
          "signs of unipen-chars", characters, .sums, labels: Self.signs("+-=<>()/:.,"), target: 0.98))
      trials.append(
        try trial(
          "signs cut out of formulas", writers.formulaSymbols, .sums, labels: Self.signs("×÷±≤≥≠"),
          target: 0.96))
    }
    return trials.filter { $0.samples > 0 }
  }

  private static let digits = signs("0123456789")
  private static let capitals = signs("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private static let smallLetters = signs("abcdefghijklmnopqrstuvwxyz")
  private static let letters = capitals.union(smallLetters)

  private static func signs(_ text: String) -> Set<String> { Set(text.map(String.init)) }

  private func trial(
    _ name: String, _ drawings: [LabelledDrawing], _ mode: ReadingMode = .digits, labels: Set<String>? = nil,
    only: Set<String>? = nil, folds: Bool = false, target: Double? = nil, asPictures: Bool = false,
    change: ((LabelledDrawing) -> LabelledDrawing)? = nil
  ) throws(EvaluationError) -> UnseenWritersTrial {
    var options = EvaluationOptions()
    (options.only, options.folds) = (only, folds)
    let measures = try evaluation(drawings, mode, labels, options, asPictures: asPictures, change).measures
    return UnseenWritersTrial(
      name: name, right: measures.correct, samples: measures.samples, target: target,
      calibrationError: measures.calibrationError)
  }

  private func evaluation(
    _ drawings: [LabelledDrawing], _ mode: ReadingMode = .digits, _ labels: Set<String>? = nil,
    _ options: EvaluationOptions = .init(), asPictures: Bool = false,
    _ change: ((LabelledDrawing) -> LabelledDrawing)? = nil
  ) throws(EvaluationError) -> Evaluation {
    let recognizer: Recognizer
    do throws(ModelError) { recognizer = try Recognizer(model, mode: mode, threads: threads) } catch {
      throw .unsuitable("\(error)")
    }
    let scale = WriterScale(drawings)
    let inputs = drawings.filter { drawing in
      drawing.label.map { label in labels?.contains(label) ?? true } ?? false
    }.map { drawing in
      let changed = change?(drawing) ?? drawing
      var input = SymbolInput(
        changed.drawing.strokes, normalizer: recognizer.segmentation.normalizer,
        height: scale.height(of: drawing.writer) * (drawing.sourceScale ?? 1))
      if asPictures { input?.trajectory = nil }
      return LabelledInput(input, label: drawing.label ?? "", writer: drawing.writer)
    }
    do throws(ModelResultError) { return try Evaluation(recognizer, inputs, options: options) } catch {
      throw .results(error)
    }
  }

  /// The drawing as a mouse gives it: half of the points, in whole pixels of a small window, with jitter.
  private static func byMouse(_ drawing: LabelledDrawing) -> LabelledDrawing {
    var result = drawing
    var random = SplitMix64(seed: 0x0305E, drawing.drawing.strokes.count, drawing.label?.hashOfText ?? 0)
    let side = drawing.drawing.bounds.map { max($0.width, $0.height) } ?? 0
    let pixel = max(side / 120, 1e-6)
    result.drawing = Drawing(
      drawing.drawing.strokes.map { stroke in
        let last = stroke.samples.count - 1
        let kept = stroke.samples.enumerated().filter { $0.offset % 2 == 0 || $0.offset == last }.map(
          \.element)
        return Stroke(
          kept.map { sample in
            func place(_ value: Double) -> Double {
              ((value / pixel) + Double(random.approximateNormal()) * 0.7).rounded() * pixel
            }
            return Stroke.Sample(
              Point(x: place(sample.point.x), y: place(sample.point.y)), time: sample.time)
          }, width: stroke.width)
      })
    return result
  }
}

extension String {
  /// A number that the same text always has.
  fileprivate var hashOfText: Int {
    Int(unicodeScalars.reduce(UInt32(0)) { $0 &* 31 &+ $1.value } & 0xFFFF)
  }
}
