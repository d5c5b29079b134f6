// Recorded digits that are drawn in the window at their speed get the same answers as their file.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Recorded strokes in the window", .timeLimit(.minutes(15)))
struct RecordedStrokesTests {
  private struct Sample: Codable {
    let label: String
    let strokes: [[[Double]]]
  }

  /// The answer of `inkling read` to a drawing.
  private struct Answer {
    let text: String
    let confidence: Double

    /// The possible texts of the window's title; it shows a refused digit as "no digit" or "not sure".
    ///
    /// The window's pixels round the strokes: near the model's threshold, an answer may be refused or not.
    func titles(refusedBelow threshold: Double) -> [String] {
      if text == "?" { return ["no digit", "not sure"] }
      return confidence < threshold + 0.02 ? [text, "not sure"] : [text]
    }
  }

  /// Digits of writers that are not in any training set.
  private static let file = ProcessInfo.processInfo.environment["INKLING_DATA"].map {
    $0 + "/chars74k-strokes/strokes.jsonl.gz"
  }
  private static let canRun =
    SurvivalTests.isThorough && WindowDrawingTests.hasModel
    && file.map { FileManager.default.fileExists(atPath: $0) } == true

  @Test(
    "a hundred digits get the answers of their file",
    .enabled(if: canRun, "it takes long, and needs chars74k: set INKLING_THOROUGH to 1, and INKLING_DATA"))
  func hundred() throws {
    let home = try Application.Home()
    let packed = try Child(["gzip", "-dc", try #require(Self.file)])
    let lines = String(decoding: packed.output.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n")
    let digits = try lines.map { try JSONDecoder().decode(Sample.self, from: Data($0.utf8)) }.filter {
      Int($0.label) != nil && $0.strokes.allSatisfy { !$0.isEmpty }
    }
    let chosen = stride(from: 0, to: digits.count, by: max(1, digits.count / 100)).prefix(100).map {
      digits[$0]
    }
    try #require(chosen.count == 100)
    let expected = try answers(to: chosen, in: home)
    let threshold = try thresholdOfTheFlagship(in: home)

    let server = try PrivateServer(screen: "1024x768x24")
    let app = try Application(on: server.name, home: home, ["--no-live"])
    var different: [String] = []
    for (sample, answer) in zip(chosen, expected) {
      try draw(sample, in: app)
      app.click("predict")
      let titles = answer.titles(refusedBelow: threshold).map { $0 + " · Inkling" }
      let isSame = eventually { titles.contains(app.title) }
      if !isSame {
        different.append("\(sample.label): '\(answer)' from the file, '\(app.title)'")
      }
      app.click("clear")
      try #require(eventually { app.title == "Inkling" })
    }
    #expect(different.isEmpty, "\(different.joined(separator: "; "))")
    #expect(zip(chosen, expected).count { $0.label == $1.text } >= 99)
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  private func thresholdOfTheFlagship(in home: Application.Home) throws -> Double {
    struct Description: Decodable {
      struct Refusal: Decodable { let threshold: Double }
      let refusal: Refusal
    }
    let describing = try Child(
      [Application.executable, "describe", "inkling", "--json"], environment: home.environment)
    let json = describing.output.readDataToEndOfFile()
    #expect(describing.wait() == 0)
    return try JSONDecoder().decode(Description.self, from: json).refusal.threshold
  }

  /// The answers of `inkling read` to drawings.
  private func answers(to samples: [Sample], in home: Application.Home) throws -> [Answer] {
    let file = home.folder.appendingPathComponent("digits.jsonl")
    let lines = try samples.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let reading = try Child([Application.executable, "read", file.path], environment: home.environment)
    let text = String(decoding: reading.output.readDataToEndOfFile(), as: UTF8.self)
    #expect(reading.wait() == 0)
    let answers = text.split(separator: "\n").compactMap { line -> Answer? in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 3, let confidence = Double(fields[2]) else { return nil }
      return Answer(text: String(fields[1]), confidence: confidence)
    }
    try #require(answers.count == samples.count)
    return answers
  }

  /// Draws in the middle of the page, at three fifths of its size, with a sample every eight milliseconds.
  private func draw(_ sample: Sample, in app: Application) throws {
    let page = try #require(app.areas["page"])
    let all = sample.strokes.joined()
    let (left, right) = (all.map { $0[0] }.min() ?? 0, all.map { $0[0] }.max() ?? 1)
    let (top, bottom) = (all.map { $0[1] }.min() ?? 0, all.map { $0[1] }.max() ?? 1)
    let scale = 0.6 * Double(min(page.width, page.height)) / max(right - left, bottom - top, 1)
    for stroke in sample.strokes {
      let positions = stroke.map {
        (
          x: page.center.x + Int((($0[0] - (left + right) / 2) * scale).rounded()),
          y: page.center.y + Int((($0[1] - (top + bottom) / 2) * scale).rounded())
        )
      }
      app.input.move(toX: positions[0].x, y: positions[0].y)
      app.input.press()
      for position in positions.dropFirst() {
        app.input.move(toX: position.x, y: position.y)
        app.input.settle()
        // This is the speed of drawing, not a wait for a condition.
        poll(nil, 0, 8)
      }
      app.input.release()
      app.input.settle()
    }
  }
}
