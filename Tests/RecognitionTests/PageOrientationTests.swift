// Scans and photos that are upside down or on their side.

import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Testing

@Suite struct PageOrientationTests {
  /// Reads with a rule instead of networks: ink with a bar at the top is a 7, all other ink is no digit.
  private func recognizer() throws -> Recognizer {
    let network = Network(try Architecture("28x28-11"))
    let model = try Model(
      name: "rule", networks: [network], classes: .digitsOrNone, refusal: Refusal(threshold: 0.5))
    return try Recognizer(model) { _, inputs, count in
      var row: [Float] = []
      for i in 0..<count {
        let rows = (0..<28).map { y in (0..<28).count { x in inputs[i * 784 + y * 28 + x] > 0.3 } }
        let inked = rows.indices.filter { rows[$0] > 0 }
        let top = inked.prefix(4).map { rows[$0] }.max() ?? 0
        let bottom = inked.suffix(4).map { rows[$0] }.max() ?? 0
        var outputs = [Float](repeating: 0.0001, count: 11)
        outputs[top > 2 * bottom ? 7 : 10] = 0.999
        row += outputs
      }
      return [row]
    }
  }

  /// Grey paper with four marks: a stroke with a bar at its top.
  private func page() -> GrayImage {
    var noise: UInt32 = 1
    var result = GrayImage(width: 400, height: 240)
    for i in result.pixels.indices {
      noise = noise &* 1_664_525 &+ 1_013_904_223
      result.pixels[i] = UInt8(200 + (noise >> 28))
    }
    for mark in 0..<4 {
      let left = 70 + mark * 70
      for y in 80..<88 { for x in left..<left + 36 { result[x, y] = 50 } }
      for y in 80..<144 { for x in left + 15..<left + 22 { result[x, y] = 50 } }
    }
    return result
  }

  @Test(arguments: 0...3)
  func aRotatedPageIsReadUpright(quarters: Int) throws {
    let picture = page().rotated(quarters: quarters)
    let reading = try recognizer().read(picture)
    #expect(reading.text == "7777")
    let middles = reading.symbols.map { (x: $0.box.x + $0.box.width / 2, y: $0.box.y + $0.box.height / 2) }
    let expected = (0..<4).map { mark -> (x: Double, y: Double) in
      let (x, y) = (88.0 + Double(mark) * 70, 112.0)
      return switch quarters {
      case 1: (240 - y, x)
      case 2: (400 - x, 240 - y)
      case 3: (y, 400 - x)
      default: (x, y)
      }
    }
    for (found, wanted) in zip(middles, expected) {
      #expect(abs(found.x - wanted.x) < 8 && abs(found.y - wanted.y) < 8)
    }
  }
}
