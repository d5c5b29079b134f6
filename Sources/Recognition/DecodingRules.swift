// The rules of a reading mode as a value.

package import Preprocessing

/// The rules of a reading mode: what the decoder may answer, and how the symbols of a page affect each other.
package struct DecodingRules: Sendable {
  /// The labels that may be answered, and whether an output of the networks means "none of them".
  package let classes: Classes
  /// The label of a single stroke: parts of many other symbols are read as it.
  package let strokeLabel: String
  /// Whether confident symbols make it more likely that their neighbours are symbols of this mode.
  ///
  /// False for models without a background class: they are as confident of parts as of symbols.
  package let usesNeighbours: Bool
  /// Whether the size of a symbol in its line tells what it is.
  package let readsSizes: Bool
  /// Whether it is of use how clearly ink is divided into symbols: a verdict on an exercise rests on it.
  let weighsDivisions: Bool
  /// How often each label is written where several stand on a page, in the order of the labels; nil where all are alike.
  let frequencies: [Double]?
  /// Which labels are dots, or have some: they do not touch another symbol, so that ink which was cut off is none of them.
  let haveDots: [Bool]
  /// The costs and thresholds.
  package let costs: DecodingCosts

  /// The rules of a mode: its symbols one beside another in any order.
  package init(_ mode: ReadingMode, _ classes: Classes) {
    self.classes = classes
    strokeLabel = "1"
    usesNeighbours = classes.hasBackground
    readsSizes = mode != .digits
    weighsDivisions = mode == .sums
    haveDots = classes.labels.map { mode == .sums && ":.,·÷%".contains($0) }
    frequencies = mode == .sums ? classes.labels.map(SignFrequencies.frequency) : nil
    costs =
      switch mode {
      case .digits: .digits
      case .sums: .sums
      case .text: .text
      }
  }
}

/// How often the signs of sums are written: a bracket or a slash is much rarer than the 1 that it looks like, and a
/// comparison rarer than the 7.
///
/// Round numbers, of which only the order of magnitude counts.
enum SignFrequencies {
  /// How often something else is written.
  static let none = 0.3

  static func frequency(_ label: String) -> Double {
    switch label {
    case "+", "-", "=": 1
    case "×", ":": 0.5
    case "·", "÷", ".", ",": 0.3
    case "(", ")", "R": 0.15
    case "<", ">": 0.1
    case "/": 0.03
    case "±", "≤", "≥", "≠", "%", "[", "]", "{", "}": 0.02
    default: 1
    }
  }
}
