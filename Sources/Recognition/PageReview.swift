// Which symbols of a scan or photo are no part of its numbers: print, crosses and commas beside them.

import Ink
import Preprocessing

/// Reviews the symbols of a page as words, before single symbols are refused.
///
/// On paper much stands beside a number that is none. A word that the networks take for no digits is set aside where
/// another word of the page is a number, and a mostly refused word is refused as a whole.
struct PageReview {
  /// A symbol with its place in the page.
  struct Mark {
    var box: Box
    var line: Int
    var confidence: Double
    var isStroke: Bool
  }

  /// Neighbours in a line, as indices of the marks.
  private let words: [[Int]]
  private let marks: [Mark]
  private let costs: DecodingCosts

  init(_ marks: [Mark], costs: DecodingCosts) {
    self.marks = marks
    self.costs = costs
    var words: [[Int]] = []
    for i in marks.indices {
      if let last = words.last?.last, marks[last].line == marks[i].line,
        marks[i].box.x - marks[last].box.right
          <= costs.wordGap * max(marks[last].box.height, marks[i].box.height)
      {
        words[words.count - 1].append(i)
      } else {
        words.append([i])
      }
    }
    self.words = words
  }

  private func confidence(of word: [Int]) -> Double {
    word.reduce(0) { $0 + marks[$1].confidence } / Double(max(word.count, 1))
  }

  private func height(of word: [Int]) -> Double { word.map { marks[$0].box.height }.max() ?? 0 }

  /// The symbols that are no part of a number, with the reason.
  var ignored: [Int: IgnoredMark.Reason] {
    let numbers = words.filter { confidence(of: $0) >= costs.minNumberConfidence }
    let clear = numbers.filter { $0.contains { !marks[$0].isStroke } }
    guard let height = (clear.isEmpty ? numbers : clear).map(height(of:)).max() else { return [:] }
    var result: [Int: IgnoredMark.Reason] = [:]
    for word in words {
      let isNumber = confidence(of: word) >= costs.minNumberConfidence
      let isLow = self.height(of: word) < costs.minWordHeight * height
      if !isNumber && (isLow || confidence(of: word) < costs.maxPrintConfidence)
        || isLow && word.allSatisfy({ marks[$0].isStroke })
      {
        for i in word { result[i] = word.count > 2 ? .print : .punctuation }
      } else if isNumber {
        // A low mark before or behind a number.
        for i in [word[0], word[word.count - 1]]
        where word.count > 1 && marks[i].confidence < costs.maxPrintConfidence
          && marks[i].box.height < costs.minWordHeight * height
        {
          result[i] = .punctuation
        }
      }
    }
    return result
  }

  /// Refuses whole words of which most symbols are refused: they are print or letters.
  func refusingWords(_ refused: [Bool]) -> [Bool] {
    var result = refused
    for word in words where word.count >= costs.minRefusedWord {
      if 2 * word.count(where: { refused[$0] }) > word.count { for i in word { result[i] = true } }
    }
    return result
  }
}
