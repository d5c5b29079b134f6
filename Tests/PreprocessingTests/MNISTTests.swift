// Normalisation of enlarged MNIST digits gives back the originals.

import Foundation
import Ink
import Preprocessing
import TestSupport
import Testing

/// The first digits of MNIST's test set, if `INKLING_DATA` or a neighbouring folder contains them.
enum MNIST {
  static let digits: [[UInt8]] = {
    let named = ProcessInfo.processInfo.environment["INKLING_DATA"].map { [$0] } ?? []
    for folder in named + ["../shared/data"] {
      let path = "\(folder)/mnist/t10k-images-idx3-ubyte.gz"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      let script = "gzip -dc \"$1\" | head -c \(16 + 2000 * 784)"
      let bytes = [UInt8]((try? ProgramRun(["/bin/sh", "-c", script, "sh", path]).output) ?? Data())
      if bytes.count == 16 + 2000 * 784 {
        return (0..<2000).map { Array(bytes[16 + $0 * 784..<16 + ($0 + 1) * 784]) }
      }
    }
    return []
  }()
}

@Suite struct MNISTTests {
  #if DEBUG
  private let step = 100
  #else
  private let step = 1
  #endif

  /// The least mean difference among nine shifts by up to a pixel, and whether it needs a shift.
  private func difference(_ a: [UInt8], _ b: [UInt8]) -> (Double, shifted: Bool) {
    var best = (Double.infinity, false)
    for (dx, dy) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)] {
      var sum = 0
      for y in 0..<28 {
        for x in 0..<28 {
          let u = x + dx
          let v = y + dy
          let other = (0..<28).contains(u) && (0..<28).contains(v) ? Int(b[v * 28 + u]) : 0
          sum += abs(Int(a[y * 28 + x]) - other)
        }
      }
      if Double(sum) / 784 < best.0 - 1e-9 { best = (Double(sum) / 784, (dx, dy) != (0, 0)) }
    }
    return best
  }

  private func enlarged(_ digit: [UInt8], _ factor: Int, smooth: Bool) -> GrayImage {
    let side = 28 * factor
    var result = GrayImage(width: side, height: side, level: 0)
    func level(_ x: Int, _ y: Int) -> Double {
      (0..<28).contains(x) && (0..<28).contains(y) ? Double(digit[y * 28 + x]) : 0
    }
    func weights(_ t: Double) -> [Double] {
      [
        ((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t,
        (0.5 * t - 0.5) * t * t,
      ]
    }
    for y in 0..<side {
      for x in 0..<side {
        guard smooth else {
          result[x, y] = digit[y / factor * 28 + x / factor]
          continue
        }
        let u = (Double(x) + 0.5) / Double(factor) - 0.5
        let v = (Double(y) + 0.5) / Double(factor) - 0.5
        let left = Int(u.rounded(.down))
        let top = Int(v.rounded(.down))
        let across = weights(u - Double(left))
        let down = weights(v - Double(top))
        var sum = 0.0
        for j in 0..<4 {
          for i in 0..<4 { sum += across[i] * down[j] * level(left - 1 + i, top - 1 + j) }
        }
        result[x, y] = UInt8(min(max(sum.rounded(), 0), 255))
      }
    }
    return result
  }

  @Test(
    .enabled(if: !MNIST.digits.isEmpty, "MNIST was not found: set INKLING_DATA"), arguments: [false, true])
  func enlargedDigitsAreRestoredFromAnyPosition(smooth: Bool) {
    var sum = 0.0
    var shifts = 0
    var count = 0
    for i in stride(from: 0, to: MNIST.digits.count, by: step) {
      let digit = MNIST.digits[i]
      let factor = 8 + i % 13
      let small = enlarged(digit, factor, smooth: smooth)
      let dark = i % 2 == 0
      var page = GrayImage(
        width: small.width + 60 + i % 31, height: small.height + 40 + i % 17, level: dark ? 255 : 0)
      for y in 0..<small.height {
        for x in 0..<small.width {
          page[x + i % 53, y + i % 37] = dark ? 255 - small[x, y] : small[x, y]
        }
      }
      guard let input = InputNormalizer.usual.input(of: InkExtraction.removed(from: page)) else {
        Issue.record("digit \(i) was not found")
        continue
      }
      let (difference, shifted) = difference(input.levels, digit)
      sum += difference
      shifts += shifted ? 1 : 0
      count += 1
    }
    let mean = sum / Double(count)
    let share = Double(shifts) / Double(count)
    if ProcessInfo.processInfo.environment["INKLING_FIGURES"] != nil {
      print("MNIST from pictures, \(smooth ? "bicubic" : "replicated"): mean \(mean), shifted \(share)")
    }
    #expect(mean <= (smooth ? 6 : 2.5))
    #expect(share <= (smooth ? 0.28 : 0.15))
  }
}
