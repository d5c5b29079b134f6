// `inkling data show`: how many samples of each label there are, and what some of them look like.

import Basics
import Datasets
import Formats
import Ink
import Reports

extension Command {
  /// Samples of each label on a sheet.
  private static let samplesPerLabel = 8

  static func showData(_ all: [DatasetReport], _ arguments: Arguments) throws(Failure) {
    let split = try split(arguments)
    let sets = all.filter { split == nil || $0.part == split?.rawValue }
    guard !sets.isEmpty else { throw .noInput("there is no such part: leave --split out to see all") }
    if arguments.has("json") {
      print(JSON.array(sets.map(json)).text)
    } else {
      for set in sets {
        print(line(set))
        if !set.counts.isEmpty {
          print("  " + set.counts.map { "\($0.label): \($0.count)" }.joined(separator: "  "))
        }
      }
    }
    if let out = arguments.text("out") {
      let items = sets.flatMap { samples(of: $0, perLabel: samplesPerLabel) }
      let sheet = ContactSheet.image(
        of: items.map { ContactSheet.Item(image: $0.picture, caption: $0.label) },
        columns: 2 * samplesPerLabel)
      let bytes: [UInt8]
      do throws(FormatError) { bytes = try Document.file(sheet, named: out) } catch {
        throw .couldNot(error.description)
      }
      try writeFile(bytes, to: out, replacing: arguments.has("force"))
    } else if !arguments.has("json") {
      for set in sets {
        let items = samples(of: set, perLabel: 1)
        for start in stride(from: 0, to: min(items.count, 20), by: 5) {
          print(row(items[start..<min(start + 5, items.count)].map { $0.picture }))
        }
      }
    }
  }

  /// The first samples of each label, dark ink on white.
  private static func samples(
    of set: DatasetReport, perLabel: Int
  ) -> [(label: String, picture: GrayImage)] {
    var taken: [String: Int] = [:]
    var items: [(label: String, picture: GrayImage)] = []
    for index in 0..<set.count {
      let label: String
      switch set.content {
      case .images(let images): label = images.name(of: index)
      case .drawings(let drawings): label = drawings[index].label ?? "?"
      case .rows: return []
      }
      guard taken[label, default: 0] < perLabel else { continue }
      taken[label, default: 0] += 1
      switch set.content {
      case .images(let images): items.append((label, images.picture(index)))
      case .drawings(let drawings): items.append((label, drawings[index].page.image(longerSide: 48)))
      case .rows: break
      }
    }
    return items.sorted { $0.label < $1.label }
  }

  /// Pictures side by side in half blocks, made half as large where they are wider than 16 pixels.
  private static func row(_ pictures: [GrayImage]) -> String {
    let side = 14
    var row = Coverage(width: pictures.count * (side + 1), height: side)
    for (place, picture) in pictures.enumerated() {
      for y in 0..<side {
        for x in 0..<side {
          row[place * (side + 1) + x, y] = 255 - mean(of: picture, column: x, row: y, side: side)
        }
      }
    }
    return HalfBlocks.text(of: row)
  }

  /// The mean of the pixels that one cell of a smaller grid covers.
  private static func mean(of picture: GrayImage, column: Int, row: Int, side: Int) -> UInt8 {
    let (left, top) = (column * picture.width / side, row * picture.height / side)
    let right = max(left + 1, (column + 1) * picture.width / side)
    let bottom = max(top + 1, (row + 1) * picture.height / side)
    var sum = 0
    for y in top..<min(bottom, picture.height) {
      for x in left..<min(right, picture.width) { sum += Int(picture[x, y]) }
    }
    return UInt8(sum / max(1, (right - left) * (bottom - top)))
  }
}
