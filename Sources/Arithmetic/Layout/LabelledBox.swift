// What the layout works from: symbols with boxes.

public import Ink

/// A symbol that has been recognised: its label and its box.
///
/// Labels are the digits, + - ± × · ÷ : / = < > ≤ ≥ ≠ ( ) [ ] { } . , % and R; □ for the empty box of a missing operand
/// and _ for an underline. Letters are set aside, and any other label is a sign that cannot be read. Two strokes may be
/// given alone: two "-", one above the other, become "=", two "." a colon, and so on.
public struct LabelledBox: Sendable, Hashable {
  /// The label.
  public let label: String
  /// The box, y downwards.
  public let box: Box

  /// Creates a symbol.
  ///
  /// - Parameters:
  ///   - label: the label.
  ///   - box: the box.
  public init(_ label: String, _ box: Box) {
    self.label = label
    self.box = box
  }
}
