// An exercise on a page.

public import Ink

/// An exercise on a page: its signs in reading order.
public struct ExerciseItem: Sendable, Hashable {
  /// The signs of the whole exercise.
  public let tokens: [Token]
  /// The signs of the question: with an underline "_" in the place of the answer, or up to the first equals sign.
  public let question: [Token]
  /// The signs of the answer; empty if there is none.
  public let answer: [Token]
  /// The box around its symbols.
  public let box: Box
  /// The indices of all its symbols in ascending order, those of numbering and words excepted.
  public let symbols: [Int]

  /// The exercise as plain text.
  public var text: String { tokens.text }
}
