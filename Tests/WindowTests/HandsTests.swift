// Real people's digits, drawn through the real window as fast as a hand draws, are read as from their file.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Real hands in the window", .timeLimit(.minutes(15)))
struct HandsTests {
  private struct Sample: Codable {
    let label: String
    let strokes: [[[Double]]]
  }

  /// What `inkling read` says of a drawing.
  private struct Answer {
    let text: String
    let confidence: Double

    /// The words for it in the window's title; what is refused is "no digit" or "not sure" there.
    ///
    /// A window's pixels round what is drawn: within two points of the model's threshold either side of it will do.
    func titles(refusedBelow threshold: Double) -> [String] {
      if text == "?" { return ["no digit", "not sure"] }
      return confidence < threshold + 0.02 ? [text, "not sure"] : [text]
    }
  }

  /// Digits of people from whom no model learns.
  private static let file = ProcessInfo.processInfo.environment["INKLING_DATA"].map {
    $0 + "/chars74k-strokes/strokes.jsonl.gz"
  }
  private static let canRun =
    SurvivalTests.isThorough && DrawingTests.hasModel
    && file.map { FileManager.default.fileExists(atPath: $0) } == true

  @Test(
    "a hundred digits get the answers that their file gets",
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
    let expected = try fromFile(chosen, in: home)
    let threshold = try thresholdOfTheFlagship(in: home)

    let server = try PrivateServer(screen: "1024x768x24")
    let app = try Application(on: server.name, home: home, ["--no-live"])
    var different: [String] = []
    for (sample, answer) in zip(chosen, expected) {
      try draw(sample, in: app)
      app.click("predict")
      let titles = answer.titles(refusedBelow: threshold).map { $0 + " · Inkling" }
      let isSame = eventually(within: 10) { titles.contains(app.title) }
      if !isSame {
        different.append("\(sample.label): '\(answer)' from the file, '\(app.title)'")
      }
      app.click("clear")
      try #require(eventually { app.title == "Inkling" })
    }
    #expect(different.isEmpty, "\(different.joined(separator: "; "))")
    #expect(zip(chosen, expected).count { $0.label == $1.text } >= 99)
    app.hand.tap(.character("q"), with: .control)
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

  /// What `inkling read` says of each, one a line.
  private func fromFile(_ samples: [Sample], in home: Application.Home) throws -> [Answer] {
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

  /// Draws in the page's middle, three fifths of it high or wide, a sample each eight milliseconds.
  private func draw(_ sample: Sample, in app: Application) throws {
    let page = try #require(app.areas["page"])
    let all = sample.strokes.joined()
    let (left, right) = (all.map { $0[0] }.min() ?? 0, all.map { $0[0] }.max() ?? 1)
    let (top, bottom) = (all.map { $0[1] }.min() ?? 0, all.map { $0[1] }.max() ?? 1)
    let scale = 0.6 * Double(min(page.width, page.height)) / max(right - left, bottom - top, 1)
    for stroke in sample.strokes {
      let places = stroke.map {
        (
          x: page.center.x + Int((($0[0] - (left + right) / 2) * scale).rounded()),
          y: page.center.y + Int((($0[1] - (top + bottom) / 2) * scale).rounded())
        )
      }
      app.hand.move(toX: places[0].x, y: places[0].y)
      app.hand.press()
      for place in places.dropFirst() {
        app.hand.move(toX: place.x, y: place.y)
        app.hand.settle()
        // Not a wait for anything: this is the hand's own pace.
        poll(nil, 0, 8)
      }
      app.hand.release()
      app.hand.settle()
    }
  }
}
