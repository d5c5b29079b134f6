// Reads parts of pictures: the regions of the command line, the fields of forms, and the frame in the window.

public import Basics
public import Ink
public import Preprocessing

extension Recognizer {
  /// Reads a part of a picture as if it were the whole one.
  ///
  /// - Parameters:
  ///   - picture: the picture.
  ///   - region: the part in pixels; what lies outside the picture is left out.
  ///   - guides: the guide lines that a page of text has, in pixels of the part; see `read(_:guides:)` of a page.
  ///   - isUnfinished: whether a stroke on the picture is still being drawn.
  /// - Returns: the reading; its boxes are in pixels of the whole picture.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func read(
    _ picture: GrayImage, in region: Rectangle, guides: [GuideLine] = [], isUnfinished: Bool = false
  ) throws(ModelResultError) -> Reading {
    let region = region.intersection(Rectangle(x: 0, y: 0, width: picture.width, height: picture.height))
    if region.isEmpty { return .empty }
    return try read(picture.cropped(to: region), guides: guides, isUnfinished: isUnfinished)
      .moved(x: Double(region.x), y: Double(region.y))
  }

  /// Reads the part of a page's picture, and of what was drawn on it, that is inside a frame.
  ///
  /// - Parameters:
  ///   - page: the page; without a picture, the whole page is read.
  ///   - frame: the frame in page units, widened to whole pixels of the picture.
  ///   - isUnfinished: whether a stroke is still being drawn.
  /// - Returns: the reading; its boxes are in page units.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func read(
    _ page: Page, in frame: Box, isUnfinished: Bool = false
  ) throws(ModelResultError) -> Reading {
    guard let picture = page.drawnPicture else { return try read(page, isUnfinished: isUnfinished) }
    let unit = Page.longerSide / Double(max(picture.width, picture.height, 1))
    let box = frame.scaled(by: 1 / unit)
    let (left, top) = (Int(clamping: box.x.rounded(.down)), Int(clamping: box.y.rounded(.down)))
    let region = Rectangle(
      columns: left..<max(left, Int(clamping: box.right.rounded(.up))),
      rows: top..<max(top, Int(clamping: box.bottom.rounded(.up))))
    return try read(picture, in: region, isUnfinished: isUnfinished).scaled(by: unit)
  }
}

extension Reading {
  /// The reading with all boxes moved, as of a part of a picture in the whole one.
  ///
  /// - Parameters:
  ///   - x: how far to the right.
  ///   - y: how far down.
  /// - Returns: the moved reading.
  public func moved(x: Double, y: Double) -> Reading {
    withBoxes { Box(x: $0.x + x, y: $0.y + y, width: $0.width, height: $0.height) }
  }

  /// The reading with all boxes scaled, as from pixels to page units.
  ///
  /// - Parameter scale: the factor of all coordinates.
  /// - Returns: the scaled reading.
  public func scaled(by scale: Double) -> Reading { withBoxes { $0.scaled(by: scale) } }

  private func withBoxes(_ change: (Box) -> Box) -> Reading {
    Reading(
      symbols: symbols.map {
        var symbol = $0
        symbol.box = change($0.box)
        symbol.levelBox = change($0.levelBox)
        return symbol
      },
      lineLengths: lineLengths, words: words,
      ignored: ignored.map { IgnoredMark(box: change($0.box), reason: $0.reason) })
  }
}
