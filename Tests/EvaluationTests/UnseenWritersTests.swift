import Basics
import Datasets
import Evaluation
import Formats
import Foundation
import Ink
import Recognition
import TestSupport
import Testing

@Suite struct UnseenWritersTests {
  /// A data folder with small training images, and perhaps strokes of two writers with a letter of each.
  private func folder(strokes set: String?) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var pixels: [UInt8] = []
    for image in 0..<40 {
      pixels += (0..<784).map { UInt8(($0 / 28 + $0 % 28 * (image % 10 + 1)) % 7 == 0 ? 250 : 0) }
    }
    try folder.writeImages("mnist/train", side: 28, pixels)
    if let set {
      let letters = (0..<2).map {
        LabelledDrawing(Samples.digits[$0].drawing, label: "K", writer: Writer($0))
      }
      try folder.write(StrokeFile.file(Samples.digits + letters), "\(set)/strokes.jsonl")
    }
    return folder
  }

  private func writers(_ folder: TemporaryFolder, _ known: [String: Int] = [:]) throws -> UnseenWriters {
    try UnseenWriters(
      UnseenWriters.Validation(pictures: 10, writers: known),
      from: DatasetLocator(given: folder.url.path, environment: [:]))
  }

  private func trials(_ writers: UnseenWriters) throws -> [String: [String: Any]] {
    var reported: [String] = []
    let evaluation = try UnseenWritersEvaluation(
      Samples.model(classes: .digitsOrNone), writers: writers, pages: 1, threads: 2
    ) { reported.append($0.text) }
    #expect(reported == evaluation.trials.map(\.text))
    let lines = try evaluation.trials.map { trial in
      try #require(try JSONSerialization.jsonObject(with: Data(trial.json.text.utf8)) as? [String: Any])
    }
    return Dictionary(uniqueKeysWithValues: lines.map { ($0["name"] as? String ?? "", $0) })
  }

  @Test func everyKindOfTrialHasItsSamples() throws {
    let trials = try trials(writers(folder(strokes: "chars74k-strokes")))
    func samples(_ name: String) -> Int? { trials[name]?["samples"] as? Int }
    #expect(samples("chars74k-strokes, unseen writers") == 20 && samples("all of these") == 20)
    #expect(samples("MNIST pictures, unseen writers") == 10)
    #expect(samples("refused: letters of chars74k-strokes") == 2)
    #expect(samples("ink 20 % of the page high, pen 2 %") == 7)
    #expect(samples("picture turned by 15°") == 7)
    #expect(samples("black-and-white scans of 16 × 16") == 3)
    for kind in ["scribbles", "hearts", "flat lines", "dots", "half-erased digits"] {
      #expect(samples("refused: \(kind)") == 2 && samples("refused as pages: \(kind)") == 2)
      #expect(trials["refused: \(kind)"]?["wanted"] as? Double == 0.97)
    }
    for kind in ["spaced", "lines", "touching"] { #expect(samples("pages, \(kind)") == 1) }
    #expect(try #require(samples("digits of photos")) >= 2)
    #expect(trials["pages of 448 × 448, threads: 1"]?["seconds"] is Double)
  }

  @Test func onlyWritersKeptOutOfTrainingAreUsed() throws {
    // Of two writers at most one can be kept out.
    let trials = try trials(writers(folder(strokes: "pendigits"), ["pendigits": 1]))
    #expect(trials["pendigits, unseen writers"]?["samples"] as? Int == 10)
  }

  @Test func strokesAreNeeded() throws {
    let folder = try folder(strokes: nil)
    let error = #expect(throws: EvaluationError.self) { try writers(folder) }
    #expect(error?.description.contains("chars74k-strokes") == true)
  }
}
