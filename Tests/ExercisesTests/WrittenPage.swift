// Readings of pages with one exercise on each line.

import Basics
import Ink
import Recognition

/// Symbols as a recognizer would give them, one exercise on each line.
struct WrittenPage {
  /// The box of each symbol.
  var boxes: [Box] = []
  /// The candidates of each symbol.
  var candidates: [[Candidate]] = []
  /// The probability that each symbol is none of the labels.
  var background: [Double] = []

  /// How much less probable another division of the ink is, for each symbol.
  var divisionLeads: [Double] = []

  /// Sets texts with certain symbols.
  init(_ texts: [String]) {
    for (row, text) in texts.enumerated() {
      var x = 100.0
      for sign in text {
        boxes.append(Self.box(of: sign, x: x, y: 100 + Double(row) * 120))
        candidates.append([
          Candidate(label: String(sign), probability: 0.999), Candidate(label: "8", probability: 0.001),
        ])
        background.append(0.0001)
        divisionLeads.append(.infinity)
        x = boxes[boxes.count - 1].right + 10
      }
    }
  }

  private static func box(of sign: Character, x: Double, y: Double) -> Box {
    switch sign {
    case "-", "_": Box(x: x, y: y + 22, width: 28, height: 4)
    case "=": Box(x: x, y: y + 16, width: 28, height: 16)
    case ".": Box(x: x, y: y + 44, width: 5, height: 5)
    case ",": Box(x: x, y: y + 42, width: 6, height: 14)
    case "·": Box(x: x, y: y + 22, width: 5, height: 5)
    case ":": Box(x: x, y: y + 14, width: 6, height: 24)
    case "+", "×", "<", ">": Box(x: x, y: y + 12, width: 26, height: 26)
    default: Box(x: x, y: y, width: 28, height: 50)
    }
  }

  /// The reading.
  var reading: Reading {
    Reading(
      symbols: boxes.indices.map {
        Symbol(
          box: boxes[$0], candidates: candidates[$0], background: background[$0], refused: false, input: [],
          divisionLead: divisionLeads[$0])
      })
  }

  /// Two different digits with random probabilities.
  static func doubted(_ random: inout Xoshiro256) -> [Candidate] {
    let first = random.index(below: 10)
    let second = (first + 1 + random.index(below: 9)) % 10
    let probability = random.uniform(in: 0.5..<1)
    return [
      Candidate(label: String(first), probability: probability),
      Candidate(label: String(second), probability: 1 - probability),
    ]
  }
}
