// Which symbols of a page are words, by what the network for all characters says of each.

import Ink
import Preprocessing
import Recognition
import Testing

@Suite struct PageReviewTests {
  /// Evidence as a clear letter, a letter of a shape that some digits have, and a digit have it.
  private let letter = 2.8
  private let unclear = 1.7
  private let digit = -0.8

  /// Symbols in words, each word a row of evidence; words have gaps of one and a half of their height.
  private func review(_ lines: [[[Double]]], height: (_ line: Int) -> Double = { _ in 20 }) -> PageReview {
    var marks: [PageReview.Mark] = []
    for (number, line) in lines.enumerated() {
      let height = height(number)
      var x = 0.0
      for word in line {
        for evidence in word {
          marks.append(
            PageReview.Mark(
              box: Box(x: x, y: Double(number) * 60, width: 12, height: height), line: number,
              confidence: 0.95, isStroke: false, letterEvidence: evidence))
          x += 15
        }
        x += 1.5 * height
      }
    }
    return PageReview(marks, costs: .digits)
  }

  @Test func aWordIsNoNumber() {
    #expect(review([[[letter, unclear, letter, digit]]]).letters == [0, 1, 2, 3])
    #expect(review([[[digit, digit, digit]]]).letters == [])
    // One strange digit is no word.
    #expect(review([[[digit, letter, digit]]]).letters == [])
    #expect(review([[[letter]]]).letters == [])
  }

  @Test func aWordThatLooksLikeANumberIsJudgedByItsRow() {
    let word = [letter, unclear, letter]
    #expect(review([[word, [digit, digit], word]]).letters.count == 8)
    // A number beside its label stays.
    #expect(review([[word, [digit, digit]]]).letters == [0, 1, 2])
  }

  @Test func onAPageOfWordsOnlyWhatIsHigherIsANumber() {
    let word = [letter, unclear, letter]
    let lines = [[word], [[digit, digit]], [word], [word]]
    #expect(review(lines).letters.count == 11)
    #expect(review(lines) { $0 == 1 ? 30 : 20 }.letters == [0, 1, 2, 5, 6, 7, 8, 9, 10])
    // Numbers with a strange digit here and there are no words.
    let number = [digit, digit, digit, digit]
    #expect(review([[number], [number], [[letter, digit, digit]], [number]]).letters == [])
  }
}
