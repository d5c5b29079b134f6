import Basics
import Evaluation
import Ink
import Testing

/// The loss of JPEG in synthetic scans.
@Suite struct JPEGLossTests {
  private var picture: GrayImage {
    var random = Xoshiro256(seed: 1)
    var picture = GrayImage(width: 43, height: 29)
    for i in picture.pixels.indices {
      picture.pixels[i] = i % 43 < 20 ? 240 : UInt8(clamping: random.index(below: 200))
    }
    return picture
  }

  private func difference(_ a: GrayImage, _ b: GrayImage) -> Double {
    zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(a.pixels.count)
  }

  @Test("The best quality changes levels by rounding alone, and lower qualities change them more")
  func quality() {
    let losses = [100.0, 80, 40, 10].map { difference(JPEGLoss(quality: $0).applied(to: picture), picture) }
    #expect(losses[0] < 0.6)
    #expect(losses == losses.sorted())
    #expect(losses[3] > 10)
  }

  @Test("An even picture stays as it is, also where its sides are no multiples of a block")
  func even() {
    let gray = GrayImage(width: 13, height: 9, level: 200)
    let saved = JPEGLoss(quality: 90).applied(to: gray)
    #expect(saved.width == 13 && saved.height == 9)
    #expect(difference(saved, gray) <= 1)
  }

  @Test("The loss is that of the format: edges ring within their block, and not beyond it")
  func ringing() {
    var edge = GrayImage(width: 24, height: 8, level: 255)
    for y in 0..<8 { for x in 10..<24 { edge[x, y] = 0 } }
    let saved = JPEGLoss(quality: 10).applied(to: edge)
    let differences = (0..<24).map { abs(Int(saved[$0, 3]) - Int(edge[$0, 3])) }
    #expect(differences[..<8].allSatisfy { $0 <= 3 })
    #expect(differences[8..<16].contains { $0 > 10 })
  }
}
