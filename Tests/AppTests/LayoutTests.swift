import App
import Basics
import Graphics
import Recognition
import Testing
import X11

@Suite struct LayoutTests {
  static let sizes = [
    (480, 360), (640, 480), (800, 600), (960, 680), (1024, 768), (1280, 720), (1366, 768), (1600, 1200),
    (1920, 1080), (2560, 1440), (3840, 2160), (480, 900), (600, 1600), (2000, 400), (700, 2100),
  ]
  static let scales = [1, 1.5, 2]

  /// The parts that must not overlap each other.
  static func parts(of layout: Layout) -> [Layout.Part] {
    layout.named.filter { $0.name != "window" }
  }

  @Test(arguments: sizes, scales) func nothingOverlapsOrIsCut(size: (Int, Int), scale: Double) {
    for (proportion, isLooking) in [(1, false), (2, false), (0.4, false), (1, true), (2, true), (0.4, true)] {
      for mode in ReadingMode.allCases {
        let layout = Layout(
          width: size.0, height: size.1, scale: scale, proportion: proportion, isLooking: isLooking,
          mode: mode)
        let parts = Self.parts(of: layout)
        for (index, part) in parts.enumerated() {
          #expect(!part.area.isEmpty, "\(part.name) is empty")
          #expect(layout.window.contains(part.area), "\(part.name) is cut: \(part.area)")
          for other in parts[(index + 1)...] {
            #expect(part.area.intersection(other.area).isEmpty, "\(part.name) and \(other.name) overlap")
          }
        }
      }
    }
  }

  /// All texts of draw commands, with their left and right edges.
  private static func texts(_ marks: [DrawCommand], _ renderer: TextRenderer) -> [(
    String, from: Double, to: Double
  )] {
    marks.flatMap { mark -> [(String, from: Double, to: Double)] in
      switch mark {
      case .text(let text, let spot, let size, _):
        // The ink of the first character starts at the edge of its area, not its bearing.
        let bearing = text.unicodeScalars.first.map { max(0, renderer.bearing(of: $0, size: size)) } ?? 0
        return [(text, spot.x + bearing, spot.x + renderer.width(of: text, size: size))]
      case .within(_, let marks): return texts(marks, renderer)
      default: return []
      }
    }
  }

  @Test(arguments: sizes, scales) func noTextIsCut(size: (Int, Int), scale: Double) {
    for renderer in [TextRenderer(), TextRenderer(builtIn: true)] {
      for name in ReferenceTests.names {
        let state = ReferenceTests.state(
          name, size: WindowSize(width: size.0, height: size.1), scale: scale)
        for part in View.scene(of: state, renderer: renderer).parts {
          // The label of a symbol may be at the page's edge.
          if part.name.hasPrefix("box") { continue }
          for (text, from, to) in Self.texts(part.marks, renderer) {
            #expect(!text.contains("…"), "\(name): '\(text)' in \(part.name) is shortened")
            #expect(
              from >= Double(part.bounds.x) - 2 && to <= Double(part.bounds.right) + 2,
              "\(name): '\(text)' reaches beyond \(part.name)")
          }
        }
      }
    }
  }

  @Test(arguments: sizes, scales) func textFitsItsControl(size: (Int, Int), scale: Double) {
    let layout = Layout(width: size.0, height: size.1, scale: scale)
    for renderer in [TextRenderer(), TextRenderer(builtIn: true)] {
      for control in [Control.predict, .clear, .save, .open, .digits, .sums, .text] {
        let width = renderer.width(of: control.title ?? "", size: layout.textSize)
        #expect(width <= Double(layout[control].width), "\(control) at \(size), \(scale): \(width)")
      }
      // The switch is left of the word, with the size that the view gives it.
      let word = renderer.width(of: "live", size: layout.textSize) + layout.textSize * 1.05 * 1.75
      #expect(word + Double(layout.gap) * 2 / 3 <= Double(layout[.live].width) + 1)
      #expect(layout.textSize <= Double(layout[.model].height))
      for isLooking in [false, true] {
        let layout = Layout(width: size.0, height: size.1, scale: scale, isLooking: isLooking)
        let words = [(Control.askAll, ["asking all", "disagree"]), (.look, ["inside", "close"])]
        for (control, words) in words {
          for word in words {
            let width = renderer.width(of: word, size: layout.smallSize)
            #expect(width <= Double(layout[control].width), "'\(word)' at \(size), \(scale)")
          }
        }
      }
      #expect(renderer.width(of: "9 > 99.9 %", size: layout.smallSize) < Double(layout.bars[9].width) * 0.7)
      #expect(layout.smallSize <= Double(layout.bars[0].height) * 1.1)
    }
  }

  @Test func thePageIsSquareUntilAPictureIsWide() {
    for (width, height) in Self.sizes {
      let page = Layout(width: width, height: height).page
      #expect(page.width == page.height)
      let wide = Layout(width: width, height: height, proportion: 2).page
      #expect(abs(wide.width - 2 * wide.height) <= 2)
      let tall = Layout(width: width, height: height, proportion: 0.5).page
      #expect(abs(tall.height - 2 * tall.width) <= 2)
    }
  }

  @Test func aHighWindowHasThePanelBelowThePage() {
    for (width, height) in [(500, 900), (480, 900), (600, 1600)] {
      let layout = Layout(width: width, height: height)
      #expect(layout.panel.y > layout.page.bottom && layout.panel.width >= width * 9 / 10)
      #expect(layout[.predict].y > layout.panel.bottom)
    }
    #expect(Layout(width: 900, height: 700).panel.x > Layout(width: 900, height: 700).page.right)
  }

  @Test func aWideWindowGivesItsRoomToThePanel() {
    let (usual, wide) = (Layout(width: 960, height: 680), Layout(width: 1366, height: 768))
    #expect(wide.panel.width > usual.panel.width * 5 / 4)
    #expect(wide.bars[0].width > usual.bars[0].width && wide.input.width > usual.input.width)
    #expect(wide.answer.height > usual.answer.height)
  }

  @Test func theMirrorExchangesPageAndPanel() {
    let (usual, mirrored) = (
      Layout(width: 960, height: 680), Layout(width: 960, height: 680, isMirrored: true)
    )
    #expect(mirrored.panel.x == usual.page.x && mirrored.page.right == usual.panel.right)
    #expect(mirrored.page.width == usual.page.width && mirrored.panel.width == usual.panel.width)
    var driver = Driver()
    driver.key(.character("h"))
    #expect(driver.layout.areas.panel.x < driver.layout.areas.page.x)
    #expect(Settings(text: Settings(of: driver.state).text).isMirrored == true)
  }

  @Test func theNamesThatScriptsUseExist() {
    let names = Set(Layout(width: 960, height: 680).named.map(\.name))
    for name in ["page", "predict", "clear", "save", "undo", "redo", "open", "answer", "input"] {
      #expect(names.contains(name))
    }
  }

  @Test func everyWindowSizeHasALayout() {
    for side in 0...64 {
      let layout = Layout(width: side * 7, height: side * 5, scale: 2)
      #expect(layout.page.width > 0)
    }
  }
}
