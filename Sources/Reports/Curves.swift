// The curves of a training run, loss above and accuracy below, as a picture that any browser shows.

import Basics
import Graphics
import NeuralNetwork
package import Training

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Curves of a history as SVG.
package enum Curves {
  private static let width = 720.0
  private static let height = 280.0
  private static let margin = 56.0

  private struct Line {
    let name: String
    let color: String
    let values: [(epoch: Int, value: Double)]
  }

  /// Two charts over the epochs: losses on a logarithmic scale, and errors (1 − accuracy) likewise.
  package static func svg(of history: History, title: String) -> String {
    func line(_ name: String, _ color: Color, _ value: (History.Row) -> Double?) -> Line {
      Line(
        name: name, color: color.hexadecimal,
        values: history.rows.compactMap { row in value(row).map { (row.epoch, $0) } })
    }
    let losses = [
      line("training loss", ReportPalette.trainingCurve) { $0.loss },
      line("validation loss", ReportPalette.validationCurve) { $0.validationLoss },
    ]
    let errors = [
      line("error on validation pictures", ReportPalette.validationCurve) { $0.accuracy.map { 1 - $0 } },
      line("error on kept-out writers' strokes", ReportPalette.strokeCurve) {
        $0.strokeAccuracy.map { 1 - $0 }
      },
    ]
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(clamping: width)) \(Int(clamping: 2 * height + 40))" \
      font-family="sans-serif" font-size="12">
      <title>\(escaped(title))</title>
      <rect width="100%" height="100%" fill="#ffffff"/>
      <text x="\(Int(clamping: margin))" y="22" font-size="15">\(escaped(title))</text>

      """
    let last = max(2, history.rows.last?.epoch ?? 2)
    text += chart("loss", losses, top: 30, lastEpoch: last)
    text += chart("error", errors, top: 30 + height, lastEpoch: last)
    return text + "</svg>\n"
  }

  private static func chart(_ name: String, _ lines: [Line], top: Double, lastEpoch: Int) -> String {
    let positive = lines.flatMap(\.values).map(\.value).filter { $0 > 0 && $0.isFinite }
    guard let low = positive.min(), let high = positive.max() else { return "" }
    let first = floor(log10(low))
    let decades = max(1, ceil(log10(high)) - first)
    let (left, right) = (margin, width - 20)
    let (upper, lower) = (top + 16, top + height - 30)
    func x(_ epoch: Int) -> Double {
      left + (right - left) * Double(epoch - 1) / Double(max(1, lastEpoch - 1))
    }
    func y(_ value: Double) -> Double {
      lower - (lower - upper) * min(1, max(0, (log10(max(value, 1e-12)) - first) / decades))
    }
    var text = ""
    for decade in 0...Int(clamping: decades) {
      let value = pow(10, first + Double(decade))
      text += "<path d=\"M\(short(left)) \(short(y(value)))H\(short(right))\" stroke=\"#dddddd\"/>\n"
      text +=
        "<text x=\"\(short(left - 6))\" y=\"\(short(y(value) + 4))\" text-anchor=\"end\">\(value)</text>\n"
    }
    for part in 0...4 {
      let epoch = 1 + (lastEpoch - 1) * part / 4
      text +=
        "<text x=\"\(short(x(epoch)))\" y=\"\(short(lower + 16))\" text-anchor=\"middle\">\(epoch)</text>\n"
    }
    text += "<text x=\"\(short(left))\" y=\"\(short(upper - 4))\">\(name)</text>\n"
    for (place, line) in lines.filter({ !$0.values.isEmpty }).enumerated() {
      let points = line.values.map { "\(short(x($0.epoch))),\(short(y($0.value)))" }.joined(separator: " ")
      text += "<polyline fill=\"none\" stroke=\"\(line.color)\" stroke-width=\"1.6\" points=\"\(points)\"/>\n"
      let below = upper + 14 + 16 * Double(place)
      text +=
        "<text x=\"\(short(right))\" y=\"\(short(below))\" text-anchor=\"end\" fill=\"\(line.color)\">\(escaped(line.name))</text>\n"
    }
    return text
  }

  private static func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
