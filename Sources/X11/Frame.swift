/// The window's picture, lent to be painted: it keeps what was painted before, so only changes need painting.
package struct Frame {
  /// The first pixel; each is `0x00RRGGBB` and rows are ``stride`` pixels apart.
  package let pixels: UnsafeMutablePointer<UInt32>
  /// Columns.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Pixels from one row's start to the next.
  package let stride: Int
  /// Whether the picture is fresh, so that everything has to be painted.
  package let isNew: Bool
}
