// Parts of pictures.

public import Basics

extension GrayImage {
  /// A part of the picture.
  ///
  /// - Parameter area: the part; what lies outside the picture is left out.
  /// - Returns: the part's picture.
  public func cropped(to area: Rectangle) -> GrayImage {
    let area = area.intersection(Rectangle(x: 0, y: 0, width: width, height: height))
    var result = GrayImage(width: area.width, height: area.height)
    for y in area.rows {
      let start = y * width + area.x
      let target = (y - area.y) * area.width
      result.pixels[target..<target + area.width] = pixels[start..<start + area.width]
    }
    return result
  }
}
