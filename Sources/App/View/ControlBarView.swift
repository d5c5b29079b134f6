// The controls, and the line of messages below them.

import Basics
import Graphics
import Ink

extension View {
  func controlPart(_ control: Control) -> Scene.Part {
    let area = layout[control]
    let reach = Int(clamping: (4 * layout.scale).rounded(.up))
    var marks = face(of: control, in: area)
    if session.focused == control, session.isActive, session.overlay == nil {
      let ring = area.inset(-max(2, reach - 1))
      marks.append(
        .frame(
          ring, radius: layout.radius + Double(reach - 1), width: max(1.5, 1.5 * layout.scale), theme.accent))
    }
    return Scene.Part(control.rawValue, area.inset(-reach), marks)
  }

  private func face(of control: Control, in area: Rectangle) -> [DrawCommand] {
    let isEnabled = session.isEnabled(control)
    let isHovered = session.hovered == control && isEnabled
    let isPressed = session.pressed == control && isHovered
    let color = isEnabled ? theme.text : theme.faint
    let side = (Double(layout[.undo].height) * 0.56).rounded()
    switch control {
    case .predict:
      var ground = isEnabled ? theme.accent : theme.track
      if isHovered { ground = ground.mixed(theme.text, isPressed ? 0.3 : 0.12) }
      return [
        .box(area, radius: layout.radius, ground),
        text("Predict", centeredIn: area, size: layout.textSize, isEnabled ? theme.onAccent : theme.faint),
      ]
    case .clear, .save, .open:
      let border = DrawCommand.frame(
        area, radius: layout.radius, width: Double(layout.hairline), isHovered ? theme.quiet : theme.line)
      return [
        .box(area, radius: layout.radius, isPressed ? theme.sunken : isHovered ? theme.raised : theme.window),
        border,
        text(control.title ?? "", centeredIn: area, size: layout.textSize, color),
      ]
    case .undo:
      return ground(area, isHovered, isPressed) + Pictogram.undo.marks(in: area, side: side, color: color)
    case .redo:
      return ground(area, isHovered, isPressed) + Pictogram.redo.marks(in: area, side: side, color: color)
    case .eraser:
      let color = session.isErasing ? theme.accent : theme.text
      return ground(area, isHovered, isPressed) + Pictogram.eraser.marks(in: area, side: side, color: color)
    case .help:
      return ground(area, isHovered, isPressed)
        + [text("?", centeredIn: area, size: layout.textSize * 1.1, theme.text)]
    case .pen: return slider(in: area, isHovered)
    case .live: return liveSwitch(in: area, isHovered)
    case .model: return modelFace(in: area, isHovered)
    case .askAll: return askAllFace(in: area, isHovered)
    case .look:
      let color = isHovered || session.isLooking ? theme.accent : theme.quiet
      let words = session.isLooking ? "close" : fitting(["look inside", "inside"], area)
      return [text(words, endingIn: area, size: layout.smallSize, color)]
    }
  }

  private func ground(_ area: Rectangle, _ isHovered: Bool, _ isPressed: Bool) -> [DrawCommand] {
    guard isHovered else { return [] }
    return [.box(area, radius: layout.radius, isPressed ? theme.sunken : theme.track)]
  }

  /// The pen's width: a track that swells, and a knob on it.
  private func slider(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let track = PenWidth.track(in: area)
    let y = area.centerY
    let thick = Double(area.height) * 0.07
    let steps = 24
    let spots = (0...steps).map { Double(track.x) + Double(track.width) * Double($0) / Double(steps) }
    var marks: [DrawCommand] = zip(spots, spots.dropFirst()).enumerated().map { index, ends in
      let part = Double(index) / Double(steps)
      return .line([Spot(ends.0, y), Spot(ends.1, y)], width: 1 + part * thick * 2.4, theme.line)
    }
    let x = Double(track.x) + Double(track.width) * PenWidth.position(of: session.penWidth)
    let radius = Double(area.height) * (0.11 + 0.1 * PenWidth.position(of: session.penWidth))
    marks.append(.disc(Spot(x, y), radius: radius + max(1.5, radius * 0.35), theme.window))
    marks.append(.disc(Spot(x, y), radius: radius, isHovered ? theme.accent : theme.text))
    return marks
  }

  private func liveSwitch(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let height = Int(clamping: (layout.textSize * 1.05).rounded())
    let width = height * 7 / 4
    let pill = Rectangle(x: area.x, y: area.y + (area.height - height) / 2, width: width, height: height)
    let radius = Double(height) / 2
    let ground = session.isLive ? theme.accent : theme.line
    let x = session.isLive ? Double(pill.right) - radius : Double(pill.x) + radius
    return [
      .box(pill, radius: radius, isHovered ? ground.mixed(theme.text, 0.12) : ground),
      .disc(
        Spot(x, pill.centerY), radius: radius - max(1.5, radius * 0.28),
        session.isLive ? theme.onAccent : theme.window),
      text("live", in: area, size: layout.textSize, theme.text, from: Double(width + layout.gap * 2 / 3)),
    ]
  }

  private func modelFace(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let color = isHovered ? theme.accent : theme.text
    let side = layout.textSize
    let time = session.reading == nil ? nil : session.model?.answer?.milliseconds.map(WindowText.milliseconds)
    let timeWidth =
      time.map { Int(clamping: lettering.width(of: $0, size: layout.smallSize)) + layout.gap } ?? 0
    let room = area.width - Int(clamping: side) - layout.gap / 2 - timeWidth
    let name = lettering.shortened(session.model?.name ?? "no model", to: Double(room), size: layout.textSize)
    let width = Int(clamping: lettering.width(of: name, size: layout.textSize).rounded(.up))
    let arrow = Rectangle(
      x: area.x + width + layout.gap / 2, y: area.y, width: Int(clamping: side), height: area.height)
    var marks = [text(name, in: area, size: layout.textSize, color)]
    if !session.models.isEmpty { marks += Pictogram.chevron.marks(in: arrow, side: side, color: color) }
    if let time { marks.append(text(time, endingIn: area, size: layout.smallSize, theme.quiet)) }
    return marks
  }

  private func askAllFace(in area: Rectangle, _ isHovered: Bool) -> [DrawCommand] {
    let isEnabled = session.isEnabled(.askAll)
    var color = isEnabled ? (session.asksAll ? theme.accent : theme.quiet) : theme.faint
    if isHovered { color = theme.accent }
    if session.asksAll, !session.answersAgree {
      let words = fitting(["they disagree", "disagree"], area)
      return [text(words, in: area, size: layout.smallSize, theme.unsure)]
    }
    return [text(session.asksAll ? "asking all" : "ask all", in: area, size: layout.smallSize, color)]
  }

  /// The first of some small words that a rectangle has room for, else the last.
  private func fitting(_ choices: [String], _ area: Rectangle) -> String {
    choices.first { lettering.width(of: $0, size: layout.smallSize) <= Double(area.width) } ?? choices.last
      ?? ""
  }

  /// The words before the name field: why a name was refused, if one was.
  private var nameLabel: String {
    guard let message = session.message, message.kind == .failure else { return "Save as" }
    let room = Double(layout.status.width) * 0.55
    return lettering.shortened(message.text, to: room, size: layout.textSize)
  }

  /// Where the name to save under is edited.
  var nameField: Rectangle {
    let area = layout.status
    let width = Int(clamping: lettering.width(of: nameLabel, size: layout.textSize)) + layout.gap
    return Rectangle(x: area.x + width, y: area.y, width: area.width - width, height: area.height)
  }

  func statusPart() -> Scene.Part {
    let area = layout.status
    if case .saveAs(let field) = session.overlay {
      // The message of a failed attempt stays in sight beside the name.
      let label = text(
        nameLabel, in: area, size: layout.textSize, session.message == nil ? theme.quiet : theme.wrong)
      return Scene.Part("status", area.inset(-2), [label] + marks(of: field, in: nameField))
    }
    guard let message = session.message ?? session.standingNotice else {
      return Scene.Part("status", area, [])
    }
    let size = layout.smallSize
    let color = message.kind == .failure ? theme.wrong : theme.quiet
    guard let path = message.path else {
      return Scene.Part("status", area, [text(message.text, in: area, size: size, color)])
    }
    let start = lettering.width(of: message.text + " ", size: size)
    return Scene.Part(
      "status", area,
      [
        text(message.text, in: area, size: size, color),
        text(path, in: area, size: size, theme.text, from: start),
      ])
  }
}
