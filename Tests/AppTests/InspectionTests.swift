import App
import Basics
import Graphics
import Ink
import Testing
import X11

/// The inspection: V and its control open it, and its image is that of the last reading.
@Suite struct InspectionTests {
  let line = [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)]

  private func picture(_ color: UInt32) -> Bitmap { Bitmap(width: 40, height: 30, color: Color(color)) }

  private func inside(_ driver: Driver) -> Scene.Part? {
    View.scene(of: driver.state, renderer: driver.renderer).parts.first { $0.name == "inside" }
  }

  private func request(_ driver: Driver) -> InspectionRequest? {
    driver.layout.areas.inspectionRequest(theme: driver.state.theme)
  }

  @Test func aKeyAndAControlOpenAndCloseIt() {
    var driver = Driver()
    driver.draw(line)
    #expect(request(driver) == nil && inside(driver) == nil)
    driver.effects = []
    driver.key(.character("v"))
    #expect(driver.effects == [.read(models: [0])])
    #expect(request(driver)?.width == driver.layout.areas.inside.width)
    #expect(inside(driver) != nil)
    driver.click(.look)
    #expect(request(driver) == nil && inside(driver) == nil)
    driver.click(.look)
    #expect(driver.state.inspection.isShown)
  }

  @Test func thePictureIsShownUntilANewerOneComesOrThePageIsCleared() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("v"))
    driver.answer("7")
    let revision = driver.state.revision
    driver.send(.inspected(model: 0, InspectionImage(picture: picture(0x11_2233), revision: revision)))
    #expect(inside(driver)?.picture == picture(0x11_2233))
    driver.send(.inspected(model: 0, InspectionImage(picture: picture(0x44_5566), revision: revision - 1)))
    #expect(inside(driver)?.picture == picture(0x11_2233), "an older picture has arrived late")
    driver.key(.delete)
    #expect(inside(driver)?.picture == nil)
    driver.send(.inspected(model: 0, InspectionImage(picture: picture(0x44_5566), revision: revision)))
    #expect(inside(driver)?.picture == nil, "a picture of the cleared page has arrived late")
  }

  @Test func thePlaceIsNeverBlankWhileThePictureIsMade() {
    var driver = Driver()
    driver.key(.character("v"))
    #expect(inside(driver)?.marks.isEmpty == false, "an empty page says what to do")
    driver.draw(line)
    #expect(inside(driver)?.marks.isEmpty == false, "the page is being read")
    driver.answer("7")
    #expect(inside(driver)?.picture == nil && inside(driver)?.marks.isEmpty == false, "it is being painted")
  }

  @Test func aNewSizeAndOtherColoursRequestANewPicture() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("v"))
    driver.effects = []
    driver.receive(.resized(width: 1200, height: 900))
    #expect(driver.effects.contains(.read(models: [0])))
    driver.effects = []
    driver.key(.character("t"))
    #expect(driver.effects.contains(.read(models: [0])))
    #expect(request(driver)?.theme == .dark)
  }

  @Test func thePartsThatThePictureReplacesAreRepainted() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("v"))
    driver.answer("7")
    let before = driver.state
    driver.send(.inspected(model: 0, InspectionImage(picture: picture(0x11_2233), revision: before.revision)))
    let renderer = driver.renderer
    let (old, new) = (
      View.scene(of: before, renderer: renderer), View.scene(of: driver.state, renderer: renderer)
    )
    var bitmap = View.picture(of: before, renderer: renderer)
    let raster = PageRaster(before.page, width: new.page.width, height: new.page.height)
    for area in new.damage(after: old) {
      new.paint(into: &bitmap, clip: area, ink: raster, renderer: renderer)
    }
    let isSame = bitmap == View.picture(of: driver.state, renderer: renderer)
    #expect(isSame)
    let area = new.parts.first { $0.name == "inside" }?.bounds ?? .empty
    #expect(bitmap[area.x, area.y] == 0x11_2233)
  }
}
