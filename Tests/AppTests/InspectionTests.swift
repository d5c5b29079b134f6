import App
import Basics
import Graphics
import Ink
import Testing
import X11

/// The look inside: opened by V and by its button, and as fresh as the reading.
@Suite struct LookTests {
  let line = [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)]

  private func picture(_ color: UInt32) -> Bitmap { Bitmap(width: 40, height: 30, color: Color(color)) }

  private func inside(_ driver: Driver) -> Scene.Part? {
    View.scene(of: driver.session, lettering: driver.lettering).parts.first { $0.name == "inside" }
  }

  @Test func aKeyAndAButtonOpenAndCloseIt() {
    var driver = Driver()
    driver.draw(line)
    #expect(driver.session.look == nil && inside(driver) == nil)
    driver.effects = []
    driver.key(.character("v"))
    #expect(driver.effects == [.read(models: [0])])
    #expect(driver.session.look?.width == driver.session.layout.inside.width)
    #expect(inside(driver) != nil)
    driver.click(.look)
    #expect(driver.session.look == nil && inside(driver) == nil)
    driver.click(.look)
    #expect(driver.session.isLooking)
  }

  @Test func thePictureIsShownUntilANewerOneComesOrThePageIsCleared() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("v"))
    driver.answer("7")
    let revision = driver.session.revision
    driver.session.take(InspectionImage(picture: picture(0x11_2233), revision: revision))
    #expect(inside(driver)?.picture == picture(0x11_2233))
    driver.session.take(InspectionImage(picture: picture(0x44_5566), revision: revision - 1))
    #expect(inside(driver)?.picture == picture(0x11_2233), "an older picture has come late")
    driver.key(.escape)
    #expect(inside(driver)?.picture == nil)
    driver.session.take(InspectionImage(picture: picture(0x44_5566), revision: revision))
    #expect(inside(driver)?.picture == nil, "a picture of the cleared page has come late")
  }

  @Test func itIsAskedForAnewWhenItShouldLookOtherwise() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("v"))
    driver.effects = []
    driver.take(.resized(width: 1200, height: 900))
    #expect(driver.effects.contains(.read(models: [0])))
    driver.effects = []
    driver.key(.character("t"))
    #expect(driver.effects.contains(.read(models: [0])))
    #expect(driver.session.look?.theme == .dark)
  }

  @Test func whatThePictureHasReplacedIsRepaintedExactly() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("v"))
    driver.answer("7")
    let before = driver.session
    driver.session.take(InspectionImage(picture: picture(0x11_2233), revision: before.revision))
    let lettering = driver.lettering
    let (old, new) = (
      View.scene(of: before, lettering: lettering), View.scene(of: driver.session, lettering: lettering)
    )
    var bitmap = View.picture(of: before, lettering: lettering)
    let raster = PageRaster(before.page, width: new.page.width, height: new.page.height)
    for area in new.damage(after: old) {
      new.paint(into: &bitmap, clip: area, ink: raster, lettering: lettering)
    }
    let isSame = bitmap == View.picture(of: driver.session, lettering: lettering)
    #expect(isSame)
    let place = new.parts.first { $0.name == "inside" }?.bounds ?? .empty
    #expect(bitmap[place.x, place.y] == 0x11_2233)
  }
}
