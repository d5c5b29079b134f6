// How fast ink becomes pixels and a network's input, beside what is promised.
//
//     swift run -c release ink-benchmark

import Ink
import Preprocessing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@main
enum InkBenchmark {
  static func main() {
    let scribble = scribble(points: 2000)
    let rasterizer = StrokeRasterizer(scale: 1)
    report(
      "448x448, 2000 points, pen 12, whole", promise: 3,
      times(41) {
        keep(rasterizer.coverage(of: [scribble], width: 448, height: 448).levels[0])
      })

    var raster = IncrementalRaster(rasterizer: rasterizer, width: 448, height: 448)
    var growing = Stroke(Array(scribble.samples.prefix(1000)), width: 12)
    raster.update([growing])
    var next = 1000
    report(
      "the same, one added segment", promise: 0.1,
      times(1000) {
        growing.samples.append(scribble.samples[next])
        next += 1
        raster.update([growing])
      })

    let digit = self.digit()
    report(
      "drawing to 28x28", promise: 0.3,
      times(500) {
        keep(InputNormalizer.usual.input(of: [digit])?.levels[400] ?? 0)
      })
    let picture = Page(drawing: Drawing([digit])).image(longerSide: 448)
    report(
      "448x448 picture to 28x28", promise: 0.8,
      times(200) {
        keep(InputNormalizer.usual.input(of: InkExtraction.removed(from: picture))?.levels[400] ?? 0)
      })
    report(
      "448x448 picture to symbols", promise: nil,
      times(200) {
        keep(UInt8(Segmentation().lattice(of: picture).lines.count))
      })
  }

  /// A hand's scribble, five pixels from sample to sample.
  private static func scribble(points: Int) -> Stroke {
    var state: UInt64 = 7
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    var (x, y, angle) = (224.0, 224.0, 0.0)
    var samples: [Stroke.Sample] = []
    for _ in 0..<points {
      samples.append(Stroke.Sample(Point(x: x, y: y)))
      angle += (random() - 0.5) * 0.3
      for _ in 0..<22 where !(10...438 ~= x + 5 * cos(angle) && 10...438 ~= y + 5 * sin(angle)) {
        angle += 0.3
      }
      x += 5 * cos(angle)
      y += 5 * sin(angle)
    }
    return Stroke(samples, width: 12)
  }

  private static func digit() -> Stroke {
    Stroke(
      (0..<80).map { i in
        let t = Double(i) / 80 * 9
        let x = 512 + 300 * cos(t) * (1 - Double(i) / 200)
        return Stroke.Sample(Point(x: x, y: 512 + 400 * sin(t * 0.7)))
      })
  }

  /// Milliseconds of each of so many runs, in order of size.
  private static func times(_ count: Int, _ work: () -> Void) -> [Double] {
    (0..<count).map { _ in
      let start = milliseconds
      work()
      return milliseconds - start
    }
    .sorted()
  }

  private static func report(_ name: String, promise: Double?, _ times: [Double]) {
    func rounded(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
    let median = times[times.count / 2]
    let verdict = promise.map { median <= $0 ? "within \($0)" : "PROMISED \($0)" } ?? ""
    print("\(name): median \(rounded(median)) ms, least \(rounded(times[0])) ms  \(verdict)")
  }

  private static var milliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }

  /// Has a result used, so that the work for it is done.
  @inline(never)
  private static func keep(_ value: UInt8) {}
}
