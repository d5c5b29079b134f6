// The format of the journal: the steps of the page's history as lines.
//
// A line has a word, whole numbers and a checksum: "#" and the CRC-32 of the text before it, in eight hexadecimal
// digits. Coordinates are in 1/256 of a page unit and times in 0.1 ms, which is the precision of the page; "-" is no
// time. A width with a decimal point or an exponent is in page units; one without is in 1/256 of a page unit.
// The box of a label is in page units, and its text is UTF-8 in hexadecimal digits.
// The levels of a picture follow its line, which has their checksum. The strokes of a drawing follow its line.
// Earlier versions have written lines without checksums.

import Basics
package import Ink

/// The steps of a page's history as bytes, and back.
package enum JournalText {
  /// The content of a journal.
  package struct Content {
    /// The steps, with `.lost` for each damaged part before another step.
    package var entries: [JournalEntry] = []
    /// The length of the complete steps: a last step may be written in part.
    package var used = 0
    /// Whether the lines have checksums; all lines that this version writes have one.
    package var hasChecksums = true
    /// Whether some bytes are neither a step nor the beginning of a last one.
    package var isDamaged = false
  }

  /// The bytes of a step.
  package static func bytes(of entry: JournalEntry) -> [UInt8] {
    switch entry {
    case .stroke(let stroke): return line("stroke " + text(of: stroke))
    case .erase(let path, let width):
      let points = path.map { " \($0.exact.x) \($0.exact.y)" }.joined()
      return line("erase \(Stroke.usable(width))\(points)")
    case .undo: return line("undo")
    case .redo: return line("redo")
    case .clear: return line("clear")
    case .picture(let picture):
      let checksum = CRC32.hexadecimal(picture.pixels)
      return line("picture \(picture.width) \(picture.height) \(checksum)") + picture.pixels + [0x0A]
    case .drawing(let strokes):
      return strokes.reduce(into: line("drawing \(strokes.count)")) { $0 += line(text(of: $1)) }
    case .label(let label):
      let (box, digits) = (label.box, label.text.utf8.map { NumberText.padded(String($0, radix: 16), to: 2) })
      return line("label \(box.x) \(box.y) \(box.width) \(box.height) \(digits.joined())")
    case .sides(let width, let height): return line("sides \(width) \(height)")
    case .lost: return line("lost")
    }
  }

  /// Reads the bytes of a journal; steps before and after damaged parts are kept.
  package static func content(of bytes: [UInt8]) -> Content {
    var reader = JournalReader(bytes)
    return reader.content()
  }

  private static func line(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes + Array(" #\(CRC32.hexadecimal(bytes))\n".utf8)
  }

  private static func text(of stroke: Stroke) -> String {
    var text = "\(stroke.width)"
    for sample in stroke.samples {
      let (x, y) = sample.point.exact
      text += " \(x) \(y) " + (sample.time.map { String(Int(clamping: ($0 * 10000).rounded())) } ?? "-")
    }
    return text
  }
}

extension Page {
  /// Repeats a step of a journal.
  package mutating func apply(_ entry: JournalEntry) {
    switch entry {
    case .stroke(let stroke): add(stroke)
    case .erase(let path, let width):
      var hasErased = false
      for (a, b) in zip(path, path.dropFirst()) {
        if erase(along: [a, b], width: width, continuing: hasErased) { hasErased = true }
      }
    case .undo: undo()
    case .redo: redo()
    case .clear: clear()
    case .picture(let picture): open(picture)
    case .drawing(let strokes): open(Drawing(strokes))
    case .label(let label): add(label)
    case .sides(let width, let height): self = Page(proportion: width, to: height)
    case .lost: addEmptyStep()
    }
  }
}
