// The two themes.

package import Graphics

/// The colours of the window: for bright or for dark surroundings.
package enum Theme: String, Sendable, Hashable, CaseIterable {
  case light, dark

  /// The colours of the theme.
  package var palette: Palette { self == .light ? .light : .dark }

  /// The other theme.
  package var other: Theme { self == .light ? .dark : .light }
}
