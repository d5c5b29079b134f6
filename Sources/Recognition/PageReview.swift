// Which symbols of a scan or photo are no part of its numbers: words, print, crosses and commas beside them.

package import Ink
package import Preprocessing

/// Reviews the symbols of a page as words, before single symbols are refused.
///
/// On paper much stands beside a number that is none. A word that the networks take for no digits is set aside where
/// another word of the page is a number, and a mostly refused word is refused as a whole.
package struct PageReview {
  /// A symbol with its place in the page.
  package struct Mark {
    package var box: Box
    package var line: Int
    package var confidence: Double
    package var isStroke: Bool
    /// The logarithm of how much more probable it is as a letter than as a digit.
    package var letterEvidence: Double

    package init(
      box: Box, line: Int, confidence: Double, isStroke: Bool, letterEvidence: Double = 0
    ) {
      self.box = box
      self.line = line
      self.confidence = confidence
      self.isStroke = isStroke
      self.letterEvidence = letterEvidence
    }
  }

  /// Neighbours in a line, as indices of the marks.
  private let words: [[Int]]
  private let marks: [Mark]
  private let costs: DecodingCosts

  /// Divides the symbols of a page into words.
  ///
  /// - Parameters:
  ///   - marks: the symbols, line by line from left to right.
  ///   - wholes: what was cut into symbols. A letter may be cut into two digits, as A and n into ones; then its parts share
  ///     its evidence.
  ///   - costs: the thresholds.
  package init(_ marks: [Mark], cutFrom wholes: [Mark] = [], costs: DecodingCosts) {
    let marks = Self.sharing(wholes, among: marks)
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

  /// The symbols, of which those that were cut from one mark share its evidence where that is more.
  private static func sharing(_ wholes: [Mark], among marks: [Mark]) -> [Mark] {
    var result = marks
    for whole in wholes {
      let parts = marks.indices.filter {
        let middle = marks[$0].box.x + marks[$0].box.width / 2
        return marks[$0].line == whole.line && middle >= whole.box.x && middle <= whole.box.right
      }
      let sum = parts.reduce(0) { $0 + marks[$1].letterEvidence }
      guard parts.count > 1, whole.letterEvidence > sum else { continue }
      for part in parts { result[part].letterEvidence = whole.letterEvidence / Double(parts.count) }
    }
    return result
  }

  private func confidence(of word: [Int]) -> Double {
    word.reduce(0) { $0 + marks[$1].confidence } / Double(max(word.count, 1))
  }

  private func height(of word: [Int]) -> Double { word.map { marks[$0].box.height }.max() ?? 0 }

  /// The symbols of words made of letters.
  ///
  /// In print some words look like numbers, as "is" and "oil" do. So three steps follow each other: a word is judged alone,
  /// then with its row, then with all words of the page that are no higher than those of letters. In the last step a word
  /// stays if each of its symbols looks like a digit, unless most words of the page are letters.
  package var letters: Set<Int> {
    var areLetters = words.map { word in
      word.count > 1 && letterEvidence(of: word) > costs.minLetterEvidence
    }
    for row in rows where row.count >= costs.minWordsOfRow {
      let evidence = row.reduce(0) { $0 + letterEvidence(of: words[$1]) }
      if evidence > costs.minLetterEvidence { for word in row { areLetters[word] = true } }
    }
    let letters = words.indices.filter { areLetters[$0] }
    // One short word may be a number that is hard to read.
    guard letters.reduce(0, { $0 + letterEvidence(of: words[$1]) }) > costs.minLetterEvidenceOfPage else {
      return []
    }
    let heights = letters.map { height(of: words[$0]) }.sorted()
    let print = words.indices.filter {
      height(of: words[$0]) <= costs.maxPrintHeight * heights[heights.count / 2]
    }
    let evidence = print.reduce(0) { $0 + letterEvidence(of: words[$1]) }
    let areMost = 2 * heights.count >= words.count { $0.count > 1 }
    if evidence > costs.minLetterEvidenceOfPage {
      for word in print where areMost || words[word].contains(where: { marks[$0].letterEvidence > 0 }) {
        areLetters[word] = true
      }
      // Bars alone are l and I, or what is left of frames.
      let rest = print.filter { !areLetters[$0] }
      if rest.allSatisfy({ words[$0].allSatisfy { marks[$0].isStroke } }) {
        for word in rest { areLetters[word] = true }
      }
    }
    return symbols(of: areLetters)
  }

  private func symbols(of isWanted: [Bool]) -> Set<Int> { Set(zip(words, isWanted).filter(\.1).flatMap(\.0)) }

  /// Rows of words of about one height, with gaps as print has them, as indices of the words.
  private var rows: [[Int]] {
    var rows: [[Int]] = []
    for word in words.indices {
      if let last = rows.last?.last, let left = words[last].last, let right = words[word].first,
        marks[left].line == marks[right].line
      {
        let (height, other) = (height(of: words[word]), self.height(of: words[last]))
        if marks[right].box.x - marks[left].box.right <= costs.rowGap * max(height, other),
          max(height, other) <= costs.maxHeightRatio * min(height, other)
        {
          rows[rows.count - 1].append(word)
          continue
        }
      }
      rows.append([word])
    }
    return rows
  }

  private func letterEvidence(of word: [Int]) -> Double { word.reduce(0) { $0 + marks[$1].letterEvidence } }

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
