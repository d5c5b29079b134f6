// Random formulas, of the form in which the parser makes them.

import Arithmetic
import Basics

/// Makes random formulas.
struct RandomFormulas {
  var random: Xoshiro256
  /// Whether fractions, mixed numbers and per cent signs occur.
  var hasFractions = true
  /// Whether missing operands occur.
  var hasGaps = false

  init(seed: UInt64) { random = Xoshiro256(seed: seed) }

  mutating func formula(depth: Int = 3) -> Formula {
    var terms: [Formula.Term] = []
    let first = product(depth: depth)
    while terms.count < 3, random.index(below: 3) == 0 {
      terms.append(Formula.Term(random.index(below: 2) == 0 ? .plus : .minus, product(depth: depth)))
    }
    return terms.isEmpty ? first : .sum(first, terms)
  }

  mutating func statement() -> Statement {
    var statement = Statement(formula(depth: 2))
    let relations = Relation.allCases.filter { $0 != .missing }
    for _ in 0..<random.index(below: 3) {
      statement.steps.append(
        Statement.Step(relations[random.index(below: relations.count)], formula(depth: 2)))
    }
    if random.index(below: 4) == 0 { statement.steps.append(Statement.Step(.equal, nil)) }
    return statement
  }

  private mutating func product(depth: Int) -> Formula {
    let first = factor(depth: depth)
    var factors: [Formula.Factor] = []
    var before = first
    while factors.count < 3, random.index(below: 3) == 0 {
      var operation = Formula.Operation.allCases[random.index(below: 6)]
      let next = operation == .implicit && depth > 0 ? group(depth: depth) : factor(depth: depth)
      if operation == .implicit, depth <= 0 { operation = .cross }
      // Round brackets, a slash and round brackets are a fraction.
      if operation == .slash, next.isRoundGroup, before.isNumerator { operation = .colon }
      factors.append(Formula.Factor(operation, next))
      before = next
    }
    return factors.isEmpty ? first : .product(first, factors)
  }

  private mutating func factor(depth: Int) -> Formula {
    var formula = power(depth: depth)
    if hasFractions, random.index(below: 12) == 0 {
      switch formula {
      case .fraction, .mixed: break
      default: formula = .percent(formula)
      }
    }
    return random.index(below: 10) == 0 ? .signed(.minus, formula) : formula
  }

  private mutating func power(depth: Int) -> Formula {
    let base = primary(depth: depth)
    guard depth > 0, random.index(below: 6) == 0 else { return base }
    switch base {
    case .fraction, .mixed: return base
    default:
      let exponent = random.index(below: 3) == 0 ? formula(depth: depth - 2) : number(below: 6)
      return .power(base, exponent)
    }
  }

  private mutating func primary(depth: Int) -> Formula {
    guard depth > 0 else { return random.index(below: 20) == 0 && hasGaps ? .missing : decimal() }
    switch random.index(below: 10) {
    case 0, 1: return group(depth: depth)
    case 2 where hasFractions: return .fraction(formula(depth: depth - 1), formula(depth: depth - 1))
    case 3 where hasFractions: return .mixed(number(below: 20), number(below: 20), number(below: 20))
    default: return random.index(below: 20) == 0 && hasGaps ? .missing : decimal()
    }
  }

  private mutating func group(depth: Int) -> Formula {
    .group(Formula.Bracket.allCases[random.index(below: 3)], formula(depth: depth - 1))
  }

  private mutating func number(below bound: Int) -> Formula {
    .number(NumberLiteral(String(1 + random.index(below: bound))))
  }

  private mutating func decimal() -> Formula {
    let integer = random.index(below: 200)
    if random.index(below: 5) > 0 { return .number(NumberLiteral(String(integer))) }
    return .number(NumberLiteral("\(integer).\(random.index(below: 100))"))
  }
}

extension Formula {
  fileprivate var isRoundGroup: Bool {
    switch self {
    case .group(.round, _), .fraction: true
    default: false
    }
  }

  fileprivate var isNumerator: Bool {
    if case .signed(_, let inner) = self { inner.isRoundGroup } else { isRoundGroup }
  }
}
