// Symbols with boxes as a hand would write them.

import Arithmetic
import Basics
import Foundation
import Ink

/// Sets formulas as symbols with boxes, with the irregularities of handwriting.
///
/// Digits are one unit high; the line's axis is at their middle.
struct Handwriting {
  var random: Xoshiro256
  /// The standard deviation of position and size, in heights of a digit.
  var irregularity = 0.0
  /// The space between the symbols of a number, and around signs.
  var digitGap = 0.15
  var signGap = 0.35

  init(seed: UInt64 = 1, irregularity: Double = 0) {
    random = Xoshiro256(seed: seed)
    self.irregularity = irregularity
  }

  /// Symbols around an axis, beginning at x = 0.
  struct Setting {
    var symbols: [LabelledBox] = []
    var width = 0.0

    var top: Double { symbols.map(\.box.y).min() ?? 0 }
    var bottom: Double { symbols.map(\.box.bottom).max() ?? 0 }

    func moved(x: Double, y: Double, scale: Double = 1) -> Setting {
      Setting(
        symbols: symbols.map { symbol in
          let box = symbol.box.scaled(by: scale)
          return LabelledBox(
            symbol.label, Box(x: box.x + x, y: box.y + y, width: box.width, height: box.height))
        }, width: width * scale)
    }

    mutating func append(_ other: Setting, gap: Double) {
      symbols += other.moved(x: width + (symbols.isEmpty ? 0 : gap), y: 0).symbols
      width += other.width + (symbols.count == other.symbols.count ? 0 : gap)
    }
  }

  // MARK: - Setting

  /// A plain text with fractions, powers and gaps set as they are written.
  mutating func statement(_ text: String) throws -> Setting {
    let statement = try FormulaParser.statement(text)
    var setting = set(statement.first)
    for step in statement.steps {
      setting.append(symbol(String(step.relation.rawValue)), gap: signGap)
      if let side = step.side { setting.append(set(side), gap: signGap) }
    }
    return setting
  }

  mutating func set(_ formula: Formula) -> Setting {
    switch formula {
    case .number(let literal): return line(literal.text)
    case .missing: return symbol("_")
    case .group(let bracket, let inner):
      return row([symbol(String(bracket.opening)), set(inner), symbol(String(bracket.closing))], gap: 0.2)
    case .signed(let sign, let inner): return row([symbol(String(sign.rawValue)), set(inner)], gap: 0.2)
    case .sum(let first, let terms):
      return row(
        [set(first)] + terms.flatMap { [symbol(String($0.sign.rawValue)), set($0.formula)] }, gap: signGap)
    case .product(let first, let factors):
      var setting = set(first)
      for factor in factors {
        if let sign = factor.operation.sign { setting.append(symbol(String(sign)), gap: signGap) }
        setting.append(set(factor.formula), gap: factor.operation == .implicit ? 0.2 : signGap)
      }
      return setting
    case .power(let base, let exponent):
      var setting = set(base)
      let small = set(exponent).moved(x: 0, y: 0, scale: 0.6)
      // The exponent's bottom is a little above the middle of the base.
      let height = -0.1 - max(small.bottom, 0.3)
      setting.append(Setting(symbols: small.moved(x: 0, y: height).symbols, width: small.width), gap: 0.12)
      return setting
    case .fraction(let numerator, let denominator): return fraction(numerator, denominator)
    case .mixed(let whole, let numerator, let denominator):
      return row([set(whole), fraction(numerator, denominator)], gap: 0.25)
    case .percent(let inner): return row([set(inner), symbol("%")], gap: 0.2)
    case .remainder(let quotient, let remainder):
      return row([set(quotient), symbol("R"), set(remainder)], gap: signGap)
    }
  }

  private mutating func fraction(_ numerator: Formula, _ denominator: Formula) -> Setting {
    let (top, bottom) = (set(numerator), set(denominator))
    let width = max(top.width, bottom.width) + 0.4
    var setting = Setting()
    setting.symbols = [LabelledBox("-", Box(x: 0, y: -0.03, width: width, height: 0.06))]
    setting.symbols += top.moved(x: (width - top.width) / 2, y: -0.3 - top.bottom).symbols
    setting.symbols += bottom.moved(x: (width - bottom.width) / 2, y: 0.3 - bottom.top).symbols
    setting.width = width
    return setting
  }

  mutating func row(_ parts: [Setting], gap: Double) -> Setting {
    parts.reduce(into: Setting()) { $0.append($1, gap: gap) }
  }

  /// Symbols one beside another, as in a number; a blank is a wide space.
  mutating func line(_ text: String) -> Setting {
    var setting = Setting()
    for sign in text {
      if sign == " " { setting.width += 1.2 } else { setting.append(symbol(String(sign)), gap: digitGap) }
    }
    return setting
  }

  mutating func symbol(_ label: String) -> Setting {
    let (width, top, height): (Double, Double, Double) =
      switch label {
      case "1": (0.2, -0.5, 1)
      case "-": (0.6, -0.03, 0.06)
      case "_": (0.8, 0.45, 0.06)
      case "=", "≠": (0.6, -0.15, 0.3)
      case "+", "×", "÷", "±", "<", ">", "≤", "≥": (0.55, -0.3, 0.6)
      case ".": (0.1, 0.4, 0.1)
      case ",": (0.12, 0.38, 0.3)
      case "·": (0.1, -0.05, 0.1)
      case ":": (0.12, -0.25, 0.5)
      case "(", ")", "[", "]", "{", "}": (0.3, -0.65, 1.3)
      case "□": (1, -0.6, 1.2)
      case "/": (0.5, -0.6, 1.2)
      default: (0.55, -0.5, 1)
      }
    return Setting(
      symbols: [LabelledBox(label, Box(x: 0, y: top, width: width, height: height))], width: width)
  }

  /// A calculation in columns: rows with their operations, and the result; the rows are aligned on the right.
  mutating func column(_ rows: [String], result: String?) -> Setting {
    let lines = rows.map { line($0.filter { $0.isNumber || $0 == "." || $0 == "," }) }
    let width = max(lines.map(\.width).max() ?? 0, line(result ?? "").width) + 1
    var setting = Setting(symbols: [], width: width)
    for (number, (text, row)) in zip(rows, lines).enumerated() {
      let y = 1.35 * Double(number)
      setting.symbols += row.moved(x: width - row.width, y: y).symbols
      if let sign = text.first, !sign.isNumber {
        setting.symbols += symbol(String(sign)).moved(x: 0, y: y).symbols
      }
    }
    let rule = 1.35 * Double(rows.count) - 0.6
    setting.symbols.append(LabelledBox("-", Box(x: -0.1, y: rule, width: width + 0.2, height: 0.06)))
    if let result {
      let row = line(result)
      setting.symbols += row.moved(x: width - row.width, y: rule + 0.75).symbols
    }
    return setting
  }

  // MARK: - On the page

  /// The symbols on a page: enlarged to digits of a size, irregular, and slanted; lines go down to the right for positive
  /// angles.
  mutating func written(
    _ setting: Setting, x: Double = 0, y: Double = 0, size: Double = 40, degrees: Double = 0
  )
    -> [LabelledBox]
  {
    let angle = degrees * Double.pi / 180
    return setting.symbols.map { symbol in
      var box = symbol.box
      if irregularity > 0 {
        let factor = 1 + irregularity * random.normal()
        // Small digits are not placed less exactly, in proportion to their size.
        let shift = irregularity * min(1, max(0.5, max(box.width, box.height)))
        let height = box.height * max(0.5, factor)
        let width = box.width * max(0.5, factor)
        box = Box(
          x: box.x + (box.width - width) / 2 + 0.5 * shift * random.normal(),
          y: box.y + (box.height - height) / 2 + shift * random.normal(), width: width, height: height)
      }
      let (centerX, centerY) = (box.x + box.width / 2, box.y + box.height / 2)
      let turnedX = centerX * cos(angle) - centerY * sin(angle)
      let turnedY = centerX * sin(angle) + centerY * cos(angle)
      var (width, height) = (box.width, box.height)
      // Upright symbols stay about as they are; flat ones get higher.
      if ["-", "=", "_"].contains(symbol.label) {
        (width, height) = (width * cos(angle), height + width * abs(sin(angle)))
      }
      return LabelledBox(
        symbol.label,
        Box(
          x: x + (turnedX - width / 2) * size, y: y + (turnedY - height / 2) * size, width: width * size,
          height: height * size))
    }
  }
}

extension Array {
  /// The elements in random order.
  func shuffled(_ random: inout Xoshiro256) -> [Element] { shuffled(using: &random) }
}
