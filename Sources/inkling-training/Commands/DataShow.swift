// `inkling data show`: the number of samples of each label, and some samples as pictures.

import Basics
import CommandSupport
import Datasets
import Formats
import Ink
import Reports

extension Command {
  /// Samples of each label on a contact sheet.
  private static let samplesPerLabel = 8

  static func showData(_ reports: [DatasetReport], _ arguments: Arguments) throws(Failure) {
    let split = try split(arguments)
    let sets = reports.filter { split == nil || $0.part == split?.rawValue }
    guard !sets.isEmpty else { throw .noInput("there is no such part; leave --split out to see all parts") }
    if arguments.has("json") {
      printLine(JSON.array(sets.map(json)).text)
    } else {
      for set in sets {
        printLine(line(set))
        if !set.counts.isEmpty {
          printLine("  " + set.counts.map { "\($0.label): \($0.count)" }.joined(separator: "  "))
        }
      }
    }
    if let out = arguments.text("out") {
      let items = sets.flatMap { samples(of: $0, perLabel: samplesPerLabel) }
      try ContactSheet.write(
        items, columns: 2 * samplesPerLabel, to: out, replacing: arguments.has("force"))
    } else if !arguments.has("json") {
      for set in sets {
        let pictures = samples(of: set, perLabel: 1).prefix(20).map(\.image)
        for start in stride(from: 0, to: pictures.count, by: 5) {
          printLine(HalfBlocks.row(of: pictures[start..<min(start + 5, pictures.count)]))
        }
      }
    }
  }

  /// The first samples of each label, dark ink on white, captioned with the label.
  private static func samples(of set: DatasetReport, perLabel: Int) -> [ContactSheet.Item] {
    var counts: [String: Int] = [:]
    func item(_ label: String, _ picture: () -> GrayImage) -> ContactSheet.Item? {
      counts[label, default: 0] += 1
      if counts[label, default: 0] > perLabel { return nil }
      return ContactSheet.Item(image: picture(), caption: label)
    }
    let items: [ContactSheet.Item] =
      switch set.content {
      case .images(let images):
        (0..<set.count).compactMap { index in item(images.name(of: index)) { images.picture(index) } }
      case .drawings(let drawings):
        drawings.compactMap { drawing in item(drawing.label ?? "?") { drawing.page.image(longerSide: 48) } }
      case .rows: []
      }
    return items.sorted { $0.caption < $1.caption }
  }
}

extension ContactSheet {
  /// Writes a sheet as a picture of the format that the file's ending names.
  static func write(
    _ items: [Item], columns: Int = 16, to path: String, replacing: Bool
  ) throws(Failure) {
    let bytes: [UInt8]
    do throws(FormatError) {
      bytes = try Document.file(image(of: items, columns: columns), named: path)
    } catch {
      throw .couldNot(error.description)
    }
    try writeFile(bytes, to: path, replacing: replacing)
  }
}
