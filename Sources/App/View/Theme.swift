// The choice between light and dark colours.

package import Graphics

/// The window's colours: light or dark.
package enum Theme: String, Sendable, Hashable, CaseIterable {
  case light
  case dark

  /// The colours.
  package var palette: Palette { self == .light ? .light : .dark }

  /// The other theme.
  package var other: Theme { self == .light ? .dark : .light }
}
