// Where ink lies on its page: what was done to a picture before its ink became symbols, undone for boxes.

package import Ink

/// The way from boxes in ink back to the page.
package struct PagePlacement: Sendable, Equatable {
  /// The slant that was removed from the ink.
  package var slant = WritingSlant.none
  /// The pixels of the picture in a pixel of the ink: more than one where a very large picture was reduced.
  package var inkScale = 1.0
  /// The sheet that was flattened before its ink was found; nil for other pictures.
  package var sheet: SheetPerspective?
  /// The page units in a pixel of the picture.
  package var pictureScale = 1.0

  /// The box on the page of a box in upright ink.
  package func box(_ box: Box) -> Box { boxOfInk(slant.original(box)) }

  /// The box on the page of a box in ink whose slant was not removed.
  package func boxOfInk(_ box: Box) -> Box {
    let flat = box.scaled(by: inkScale)
    return (sheet?.original(flat) ?? flat).scaled(by: pictureScale)
  }
}
