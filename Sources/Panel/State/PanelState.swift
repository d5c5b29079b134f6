package import App
import Basics
package import Gestures
package import Ink
import X11

/// The panel's state; `handle` is the only place that changes it.
package struct PanelState: Sendable {
  /// What the ink is for.
  package enum Mode: Sendable, Equatable {
    /// It is typed.
    case text
    /// It triggers a command.
    case command
    /// It is an example of a gesture.
    case teaching(String, examples: [[Stroke]])
  }

  /// Keys that were typed and can be taken back.
  package struct Typed: Sendable, Equatable {
    let keys: Int
    let target: Typist.Target
    /// What others had pressed until then.
    let others: Int
  }

  /// The height of capitals between the guide lines, as a share of the height of the writing area.
  package static let capitalHeight = 0.5
  /// The place of the guide lines: for capitals, for small letters, the base line, and for descenders.
  package static let guides = (capitals: 0.18, small: 0.38, base: 0.68, descenders: 0.88)
  /// The pen's width, as a share of the height of capitals.
  private static let penWidth = 0.08

  package private(set) var size = WindowSize(width: 800, height: 200)
  package private(set) var scale = 1.0
  package private(set) var theme = Theme.light
  package private(set) var mode = Mode.text
  package private(set) var page = Page()
  /// Counts the changes of the ink.
  package private(set) var revision = 0
  package private(set) var reading: PanelReading?
  package private(set) var isPenDown = false
  package private(set) var hovered: PanelControl?
  package private(set) var held: PanelControl?
  /// A sentence for the person, shown while there is no ink.
  package private(set) var message: String?
  /// A program that a command would start, and that the person is asked about.
  package private(set) var question: PenCommand.Action?
  package private(set) var table = CommandTable()
  private var approved: Set<PenCommand.Action> = []
  private var gestures = Set(PenGesture.allCases)
  private var target: Typist.Target?
  private var isTargetKnown = false
  /// Whether the table has been read since commands were last asked for.
  private var isTableKnown = false
  /// The revision that `reading` belongs to.
  private var readingRevision: Int?
  /// The revision before the stroke that is being drawn.
  private var lastRevision = 0
  /// The revision whose pause has elapsed.
  private var pausedRevision: Int?
  /// Whether the ink is to be typed as soon as it is read.
  private var isDue = false
  /// The key that is typed after the ink, where a button or a gesture asks for it.
  private var followingKey: String?
  private var typed: [Typed] = []
  /// The ink of the text that is being typed, which comes back if that fails.
  private var sent: (text: String, drawing: Drawing)?
  private var timeOrigin: UInt32?

  /// Makes the state of an empty panel.
  package init() {}

  /// Whether the chosen pause is running.
  package var awaitsPause: Bool {
    !page.isEmpty && !isPenDown && !isDue && question == nil && pausedRevision != revision
  }
  /// Whether something can be taken back.
  package var canTakeBack: Bool { !typed.isEmpty }
  /// The command that the ink triggers.
  package var command: PenCommand? {
    guard mode == .command, let reading else { return nil }
    switch reading.gesture {
    case .gesture(let name): if let command = table.command(forGesture: name) { return command }
    case .ambiguous, .unknown: break
    }
    return reading.texts.first.flatMap { table.command(forText: $0) }
  }

  /// Whether a control does something now.
  package func isEnabled(_ control: PanelControl) -> Bool {
    switch control {
    case .undo: !page.isEmpty || canTakeBack
    case .preview: question == nil && !page.isEmpty && reading != nil
    case .choice: true
    case .backspace, .space, .enter, .command: !isTeaching
    }
  }

  private var isTeaching: Bool { if case .teaching = mode { true } else { false } }

  /// Handles an event.
  package mutating func handle(_ event: PanelEvent) -> [PanelEffect] {
    switch event {
    case .opened(let size, let scale):
      self.scale = scale
      resize(to: size)
    case .resized(let size): resize(to: size)
    case .themeSet(let theme): self.theme = theme
    case .gesturesSet(let gestures): self.gestures = gestures
    case .teachingBegan(let name): mode = .teaching(name, examples: [])
    case .penDown(let point, let time): return beginStroke(at: point, time)
    case .penMoved(let point, let time): continueStroke(to: point, time)
    case .penUp: return endStroke()
    case .hovered(let control): hovered = control
    case .pressed(let control): held = isEnabled(control) ? control : nil
    case .released(let control):
      defer { held = nil }
      if let control, control == held { return perform(control) }
    case .targetFound(let found):
      target = found
      isTargetKnown = true
      if isDue { return finishIfRead() }
    case .read(let reading, let revision):
      guard revision == self.revision else { return [] }
      self.reading = reading
      readingRevision = revision
      if isDue { return finishIfRead() }
    case .readingFailed(let reason): message = reason
    case .pauseElapsed:
      guard awaitsPause else { return [] }
      pausedRevision = revision
      isDue = true
      return finishIfRead()
    case .typed, .notTyped, .copied, .takenBack, .takingBackExpired: handleTyping(event)
    case .commandsLoaded(let table, let approved):
      (self.table, self.approved) = (table, approved)
      isTableKnown = true
      return readAgain()
    case .commandsNotLoaded(let reason):
      message = reason
      isTableKnown = true
      if isDue { return finishIfRead() }
    case .noticed(let text): message = text
    case .closeRequested: return [.quit]
    }
    return []
  }

  private mutating func handleTyping(_ event: PanelEvent) {
    switch event {
    case .typed(let keys, let target, let others):
      sent = nil
      message = nil
      // Earlier texts can be taken back only if this one directly follows them.
      if let last = typed.last, last.target != target || last.others < others { typed = [] }
      if keys == 0 { typed = [] }
      if keys > 0 { typed.append(Typed(keys: keys, target: target, others: others)) }
    case .notTyped(let reason, let text):
      message = reason
      typed = []
      // The ink comes back unless the person has written on.
      if let sent, sent.text == text, page.isEmpty {
        restore(sent.drawing)
        // A tap types it into the window that has the focus then.
        reading = PanelReading(texts: [text])
        (readingRevision, pausedRevision) = (revision, revision)
        (target, isTargetKnown) = (nil, true)
      }
      sent = nil
    case .copied(let text):
      sent = nil
      message =
        "Copied \u{201C}\(text)\u{201D}: paste it with Ctrl+V. Typing needs the X server's extension XTEST."
    case .takenBack(let problem):
      message = problem
      if problem != nil { typed = [] }
    case .takingBackExpired: typed = []
    default: break
    }
  }

  private mutating func resize(to size: WindowSize) {
    self.size = size
    let area = PanelArea(size: size, scale: scale).writing
    let drawing = page.drawing
    page = Page(proportion: Double(area.width), to: Double(area.height))
    restore(drawing)
  }

  // MARK: Ink

  /// The height of capitals in page units.
  private var capitalHeight: Double { page.height * Self.capitalHeight }

  private mutating func beginStroke(at point: Point, _ time: UInt32) -> [PanelEffect] {
    let isFirst = page.isEmpty
    isPenDown = true
    isDue = false
    followingKey = nil
    lastRevision = revision
    question = nil
    message = nil
    if isFirst { timeOrigin = time }
    page.add(Stroke([sample(point, time)], width: Stroke.usable(capitalHeight * Self.penWidth)))
    revision += 1
    guard isFirst, !isTeaching else { return [] }
    (target, isTargetKnown) = (nil, false)
    return [.findTarget] + loadCommandsIfNeeded()
  }

  private mutating func continueStroke(to point: Point, _ time: UInt32) {
    guard isPenDown, page.drawing.strokes.last?.samples.last?.point != point else { return }
    page.extend(with: sample(point, time))
    revision += 1
  }

  private mutating func endStroke() -> [PanelEffect] {
    guard isPenDown else { return [] }
    isPenDown = false
    if mode == .text, let stroke = page.drawing.strokes.last,
      let gesture = PenGesture(stroke, height: capitalHeight), gestures.contains(gesture)
    {
      page.undo()
      // The ink is what it was before the gesture, so that its reading holds.
      revision = lastRevision
      pausedRevision = nil
      return perform(gesture, of: stroke)
    }
    return readInk()
  }

  private mutating func readInk() -> [PanelEffect] {
    if page.isEmpty { reading = nil }
    guard !page.isEmpty, !isTeaching else { return [] }
    return [.read(page.withoutHistory, revision: revision, isCommand: mode == .command)]
  }

  /// Reads ink once more that was read without the table that has come since.
  private mutating func readAgain() -> [PanelEffect] {
    guard mode == .command, !page.isEmpty, !isPenDown, question == nil else { return [] }
    // The new revision makes the answer that may be under way a stale one; the pause that has elapsed stays so.
    if pausedRevision == revision { pausedRevision = revision + 1 }
    revision += 1
    return readInk()
  }

  private mutating func loadCommandsIfNeeded() -> [PanelEffect] {
    guard mode == .command else { return [] }
    isTableKnown = false
    return [.loadCommands]
  }

  private func sample(_ point: Point, _ time: UInt32) -> Stroke.Sample {
    Stroke.Sample(point, time: Double(time &- (timeOrigin ?? time)) / 1000)
  }

  private mutating func restore(_ drawing: Drawing) {
    page = Page(proportion: page.width, to: page.height)
    for stroke in drawing.strokes { page.add(stroke) }
    revision += 1
  }

  private mutating func clearInk() {
    restore(Drawing())
    reading = nil
    isDue = false
    followingKey = nil
  }

  // MARK: Gestures of the pen and buttons

  private mutating func perform(_ gesture: PenGesture, of stroke: Stroke) -> [PanelEffect] {
    switch gesture {
    case .space: return perform(.space)
    case .enter: return perform(.enter)
    case .backspace: return perform(.backspace)
    case .strikeOut:
      if page.isEmpty { return [.press([KeyChord(.named(.backspace))], in: nil)] }
      let covered = stroke.bounds
      let rest = page.drawing.strokes.filter { other in
        guard let box = other.bounds, let covered else { return true }
        let (x, y) = (box.x + box.width / 2, box.y + box.height / 2)
        return
          !(covered.x...covered.right ~= x
          && covered.y - box.height / 2...covered.bottom + box.height / 2 ~= y)
      }
      restore(Drawing(rest))
      return readInk()
    }
  }

  private mutating func perform(_ control: PanelControl) -> [PanelEffect] {
    guard isEnabled(control) else { return [] }
    switch control {
    case .preview: return finish(with: reading?.texts.first)
    case .choice(let index): return choose(index)
    case .undo: return undo()
    case .backspace:
      return page.isEmpty ? [.press([KeyChord(.named(.backspace))], in: nil)] : removeLastStroke()
    case .space: return typeInk(followedBy: " ")
    case .enter: return typeInk(followedBy: "\n")
    case .command:
      clearInk()
      message = nil
      question = nil
      mode = mode == .command ? .text : .command
      return loadCommandsIfNeeded()
    }
  }

  /// Types the ink, as soon as it has been read, and a key after it.
  private mutating func typeInk(followedBy key: String) -> [PanelEffect] {
    guard mode == .text, !page.isEmpty else { return [.type(key, into: nil)] }
    followingKey = key
    isDue = true
    return finishIfRead()
  }

  private mutating func choose(_ index: Int) -> [PanelEffect] {
    if let action = question {
      question = nil
      clearInk()
      guard index == 0, let program = action.program else { return [] }
      approved.insert(action)
      return [.approve(action), .start(program)]
    }
    guard let texts = reading?.texts, index + 1 < texts.count else { return [] }
    return finish(with: texts[index + 1])
  }

  private mutating func removeLastStroke() -> [PanelEffect] {
    page.undo()
    revision += 1
    return readInk()
  }

  private mutating func undo() -> [PanelEffect] {
    if !page.isEmpty { return removeLastStroke() }
    guard let last = typed.popLast() else { return [] }
    return [.takeBack(last.keys, in: last.target, others: last.others)]
  }

  // MARK: Typing and commands

  /// Types or performs what was read, once that, the target and the commands are known.
  private mutating func finishIfRead() -> [PanelEffect] {
    if case .teaching(let name, let examples) = mode { return teach(name, examples) }
    guard let reading, readingRevision == revision, isTargetKnown else { return [] }
    if mode == .command { return isTableKnown ? perform(command) : [] }
    guard let text = reading.texts.first else {
      clearInk()
      return []
    }
    // The person decides: by a tap on a text, or by writing again.
    if reading.isUnsure, followingKey == nil {
      isDue = false
      return []
    }
    guard target != nil else {
      isDue = false
      message = "No window has the keyboard focus: click into one, then tap the text."
      return []
    }
    return finish(with: text)
  }

  private mutating func finish(with text: String?) -> [PanelEffect] {
    if mode == .command { return perform(command) }
    guard let text else { return [] }
    return send(text + (followingKey ?? ""), into: isTargetKnown ? target : nil)
  }

  private mutating func send(_ text: String, into target: Typist.Target?) -> [PanelEffect] {
    sent = (text, page.drawing)
    clearInk()
    return [.type(text, into: target)]
  }

  private mutating func perform(_ command: PenCommand?) -> [PanelEffect] {
    guard let command else {
      if case .ambiguous(let first, let second)? = reading?.gesture {
        message = "This may be \(first) or \(second); nothing was done."
      } else {
        message = "There is no command for this."
      }
      clearInk()
      return []
    }
    if command.action.startsProgram, !approved.contains(command.action) {
      isDue = false
      question = command.action
      return []
    }
    clearInk()
    let target = isTargetKnown ? target : nil
    return switch command.action {
    case .keys(let chords): [.press(chords, in: target)]
    case .text(let text): [.type(text, into: target)]
    case .run, .shell: command.action.program.map { [.start($0)] } ?? []
    }
  }

  private mutating func teach(_ name: String, _ examples: [[Stroke]]) -> [PanelEffect] {
    let all = examples + [page.drawing.strokes]
    clearInk()
    mode = .teaching(name, examples: all)
    return all.count < GestureExample.usualCount ? [] : [.teach(name, all), .quit]
  }
}
