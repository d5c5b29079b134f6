// The look inside: what goes on in the network while it reads, beside the page.

import Basics
package import Graphics
import Ink

/// What a picture of a reading's inside is to be like.
package struct InspectionRequest: Sendable, Equatable {
  /// The width in pixels.
  package let width: Int
  /// The height in pixels.
  package let height: Int
  /// The size of its words.
  package let textSize: Double
  /// The colours.
  package let theme: Theme
}

/// The picture of a reading's inside.
package struct InspectionImage: Sendable, Equatable {
  /// The picture, or nil where there is no symbol, or the model cannot be looked into.
  package let picture: Bitmap?
  /// Which state of the page was read.
  package let revision: Int

  /// Makes one.
  package init(picture: Bitmap?, revision: Int) {
    self.picture = picture
    self.revision = revision
  }
}

extension WindowState {
  /// The picture that is wanted of a reading's inside, or nil while nobody looks there.
  package var look: InspectionRequest? {
    let area = layout.inside
    return isLooking && !area.isEmpty
      ? InspectionRequest(width: area.width, height: area.height, textSize: layout.smallSize, theme: theme)
      : nil
  }

  /// Has the look inside open from the start.
  package mutating func setLooking(_ isLooking: Bool) { self.isLooking = isLooking }

  /// Opens or closes the look inside.
  mutating func toggleLook() -> [Effect] {
    isLooking.toggle()
    inside = nil
    return lookAgain()
  }

  /// Asks for the picture of the inside anew, when what it should be like has changed.
  mutating func lookAgain() -> [Effect] { isLooking && !page.isEmpty ? predict() : [] }

  /// Takes the picture of a reading's inside.
  package mutating func take(_ inside: InspectionImage) {
    // Of a page that has been emptied since, or of one before the one shown, nobody wants to know.
    if !isLooking || (page.isEmpty && inside.revision != revision) { return }
    if let shown = self.inside, shown.revision > inside.revision { return }
    self.inside = inside
  }
}
