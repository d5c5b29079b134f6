// Signs of separate dots and bars: their arrangement alone tells what they are.

import Basics
package import Ink
import Preprocessing

/// Tells ÷ : = by the parts that they consist of.
///
/// Networks have seen few of them, and take the small dots of a thin pen for blemishes of a minus sign or of a point.
package enum CompoundInk {
  /// Fainter pixels do not connect parts.
  private static let level: UInt8 = 80
  /// What the sign is believed at least where its parts are arranged so.
  private static let leastProbability = 0.98

  /// The sign whose parts a network's input shows; nil where it shows something else.
  package static func sign(of picture: Coverage) -> String? {
    let parts = Components(picture, level: level).list.map(\.box).sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    switch parts.count {
    case 2 where isBar(parts[0]) && isBar(parts[1]): return areBarsOfEquals(parts[0], parts[1]) ? "=" : nil
    case 2:
      return areDotsOfColon(parts[0], parts[1]) || areStrokesOfColon(parts[0], parts[1]) ? ":" : nil
    case 3:
      let (above, bar, below) = (parts[0], parts[1], parts[2])
      let isWhole = isBar(bar) && above.bottom <= bar.y && bar.bottom <= below.y
      return isWhole && isDot(above, beside: bar) && isDot(below, beside: bar) ? "÷" : nil
    default: return nil
    }
  }

  private static func isBar(_ box: Rectangle) -> Bool { box.width >= 6 && box.width >= 2 * box.height }

  private static func areBarsOfEquals(_ first: Rectangle, _ second: Rectangle) -> Bool {
    let (narrow, wide) = (min(first.width, second.width), max(first.width, second.width))
    let overlap = min(first.right, second.right) - max(first.x, second.x)
    return first.bottom < second.y && 5 * overlap >= 3 * narrow && 5 * wide <= 9 * narrow
  }

  /// Whether two parts are round, of one size, and one far enough above the other.
  private static func areDotsOfColon(_ first: Rectangle, _ second: Rectangle) -> Bool {
    let sizes = [first.width, first.height, second.width, second.height]
    let (least, most) = (sizes.min() ?? 0, sizes.max() ?? 0)
    return most <= 2 * least + 1 && 2 * abs(first.x + first.right - second.x - second.right) <= 2 * most
      && second.y - first.bottom >= max(2, most / 2)
  }

  /// Whether two parts are a dot and a short stroke below it: a quick hand's dots have tails.
  private static func areStrokesOfColon(_ first: Rectangle, _ second: Rectangle) -> Bool {
    let height = second.bottom - first.y
    let middles = abs(first.x + first.right - second.x - second.right)
    return 5 * max(first.width, first.height) <= 2 * height && 2 * second.width <= height
      && 10 * second.height <= 7 * height && 8 * (second.y - first.bottom) >= height && middles <= height
  }

  /// Whether a part is a dot above or below the middle of a bar.
  private static func isDot(_ box: Rectangle, beside bar: Rectangle) -> Bool {
    let middle = box.x + box.right
    return 5 * max(box.width, box.height) <= 2 * bar.width + 5 && 2 * box.width <= 3 * box.height + 4
      && middle >= 2 * bar.x + bar.width / 2 && middle <= 2 * bar.right - bar.width / 2
  }

  /// An answer that believes the parts.
  package static func answer(_ answer: Answer, to picture: Coverage, of classes: Classes) -> Answer {
    guard let sign = sign(of: picture), let index = classes.labels.firstIndex(of: sign),
      answer.probabilities[index] < leastProbability
    else { return answer }
    let others = 1 - answer.probabilities[index]
    let factor = (1 - leastProbability) / max(others, 1e-9)
    var probabilities = answer.probabilities.map { $0 * factor }
    probabilities[index] = leastProbability
    return Answer(probabilities: probabilities, background: min(answer.background, 1 - leastProbability))
  }
}
