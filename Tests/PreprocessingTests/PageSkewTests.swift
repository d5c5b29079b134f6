// Pages that were photographed at an angle, and the small signs on them.

import Basics
import Foundation
import Ink
import Preprocessing
import Testing

@Suite struct PageSkewTests {
  /// Ink with two lines of upright frames, as a row of zeros has, rotated by an angle in degrees.
  private func lines(degrees: Double) -> Coverage {
    var ink = Coverage(width: 900, height: 600)
    let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        let (u, v) = (Double(x) - 450, Double(y) - 300)
        let place = (x: u * cosine + v * sine + 450, y: v * cosine - u * sine + 300)
        for top in [200.0, 330] where top...top + 60 ~= place.y {
          let column = (place.x - 200) / 55
          guard 0..<9 ~= column else { continue }
          let (across, down) = ((column - column.rounded(.down)) * 55, place.y - top)
          let isFrame = across < 35 && (across < 7 || across > 28 || down < 7 || down > 53)
          if isFrame { ink[x, y] = 255 }
        }
      }
    }
    return ink
  }

  @Test(arguments: [-14.0, -6, 3, 9, 15]) func linesAreLevelled(degrees: Double) {
    let ink = lines(degrees: degrees)
    let skew = PageSkew(of: ink)
    #expect(abs(atan(skew.slope) * 180 / .pi - degrees) <= 0.5)
    // The lines are found where they are in the picture.
    let level = skew.levelled(ink)
    let page = Segmentation(normalizer: .usual, costs: .sums).lattice(of: level)
    #expect(page.lines.map(\.pieces.count) == [9, 9])
    for piece in page.lines.flatMap(\.pieces) {
      let box = skew.original(piece.box)
      let middle = (x: Int(clamping: box.x + box.width / 2), y: Int(clamping: box.y + box.height / 2))
      let isInFrame = [-1, 1].allSatisfy { side in
        (0..<30).contains { ink[middle.x + side * $0, middle.y] > 0 }
      }
      #expect(isInFrame && ink[middle.x, middle.y] == 0)
    }
  }

  @Test func levelLinesAndSingleSymbolsStayAsTheyAre() {
    #expect(PageSkew(of: lines(degrees: 0)).slope == 0)
    var single = Coverage(width: 200, height: 200)
    for i in 20..<180 { for thickness in 0..<8 { single[i, min(i / 3 + thickness, 199)] = 255 } }
    #expect(PageSkew(of: single).slope == 0)
    #expect(PageSkew(of: Coverage(width: 0, height: 0)).slope == 0)
  }

  /// A photo of two lines of frames, with two dots above and below a bar in the first one.
  private func photo(degrees: Double) -> GrayImage {
    var ink = lines(degrees: degrees)
    let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    for (x, y, width, height) in [(720.0, 228.0, 40.0, 6.0), (737, 210, 5, 5), (737, 248, 5, 5)] {
      for v in stride(from: y, to: y + height, by: 0.5) {
        for u in stride(from: x, to: x + width, by: 0.5) {
          let (a, b) = (u - 450, v - 300)
          ink[Int(clamping: a * cosine - b * sine + 450), Int(clamping: a * sine + b * cosine + 300)] = 255
        }
      }
    }
    var random = Xoshiro256(seed: 3)
    return GrayImage(
      width: ink.width, height: ink.height,
      pixels: ink.levels.map { UInt8(clamping: 205 - Int($0) * 150 / 255 + random.index(below: 9)) })
  }

  @Test(arguments: [0.0, -8, 12]) func smallDotsOfASignStayInThePhotoOfASum(degrees: Double) {
    let photo = photo(degrees: degrees)
    let lines = Segmentation(normalizer: .usual, costs: .sums).lattice(of: photo).lines
    #expect(lines.count == 2)
    let sign = (lines.first?.pieces.dropFirst(9).map(\.box) ?? []).reduce(nil as Box?) { $0?.union($1) ?? $1 }
    // Without the dots it would be as low as the bar, with one of them half as high.
    #expect((sign?.height ?? 0) >= 40 && (sign?.height ?? 0) <= 50)
  }
}
