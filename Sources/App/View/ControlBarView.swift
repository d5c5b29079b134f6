// The view of the controls and of the line of messages below them.

import Basics
import Graphics

extension View {
  func controlPart(_ control: Control) -> Scene.Part {
    let area = layout[control]
    let reach = Int(clamping: (4 * layout.scale).rounded(.up))
    var marks = face(of: control, in: area)
    if state.focus.focused == control, state.focus.isWindowActive, state.overlay == nil {
      let ring = area.inset(-max(2, reach - 1))
      marks.append(
        .frame(
          ring, radius: layout.radius + Double(reach - 1), width: max(1.5, 1.5 * layout.scale), theme.accent))
    }
    return Scene.Part(control.rawValue, area.inset(-reach), marks)
  }

  private func face(of control: Control, in area: Rectangle) -> [DrawCommand] {
    let isEnabled = state.isEnabled(control)
    let isHovered = state.focus.hovered == control && isEnabled
    let isPressed = state.focus.pressed == control && isHovered
    let color = isEnabled ? theme.text : theme.faint
    let side = (Double(layout[.undo].height) * 0.56).rounded()
    switch control {
    case .predict:
      var ground = isEnabled ? theme.accent : theme.track
      if isHovered { ground = ground.mixed(theme.text, isPressed ? 0.3 : 0.12) }
      return [
        .box(area, radius: layout.radius, ground),
        text(
          localized("Predict"), centeredIn: area, size: layout.textSize,
          isEnabled ? theme.onAccent : theme.faint),
      ]
    case .clear, .save, .open:
      let ground = isPressed ? theme.sunken : isHovered ? theme.raised : theme.window
      return card(area, ground, border: isHovered ? theme.quiet : theme.line)
        + [text(localized(control.title ?? ""), centeredIn: area, size: layout.textSize, color)]
    case .undo, .redo:
      let pictogram: Pictogram = control == .undo ? .undo : .redo
      return ground(area, isHovered, isPressed) + pictogram.marks(in: area, side: side, color: color)
    case .frame, .eraser:
      let pictogram: Pictogram = control == .frame ? .frame : .eraser
      // The tool of the primary button is filled.
      if state.pen.tool == (control == .frame ? .frame : .eraser) {
        let ground = isHovered ? theme.accent.mixed(theme.text, 0.12) : theme.accent
        return [.box(area, radius: layout.radius, ground)]
          + pictogram.marks(in: area, side: side, color: theme.onAccent)
      }
      return ground(area, isHovered, isPressed) + pictogram.marks(in: area, side: side, color: color)
    case .help:
      return ground(area, isHovered, isPressed)
        + [text("?", centeredIn: area, size: layout.textSize * 1.1, theme.text)]
    case .pen: return slider(in: area, isHovered)
    case .live: return liveSwitch(in: area, isHovered)
    case .digits, .sums, .text: return modeFace(control, in: area, isHovered, isPressed)
    case .copy:
      return ground(area, isHovered, isPressed)
        + Pictogram.copy.marks(in: area, side: (Double(area.height) * 0.72).rounded(), color: color)
    case .model: return modelFace(in: area, isHovered)
    case .askAll: return askAllFace(in: area, isHovered, isPressed)
    case .look:
      return smallButton(
        state.inspection.isShown ? ["close"] : ["look inside", "inside"], in: area, isHovered, isPressed,
        isOn: state.inspection.isShown)
    }
  }

  /// A button with small text, whose colour tells the button's state where none is given.
  private func smallButton(
    _ labels: [String], in area: Rectangle, _ isHovered: Bool, _ isPressed: Bool, isOn: Bool,
    color: Color? = nil
  ) -> [DrawCommand] {
    let radius = min(layout.radius, Double(area.height) / 3)
    let ground = isPressed ? theme.sunken : isHovered ? theme.raised : theme.window
    let label = text(
      fitting(labels.map(localized), area, size: layout.smallSize), centeredIn: area, size: layout.smallSize,
      color ?? (isHovered || isOn ? theme.accent : theme.text))
    return card(
      area, ground, border: isOn ? theme.accent : isHovered ? theme.quiet : theme.line, radius: radius,
      hairlines: isOn ? 2 : 1) + [label]
  }

  private func ground(_ area: Rectangle, _ isHovered: Bool, _ isPressed: Bool) -> [DrawCommand] {
    guard isHovered else { return [] }
    return [.box(area, radius: layout.radius, isPressed ? theme.sunken : theme.track)]
  }

  /// The slider of the pen's width: a track that grows wider, and a knob on it.
  private func slider(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let track = layout.sliderTrack
    let y = area.centerY
    let thick = Double(area.height) * 0.07
    let steps = 24
    let edges = (0...steps).map { Double(track.x) + Double(track.width) * Double($0) / Double(steps) }
    var marks: [DrawCommand] = zip(edges, edges.dropFirst()).enumerated().map { index, ends in
      let part = Double(index) / Double(steps)
      return .line(
        [PicturePoint(ends.0, y), PicturePoint(ends.1, y)], width: 1 + part * thick * 2.4, theme.line)
    }
    let x = Double(track.x) + Double(track.width) * PenScale.position(of: state.pen.width)
    let radius = Double(area.height) * (0.11 + 0.1 * PenScale.position(of: state.pen.width))
    marks.append(.disc(PicturePoint(x, y), radius: radius + max(1.5, radius * 0.35), theme.window))
    marks.append(.disc(PicturePoint(x, y), radius: radius, isHovered ? theme.accent : theme.text))
    return marks
  }

  private func liveSwitch(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let height = Int(clamping: (layout.textSize * 1.05).rounded())
    let width = height * 7 / 4
    let pill = Rectangle(x: area.x, y: area.y + (area.height - height) / 2, width: width, height: height)
    let radius = Double(height) / 2
    let ground = state.isLive ? theme.accent : theme.line
    let x = state.isLive ? Double(pill.right) - radius : Double(pill.x) + radius
    return [
      .box(pill, radius: radius, isHovered ? ground.mixed(theme.text, 0.12) : ground),
      .disc(
        PicturePoint(x, pill.centerY), radius: radius - max(1.5, radius * 0.28),
        state.isLive ? theme.onAccent : theme.window),
      text(
        fitting(
          ["live reading", "live"].map(localized), area.inset(x: (width + layout.gap * 2 / 3 + 1) / 2, y: 0),
          size: layout.textSize), in: area, size: layout.textSize, theme.text,
        from: Double(width + layout.gap * 2 / 3)),
    ]
  }

  private func modelFace(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let color = isHovered ? theme.accent : theme.text
    let side = layout.textSize
    let time = state.reading == nil ? nil : state.model?.answer?.milliseconds.map(WindowText.milliseconds)
    let timeWidth =
      time.map { Int(clamping: renderer.width(of: $0, size: layout.smallSize)) + layout.gap } ?? 0
    let nameWidth = area.width - Int(clamping: side) - layout.gap / 2 - timeWidth
    let name = renderer.shortened(
      state.model?.name ?? localized("no model"), to: Double(nameWidth), size: layout.textSize)
    let width = Int(clamping: renderer.width(of: name, size: layout.textSize).rounded(.up))
    let arrow = area.column(x: area.x + width + layout.gap / 2, width: Int(clamping: side))
    var marks = [text(name, in: area, size: layout.textSize, color)]
    if !state.models.entries.isEmpty { marks += Pictogram.chevron.marks(in: arrow, side: side, color: color) }
    if let time { marks.append(text(time, endingIn: area, size: layout.smallSize, theme.quiet)) }
    return marks
  }

  private func askAllFace(in area: Rectangle, _ isHovered: Bool, _ isPressed: Bool) -> [DrawCommand] {
    let isEnabled = state.isEnabled(.askAll)
    let isOn = state.models.asksAll
    let comparison = isOn ? state.comparison : nil
    let labels: [String] =
      switch comparison {
      case .disagree: ["they disagree", "disagree"]
      case .agree: ["they agree", "agree"]
      case .waiting: ["asking all"]
      case nil: ["ask all"]
      }
    let color = comparison == .disagree ? theme.unsure : isEnabled || isOn ? nil : theme.faint
    return smallButton(
      labels, in: area, isHovered && isEnabled, isPressed, isOn: isOn, color: color)
  }

  /// A part of the switch of the mode.
  private func modeFace(
    _ control: Control, in area: Rectangle, _ isHovered: Bool, _ isPressed: Bool
  ) -> [DrawCommand] {
    let isChosen = control.mode == state.mode
    let ground = isChosen ? theme.accent : isPressed ? theme.sunken : isHovered ? theme.raised : theme.track
    let radius = min(layout.radius, Double(area.height) / 3)
    return [
      .box(area.inset(x: 1, y: 0), radius: radius, ground),
      text(
        localized(control.title ?? ""), centeredIn: area, size: layout.textSize,
        isChosen ? theme.onAccent : theme.text),
    ]
  }

  /// The first of some texts that fits into a rectangle, or else the last one.
  func fitting(_ choices: [String], _ area: Rectangle, size: Double) -> String {
    choices.first { renderer.width(of: $0, size: size) <= Double(area.width) } ?? choices.last ?? ""
  }

  /// The tooltip of the control on which the pointer rests: above it, or below it where it is at the top.
  func tooltipParts() -> [Scene.Part] {
    guard state.focus.showsTooltip, let control = state.focus.hovered, state.overlay == nil else { return [] }
    let size = layout.smallSize
    let pad = max(3, layout.gap * 2 / 3)
    let most = layout.window.width - 4 * pad
    let label = renderer.shortened(localized(control.tooltip), to: Double(most), size: size)
    let width = Int(clamping: renderer.width(of: label, size: size).rounded(.up)) + 2 * pad
    let height = Int(clamping: (size * 1.9).rounded())
    let area = layout[control]
    let x = min(max(pad, Int(clamping: area.centerX) - width / 2), layout.window.width - width - pad)
    let above = area.y - height - pad / 2
    let y = above >= layout.desk.y ? above : area.bottom + pad / 2
    let box = Rectangle(x: max(0, x), y: y, width: width, height: height)
    return [
      Scene.Part(
        "tooltip", box,
        [
          .box(box, radius: layout.radius * 0.7, theme.text),
          text(label, centeredIn: box, size: size, theme.window),
        ])
    ]
  }

  func statusPart() -> Scene.Part {
    let area = layout.status
    if case .saveAs(let text) = state.overlay, let field = window.field {
      let label = self.text(
        window.nameLabel, in: area, size: layout.textSize, state.message == nil ? theme.quiet : theme.wrong)
      return Scene.Part("status", area.inset(-2), [label] + marks(of: text, field))
    }
    guard let message = state.message ?? state.lastingProblem else {
      return Scene.Part("status", area, [])
    }
    let size = layout.smallSize
    let color = message.kind == .failure ? theme.wrong : theme.quiet
    var marks = [text(message.text, in: area, size: size, color)]
    if let path = message.path {
      let start = renderer.width(of: message.text + " ", size: size)
      marks.append(text(path, in: area, size: size, theme.text, from: start))
    }
    return Scene.Part("status", area, marks)
  }
}
