// Rotation of pictures by right angles.

import Basics

extension GrayImage {
  /// The picture rotated clockwise by right angles.
  ///
  /// - Parameter quarters: the number of right angles.
  /// - Returns: the rotated picture.
  public func rotated(quarters: Int) -> GrayImage {
    let quarters = (quarters % 4 + 4) % 4
    if quarters == 0 { return self }
    let isSideways = quarters % 2 == 1
    var result = GrayImage(width: isSideways ? height : width, height: isSideways ? width : height)
    for y in 0..<height {
      for x in 0..<width {
        switch quarters {
        case 1: result[height - 1 - y, x] = self[x, y]
        case 2: result[width - 1 - x, height - 1 - y] = self[x, y]
        default: result[y, width - 1 - x] = self[x, y]
        }
      }
    }
    return result
  }
}

extension Box {
  /// The box in a picture of which the picture of this box was made by rotating it clockwise.
  ///
  /// - Parameters:
  ///   - quarters: the number of right angles.
  ///   - pictureWidth: the width of the picture before it was rotated.
  ///   - pictureHeight: the height of the picture before it was rotated.
  /// - Returns: the box before the rotation.
  public func unrotated(quarters: Int, pictureWidth: Double, pictureHeight: Double) -> Box {
    switch (quarters % 4 + 4) % 4 {
    case 1: Box(x: y, y: pictureHeight - x - width, width: height, height: width)
    case 2: Box(x: pictureWidth - right, y: pictureHeight - bottom, width: width, height: height)
    case 3: Box(x: pictureWidth - y - height, y: x, width: height, height: width)
    default: self
    }
  }
}
