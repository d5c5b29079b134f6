// The buttons of the overlay that opens files.

/// A button of an overlay.
package enum OverlayButton: String, Sendable, Hashable, CaseIterable {
  case cancel = "Cancel"
  case open = "Open"

  /// The text on the button.
  package var title: String { rawValue }
}
