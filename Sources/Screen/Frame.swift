/// The window's picture, lent to be painted: it keeps what was painted before, so only changes need painting.
public struct Frame {
  /// The first pixel; each is `0x00RRGGBB` and rows are ``stride`` pixels apart.
  public let pixels: UnsafeMutablePointer<UInt32>
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Pixels from one row's start to the next.
  public let stride: Int
  /// Whether the picture is fresh, so that everything has to be painted.
  public let isNew: Bool
}
