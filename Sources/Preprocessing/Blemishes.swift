// Removal of what a scan or photo has besides ink: specks, stains at its border, printed lines.

import Basics
import Ink

/// Removes dark marks that are not handwriting.
enum Blemishes {
  /// Removes specks, marks that touch the border, and thin lines as long as the page.
  ///
  /// - Parameters:
  ///   - ink: the ink of a scan or photo.
  ///   - keepsDots: whether specks that may be dots of the writing stay.
  /// - Returns: the writing.
  static func removed(from ink: Coverage, keepsDots: Bool) -> Coverage {
    var result = ink
    RuledLines.remove(from: &result)
    let components = Components(result, level: Components.strong)
    guard let largest = components.list.map(\.size).max() else {
      return Coverage(width: ink.width, height: ink.height)
    }
    // Noise leaves specks of a few pixels, a pen larger marks.
    let speck = max(4, min(largest, max(ink.width, ink.height) / 2) / 16)
    // Smoothing may have removed ink from the outermost pixels, so the next ring counts too.
    let contacts = zip(components.contacts(of: result, ring: 0), components.contacts(of: result, ring: 1))
      .map { max($0, $1) }
    let marks = components.list.indices.filter { i in
      let mark = components.list[i]
      return mark.size >= speck && mark.area >= Double(speck) && !isFrame(contact: contacts[i], of: ink)
    }
    // A mark that touches the border is a stain or the edge of a shadow, except in a close crop: there, most
    // high marks touch the border, and together they fill the picture.
    let inside = marks.filter { contacts[$0] == 0 }
    let highest = inside.map { components.list[$0].box.height }.max() ?? 0
    let cutOff = marks.filter { contacts[$0] > 0 && components.list[$0].box.height * 4 >= highest * 3 }
    let reach = cutOff.reduce(Rectangle.empty) { $0.union(components.list[$1].box) }
    let isCrop =
      cutOff.count > inside.count && reach.width * 10 >= ink.width * 9 && reach.height * 10 >= ink.height * 9
    var kept = isCrop ? inside + cutOff : inside
    if keepsDots, let dots = Dots(beside: kept.map { components.list[$0] }, on: result) {
      let writing = Set(kept)
      kept += components.list.indices.filter {
        !writing.contains($0) && contacts[$0] == 0 && dots.contains(components.list[$0])
      }
    }
    return components.only(kept, of: result, margin: 1)
  }

  /// Removes frames along the border of clean ink, unless nothing else would remain.
  static func framesRemoved(from ink: Coverage) -> Coverage {
    let components = Components(ink)
    let contacts = components.contacts(of: ink, ring: 0)
    let kept = components.list.indices.filter { !isFrame(contact: contacts[$0], of: ink) }
    let isLeft = kept.contains { components.list[$0].strongest >= Components.strong }
    return isLeft && kept.count < contacts.count ? components.only(kept, of: ink, margin: 0) : ink
  }

  /// Whether a mark with a number of pixels at the border lies along two sides of the page or more.
  ///
  /// A table's edge and a scanner's lid do, a digit of a close crop only if it is alone.
  private static func isFrame(contact: Int, of ink: Coverage) -> Bool {
    contact * 5 >= 2 * 2 * (ink.width + ink.height)
  }
}

extension Components.Component {
  fileprivate var size: Int { max(box.width, box.height) }
}

extension Components {
  /// The ink of some components and of a margin around them.
  fileprivate func only(_ indices: [Int], of ink: Coverage, margin: Int) -> Coverage {
    let isWanted = isLabelWanted(indices)
    var result = Coverage(width: ink.width, height: ink.height)
    for y in 0..<ink.height {
      for x in 0..<ink.width where isWanted[Int(labels[y * ink.width + x])] {
        for v in max(0, y - margin)...min(ink.height - 1, y + margin) {
          for u in max(0, x - margin)...min(ink.width - 1, x + margin) { result[u, v] = ink[u, v] }
        }
      }
    }
    return result
  }
}
