// The look inside: what goes on in the network while it reads, beside the page.

import Ink
public import Paint

/// What a picture of a reading's inside is to be like.
public struct Look: Sendable, Equatable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The size of its words.
  public let textSize: Double
  /// The colours.
  public let theme: Theme
}

/// The picture of a reading's inside.
public struct Inside: Sendable, Equatable {
  /// The picture, or nil where there is no symbol, or the model cannot be looked into.
  public let picture: Bitmap?
  /// Which state of the page was read.
  public let revision: Int

  /// Makes one.
  public init(picture: Bitmap?, revision: Int) {
    self.picture = picture
    self.revision = revision
  }
}

extension Session {
  /// The picture that is wanted of a reading's inside, or nil while nobody looks there.
  public var look: Look? {
    let area = layout.inside
    return isLooking && !area.isEmpty
      ? Look(width: area.width, height: area.height, textSize: layout.smallSize, theme: theme) : nil
  }

  /// Has the look inside open from the start.
  public mutating func setLooking(_ isLooking: Bool) { self.isLooking = isLooking }

  /// Opens or closes the look inside.
  mutating func toggleLook() -> [Effect] {
    isLooking.toggle()
    inside = nil
    return lookAgain()
  }

  /// Asks for the picture of the inside anew, when what it should be like has changed.
  mutating func lookAgain() -> [Effect] { isLooking && !page.isEmpty ? predict() : [] }

  /// Takes the picture of a reading's inside.
  public mutating func take(_ inside: Inside) {
    // Of a page that has been emptied since, or of one before the one shown, nobody wants to know.
    if !isLooking || (page.isEmpty && inside.revision != revision) { return }
    if let shown = self.inside, shown.revision > inside.revision { return }
    self.inside = inside
  }
}
