// Pages with marks, and the report on them.

import Basics
import ExerciseReports
import Exercises
import Foundation
import Graphics
import Ink
import Recognition
import Testing

@Suite struct MarkedPageTests {
  /// A white page of 800 × 400 pixels with an exercise of each kind.
  private func page() -> (GrayImage, [CheckedExercise]) {
    func symbols(_ text: String, y: Double, doubted: Bool = false) -> [Symbol] {
      text.enumerated().map { index, sign in
        let isWide = "=".contains(sign)
        let box = Box(x: 60 + Double(index) * 30, y: isWide ? y + 12 : y, width: 22, height: isWide ? 14 : 40)
        let isLast = index == text.count - 1
        let probability = doubted && isLast ? 0.6 : 0.999
        return Symbol(
          box: box,
          candidates: [
            Candidate(label: String(sign), probability: probability),
            Candidate(label: "8", probability: 1 - probability),
          ], background: 0.0001, refused: false, input: [])
      }
    }
    let reading = Reading(
      symbols: symbols("2+3=5", y: 40) + symbols("2+3=6", y: 130) + symbols("2+3=5", y: 220, doubted: true)
        + symbols("2+3=", y: 310))
    return (GrayImage(width: 800, height: 400, level: 240), ExerciseChecker().check(reading))
  }

  private func changedColors(_ bitmap: Bitmap, below top: Int, above bottom: Int) -> Set<UInt32> {
    var colors: Set<UInt32> = []
    for y in top..<bottom {
      for x in 0..<bitmap.width where bitmap[x, y] != 0xF0_F0F0 { colors.insert(bitmap[x, y]) }
    }
    return colors
  }

  @Test func eachVerdictHasItsMark() {
    let (picture, exercises) = page()
    #expect(exercises.map(\.verdict.kind) == [.right, .wrong, .unsure, .open])
    let bitmap = MarkedPage(picture, exercises, unitsAcross: 800).bitmap(TextRenderer(builtIn: true))
    #expect((bitmap.width, bitmap.height) == (800, 400))
    let marks = [(30, 90), (120, 180), (210, 270), (300, 360)].map {
      changedColors(bitmap, below: $0.0, above: $0.1)
    }
    let colors = [MarkPalette.light.right, MarkPalette.light.wrong, MarkPalette.light.unsure].map(\.rgb)
    #expect(marks[0].contains(colors[0]) && !marks[0].contains(colors[1]))
    #expect(marks[1].contains(colors[1]) && !marks[1].contains(colors[0]))
    #expect(marks[2].contains(colors[2]))
    // The right answer alone.
    #expect(marks[3].contains(colors[1]))
  }

  @Test func marksStayOnThePageAndOffOtherExercises() {
    let (_, exercises) = page()
    let narrow = GrayImage(width: 215, height: 400, level: 240)
    let page = MarkedPage(narrow, exercises, unitsAcross: 215)
    let bitmap = page.bitmap(TextRenderer(builtIn: true))
    #expect(changedColors(bitmap, below: 0, above: 400).contains(MarkPalette.light.right.rgb))
    for exercise in exercises {
      let box = page.box(of: exercise)
      let part = Rectangle(
        x: Int(clamping: box.x), y: Int(clamping: box.y) + 2, width: Int(clamping: box.width),
        height: Int(clamping: box.height) - 4)
      for y in part.rows { for x in part.columns { #expect(bitmap[x, y] == 0xF0_F0F0) } }
    }
  }

  @Test func aLargePictureIsReduced() {
    let (_, exercises) = page()
    let large = GrayImage(width: 1600, height: 800, level: 240)
    let page = MarkedPage(large, exercises, unitsAcross: 800, longestSide: 400)
    #expect((page.picture.width, page.picture.height) == (400, 200))
    #expect(abs(page.box(of: exercises[0]).x - 30) < 0.01)
    let crop = page.crop(of: exercises[0])
    #expect((70...90).contains(crop.width) && crop.height < 40)
  }

  @Test func theReportHoldsAllPicturesAndNamesWhatToLookAt() throws {
    let (picture, exercises) = page()
    let checked = CheckedPage(file: "class/a <b>.png", exercises: exercises)
    let report = CheckReport([
      ReportPage(checked, picture: picture, unitsAcross: 800, textRenderer: TextRenderer(builtIn: true))
    ]).html
    #expect(report.contains("4 exercises on 1 page"))
    #expect(report.contains("1 right") && report.contains("1 wrong") && report.contains("1 to look at"))
    #expect(report.contains("class/a &lt;b&gt;.png") && !report.contains("<b>.png"))
    #expect(report.contains("1 of 4"))
    let first = try #require(report.range(of: "Look at these first"))
    let section = try #require(report.range(of: "id=\"page-1\""))
    #expect(first.lowerBound < section.lowerBound)
    #expect(report.components(separatedBy: "data:image/png;base64,").count == 4)
    #expect(!report.contains("http:") && !report.contains("https:") && !report.contains(" src=\"/"))
    #expect(report.contains("prefers-color-scheme:dark"))
  }

  @Test func aReportOfNothingIsAPage() {
    #expect(CheckReport([]).html.contains("0 exercises on 0 pages"))
  }
}
