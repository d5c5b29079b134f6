// The inspection: a picture beside the page of what happens in the network while it reads.

package import Graphics

/// The properties of a requested inspection picture.
package struct InspectionRequest: Sendable, Equatable {
  /// The width in pixels.
  package let width: Int
  /// The height in pixels.
  package let height: Int
  /// The size of the text.
  package let textSize: Double
  /// The colours.
  package let theme: Theme
  /// The language of the texts.
  package let language: Language
}

/// The picture of one reading.
package struct InspectionImage: Sendable, Equatable {
  /// The picture; nil where there is no symbol, or the model has no such picture.
  package let picture: Bitmap?
  /// The revision of the page that was read.
  package let revision: Int

  /// Makes an image.
  package init(picture: Bitmap?, revision: Int) {
    self.picture = picture
    self.revision = revision
  }
}

/// Whether the inspection is shown, and its last image.
package struct Inspection: Sendable, Equatable {
  /// Whether it is shown beside the page.
  package private(set) var isShown = false
  /// The last image.
  package private(set) var image: InspectionImage?

  mutating func show(_ isShown: Bool) {
    self.isShown = isShown
    image = nil
  }

  mutating func discardImage() { image = nil }

  /// Stores an image, unless a newer one is shown.
  mutating func store(_ image: InspectionImage) {
    guard isShown, image.revision >= self.image?.revision ?? image.revision else { return }
    self.image = image
  }
}
