// Where ink lies on its page: what was done to a picture before its ink became symbols, undone for boxes.

package import Ink

/// The way from boxes in ink back to the page.
package struct PagePlacement: Sendable, Equatable {
  /// The skew that was removed from the ink.
  package var skew = PageSkew.none
  /// The slant that was removed from the level ink.
  package var slant = WritingSlant.none
  /// The pixels of the picture in a pixel of the ink: more than one where a very large picture was reduced.
  package var inkScale = 1.0
  /// The sheet that was flattened before its ink was found; nil for other pictures.
  package var sheet: SheetPerspective?
  /// The page units in a pixel of the picture.
  package var pictureScale = 1.0

  /// The ink with level lines and upright writing.
  package func upright(_ ink: Coverage) -> Coverage { slant.upright(skew.levelled(ink)) }

  /// The box on the page of a box in upright ink.
  package func box(_ box: Box) -> Box { boxOfInk(skew.original(slant.original(box))) }

  /// The box in page units of a box in upright ink, as if the page were flat and level: it shows the arrangement.
  package func levelBox(_ box: Box) -> Box { slant.original(box).scaled(by: inkScale * pictureScale) }

  /// The box on the page of a box in ink as it is in the picture.
  package func boxOfInk(_ box: Box) -> Box {
    let flat = box.scaled(by: inkScale)
    return (sheet?.original(flat) ?? flat).scaled(by: pictureScale)
  }
}
