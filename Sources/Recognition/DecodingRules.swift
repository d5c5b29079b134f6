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
  /// The costs and thresholds.
  package let costs: DecodingCosts

  /// The rules of a mode: its symbols one beside another in any order.
  package init(_ mode: ReadingMode, _ classes: Classes) {
    self.classes = classes
    strokeLabel = "1"
    usesNeighbours = classes.hasBackground
    readsSizes = mode != .digits
    costs = .standard
  }
}
