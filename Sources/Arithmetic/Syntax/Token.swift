// Signs in reading order: what the layout makes and the parser reads.

/// A sign in reading order, with the symbols that it was read from.
public struct Token: Sendable, Hashable {
  /// The sign, for example "7" or "≤"; "?" for a symbol that is not part of arithmetic.
  public let sign: Character
  /// The indices of the symbols that make it up; empty for a sign that stands for a layout, such as the brackets of a
  /// fraction.
  public let symbols: [Int]

  /// Creates a token.
  ///
  /// - Parameters:
  ///   - sign: the sign.
  ///   - symbols: the indices of the symbols that make it up.
  public init(_ sign: Character, symbols: [Int] = []) {
    self.sign = sign
    self.symbols = symbols
  }

  /// The tokens of a plain text without its blanks; the symbol of each is its position.
  ///
  /// - Parameter text: the text.
  /// - Returns: its tokens.
  public static func tokens(of text: String) -> [Token] {
    text.filter { !$0.isWhitespace }.enumerated().map { Token($1 == "−" ? "-" : $1, symbols: [$0]) }
  }
}

extension Sequence<Token> {
  /// The tokens as plain text.
  public var text: String { String(map(\.sign)) }
}
