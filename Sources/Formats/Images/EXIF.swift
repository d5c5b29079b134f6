// EXIF's orientation of an image, and the turning of an image upright by it.

import Basics
import Ink

/// The metadata that cameras write into their images.
enum EXIF {
  /// The orientation of a JPEG file, from 1 (upright) to 8; 1 if the file has none or an invalid one.
  static func orientation(inJPEG bytes: [UInt8]) -> Int {
    var position = 2
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      // Fill bytes may precede a marker. After the start of scan come the pixels.
      if marker == 0xFF {
        position += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { return 1 }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      let end = position + 2 + length
      guard length >= 2, end <= bytes.count else { return 1 }
      if marker == 0xE1, bytes[(position + 4)..<end].starts(with: "Exif\0\0".utf8) {
        return orientation(inTIFF: bytes[(position + 10)..<end])
      }
      position = end
    }
    return 1
  }

  /// The value of tag 0x0112 in the first directory, a number of two bytes.
  private static func orientation(inTIFF slice: ArraySlice<UInt8>) -> Int {
    let bytes = Array(slice)
    let isLittle = bytes.starts(with: "II".utf8)
    guard isLittle || bytes.starts(with: "MM".utf8) else { return 1 }
    func number(_ offset: Int, _ count: Int) -> Int {
      guard offset >= 0, offset + count <= bytes.count else { return 0 }
      let part = bytes[offset..<(offset + count)]
      return isLittle ? part.reversed().reduce(0) { $0 << 8 | Int($1) } : part.reduce(0) { $0 << 8 | Int($1) }
    }
    let directory = number(4, 4)
    for entry in 0..<number(directory, 2) {
      let offset = directory + 2 + 12 * entry
      if offset + 12 > bytes.count { return 1 }
      if number(offset, 2) == 0x0112 {
        let value = number(offset + 8, 2)
        return 1...8 ~= value ? value : 1
      }
    }
    return 1
  }
}

extension GrayImage {
  /// The image turned and mirrored so that one of EXIF's orientations becomes upright.
  func upright(_ orientation: Int) -> GrayImage {
    if orientation <= 1 { return self }
    // In orientations 5 to 8 the rows of the result are columns of this image.
    let isTurned = orientation >= 5
    let (width, height) = isTurned ? (self.height, self.width) : (self.width, self.height)
    var result = GrayImage(width: width, height: height)
    let mirrorsColumns = [2, 3, 7, 8].contains(orientation)
    let mirrorsRows = [3, 4, 6, 7].contains(orientation)
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = isTurned ? (y, x) : (x, y)
        result[x, y] =
          self[mirrorsColumns ? self.width - 1 - column : column, mirrorsRows ? self.height - 1 - row : row]
      }
    }
    return result
  }
}
