// `inkling read --region` and `--regions`: parts of pictures and fields of forms.

import Foundation
import TestSupport
import Testing

@Suite struct RegionCommandTests {
  /// A folder with `sheet.pgm`, white, 400 × 300, with a 3 and a 5 in two places, and `form.json`.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallData.write(to: folder)
    var sheet = [UInt8](repeating: 255, count: 400 * 300)
    for (line, x, y) in [(4, 40, 30), (6, 240, 180)] {
      let digit = "digit\(line).pgm"
      let drawn = try Inkling.run(
        ["render", "digits.jsonl", "--line", "\(line)", "--size", "80", "--out", digit], in: folder.url)
      try #require(drawn.status == 0, "\(drawn.errors)")
      let bytes = try Data(contentsOf: folder.url.appendingPathComponent(digit)).suffix(80 * 80)
      for (i, level) in bytes.enumerated() { sheet[(y + i / 80) * 400 + x + i % 80] = level }
    }
    try (Data("P5\n400 300\n255\n".utf8) + Data(sheet)).write(
      to: folder.url.appendingPathComponent("sheet.pgm"))
    let form = """
      {"width": 200, "height": 150, "fields": [
        {"name": "first", "x": 15, "y": 10, "width": 50, "height": 50},
        {"name": "second, last", "x": 115, "y": 85, "width": 50, "height": 50, "content": "amount"},
        {"name": "none", "x": 70, "y": 5, "width": 40, "height": 20}]}
      """
    try Data(form.utf8).write(to: folder.url.appendingPathComponent("form.json"))
    return folder
  }

  @Test func aRegionIsReadAloneWithItsBoxesInThePicture() throws {
    let folder = try folder()
    let whole = try Inkling.run(["read", "sheet.pgm"], in: folder.url)
    let part = try Inkling.run(
      ["read", "--region", "230,170,120,110", "--json", "sheet.pgm"], in: folder.url)
    let answer = try #require(try JSONSerialization.jsonObject(with: part.output) as? [String: Any])
    #expect(answer["text"] as? String == "5")
    let symbol = try #require((answer["symbols"] as? [[String: Any]])?.first)
    let box = try #require(symbol["box"] as? [String: Double])
    #expect(try #require(box["x"]) >= 240 && #require(box["y"]) >= 180)
    #expect(whole.text.contains("3 5"))
  }

  @Test func theFieldsOfAFormAreALineOfATable() throws {
    let folder = try folder()
    let table = try Inkling.run(["read", "--regions", "form.json", "--csv", "sheet.pgm"], in: folder.url)
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.text == "file,first,\"second, last\",none\nsheet.pgm,3,5,\n")
    let lines = try Inkling.run(["read", "--regions", "form.json", "sheet.pgm"], in: folder.url)
    #expect(
      lines.text.split(separator: "\n").map { $0.split(separator: "\t").prefix(2).last } == [
        "first", "second, last", "none",
      ])
    let json = try Inkling.run(["read", "--regions", "form.json", "--json", "sheet.pgm"], in: folder.url)
    let list = try #require(try JSONSerialization.jsonObject(with: json.output) as? [[String: Any]])
    let fields = try #require(list.first?["fields"] as? [[String: Any]])
    #expect(fields.map { $0["text"] as? String } == ["3", "5", ""])
  }

  @Test func wrongRegionsAreSaid() throws {
    let folder = try folder()
    for region in ["1,2,3", "a,b,c,d", "0,0,0,5", "-1,0,5,5"] {
      #expect(try Inkling.run(["read", "--region=\(region)", "sheet.pgm"], in: folder.url).status == 64)
    }
    #expect(
      try Inkling.run(["read", "--region", "900,900,5,5", "sheet.pgm"], in: folder.url).status == 65)
    let drawings = try Inkling.run(["read", "--regions", "form.json", "digits.jsonl"], in: folder.url)
    #expect(drawings.status == 65 && drawings.errors.contains("takes pictures"))
    #expect(try Inkling.run(["read", "--csv", "sheet.pgm"], in: folder.url).status == 64)
    #expect(
      try Inkling.run(["read", "--regions", "sheet.pgm", "sheet.pgm"], in: folder.url).status == 65)
    #expect(
      try Inkling.run(["read", "--regions", "form.json", "--mode", "sums", "sheet.pgm"], in: folder.url)
        .status == 64)
  }
}
