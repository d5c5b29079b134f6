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

  @Test func aShortWordAloneMayBeANumberThatIsHardToRead() {
    let word = [letter, unclear]
    #expect(review([[word], [[digit, digit]]]).letters == [])
    let isHigh: (Int) -> Double = { $0 == 2 ? 30 : 20 }
    #expect(review([[word], [word], [[digit, digit]]], height: isHigh).letters == [0, 1, 2, 3])
  }

  @Test func barsAmongWordsAreLetters() {
    func mark(_ x: Double, _ line: Int, isStroke: Bool, _ evidence: Double) -> PageReview.Mark {
      PageReview.Mark(
        box: Box(x: x, y: Double(line) * 60, width: 12, height: 20), line: line, confidence: 0.95,
        isStroke: isStroke, letterEvidence: evidence)
    }
    let word = (0..<6).map { mark(Double($0) * 15, 0, isStroke: false, letter) }
    let bars = (0..<2).map { mark(Double($0) * 15, $0 + 1, isStroke: true, digit) }
    let numbers = (0..<4).map { mark(Double($0 % 2) * 15, 3 + $0 / 2, isStroke: false, digit) }
    #expect(PageReview(word + bars, costs: .digits).letters == Set(0..<8))
    // Beside numbers of that height a bar may be a 1.
    #expect(PageReview(word + bars + numbers, costs: .digits).letters == Set(0..<6))
    #expect(PageReview(bars, costs: .digits).letters == [])
  }

  @Test func theEvidenceOfALetterThatWasCutIsSharedByItsParts() {
    func mark(_ x: Double, _ width: Double, line: Int, _ evidence: Double) -> PageReview.Mark {
      PageReview.Mark(
        box: Box(x: x, y: Double(line) * 60, width: width, height: 20), line: line, confidence: 0.95,
        isStroke: true, letterEvidence: evidence)
    }
    // Three letters in a row, each cut into two ones, and two digits that touch on the next line.
    let parts = (0..<6).map { mark(Double($0) * 12, 10, line: 0, digit) }
    let digits = (0..<2).map { mark(Double($0) * 12, 10, line: 1, digit) }
    let wholes = (0..<3).map { mark(Double($0) * 24, 22, line: 0, letter) } + [mark(0, 22, line: 1, -2)]
    #expect(PageReview(parts + digits, costs: .digits).letters == [])
    let letters = PageReview(parts + digits, cutFrom: wholes, costs: .digits).letters
    #expect(letters.isSuperset(of: 0..<6))
  }
}
