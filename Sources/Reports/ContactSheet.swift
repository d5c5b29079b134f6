// Many small images in one, such as those that a model misread.

package import Ink

/// Images of one size in rows, each with a caption in small letters.
package enum ContactSheet {
  /// An image and its caption.
  package struct Item: Sendable {
    /// The image.
    package let image: GrayImage
    /// The caption: digits and signs of the built-in font.
    package let caption: String

    /// Makes an item.
    package init(image: GrayImage, caption: String) {
      self.image = image
      self.caption = caption
    }
  }

  /// The sheet, white between the images, which are doubled in size so that their pixels are visible.
  package static func image(of items: [Item], columns: Int = 16) -> GrayImage {
    let side = 2 * (items.map { max($0.image.width, $0.image.height) }.max() ?? 28)
    let (across, down) = (side + 8, side + 20)
    let rows = max(1, (items.count + columns - 1) / columns)
    var sheet = GrayImage(width: across * min(columns, max(1, items.count)) + 8, height: down * rows + 8)
    for (index, item) in items.enumerated() {
      let left = 8 + index % columns * across
      let top = 8 + index / columns * down
      for y in 0..<(item.image.height * 2) {
        for x in 0..<(item.image.width * 2) { sheet[left + x, top + y] = item.image[x / 2, y / 2] }
      }
      var x = left
      for character in item.caption {
        guard x + 4 <= left + side, let rows = Self.letters[character] else { break }
        for (y, row) in rows.enumerated() {
          for bit in 0..<3 where row & (4 >> bit) != 0 {
            sheet[x + bit, top + side + 3 + 2 * y] = 0
            sheet[x + bit, top + side + 4 + 2 * y] = 0
          }
        }
        x += 4
      }
    }
    return sheet
  }

  /// A font of 3 by 5 dots, a row in three bits.
  private static let letters: [Character: [UInt8]] = [
    "0": [7, 5, 5, 5, 7], "1": [2, 6, 2, 2, 7], "2": [7, 1, 7, 4, 7], "3": [7, 1, 7, 1, 7],
    "4": [5, 5, 7, 1, 1],
    "5": [7, 4, 7, 1, 7], "6": [7, 4, 7, 5, 7], "7": [7, 1, 1, 2, 2], "8": [7, 5, 7, 5, 7],
    "9": [7, 5, 7, 1, 7],
    ">": [4, 2, 1, 2, 4], "?": [7, 1, 3, 0, 2], "#": [5, 7, 5, 7, 5], " ": [0, 0, 0, 0, 0],
    ":": [0, 2, 0, 2, 0],
    "-": [0, 0, 7, 0, 0], ".": [0, 0, 0, 0, 2], "%": [5, 1, 2, 4, 5],
  ]
}
