// The signs of arithmetic as one writer writes them.

import Basics
import Datasets
import Formats
import Ink

/// Strokes for the signs of arithmetic, by writers and, for signs that are rare in data, made and varied.
struct WrittenSigns: Sendable {
  /// The strokes of a sign; its upper left corner is at 0, and digits are about 1 high.
  struct Sign {
    var strokes: [[SIMD2<Double>]]
    var width: Double
    var height: Double

    init(_ strokes: [[SIMD2<Double>]]) {
      let points = strokes.joined()
      let (left, top) = (points.map(\.x).min() ?? 0, points.map(\.y).min() ?? 0)
      self.strokes = strokes.map { $0.map { $0 - SIMD2(left, top) } }
      width = (points.map(\.x).max() ?? 0) - left
      height = (points.map(\.y).max() ?? 0) - top
    }

    /// The sign with its longer side within bounds.
    func limited(to sizes: ClosedRange<Double>) -> Sign {
      let size = max(width, height, 1e-6)
      let factor = min(max(size, sizes.lowerBound), sizes.upperBound) / size
      return Sign(strokes.map { $0.map { $0 * factor } })
    }
  }

  private let drawings: [LabelledDrawing]
  private let scale: WriterScale
  private var byLabel: [String: [Int]] = [:]
  private var byWriter: [Writer: [String: [Int]]] = [:]
  /// The writers who wrote all digits.
  let writers: [Writer]

  init(_ drawings: [LabelledDrawing]) {
    self.drawings = drawings
    scale = WriterScale(drawings)
    for (index, drawing) in drawings.enumerated() {
      guard let label = drawing.label, !drawing.drawing.isEmpty, !Self.isHalf(drawing, label) else {
        continue
      }
      byLabel[label, default: []].append(index)
      if let writer = drawing.writer { byWriter[writer, default: [:]][label, default: []].append(index) }
    }
    let digits = (0...9).map(String.init)
    writers = byWriter.filter { entry in digits.allSatisfy { entry.value[$0] != nil } }.keys.sorted()
  }

  /// Whether the symbol is one line with the label of the sign of two lines: some writers' symbols were cut so.
  private static func isHalf(_ drawing: LabelledDrawing, _ label: String) -> Bool {
    guard label == "=", drawing.drawing.strokes.count < 2, let box = drawing.drawing.bounds else {
      return false
    }
    return box.height < 0.3 * box.width
  }

  /// Whether there are strokes for all digits.
  var isUsable: Bool { (0...9).allSatisfy { byLabel[String($0)] != nil } }

  /// A sign by a writer, or by another one where the writer has none.
  func sign(_ label: Character, by writer: Writer?, at random: inout Xoshiro256) -> Sign {
    let source = label == "·" ? "." : String(label)
    let own = writer.flatMap { byWriter[$0]?[source] } ?? []
    let choices = own.isEmpty ? byLabel[source] ?? [] : own
    guard !choices.isEmpty, label != "×", label != "÷" else { return Self.made(label, &random) }
    let drawing = drawings[choices[random.index(below: choices.count)]]
    let unit = scale.height(of: drawing.writer) * (drawing.sourceScale ?? 1)
    return Sign(
      drawing.drawing.strokes.map { stroke in
        stroke.samples.map { SIMD2($0.point.x, $0.point.y) / max(unit, 1e-9) }
      })
  }

  // MARK: - Made signs

  /// A line with ends and a middle that vary.
  static func line(
    _ from: SIMD2<Double>, _ to: SIMD2<Double>, vary: Double, at random: inout Xoshiro256
  ) -> [SIMD2<Double>] {
    func varied(_ point: SIMD2<Double>) -> SIMD2<Double> {
      point + vary * SIMD2(random.uniform(in: -1..<1), random.uniform(in: -1..<1))
    }
    let (a, b) = (varied(from), varied(to))
    let bend = vary * 0.7 * SIMD2(random.uniform(in: -1..<1), random.uniform(in: -1..<1))
    return (0...8).map { step in
      let share = Double(step) / 8
      return a + (b - a) * share + bend * (4 * share * (1 - share))
    }
  }

  private static func made(_ label: Character, _ random: inout Xoshiro256) -> Sign {
    func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> [SIMD2<Double>] {
      Self.line(SIMD2(x0, y0), SIMD2(x1, y1), vary: 0.05, at: &random)
    }
    func dot(_ x: Double, _ y: Double) -> [SIMD2<Double>] {
      let point = SIMD2(x + random.uniform(in: -0.03..<0.03), y + random.uniform(in: -0.03..<0.03))
      return [point, point + SIMD2(random.uniform(in: -0.02..<0.02), random.uniform(in: -0.02..<0.02))]
    }
    switch label {
    case "×": return Sign([line(0, 0, 0.5, 0.5), line(0.5, 0, 0, 0.5)])
    case "÷": return Sign([dot(0.27, 0), line(0, 0.25, 0.55, 0.25), dot(0.27, 0.5)])
    case ":": return Sign([dot(0, 0), dot(0, 0.4)])
    case ".", "·", ",": return Sign([dot(0, 0)])
    case "=": return Sign([line(0, 0, 0.5, 0), line(0, 0.2, 0.5, 0.2)])
    case "-": return Sign([line(0, 0, 0.5, 0)])
    case "+": return Sign([line(0, 0.25, 0.5, 0.25), line(0.25, 0, 0.25, 0.5)])
    case "<": return Sign([line(0.5, 0, 0, 0.25) + line(0, 0.25, 0.5, 0.5)])
    case ">": return Sign([line(0, 0, 0.5, 0.25) + line(0.5, 0.25, 0, 0.5)])
    case "(": return Sign([bracket(opensRight: true)])
    case ")": return Sign([bracket(opensRight: false)])
    default: return Sign([line(0, 0, 0.5, 1)])
    }
  }

  /// A bracket: an arc.
  private static func bracket(opensRight: Bool) -> [SIMD2<Double>] {
    (0...8).map { (step: Int) -> SIMD2<Double> in
      let y = Double(step) / 4 - 1
      let depth = 0.25 * y * y
      return SIMD2(x: opensRight ? depth : -depth, y: 0.6 * y)
    }
  }
}
