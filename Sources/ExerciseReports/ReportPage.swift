// A checked page as a report shows it.

import Basics
package import Exercises
package import Graphics
package import Ink

/// A checked page with its pictures for a report.
package struct ReportPage: Sendable {
  /// The page's exercises.
  package let page: CheckedPage
  /// The address of the page's picture with its marks.
  let picture: String
  /// The size of the picture in pixels.
  let width: Int
  let height: Int
  /// The addresses of the pictures of the exercises that a person should look at, by their index.
  let crops: [Int: Crop]

  /// The picture of an exercise.
  struct Crop: Sendable {
    let address: String
    let width: Int
    let height: Int
  }

  /// The longest side of a page's picture in a report.
  private static let pageSide = 1000
  /// The greatest width of an exercise's picture.
  private static let cropWidth = 480

  /// Makes the pictures.
  ///
  /// - Parameters:
  ///   - page: the page's exercises.
  ///   - picture: the page.
  ///   - unitsAcross: the width of the page in the units of the exercises' boxes.
  ///   - textRenderer: the renderer of the marks.
  package init(
    _ page: CheckedPage, picture: GrayImage, unitsAcross: Double, textRenderer: TextRenderer
  ) {
    self.page = page
    let marked = MarkedPage(
      picture, page.exercises, unitsAcross: unitsAcross, longestSide: Self.pageSide)
    self.picture = DataAddress.png(marked.png(textRenderer))
    (width, height) = (marked.picture.width, marked.picture.height)
    let large = MarkedPage(picture, page.exercises, unitsAcross: unitsAcross)
    var crops: [Int: Crop] = [:]
    for (index, exercise) in page.exercises.enumerated()
    where exercise.verdict.kind == .unsure || exercise.verdict.kind == .wrong {
      crops[index] = Self.crop(large.crop(of: exercise))
    }
    self.crops = crops
  }

  private static let greys = (0..<16).map { Color(UInt32($0 * 17) * 0x01_0101) }

  private static func crop(_ image: GrayImage) -> Crop {
    let factor = min(1, Double(cropWidth) / Double(max(1, image.width)))
    let small = image.reduced(by: factor)
    let png = PNGEncoder.encode(
      indices: small.pixels.map { $0 >> 4 }, palette: greys, width: small.width, height: small.height)
    return Crop(address: DataAddress.png(png), width: small.width, height: small.height)
  }
}
