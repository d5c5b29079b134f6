package import App
package import Basics
import Gestures
package import Graphics
import Ink

/// The look of the panel: a function of its state.
package struct PanelView: TextView {
  private let state: PanelState
  private let area: PanelArea
  package let renderer: TextRenderer
  private var theme: Palette { state.theme.palette }

  private init(_ state: PanelState, _ renderer: TextRenderer) {
    self.state = state
    self.renderer = renderer
    area = PanelArea(size: state.size, scale: state.scale)
  }

  /// The scene of a state.
  package static func scene(of state: PanelState, renderer: TextRenderer) -> Scene {
    let view = PanelView(state, renderer)
    return Scene(
      window: view.area.window, theme: view.theme, page: view.area.writing, parts: view.parts())
  }

  /// The pixels of the whole panel.
  package static func picture(of state: PanelState, renderer: TextRenderer) -> Bitmap {
    scene(of: state, renderer: renderer).picture(of: state.page, renderer: renderer)
  }

  /// A control and its place in the panel.
  package struct Place: Sendable, Equatable {
    /// The control.
    package let control: PanelControl
    /// The rectangle in pixels.
    package let area: Rectangle
  }

  /// The places of all controls, those of the texts included.
  package static func places(of state: PanelState, renderer: TextRenderer) -> [Place] {
    let view = PanelView(state, renderer)
    let buttons = PanelControl.buttons.compactMap { control in
      view.area.buttons[control].map { Place(control: control, area: $0) }
    }
    return view.texts().map { Place(control: $0.control, area: $0.area) } + buttons
  }

  private func parts() -> [Scene.Part] {
    [Scene.Part("ground", area.window, [.fill(area.window, theme.window)]), writingPart()]
      + PanelControl.buttons.compactMap(buttonPart) + [rowPart()]
  }

  // MARK: The writing area

  private func writingPart() -> Scene.Part {
    let writing = area.writing
    let border = writing.inset(-area.hairline)
    let isCommand = state.mode != .text
    var marks = guideLines()
    if let hint, state.page.isEmpty, !state.isPenDown {
      let size = area.textSize
      let text = renderer.shortened(hint, to: Double(writing.width - 2 * area.gap), size: size)
      let base = Double(writing.y) + Double(writing.height) * PanelState.guides.base
      marks.append(
        .text(
          text, PicturePoint(Double(writing.x + area.gap), (base - size * 0.35).rounded()), size: size,
          theme.faint))
    }
    marks.append(
      .frame(
        border, radius: 0, width: Double(area.hairline), isCommand ? theme.accent : theme.line))
    return Scene.Part("page", border, holdsPage: true, marks)
  }

  /// The lines between which one writes; the base line is the strongest.
  private func guideLines() -> [DrawCommand] {
    let guides = PanelState.guides
    func line(_ share: Double, _ opacity: Double) -> DrawCommand {
      let y = area.writing.y + Int(clamping: (Double(area.writing.height) * share).rounded())
      return .fill(area.writing.strip(y: y, height: area.hairline), theme.accent.faded(opacity))
    }
    return [
      line(guides.capitals, 0.14), line(guides.small, 0.14), line(guides.base, 0.5),
      line(guides.descenders, 0.14),
    ]
  }

  private var hint: String? {
    switch state.mode {
    case .text: "Write here"
    case .command: "Draw a command"
    case .teaching(let name, let examples):
      "Draw \(name): \(examples.count + 1) of \(GestureExample.usualCount)"
    }
  }

  // MARK: The row above it

  /// A text in the row, which can be tapped.
  private struct RowText {
    let control: PanelControl
    let area: Rectangle
    let text: String
    let size: Double
  }

  /// The text that was read and the others, as many as fit.
  private func texts() -> [RowText] {
    var texts: [(PanelControl, String, Double)] = []
    if state.question != nil {
      texts = [(.choice(0), "Start", area.textSize), (.choice(1), "Do not", area.textSize)]
    } else if state.mode == .command {
      if let command = state.command { texts = [(.preview, command.text, area.textSize)] }
    } else if let reading = state.reading, !state.page.isEmpty {
      for (index, text) in reading.texts.enumerated() {
        let isFirst = index == 0
        texts.append((isFirst ? .preview : .choice(index - 1), text, area.textSize * (isFirst ? 1.25 : 1)))
      }
    }
    var x = area.row.x + questionWidth
    var placed: [RowText] = []
    for (control, text, size) in texts {
      // Blanks at the ends are shown, or they would be typed unseen.
      let isInk = state.mode != .command && state.question == nil
      let visible = isInk ? Self.visible(text) : text
      let fitting = renderer.shortened(visible, to: Double(area.row.right - x - 2 * area.gap), size: size)
      let width = Int(clamping: renderer.width(of: fitting, size: size).rounded(.up)) + 2 * area.gap
      guard placed.isEmpty || x + width <= area.row.right && fitting == visible else { break }
      placed.append(
        RowText(
          control: control, area: area.row.column(x: x, width: width), text: fitting, size: size))
      x += width + area.gap / 2
    }
    return placed
  }

  /// A text whose blanks and line breaks are visible.
  private static func visible(_ text: String) -> String {
    String(text.map { $0 == " " ? "\u{2423}" : $0 == "\n" ? "\u{21B5}" : $0 })
  }

  private var questionText: String? {
    state.question.map { "Start \($0.program?.joined(separator: " ") ?? "")?" }
  }

  /// The room that a question takes, with the answers beside it.
  private var questionWidth: Int {
    guard let questionText else { return 0 }
    let width = Int(clamping: renderer.width(of: questionText, size: area.smallSize).rounded(.up))
    return min(width + area.gap, area.row.width * 2 / 3)
  }

  private func rowPart() -> Scene.Part {
    var marks: [DrawCommand] = []
    let texts = texts()
    for item in texts {
      let isHovered = state.hovered == item.control
      let isFirst = item.control == .preview
      let isUnsure = isFirst && state.mode == .text && state.reading?.isUnsure == true
      marks.append(
        .box(
          item.area, radius: area.radius,
          isHovered
            ? (state.held == item.control ? theme.sunken : theme.track)
            : isFirst ? theme.window : theme.raised)
      )
      if !isFirst {
        marks.append(
          .frame(item.area, radius: area.radius, width: Double(area.hairline), theme.line))
      }
      let color = isUnsure ? theme.unsure : isFirst ? theme.text : theme.quiet
      marks.append(text(item.text, centeredIn: item.area, size: item.size, color))
    }
    if let questionText {
      let room = area.row.column(x: area.row.x, width: questionWidth - area.gap)
      marks.append(text(questionText, in: room, size: area.smallSize, theme.text))
    } else if let message = state.message {
      let start = texts.last.map { $0.area.right + area.gap } ?? area.row.x
      let room = area.row.column(x: start, width: max(0, area.row.right - start))
      marks.append(text(message, in: room, size: area.smallSize, theme.wrong))
    }
    return Scene.Part("row", area.row, marks)
  }

  // MARK: Buttons

  private func buttonPart(_ control: PanelControl) -> Scene.Part? {
    guard let place = area.buttons[control] else { return nil }
    let isEnabled = state.isEnabled(control)
    let isHovered = state.hovered == control && isEnabled
    let isOn = control == .command && state.mode == .command
    var ground = isOn ? theme.accent : theme.raised
    if isHovered { ground = isOn ? ground.mixed(theme.text, 0.12) : theme.track }
    if state.held == control, isHovered { ground = isOn ? ground : theme.sunken }
    let color = isOn ? theme.onAccent : isEnabled ? theme.text : theme.faint
    let side = min(Double(place.height) * 0.6, 26 * state.scale)
    return Scene.Part(
      "\(control)", place,
      [
        .box(place, radius: area.radius, ground),
        .frame(place, radius: area.radius, width: Double(area.hairline), isOn ? theme.accent : theme.line),
      ] + Self.pictogram(of: control).marks(in: place, side: side, color: color))
  }

  private static func pictogram(of control: PanelControl) -> Pictogram {
    switch control {
    case .undo:
      Pictogram([
        [(9, 14), (4, 9), (9, 4)],
        [(4, 9), (14.5, 9), (18.4, 10.6), (20, 14.5), (18.4, 18.4), (14.5, 20), (10, 20)],
      ])
    case .backspace:
      Pictogram([
        [(8, 5), (22, 5), (22, 19), (8, 19), (2, 12), (8, 5)], [(12, 9), (18, 15)], [(18, 9), (12, 15)],
      ])
    case .enter: Pictogram([[(20, 5), (20, 14), (4, 14)], [(9, 9), (4, 14), (9, 19)]])
    case .space: Pictogram([[(-6, 11), (-6, 16), (30, 16), (30, 11)]])
    case .command: Pictogram([[(13, 2), (5, 14), (12, 14), (11, 22), (19, 10), (12, 10), (13, 2)]])
    case .preview, .choice: Pictogram([])
    }
  }
}
