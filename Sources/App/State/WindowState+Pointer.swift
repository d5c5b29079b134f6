// The pointer: it draws, erases, presses, slides and chooses.

import Basics
package import Graphics
import Ink
import Recognition
package import X11

extension WindowState {
  /// Takes what the window was told, and says what is to be done.
  package mutating func take(_ event: Event, lettering: TextRenderer) -> [Effect] {
    switch event {
    case .moved(let pointer): return moved(pointer, lettering: lettering)
    case .pressed(let button, let pointer): return pressed(button, pointer, lettering: lettering)
    case .released(let button, let pointer): return released(button, pointer)
    case .scrolled(_, let y, let pointer): return scrolled(y, pointer)
    case .entered(let pointer):
      hover(pointer)
      return []
    case .left:
      if gesture == .none { hovered = nil }
      return []
    case .key(let press): return take(press)
    case .focused(let isFocused):
      isActive = isFocused
      return []
    case .resized(let width, let height):
      if (width, height) == size { return [] }
      size = (width, height)
      return [.remember] + lookAgain()
    case .closed: return [.quit]
    case .received(let contents):
      return contents.text.map { paste($0) } ?? [.show(contents.bytes)]
    case .receivedNothing:
      if overlay == nil { message = .failure("There is no picture to paste.") }
      return []
    case .dropHovering:
      isDropHovering = true
      return []
    case .dropLeft:
      isDropHovering = false
      return []
    case .dropped(let paths, _, _):
      isDropHovering = false
      return paths.first.map { [.open($0)] } ?? []
    case .keyReleased, .presented, .lostSelection, .woken, .lost: return []
    }
  }

  /// The control under a place of the window.
  private func control(at pointer: PointerState) -> Control? {
    let layout = layout
    return Control.allCases.first { layout[$0].contains(x: Double(pointer.x), y: Double(pointer.y)) }
  }

  private mutating func hover(_ pointer: PointerState) {
    let isCovered = isCovered(pointer)
    hovered = isCovered ? nil : control(at: pointer)
    isOverPage = !isCovered && layout.page.contains(x: Double(pointer.x), y: Double(pointer.y))
  }

  /// Whether a overlay lies over a place.
  private func isCovered(_ pointer: PointerState) -> Bool {
    let (x, y) = (Double(pointer.x), Double(pointer.y))
    switch overlay {
    case .keys, .open: return layout.desk.contains(x: x, y: y)
    case .models: return ModelRows(layout, count: models.count).area.contains(x: x, y: y)
    case .saveAs: return layout.status.contains(x: x, y: y)
    case nil: return false
    }
  }

  private mutating func moved(_ pointer: PointerState, lettering: TextRenderer) -> [Effect] {
    switch gesture {
    case .drawing:
      continueStroke(x: pointer.x, y: pointer.y, time: pointer.time)
      return []
    case .erasing: return continueErasing(x: pointer.x, y: pointer.y)
    case .sliding: return slide(to: pointer.x)
    case .none:
      hover(pointer)
      if pointer.buttons.contains(.primary), pressed == nil, let (field, area) = fieldInOverlay(pointer) {
        var field = field
        field.place(at: caret(in: field, area: area, at: pointer.x, lettering), selecting: true)
        replaceField(field)
      } else if case .models = overlay, let row = modelRow(at: pointer) {
        overlay = .models(row: row)
      }
      return []
    }
  }

  private mutating func pressed(
    _ button: PointerButton, _ pointer: PointerState, lettering: TextRenderer
  ) -> [Effect] {
    guard gesture == .none else { return [] }
    if button == .middle, fieldInOverlay(pointer) != nil { return [.paste(primary: true)] }
    guard button == .primary || button == .secondary else { return [] }
    if let overlay { return pressed(button, pointer, on: overlay, lettering: lettering) }
    if let control = control(at: pointer) {
      guard button == .primary else { return [] }
      pressed = control
      hovered = control
      if control == .pen {
        gesture = .sliding
        return slide(to: pointer.x)
      }
      return []
    }
    if layout.page.contains(x: Double(pointer.x), y: Double(pointer.y)) {
      focused = nil
      let erases = button == .secondary || isErasing || pointer.tool == .eraser
      return erases
        ? beginErasing(x: pointer.x, y: pointer.y)
        : beginStroke(x: pointer.x, y: pointer.y, time: pointer.time)
    }
    if layout.answer.contains(x: Double(pointer.x), y: Double(pointer.y)) {
      selectSymbol(at: pointer.x, lettering)
    }
    return []
  }

  private mutating func released(_ button: PointerButton, _ pointer: PointerState) -> [Effect] {
    let control = pressed
    switch gesture {
    case .drawing:
      guard button == .primary else { return [] }
      continueStroke(x: pointer.x, y: pointer.y, time: pointer.time)
      return endStroke()
    case .erasing: return endErasing()
    case .sliding:
      gesture = .none
      pressed = nil
      return []
    case .none: break
    }
    guard button == .primary else { return [] }
    pressed = nil
    hover(pointer)
    guard let control, control == self.control(at: pointer) else { return [] }
    return press(control)
  }

  private mutating func scrolled(_ y: Int, _ pointer: PointerState) -> [Effect] {
    if case .open(var choice) = overlay {
      choice.move(by: y)
      overlay = .open(choice)
      return []
    }
    return y == 0 || gesture != .none ? [] : stepPen(-y)
  }

  private mutating func slide(to x: Int) -> [Effect] {
    let track = PenWidth.track(in: layout[.pen])
    return setPen(PenWidth.width(at: Double(x - track.x) / Double(max(1, track.width))))
  }

  private mutating func selectSymbol(at x: Int, _ lettering: TextRenderer) {
    guard let reading, reading.symbols.count > 1, reading.lineLengths.count == 1 else { return }
    let area = layout.answer
    let part = Double(x - area.x) / Double(max(1, View.answerWidth(of: self, lettering: lettering)))
    selectedSymbol = min(
      reading.symbols.count - 1, max(0, Int(clamping: part * Double(reading.symbols.count))))
  }
}

extension WindowState {
  /// The text field that a overlay shows under a place.
  private func fieldInOverlay(_ pointer: PointerState) -> (TextField, Rectangle)? {
    switch overlay {
    case .saveAs(let field): return (field, layout.status)
    case .open(let choice):
      let area = OpenRows(layout).field
      return area.contains(x: Double(pointer.x), y: Double(pointer.y)) ? (choice.field, area) : nil
    case .keys, .models, nil: return nil
    }
  }

  private func caret(in field: TextField, area: Rectangle, at x: Int, _ lettering: TextRenderer) -> Int {
    let view = View(session: self, layout: layout, theme: theme.palette, lettering: lettering)
    var area = area
    if case .saveAs = overlay { area = view.nameField }
    return view.caret(in: field, area: area, at: x)
  }

  mutating func replaceField(_ field: TextField) {
    switch overlay {
    case .saveAs: overlay = .saveAs(field)
    case .open(var choice):
      choice.field = field
      overlay = .open(choice)
    case .keys, .models, nil: break
    }
  }

  private func modelRow(at pointer: PointerState) -> Int? {
    let rows = ModelRows(layout, count: models.count)
    return (0..<rows.count).first { rows.row($0).contains(x: Double(pointer.x), y: Double(pointer.y)) }
  }

  private mutating func pressed(
    _ button: PointerButton, _ pointer: PointerState, on overlay: Overlay, lettering: TextRenderer
  ) -> [Effect] {
    let isInside = isCovered(pointer)
    switch overlay {
    case .keys:
      self.overlay = nil
      return []
    case .models:
      guard isInside else {
        self.overlay = nil
        // The models' own button closes them; any other is pressed at once.
        if control(at: pointer) != .model { return pressed(button, pointer, lettering: lettering) }
        return []
      }
      guard let row = modelRow(at: pointer) else { return [] }
      self.overlay = nil
      return choose(row)
    case .saveAs(var field):
      guard isInside else {
        self.overlay = nil
        return pressed(button, pointer, lettering: lettering)
      }
      field.place(at: caret(in: field, area: layout.status, at: pointer.x, lettering))
      self.overlay = .saveAs(field)
      return []
    case .open(var choice):
      guard isInside else {
        self.overlay = nil
        return pressed(button, pointer, lettering: lettering)
      }
      let rows = OpenRows(layout)
      if rows.field.contains(x: Double(pointer.x), y: Double(pointer.y)) {
        choice.field.place(at: caret(in: choice.field, area: rows.field, at: pointer.x, lettering))
        self.overlay = .open(choice)
        return []
      }
      let matching = choice.matching
      let first = rows.first(showing: choice.chosen, of: matching.count)
      let row = (0..<rows.count).first { rows.row($0).contains(x: Double(pointer.x), y: Double(pointer.y)) }
      guard let row, matching.indices.contains(first + row) else { return [] }
      choice.choose(first + row)
      return accept(choice)
    }
  }

  /// Opens what a choice has come to: a folder is entered, a file opened.
  mutating func accept(_ choice: FileChoice) -> [Effect] {
    let path = choice.path
    guard path.hasSuffix("/") else {
      overlay = .open(choice)
      return [.open(path)]
    }
    var choice = choice
    choice.field.replace(with: path)
    choice.choose(nil)
    overlay = .open(choice)
    return path == choice.folder ? [] : [.list(folder: path)]
  }
}
