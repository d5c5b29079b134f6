// The journal's lines: steps of the page's history as bytes, and back.
//
// A line is a word, whole numbers and a checksum: "#" and the CRC-32 of what stands before, in eight hexadecimal
// digits. Coordinates are in 1/256 of a page unit and times in 0.1 ms, both as the page keeps them, with "-" for no
// time. A width has a decimal point or an exponent and is exact; without either it is in 1/256 of a page unit.
// After a picture's line come its levels, whose checksum the line holds. After a drawing's line come its strokes.
// Lines without checksums are those of earlier versions.

import Basics
import Formats
import Ink

enum JournalText {
  /// What the bytes of a journal hold.
  struct Content {
    /// The steps, with `.lost` in the place of each damaged part that others follow.
    var entries: [JournalEntry] = []
    /// How many bytes stand before a last step that was not written to its end.
    var used = 0
    /// Whether the lines have checksums, as all have that this version writes.
    var hasChecksums = true
    /// Whether some bytes are neither a step nor the beginning of one at the end.
    var isDamaged = false
  }

  /// The bytes of a step.
  static func bytes(of entry: JournalEntry) -> [UInt8] {
    switch entry {
    case .stroke(let stroke): return line("stroke " + text(of: stroke))
    case .erase(let path, let width):
      let points = path.map { " \($0.exact.x) \($0.exact.y)" }.joined()
      return line("erase \(Stroke.usable(width))\(points)")
    case .undo: return line("undo")
    case .redo: return line("redo")
    case .clear: return line("clear")
    case .picture(let picture):
      let checksum = hexadecimal(CRC32.checksum(picture.pixels))
      return line("picture \(picture.width) \(picture.height) \(checksum)") + picture.pixels + [0x0A]
    case .drawing(let strokes):
      return strokes.reduce(into: line("drawing \(strokes.count)")) { $0 += line(text(of: $1)) }
    case .sides(let width, let height): return line("sides \(width) \(height)")
    case .lost: return line("lost")
    }
  }

  /// The steps that bytes hold, on both sides of what is damaged.
  static func content(of bytes: [UInt8]) -> Content {
    var reader = JournalReader(bytes)
    return reader.content()
  }

  private static func line(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes + Array(" #\(hexadecimal(CRC32.checksum(bytes)))\n".utf8)
  }

  private static func text(of stroke: Stroke) -> String {
    var text = "\(stroke.width)"
    for sample in stroke.samples {
      let (x, y) = sample.point.exact
      text += " \(x) \(y) " + (sample.time.map { String(Int(clamping: ($0 * 10000).rounded())) } ?? "-")
    }
    return text
  }

  /// A checksum in eight digits.
  static func hexadecimal(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension Page {
  /// Does a step of a journal again.
  mutating func take(_ entry: JournalEntry) {
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
    case .sides(let width, let height): self = Page(proportion: width, to: height)
    case .lost: addEmptyStep()
    }
  }
}
