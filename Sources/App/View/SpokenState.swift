// What a screen reader says: the focused control, the open overlay, messages, and the reading, as lines of text.

import Basics
import Exercises
import Ink
import Recognition

/// The parts of a window's state that are said, each in one sentence.
package struct SpokenState: Sendable, Equatable {
  /// A part with its text; it is said again when the text changes.
  private struct Part: Equatable {
    let name: String
    let text: String
  }

  private let parts: [Part]

  /// Describes a state.
  package init(of state: WindowState) {
    let words = Words(state: state)
    parts = [
      ("message", (state.message ?? state.lastingProblem).map(words.message)), ("overlay", words.overlay),
      ("focus", words.focus),
      ("mode", words.description(of: Control.allCases.first { $0.mode == state.mode })),
      ("model", words.description(of: .model)), ("live", words.description(of: .live)),
      ("frame", words.description(of: .frame)), ("eraser", words.description(of: .eraser)),
      ("pen", words.description(of: .pen)),
      ("all", words.description(of: .askAll)), ("look", words.description(of: .look)),
      ("reading", words.reading),
    ].map { name, text in Part(name: name, text: text ?? "") }
  }

  /// The lines to say when this state follows another; of the first state, where the user is and what was read.
  package func lines(after other: SpokenState?) -> [String] {
    var lines: [String] = []
    for part in parts where !part.text.isEmpty {
      guard let other else {
        if ["message", "mode", "focus", "reading"].contains(part.name) { lines.append(part.text) }
        continue
      }
      if !other.parts.contains(part), !lines.contains(part.text) { lines.append(part.text) }
    }
    return lines
  }
}

/// The words for the parts of a state.
private struct Words {
  let state: WindowState

  private func localized(_ text: String) -> String { state.language.text(text) }
  private func joined(_ words: [String]) -> String { words.filter { !$0.isEmpty }.joined(separator: ", ") }

  func message(_ message: Message) -> String { message.text + (message.path.map { " \($0)" } ?? "") }

  /// Name, role and state of the control that the keyboard presses, or of the page.
  var focus: String {
    if let control = state.focus.focused { return description(of: control) }
    return joined([localized("Page"), localized(state.page.isEmpty ? "empty" : "with writing")])
  }

  /// The name, the role and the state of a control.
  func description(of control: Control?) -> String {
    guard let control else { return "" }
    // The tooltip names the control; the keys behind the name are in the help.
    let tooltip = localized(control.tooltip)
    let name = String(tooltip.prefix { $0 != "(" }).trimmingBlanks
    let isAvailable = state.isEnabled(control) ? "" : localized("unavailable")
    switch control {
    case .live: return joined([name, localized("switch"), onOff(state.isLive)])
    case .frame: return joined([name, localized("switch"), onOff(state.isMarkingFrame), isAvailable])
    case .eraser: return joined([name, localized("switch"), onOff(state.pen.isErasing)])
    case .askAll: return joined([name, localized("switch"), onOff(state.models.asksAll), isAvailable])
    case .look: return joined([name, localized("switch"), onOff(state.inspection.isShown)])
    case .pen:
      let percent = Int(clamping: (PenScale.position(of: state.pen.width) * 100).rounded())
      return joined([name, localized("slider"), "\(percent) %"])
    case .digits, .sums, .text:
      return joined([name, localized("choice"), control.mode == state.mode ? localized("chosen") : ""])
    case .model: return joined([name, localized("button"), state.model?.name ?? localized("no model")])
    default: return joined([name, localized("button"), isAvailable])
    }
  }

  private func onOff(_ isOn: Bool) -> String { localized(isOn ? "on" : "off") }

  private func place(_ index: Int, _ count: Int) -> String {
    state.language.text("%1 of %2", "\(index + 1)", "\(count)")
  }

  /// What the open overlay has reached.
  var overlay: String {
    switch state.overlay {
    case nil: return ""
    case .keys:
      return KeyBinding.all.map { "\(localized($0.keys)): \(localized($0.meaning))" }.joined(separator: "; ")
    case .models(let row):
      let entries = state.models.entries
      guard entries.indices.contains(row) else { return "" }
      let answer = entries[row].answer.flatMap { $0.revision == state.revision ? $0 : nil }
      let reading = answer.map { "\($0.text), \(ReadingCertainty(reading: $0.reading).percent)" } ?? ""
      return joined([entries[row].name, place(row, entries.count), reading])
    case .choices(let choice):
      guard choice.candidates.indices.contains(choice.row) else { return "" }
      let candidate = choice.candidates[choice.row]
      return joined([
        candidate.label, ProbabilityText.percent(candidate.probability),
        place(choice.row, choice.candidates.count),
      ])
    case .saveAs(let field): return joined([localized("Save as"), localized("text field"), field.text])
    case .open(let choice):
      let matching = choice.matching
      guard let chosen = choice.chosen, matching.indices.contains(chosen) else {
        return joined([localized("Open"), localized("text field"), choice.field.text])
      }
      let entry = matching[chosen]
      let name = entry.isParent ? localized("../  the folder above") : entry.name
      return joined([
        name, entry.isFolder ? localized("folder") : localized("file"), place(chosen, matching.count),
      ])
    }
  }

  /// The reading of the present page, when the pen is lifted.
  var reading: String {
    guard !state.hasGesture, let reading = state.currentReading else { return "" }
    if reading.symbols.isEmpty { return localized(WindowText.nothingRead(inFrame: state.frame != nil)) }
    let certainty = ReadingCertainty(
      reading: reading, exercises: state.exercises, doubted: state.doubtedSymbols, language: state.language)
    let texts =
      state.exercises.isEmpty
      ? [reading.text.split(separator: "\n").joined(separator: "; ")]
      : state.exercises.map { verdict(on: $0) }
    let selected = state.status.selectedSymbol.flatMap { index in
      reading.symbols.indices.contains(index) && reading.symbols.count > 1
        ? "\(reading.symbols[index].text), \(place(index, reading.symbols.count))" : nil
    }
    return joined([selected ?? "", texts.joined(separator: "; "), certainty.headlines[0], certainty.percent])
  }

  private func verdict(on exercise: CheckedExercise) -> String {
    let line = WindowText.line(exercise)
    switch exercise.verdict.kind {
    case .right: return line.replacing(" ✓", with: ", " + localized("right"))
    case .wrong:
      let answer = line.replacing(exercise.text + " ✗", with: "").trimmingBlanks
      return joined([exercise.text, localized("wrong"), answer])
    case .open, .unsure, .noExercise: return line
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
