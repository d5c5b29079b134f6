// A checked page as JSON, CSV and lines of text.

import Arithmetic
package import Basics
import Ink
import Recognition

/// The checked exercises of a page.
package struct CheckedPage: Sendable {
  /// The page's file, as it was given.
  package let file: String
  /// The exercises in reading order.
  package let exercises: [CheckedExercise]

  /// Makes a page.
  package init(file: String, exercises: [CheckedExercise]) {
    self.file = file
    self.exercises = exercises
  }

  /// The number of exercises with a kind of verdict.
  package func count(_ kind: VerdictKind) -> Int { exercises.count { $0.verdict.kind == kind } }

  /// The page as an object.
  package var json: JSON {
    .object([("file", .string(file.onOneLine)), ("items", .array(exercises.map(\.json)))])
  }

  /// One line for each exercise: file, number, text, verdict, expected answer and confidence, with tabs between them.
  package var lines: [String] {
    exercises.enumerated().map { index, exercise in
      [
        file.onOneLine, "\(index + 1)", exercise.text, exercise.verdict.kind.rawValue,
        exercise.expected ?? "",
        NumberText.fixed(exercise.confidence, 4),
      ].joined(separator: "\t")
    }
  }

  /// The header of the table.
  package static let tableHeader =
    "page,item,x,y,width,height,text,latex,verdict,expected,confidence,reason,doubted,candidates,key,key_verdict"

  /// The exercises as lines of a table (RFC 4180).
  package var tableLines: [String] {
    exercises.enumerated().map { index, exercise in
      let box = exercise.box
      let numbers = [box.x, box.y, box.width, box.height].map {
        NumberText.fixed($0, 1).replacing("−", with: "-")
      }
      let doubted = exercise.doubtedSymbols.map { String($0.index) }.joined(separator: " ")
      let candidates = exercise.doubtedSymbols.map { symbol in
        symbol.candidates.map { "\($0.label) \(NumberText.fixed($0.probability, 3))" }.joined(separator: " ")
      }.joined(separator: "; ")
      let fields =
        [file.onOneLine, "\(index + 1)"] + numbers + [
          exercise.text, exercise.latex, exercise.verdict.kind.rawValue, exercise.expected ?? "",
          NumberText.fixed(exercise.confidence, 4), exercise.reason ?? "", doubted, candidates,
          exercise.keyed?.answer ?? "", exercise.keyed?.verdict.kind.rawValue ?? "",
        ]
      return CSV.line(fields)
    }
  }
}

extension CheckedExercise {
  /// The exercise as an object.
  package var json: JSON {
    let step: Int? = if case .wrong(_, let step) = verdict, step > 1 { step } else { nil }
    let reduced: Rational? = if case .right(.reducible(let value)) = verdict { value } else { nil }
    let members: [(String, JSON?)] = [
      ("text", .string(text)), ("verdict", .string(verdict.kind.rawValue)),
      ("expected", expected.map(JSON.string) ?? .null), ("confidence", .number(confidence)),
      ("box", box.json), ("latex", .string(latex)), ("first_wrong_step", step.map(JSON.integer)),
      ("reducible_to", reduced.map { .string(Formula($0).description) }),
      ("reason", reason.map(JSON.string)),
      ("doubted", doubtedSymbols.isEmpty ? nil : .array(doubtedSymbols.map(\.json))),
      ("key", keyed.map(\.json)),
    ]
    return .object(members.compactMap { name, value in value.map { (name, $0) } })
  }
}

extension KeyedVerdict {
  fileprivate var json: JSON {
    .object([("answer", .string(answer)), ("verdict", .string(verdict.kind.rawValue))])
  }
}

extension DoubtedSymbol {
  fileprivate var json: JSON {
    let candidates = candidates.map { candidate -> JSON in
      .object([("label", .string(candidate.label)), ("probability", .number(candidate.probability))])
    }
    return .object([
      ("symbol", .integer(index)), ("box", box.json), ("candidates", .array(candidates)),
    ])
  }
}

extension Box {
  /// The box as an object.
  fileprivate var json: JSON {
    .object([
      ("x", .number(x)), ("y", .number(y)), ("width", .number(width)), ("height", .number(height)),
    ])
  }
}
