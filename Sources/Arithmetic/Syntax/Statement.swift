// An equation, a comparison, or a solution in steps.

/// A relation between two sides.
public enum Relation: Character, Sendable, Hashable, CaseIterable {
  /// Equal.
  case equal = "="
  /// Less.
  case less = "<"
  /// Greater.
  case greater = ">"
  /// Less or equal.
  case lessOrEqual = "≤"
  /// Greater or equal.
  case greaterOrEqual = "≥"
  /// Not equal.
  case notEqual = "≠"
  /// A sign that is to be written in.
  case missing = "_"
}

/// Formulas joined by relations: an equation, a comparison, or a solution in steps such as 2 + 3 × 4 = 2 + 12 = 14.
public struct Statement: Sendable, Hashable {
  /// A relation and the side that follows it.
  public struct Step: Sendable, Hashable {
    /// The relation to the side before.
    public let relation: Relation
    /// The side; nil where nothing is written yet, in the last step only.
    public let side: Formula?

    /// Creates a step.
    ///
    /// - Parameters:
    ///   - relation: the relation to the side before.
    ///   - side: the side; nil where nothing is written yet.
    public init(_ relation: Relation, _ side: Formula?) {
      self.relation = relation
      self.side = side
    }
  }

  /// The first side.
  public var first: Formula
  /// The steps from it; empty for a formula alone.
  public var steps: [Step]

  /// Creates a statement.
  ///
  /// - Parameters:
  ///   - first: the first side.
  ///   - steps: the steps from it.
  public init(_ first: Formula, _ steps: [Step] = []) {
    self.first = first
    self.steps = steps
  }

  /// All sides that are written.
  public var sides: [Formula] { [first] + steps.compactMap(\.side) }
}
