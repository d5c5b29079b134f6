package import App
package import Gestures

/// The options of one start of the panel.
package struct PanelOptions: Sendable {
  /// The colours; nil uses the desktop's preference.
  package var theme: Theme?
  /// Dots per inch over 96; nil uses the desktop's value.
  package var scale: Double?
  /// The panel's size in pixels; nil fits it to the screen.
  package var size: WindowSize?
  /// The time after the last stroke until the text is typed.
  package var pause = Duration.seconds(1)
  /// The gestures of the pen that edit the text.
  package var gestures = Set(PenGesture.allCases)
  /// Whether another program takes the panel into its own window.
  package var isEmbedded = false
  /// A gesture to teach.
  package var taught: String?

  /// Makes options that change nothing.
  package init() {}
}
