// All that a window is at a moment: a value, from which its look follows and which only commands change.

package import Ink
package import Recognition

/// The state of one window.
package struct WindowState: Sendable {
  // The page.

  /// The picture and the strokes, with their history.
  package internal(set) var page = Page()
  /// Counts the page's states, so that an answer is known to be of this one.
  package internal(set) var revision = 0
  /// What the pointer does to the page just now.
  package internal(set) var gesture = Gesture.none
  /// The server's time of the page's first sample.
  var timeOrigin: UInt32?

  /// The page's state that was read while the pen was down.
  var readRevision = -1

  // The reading.

  /// The models that can be asked.
  package internal(set) var models: [ModelEntry] = []
  /// The one that answers in large.
  package internal(set) var chosenModel = 0
  /// The name of the model to choose where the chosen one cannot be used.
  var fallbackModel: String?
  /// Whether all models are asked at every reading.
  package internal(set) var asksAll = false
  /// Whether somebody has asked to read this state of the page.
  package internal(set) var isAsked = false
  /// Whether the inside of the reading is shown beside the page.
  package internal(set) var isLooking = false { didSet { arrange() } }
  /// The picture of the inside that came last.
  package internal(set) var inside: InspectionImage?
  /// The symbol that the bars are about; nil is the last.
  package internal(set) var selectedSymbol: Int?

  // What is remembered.

  /// The colours.
  package internal(set) var theme = Theme.light
  /// The pen's width in page units.
  package internal(set) var penWidth = Stroke.usualWidth
  /// Whether the reading follows the pen.
  package internal(set) var isLive = true
  /// The folder that was opened from last.
  package internal(set) var lastFolder: String?

  // The window.

  /// Where everything stands; made anew only when something of that changes, for every motion asks for it.
  package private(set) var layout = Layout(width: Layout.usual.width, height: Layout.usual.height)
  /// The window's size in pixels.
  package internal(set) var size = Layout.usual { didSet { arrange() } }
  /// Dots per inch over 96.
  package internal(set) var scale = 1.0 { didSet { arrange() } }
  /// Whether the pointer's first button erases.
  package internal(set) var isErasing = false
  /// The control under the pointer.
  package internal(set) var hovered: Control?
  /// Whether the pointer is over the page.
  package internal(set) var isOverPage = false
  /// The control that is held down.
  package internal(set) var pressed: Control?
  /// The control that the keyboard has.
  package internal(set) var focused: Control?
  /// Whether the window has the keyboard.
  package internal(set) var isActive = true
  /// What lies over the page.
  package internal(set) var overlay: Overlay?
  /// What the line at the bottom says.
  package internal(set) var message: Message?
  /// What the line at the bottom says while there is no message: a trouble that lasts, until it is over.
  package internal(set) var standingNotice: Message?
  /// Whether something that can be dropped is held over the window.
  package internal(set) var isDropHovering = false

  /// Makes the state of a first start.
  package init() {}

  /// What the pointer does to the page between a button's press and its release.
  package enum Gesture: Sendable, Equatable {
    /// Nothing.
    case none
    /// It draws the last stroke.
    case drawing
    /// It erases; the places it has been, in page units, and whether it has met ink.
    case erasing(path: [Point], hasErased: Bool)
    /// It sets the pen's width.
    case sliding
  }

  mutating func arrange() {
    layout = Layout(
      width: size.width, height: size.height, scale: scale, proportion: page.width / page.height,
      isLooking: isLooking)
  }

  /// The chosen model, or nil where there is none.
  package var model: ModelEntry? { models.indices.contains(chosenModel) ? models[chosenModel] : nil }

  /// What the chosen model says of the page as it is, or was while the next reading is on its way.
  package var reading: Reading? {
    guard let answer = model?.answer, isAsked else { return nil }
    return answer.reading
  }

  /// The symbol that the bars and the input are about.
  package var symbol: Symbol? { reading?.symbol(selectedSymbol) }

  /// Whether a control can be pressed now.
  package func isEnabled(_ control: Control) -> Bool {
    switch control {
    case .undo: page.canUndo
    case .redo: page.canRedo
    case .clear, .save: !page.isEmpty
    case .predict, .askAll: !models.isEmpty
    case .model: !models.isEmpty
    case .open, .eraser, .pen, .live, .look, .help: true
    }
  }
}

extension WindowState {
  /// Whether all models that have read the page as it is say the same.
  package var answersAgree: Bool {
    let texts = models.compactMap { model in
      model.answer.flatMap { $0.revision == revision ? $0.reading.text : nil }
    }
    return Set(texts).count <= 1
  }
}

extension WindowState {
  /// The window has a size and stands on a screen.
  package mutating func setWindow(width: Int, height: Int, scale: Double) {
    size = (width, height)
    self.scale = scale
  }

  /// Chooses the colours.
  package mutating func setTheme(_ theme: Theme) { self.theme = theme }
}

extension Reading {
  /// The symbol of a number, the last unless told otherwise; nil where there is none.
  func symbol(_ number: Int?) -> Symbol? {
    symbols.isEmpty ? nil : symbols[min(max(0, number ?? .max), symbols.count - 1)]
  }
}
