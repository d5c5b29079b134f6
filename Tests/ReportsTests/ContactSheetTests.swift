import Ink
import Reports
import Testing

@Suite struct ContactSheetTests {
  @Test func aContactSheetHoldsEveryPicture() {
    let dark = GrayImage(width: 28, height: 28, level: 0)
    for count in [0, 1, 15, 16, 17, 40] {
      let items = (0..<count).map { _ in ContactSheet.Item(image: dark, caption: "4>9") }
      let sheet = ContactSheet.image(of: items)
      let ink = sheet.pixels.count { $0 == 0 }
      #expect(ink == count * (56 * 56 + 2 * (9 + 5 + 12)))
    }
  }
}
