// Values that follow from the window's state.

package import Exercises
package import Ink
package import Recognition

extension WindowState {
  /// The page.
  package var page: Page { editing.page }

  /// The revision of the page.
  package var revision: Int { editing.revision }

  /// The part of the picture that is read, in page units; nil for the whole page.
  package var frame: Box? { editing.frame }

  /// The frame that is shown on the picture: the one that is being marked, or else the one that is read.
  package var shownFrame: Box? { editing.shownFrame }

  /// Whether the primary button marks a frame.
  package var isMarkingFrame: Bool { pen.tool == .frame }

  /// The chosen model; nil where there is none.
  package var model: ModelEntry? { models.chosen }

  /// The last reading by the chosen model; it may be of an earlier revision while the next reading is under way.
  package var reading: Reading? { status.isRequested ? model?.answer?.reading : nil }

  /// The reading, where it is one of the present page.
  package var currentReading: Reading? { model?.answer?.revision == revision ? reading : nil }

  /// The answer of the chosen model, under the conditions of ``reading``.
  package var answer: ModelEntry.Answer? { status.isRequested ? model?.answer : nil }

  /// The answer, where it is to the present page.
  package var currentAnswer: ModelEntry.Answer? { model?.answer?.revision == revision ? answer : nil }

  /// The exercises that were read; empty in other modes than that for sums.
  package var exercises: [CheckedExercise] { answer?.exercises ?? [] }

  /// The symbols in doubt.
  ///
  /// They make the verdict on an exercise uncertain, or they are refused. Where there are no exercises, those of a low
  /// confidence are in doubt as well.
  package var doubtedSymbols: Set<Int> {
    guard let answer else { return [] }
    let symbols = answer.reading.symbols
    let hasExercises = !answer.exercises.isEmpty
    let weak = symbols.indices.filter { hasExercises ? symbols[$0].refused : symbols[$0].isDoubtful }
    return Set(weak).union(answer.exercises.flatMap { $0.doubtedSymbols.map(\.index) })
  }

  /// The symbol that the bars and the network's input are shown for.
  package var symbol: Symbol? { reading?.symbol(status.selectedSymbol) }

  /// The index of that symbol; nil where there is none.
  package var selectedIndex: Int? {
    guard let count = reading?.symbols.count, count > 0 else { return nil }
    return min(max(0, status.selectedSymbol ?? .max), count - 1)
  }

  /// Whether all models that have read the present page give the same text.
  package var answersAgree: Bool { models.answersAgree(on: revision) }

  /// How the answers of all models to the present page compare.
  package var comparison: ModelList.Comparison { models.comparison(on: revision) }

  /// Whether the pointer draws or erases, while what was read of the page as it was is not shown on it.
  package var hidesMarks: Bool {
    switch editing.gesture {
    case .drawing, .erasing: true
    case .pressing, .framing, .none: false
    }
  }

  /// Whether the pointer draws, erases, presses a symbol, marks a frame or moves the pen's slider.
  package var hasGesture: Bool { editing.gesture != .none || focus.isSliding }

  /// Whether the stroke under way has grown since its last reading, and is to be read.
  package var needsLiveReading: Bool {
    isLive && editing.gesture == .drawing && status.requestedRevision != revision && !models.entries.isEmpty
  }

  /// Whether the pointer erases, or would erase when its primary button is pressed.
  package var isErasing: Bool { if case .erasing = editing.gesture { true } else { pen.isErasing } }

  /// Whether a control can be pressed now.
  package func isEnabled(_ control: Control) -> Bool {
    switch control {
    case .undo: page.canUndo
    case .redo: page.canRedo
    case .clear, .save, .copy: !page.isEmpty
    case .predict, .askAll, .model: !models.entries.isEmpty
    case .frame: page.picture != nil
    case .open, .eraser, .pen, .live, .look, .help, .digits, .sums, .text: true
    }
  }
}

extension Reading {
  /// The symbol of an index, or the last one; nil where there is none.
  func symbol(_ index: Int?) -> Symbol? {
    symbols.isEmpty ? nil : symbols[min(max(0, index ?? .max), symbols.count - 1)]
  }
}

extension Symbol {
  /// A symbol below this confidence is called doubtful.
  private static let doubtfulConfidence = 0.9

  /// Whether the symbol is refused, or its confidence is low.
  package var isDoubtful: Bool { refused || confidence < Self.doubtfulConfidence }
}
