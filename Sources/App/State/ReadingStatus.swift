// Which reading was requested, and which of its symbols is selected.

/// The events after which the page may have to be read.
enum ReadingCause {
  /// The user requests a reading.
  case requested
  /// A picture or a drawing was opened.
  case pageOpened
  /// The page has changed.
  case pageChanged
  /// A frame was marked or removed.
  case frameChanged
  /// The stroke under way has grown, and the interval between readings has passed.
  case penMoved
  /// The window is about to be shown.
  case started
  /// Another model was chosen.
  case modelChosen
  /// Another mode was chosen.
  case modeChosen
  /// Live reading was switched on or off.
  case liveToggled
  /// The reading by all models was switched on or off.
  case askAllToggled
  /// The inspection was opened or closed, or its size or its colours have changed.
  case inspectionChanged

  /// Whether a message is shown where there is no model to read.
  var reportsMissingModel: Bool {
    switch self {
    case .pageChanged, .penMoved, .started: false
    default: true
    }
  }
}

/// The request for a reading, and the selection in its answer.
package struct ReadingStatus: Sendable, Equatable {
  /// Whether a reading was requested since the answers were discarded.
  package private(set) var isRequested = false
  /// The revision of the page at the last request.
  private(set) var requestedRevision: Int?
  /// The selected symbol; nil selects the last one.
  package private(set) var selectedSymbol: Int?

  mutating func request(of revision: Int) {
    isRequested = true
    requestedRevision = revision
  }

  mutating func withdraw() { isRequested = false }

  mutating func select(_ symbol: Int?) { selectedSymbol = symbol }
}
