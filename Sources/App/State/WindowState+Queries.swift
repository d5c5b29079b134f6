// Values that follow from the window's state.

package import Ink
package import Recognition

extension WindowState {
  /// The page.
  package var page: Page { editing.page }

  /// The revision of the page.
  package var revision: Int { editing.revision }

  /// The chosen model; nil where there is none.
  package var model: ModelEntry? { models.chosen }

  /// The last reading by the chosen model; it may be of an earlier revision while the next reading is under way.
  package var reading: Reading? { status.isRequested ? model?.answer?.reading : nil }

  /// The reading, where it is one of the present page.
  package var currentReading: Reading? { model?.answer?.revision == revision ? reading : nil }

  /// The symbol that the bars and the network's input are shown for.
  package var symbol: Symbol? { reading?.symbol(status.selectedSymbol) }

  /// Whether all models that have read the present page give the same text.
  package var answersAgree: Bool { models.answersAgree(on: revision) }

  /// Whether the pointer draws, erases or moves the pen's slider.
  package var hasGesture: Bool { editing.gesture != .none || focus.isSliding }

  /// Whether the stroke under way has grown since its last reading, and is to be read.
  package var needsLiveReading: Bool {
    isLive && editing.gesture == .drawing && status.requestedRevision != revision && !models.entries.isEmpty
  }

  /// Whether the pointer erases, or would erase when its primary button is pressed.
  package var isErasing: Bool {
    if case .erasing = editing.gesture { return true }
    return pen.isErasing
  }

  /// Whether a control can be pressed now.
  package func isEnabled(_ control: Control) -> Bool {
    switch control {
    case .undo: page.canUndo
    case .redo: page.canRedo
    case .clear, .save: !page.isEmpty
    case .predict, .askAll, .model: !models.entries.isEmpty
    case .open, .eraser, .pen, .live, .look, .help: true
    }
  }
}

extension Reading {
  /// The symbol of an index, or the last one; nil where there is none.
  func symbol(_ index: Int?) -> Symbol? {
    symbols.isEmpty ? nil : symbols[min(max(0, index ?? .max), symbols.count - 1)]
  }
}
