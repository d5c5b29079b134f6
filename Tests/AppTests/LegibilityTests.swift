// What is painted is legible: no text overlaps another or is partly covered, and all text stands out from its ground.

import App
import Basics
import Foundation
import Graphics
import Ink
import Recognition
import Testing
import X11

/// Follows the painting of a scene, and collects what is not legible.
private struct Legibility {
  /// A text with the box of its capitals.
  private struct Seen {
    let text: String
    let part: String
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let color: Color
    let ground: Color?

    func overlap(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> (x: Double, y: Double) {
      (min(self.right, right) - max(self.left, left), min(self.bottom, bottom) - max(self.top, top))
    }
  }

  /// A painted rectangle; nil for a picture, whose colours are not known.
  private struct Ground {
    let area: Rectangle
    let color: Color?
  }

  private(set) var problems: [String] = []
  private var texts: [Seen] = []
  private var grounds: [Ground] = []
  private let renderer: TextRenderer

  init(_ state: WindowState, _ renderer: TextRenderer) {
    self.renderer = renderer
    let scene = View.scene(of: state, renderer: renderer)
    let disabled = Set(Control.allCases.filter { !state.isEnabled($0) }.map(\.rawValue))
    for part in scene.parts {
      if part.holdsPage { paint(scene.page, scene.theme.paper) }
      if let picture = part.picture {
        paint(
          Rectangle(x: part.bounds.x, y: part.bounds.y, width: picture.width, height: picture.height), nil)
      }
      follow(part.marks, part.name, within: scene.window)
    }
    for (index, seen) in texts.enumerated() {
      for other in texts[(index + 1)...] {
        let overlap = seen.overlap(other.left, other.top, other.right, other.bottom)
        if overlap.x > 2, overlap.y > 1 {
          problems.append("'\(seen.text)' of \(seen.part) and '\(other.text)' of \(other.part) overlap")
        }
      }
      guard let ground = seen.ground, !disabled.contains(seen.part) else { continue }
      // The hint on an empty page is large and faint on purpose.
      let least = seen.color == scene.theme.faint ? 3 : 4.5
      let contrast = seen.color.contrast(with: ground)
      if contrast < least { problems.append("'\(seen.text)' of \(seen.part) has the contrast \(contrast)") }
    }
  }

  private mutating func follow(_ marks: [DrawCommand], _ part: String, within clip: Rectangle) {
    for mark in marks {
      switch mark {
      case .fill(let area, let color), .box(let area, radius: _, let color):
        // A caret stands between characters.
        if area.width > 3 { paint(area.intersection(clip), color, part) }
      case .within(let area, let marks): follow(marks, part, within: clip.intersection(area))
      case .text(let text, let spot, let size, let color): see(text, spot, size, color, part, within: clip)
      case .frame, .disc, .line, .levels: break
      }
    }
  }

  /// The parts that are opened over others.
  private static let overlays: Set = ["keys", "models", "choices", "open overlay", "tooltip"]

  private mutating func paint(_ area: Rectangle, _ color: Color?, _ part: String = "") {
    if area.isEmpty { return }
    let isOpaque = (color?.alpha ?? 255) == 255
    let (left, top) = (Double(area.x), Double(area.y))
    let (right, bottom) = (Double(area.right), Double(area.bottom))
    if isOpaque {
      texts.removeAll { seen in
        let overlap = seen.overlap(left, top, right, bottom)
        if overlap.x <= 1 || overlap.y <= 1 { return false }
        let isWhole = overlap.x >= seen.right - seen.left - 3 && overlap.y >= seen.bottom - seen.top - 3
        if !isWhole, !Self.overlays.contains(part) || part == seen.part {
          problems.append("'\(seen.text)' of \(seen.part) is partly covered")
        }
        return true
      }
    }
    grounds.append(Ground(area: area, color: isOpaque ? color : blended(area, color)))
  }

  private func blended(_ area: Rectangle, _ color: Color?) -> Color? {
    guard let color, let below = ground(atX: area.centerX, y: area.centerY) else { return nil }
    return below.mixed(Color(color.rgb), Double(color.alpha) / 255)
  }

  private func ground(atX x: Double, y: Double) -> Color? {
    grounds.last { $0.area.contains(x: x, y: y) }?.color
  }

  private mutating func see(
    _ text: String, _ spot: PicturePoint, _ size: Double, _ color: Color, _ part: String,
    within clip: Rectangle
  ) {
    if text.allSatisfy(\.isWhitespace) { return }
    let bearing = text.unicodeScalars.first.map { max(0, renderer.bearing(of: $0, size: size)) } ?? 0
    var (left, right) = (spot.x + bearing, spot.x + renderer.width(of: text, size: size))
    // A text field shows the part around its caret.
    if part == "status" || part == "open overlay" {
      (left, right) = (max(left, Double(clip.x)), min(right, Double(clip.right)))
    }
    let top = spot.y - renderer.capitalHeight(size: size)
    if left < Double(clip.x) - 2 || right > Double(clip.right) + 2 || top < Double(clip.y) - 2
      || spot.y > Double(clip.bottom) + 1
    {
      problems.append("'\(text)' of \(part) is cut")
    }
    texts.append(
      Seen(
        text: text, part: part, left: left, right: right, top: top, bottom: spot.y,
        color: color.alpha == 255 ? color : color.mixed(color, 1),
        ground: ground(atX: (left + right) / 2, y: (top + spot.y) / 2)))
  }
}

@Suite struct LegibilityTests {
  private static let isThorough = ProcessInfo.processInfo.environment["INKLING_THOROUGH"] == "1"
  static let sizes = [(480, 360), (960, 680), (1366, 768), (1600, 1200), (3840, 2160)]

  /// A driver with one of the states in which a window can be.
  private static let preparations: [(name: String, prepare: @Sendable (inout Driver) -> Void)] = [
    ("a page that was not read", { $0.key(.character("l")) }),
    ("a doubtful digit", { $0.answer("7", confidence: 0.6, refused: true) }),
    ("no digit", { $0.answer("", confidence: 0) }),
    ("many digits", { $0.answer("31415926535897932384", confidence: 0.95) }),
    (
      "a symbol chosen",
      { driver in
        driver.answer("4096")
        driver.key(.left)
      }
    ),
    ("the eraser", { $0.key(.character("e")) }),
    (
      "a frame on a picture",
      { driver in
        driver.send(.pictureOpened(GrayImage(width: 30, height: 20, level: 200), path: "/sheet.pgm"))
        driver.key(.character("f"))
        driver.draw([(0.2, 0.2), (0.7, 0.8)])
      }
    ),
    (
      "a frame without writing",
      { driver in
        driver.send(.pictureOpened(GrayImage(width: 30, height: 20, level: 200), path: "/sheet.pgm"))
        driver.key(.character("f"))
        driver.draw([(0.2, 0.2), (0.7, 0.8)])
        driver.send(
          .answered(
            model: 0,
            .init(
              reading: .empty, frame: driver.state.frame, milliseconds: 1, revision: driver.state.revision)))
        driver.key(.character("f"))
      }
    ),
    ("a name to save under", { $0.send(.nameProposed("/home/anna/Pictures/7-2026-11-20-185501.pgm")) }),
    (
      "a name that exists",
      { driver in
        driver.send(.nameProposed("/tmp/seven.pgm"))
        driver.key(.enter)
        driver.send(.nameTaken(path: "/tmp/seven.pgm"))
      }
    ),
    ("a page that was saved", { $0.send(.saved(path: "/home/anna/Pictures/7.pgm", wasNamed: false)) }),
    ("a failure", { $0.send(.notOpened("The file is no picture.")) }),
    (
      "recent files",
      { driver in
        driver.send(.folderProposed("/home/anna/"))
        driver.send(
          .folderListed("/home/anna/", entries: [.init(name: "a.png", isFolder: false)], problem: nil))
        driver.send(.recentFilesFound(["/home/anna/Pictures/Inkling/seven.png"]))
        driver.key(.down)
      }
    ),
    (
      "a folder that cannot be read",
      { driver in
        driver.send(.folderProposed("/root/"))
        driver.send(
          .folderListed("/root/", entries: [], problem: "/root/ cannot be read: permission denied."))
      }
    ),
    (
      "all models asked",
      { driver in
        driver.key(.character("a"))
        driver.key(.escape)
        driver.answer("7")
        driver.answer("1", model: 1)
        driver.answer("7", model: 2)
      }
    ),
    (
      "the inspection",
      { driver in
        driver.key(.character("v"))
        driver.key(.delete)
      }
    ),
    (
      "the mirror",
      { driver in
        driver.key(.character("h"))
        driver.answer("7")
      }
    ),
    (
      "a focused control",
      { driver in
        driver.key(.tab)
        driver.key(.tab)
      }
    ),
    ("no model", { $0.offer([]) }),
  ]

  private static func driver(_ size: (Int, Int), _ scale: Double, _ theme: Theme, _ language: Language)
    -> Driver
  {
    var driver = Driver(models: ["inkling", "cnn-adam", "mlp"])
    driver.send(.windowOpened(WindowSize(width: size.0, height: size.1), scale: scale))
    driver.send(.themeSet(theme))
    driver.send(.languageSet(language))
    return driver
  }

  @Test(arguments: sizes, [1.0, 1.25, 2]) func everyStateIsLegible(size: (Int, Int), scale: Double) {
    let renderer = TextRenderer()
    for theme in [Theme.light, .dark] {
      for language in Language.allCases {
        for (name, prepare) in Self.preparations {
          var driver = Self.driver(size, scale, theme, language)
          driver.draw([(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)])
          prepare(&driver)
          let problems = Legibility(driver.state, renderer).problems
          #expect(problems.isEmpty, "\(name), \(theme), \(language): \(problems)")
        }
        for name in ReferenceTests.names where theme == .light {
          let state = ReferenceTests.state(
            name, size: WindowSize(width: size.0, height: size.1), scale: scale, language: language)
          let problems = Legibility(state, renderer).problems
          #expect(problems.isEmpty, "\(name), \(language): \(problems)")
        }
      }
    }
  }

  @Test(arguments: sizes, [1.0, 2]) func everyTooltipIsLegible(size: (Int, Int), scale: Double) {
    let renderer = TextRenderer()
    for language in Language.allCases {
      var driver = Self.driver(size, scale, .dark, language)
      for control in Control.allCases {
        let area = driver.layout.areas[control]
        driver.receive(.moved(PointerState(x: area.x + area.width / 2, y: area.y + area.height / 2)))
        driver.send(.hoverRested)
        let tooltips = View.scene(of: driver.state, renderer: renderer).parts.filter { $0.name == "tooltip" }
        #expect(tooltips.count == 1 && driver.layout.areas.window.contains(tooltips[0].bounds))
        for case .text(let text, _, _, let color) in tooltips.flatMap(\.marks) {
          #expect(!text.contains("…"), "'\(text)' of \(control) in \(language) is shortened")
          #expect(color.contrast(with: driver.state.theme.palette.text) >= 4.5)
        }
      }
    }
  }

  /// A long use with random steps: what a person may press, in any order.
  @Test(arguments: sizes, [1.0, 2]) func aLongUseStaysLegible(size: (Int, Int), scale: Double) {
    let renderer = TextRenderer()
    for theme in [Theme.light, .dark] {
      var random = SplitMix64(seed: UInt64(size.0) &* 31 &+ UInt64(clamping: scale * 7))
      var driver = Self.driver(size, scale, theme, .english)
      var steps: [String] = []
      for _ in 0..<(Self.isThorough ? 400 : 40) {
        steps.append(Self.step(&driver, &random))
        let problems = Legibility(driver.state, renderer).problems
        #expect(problems.isEmpty, "\(theme): \(problems) after \(steps.suffix(8))")
        if !problems.isEmpty { return }
      }
    }
  }

  /// One step of a random use; returns what it was.
  private static func step(_ driver: inout Driver, _ random: inout SplitMix64) -> String {
    driver.effects = []
    let keys: [Key] = [
      .enter, .escape, .escape, .tab, .left, .right, .up, .down, .function(1), .character(" "),
    ]
    let letters = "esflmavhtp[]?"
    var name: String
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2:
      name = "stroke"
      driver.draw(
        (0..<4).map { _ in (.random(in: 0.1...0.9, using: &random), .random(in: 0.1...0.9, using: &random)) })
    case 3, 4:
      let key = keys[Int.random(in: 0..<keys.count, using: &random)]
      name = "\(key)"
      driver.key(key, text: key == .character(" ") ? " " : "")
    case 5, 6:
      let letter = Array(letters)[Int.random(in: 0..<letters.count, using: &random)]
      name = String(letter)
      driver.key(.character(letter), text: name)
    case 7:
      let control = Control.allCases[Int.random(in: 0..<Control.allCases.count, using: &random)]
      name = "\(control)"
      driver.click(control)
    case 8:
      name = "undo"
      driver.key(.character("z"), [.control])
    default:
      name = "delete"
      if Bool.random(using: &random) { driver.key(.delete) }
    }
    for effect in driver.effects {
      switch effect {
      case .read(let models):
        for model in models {
          let length = Int.random(in: 0...9, using: &random)
          let digits = (0..<length).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
          let answer = ModelEntry.Answer.made(
            digits, confidence: .random(in: 0.3...1, using: &random), refused: false,
            revision: driver.state.revision, mode: driver.state.mode)
          driver.send(.answered(model: model, answer))
        }
      case .proposeFolder:
        driver.send(.folderProposed("/home/anna/"))
        driver.send(
          .folderListed("/home/anna/", entries: [.init(name: "a.png", isFolder: false)], problem: nil))
      case .proposeName: driver.send(.nameProposed("/home/anna/Pictures/7.pgm"))
      case .save: driver.send(.saved(path: "/home/anna/Pictures/7.pgm", wasNamed: false))
      case .copyPage: driver.send(.pageCopied)
      default: break
      }
    }
    return name
  }
}
