// One label for each sign, whatever a data set calls it.

/// One label for each sign, whatever a data set calls it.
///
/// Data sets name a sign by its character, by another character that is written the same, by a LaTeX command or by an
/// English word. After the mapping a sign has the same label in all sets: its ASCII character if it has one, else the
/// Unicode character below. A label that is not in the table stays as it is. So `other`, `arrow` or `\Bumpeq` remain
/// labels that are no class of a model, which means "none of these".
package enum SignNames {
  /// A sign and its names.
  private struct Sign {
    let label: String
    /// Other characters that are written the same.
    var characters = ""
    /// Words: LaTeX commands without the backslash, and names of classes in sets of images.
    var words = ""
  }

  /// The table; blanks separate the names.
  private static let signs = [
    // Arithmetic.
    Sign(label: "+", words: "plus addition_plus"),
    Sign(label: "-", characters: "− – — ‐ ‑ ﹣", words: "minus subtraction_minus textendash textemdash"),
    Sign(label: "×", characters: "✕ ⨯", words: "times texttimes multiplication_cross"),
    Sign(
      label: "·", characters: "⋅ ∙ • ‧",
      words: "cdot cdotp centerdot textperiodcentered bullet dot multiplication_dot"),
    Sign(label: "÷", words: "div textdiv division_obelus"),
    Sign(label: "/", characters: "∕ ⁄", words: "slash division_slash"),
    Sign(label: "*", characters: "∗ ⁎ ﹡", words: "ast textasteriskcentered"),
    Sign(label: "=", words: "equal equals"),
    Sign(label: "±", words: "pm textpm"),
    Sign(label: "∓", words: "mp"),
    Sign(label: "√", words: "surd sqrt"),
    Sign(label: "%", words: "percent"),
    Sign(label: "°", characters: "˚", words: "degree textdegree"),
    Sign(label: "∞", words: "infty"),
    // Comparison. Slanted forms are the same sign.
    Sign(label: "<", words: "lt textless"),
    Sign(label: ">", words: "gt textgreater"),
    Sign(label: "≤", characters: "⩽ ≦", words: "le leq leqslant leqq"),
    Sign(label: "≥", characters: "⩾ ≧", words: "ge geq geqslant geqq"),
    Sign(label: "≠", words: "ne neq"),
    Sign(label: "≈", words: "approx"),
    Sign(label: "≡", words: "equiv"),
    Sign(label: "~", characters: "∼ ˜", words: "sim textasciitilde"),
    // Brackets and strokes.
    Sign(label: "|", characters: "∣ ❘", words: "mid vert textbar lvert rvert"),
    Sign(label: "‖", characters: "∥ ‗", words: "parallel Vert"),
    Sign(label: "\\", characters: "∖", words: "backslash textbackslash setminus"),
    Sign(label: "{", words: "lbrace textbraceleft"),
    Sign(label: "}", words: "rbrace textbraceright"),
    Sign(label: "[", words: "lbrack"),
    Sign(label: "]", words: "rbrack"),
    Sign(label: "⟨", characters: "〈", words: "langle"),
    Sign(label: "⟩", characters: "〉", words: "rangle"),
    // Punctuation and money.
    Sign(label: ".", words: "ldotp"),
    Sign(label: ",", words: "comma COMMA"),
    Sign(label: ":", characters: "∶", words: "colon"),
    Sign(label: "…", characters: "⋯", words: "dots ldots cdots"),
    Sign(label: "'", characters: "’ ′ ʹ", words: "prime textquotesingle"),
    Sign(label: "\"", characters: "″ ”", words: "textquotedbl"),
    Sign(label: "!", words: "fact"),
    Sign(label: "#", words: "hash"),
    Sign(label: "&", words: "ampersand"),
    Sign(label: "_", words: "textunderscore mathunderscore underscore"),
    Sign(label: "$", words: "dollar textdollar mathdollar"),
    Sign(label: "£", words: "pounds textsterling mathsterling"),
    Sign(label: "€", words: "texteuro euro"),
    Sign(label: "✓", characters: "✔", words: "checkmark"),
    // Arrows. Long forms are the same sign.
    Sign(label: "→", characters: "⟶", words: "to rightarrow longrightarrow"),
    Sign(label: "←", characters: "⟵", words: "gets leftarrow longleftarrow"),
    Sign(label: "⇒", characters: "⟹", words: "Rightarrow Longrightarrow"),
    // Greek letters and what is written like one.
    Sign(label: "α", words: "alpha"), Sign(label: "β", words: "beta"), Sign(label: "γ", words: "gamma"),
    Sign(label: "δ", words: "delta"), Sign(label: "ε", characters: "ϵ", words: "epsilon varepsilon"),
    Sign(label: "θ", characters: "ϑ", words: "theta vartheta"), Sign(label: "λ", words: "lambda"),
    Sign(label: "μ", characters: "µ", words: "mu"), Sign(label: "ξ", words: "xi"),
    Sign(label: "π", words: "pi"),
    Sign(label: "σ", words: "sigma"), Sign(label: "φ", characters: "ϕ", words: "phi varphi"),
    Sign(label: "ψ", words: "psi"), Sign(label: "ω", words: "omega"), Sign(label: "Γ", words: "Gamma"),
    Sign(label: "Δ", characters: "∆", words: "Delta"), Sign(label: "Σ", characters: "∑", words: "Sigma sum"),
    Sign(label: "Π", characters: "∏", words: "Pi prod"), Sign(label: "Φ", words: "Phi"),
    Sign(label: "Ψ", words: "Psi"), Sign(label: "Ω", characters: "Ω", words: "Omega"),
    // Other mathematics.
    Sign(label: "∫", words: "int"), Sign(label: "∂", words: "partial"), Sign(label: "∇", words: "nabla"),
    Sign(label: "∈", words: "in"), Sign(label: "∀", words: "forall"), Sign(label: "∃", words: "exists"),
    Sign(label: "∅", words: "emptyset varnothing"), Sign(label: "⊂", words: "subset"),
    Sign(label: "⊆", words: "subseteq"), Sign(label: "∪", words: "cup"), Sign(label: "∩", words: "cap"),
    Sign(label: "∠", words: "angle"), Sign(label: "⊥", words: "perp"), Sign(label: "△", words: "triangle"),
    Sign(label: "⌊", words: "lfloor"), Sign(label: "□", words: "square"),
  ]

  private static let byCharacter = table(\.characters)
  private static let byWord = table(\.words)

  private static func table(_ names: (Sign) -> String) -> [String: String] {
    var table: [String: String] = [:]
    for sign in signs {
      for name in names(sign).split(separator: " ") { table[String(name)] = sign.label }
    }
    return table
  }

  /// The label of a sign: for a character of the table, or for a LaTeX command with its backslash.
  package static func label(_ label: String) -> String {
    if label.utf8.first == UInt8(ascii: "\\"), label.utf8.count > 1 {
      return byWord[String(label.dropFirst())] ?? label
    }
    // No ASCII character means another sign.
    guard let first = label.utf8.first, first >= 0x80 else { return label }
    return byCharacter[label] ?? label
  }

  /// The label of a class of images: as `label`, or for a word of the table.
  ///
  /// Names in words, such as `times`, are understood only in sets of images: in sets of strokes a word is what was
  /// written.
  package static func label(ofClass name: String) -> String { byWord[name] ?? label(name) }
}
