// One label for each sign, whatever a data set calls it.

/// One label for each sign, whatever a data set calls it.
///
/// Data sets name a sign by its character, by another character that is written the same, by a LaTeX command or by an
/// English word. After the mapping a sign has the same label in all sets: its ASCII character if it has one, else the
/// Unicode character below. A label that is not in the table stays as it is. So `other`, `arrow` or `\Bumpeq` remain
/// labels that are no class of a model, which means "none of these".
package enum SignNames {
  /// The signs with their other names, which blanks separate.
  ///
  /// A name is another character that is written the same, or a word: a LaTeX command without its backslash, or the name
  /// of a class in sets of images.
  private static let signs: KeyValuePairs = [
    // Arithmetic.
    "+": "plus addition_plus",
    "-": "− – — ‐ ‑ ﹣ minus subtraction_minus textendash textemdash",
    "×": "✕ ⨯ times texttimes multiplication_cross",
    "·": "⋅ ∙ • ‧ cdot cdotp centerdot textperiodcentered bullet dot multiplication_dot",
    "÷": "div textdiv division_obelus",
    "/": "∕ ⁄ slash division_slash",
    "*": "∗ ⁎ ﹡ ast textasteriskcentered",
    "=": "equal equals",
    "±": "pm textpm",
    "∓": "mp",
    "√": "surd sqrt",
    "%": "percent",
    "°": "˚ degree textdegree",
    "∞": "infty",
    // Comparison. Slanted forms are the same sign.
    "<": "lt textless",
    ">": "gt textgreater",
    "≤": "⩽ ≦ le leq leqslant leqq",
    "≥": "⩾ ≧ ge geq geqslant geqq",
    "≠": "ne neq",
    "≈": "approx",
    "≡": "equiv",
    "~": "∼ ˜ sim textasciitilde",
    // Brackets and strokes.
    "|": "∣ ❘ mid vert textbar lvert rvert",
    "‖": "∥ ‗ parallel Vert",
    "\\": "∖ backslash textbackslash setminus",
    "{": "lbrace textbraceleft",
    "}": "rbrace textbraceright",
    "[": "lbrack",
    "]": "rbrack",
    "⟨": "〈 langle",
    "⟩": "〉 rangle",
    // Punctuation and money.
    ".": "ldotp",
    ",": "comma COMMA",
    ":": "∶ colon",
    "…": "⋯ dots ldots cdots",
    "'": "’ ′ ʹ prime textquotesingle",
    "\"": "″ ” textquotedbl",
    "!": "fact",
    "#": "hash",
    "&": "ampersand",
    "_": "textunderscore mathunderscore underscore",
    "$": "dollar textdollar mathdollar",
    "£": "pounds textsterling mathsterling",
    "€": "texteuro euro",
    "✓": "✔ checkmark",
    // Arrows. Long forms are the same sign.
    "→": "⟶ to rightarrow longrightarrow",
    "←": "⟵ gets leftarrow longleftarrow",
    "⇒": "⟹ Rightarrow Longrightarrow",
    // Greek letters and what is written like one.
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "ϵ epsilon varepsilon",
    "θ": "ϑ theta vartheta", "λ": "lambda", "μ": "µ mu", "ξ": "xi", "π": "pi", "σ": "sigma",
    "φ": "ϕ phi varphi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "∆ Delta", "Σ": "∑ Sigma sum",
    "Π": "∏ Pi prod", "Φ": "Phi", "Ψ": "Psi", "Ω": "Ω Omega",
    // Other mathematics.
    "∫": "int", "∂": "partial", "∇": "nabla", "∈": "in", "∀": "forall", "∃": "exists",
    "∅": "emptyset varnothing", "⊂": "subset", "⊆": "subseteq", "∪": "cup", "∩": "cap", "∠": "angle",
    "⊥": "perp", "△": "triangle", "⌊": "lfloor", "□": "square",
  ]

  private static let labels: [String: String] = {
    var labels: [String: String] = [:]
    for (label, names) in signs {
      for name in names.split(separator: " ") { labels[String(name)] = label }
    }
    return labels
  }()

  /// The label of a sign: for a character of the table, or for a LaTeX command with its backslash.
  package static func label(_ label: String) -> String {
    guard let first = label.utf8.first else { return label }
    if first == UInt8(ascii: "\\") {
      let command = String(label.dropFirst())
      return command.utf8.allSatisfy { $0 < 0x80 } ? labels[command] ?? label : label
    }
    // No ASCII character means another sign.
    return first >= 0x80 ? labels[label] ?? label : label
  }

  /// The label of a class of images: as `label`, or for a word of the table.
  ///
  /// Names in words, such as `times`, are understood only in sets of images: in sets of strokes a word is what was
  /// written.
  package static func label(ofClass name: String) -> String { labels[name] ?? label(name) }
}
