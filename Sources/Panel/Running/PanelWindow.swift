import App
import Basics
import Gestures
import Graphics
import Ink
package import X11

/// The panel on the screen: it passes events to the state, performs its effects and paints it.
package final class PanelWindow {
  /// The time after which what was typed is not taken back any more.
  private static let takingBackLimit = Duration.seconds(120)

  private let display: Display
  private let window: Window
  private let options: PanelOptions
  private let files = CommandFiles(Folders())
  private let renderer = TextRenderer()
  private let events: EventQueue<PanelEvent>
  private let reading: PanelReadingWorker
  private let typing: TypingWorker
  private let fileQueue = BackgroundQueue()
  private var state = PanelState()
  private var picture = ScenePicture()
  private var lastRevision = 0
  private var lastChange = ContinuousClock.now
  /// When what was typed is not taken back any more.
  private var restTime: ContinuousClock.Instant?
  private var isRunning = true

  /// Opens the panel at the lower edge of the screen.
  package init(
    on display: Display, options: PanelOptions, icons: [Icon], load: @escaping PanelReaderLoader
  ) throws(DisplayError) {
    self.display = display
    self.options = options
    let waker = display.waker
    events = EventQueue { waker.wake() }
    reading = PanelReadingWorker(load: load, events: events)
    typing = TypingWorker(display: display.name, events: events)

    let scale = options.scale ?? display.resources.dotsPerInch.map { min(4, max(0.5, $0 / 96)) } ?? 1
    let free = display.workArea
    let size = options.size ?? PanelArea.usual(screenWidth: free.width, scale: scale)
    var settings = Window.Settings(title: "Inkling panel", width: size.width, height: size.height)
    settings.icons = icons
    settings.role = options.isEmbedded ? .embedded : .panel
    let smallest = PanelArea.smallest(scale: scale)
    settings.minimum = (width: smallest.width, height: smallest.height)
    if !options.isEmbedded {
      settings.position = (
        x: free.x + (free.width - size.width) / 2, y: free.bottom - size.height - Int(clamping: 40 * scale)
      )
    }
    window = try Window(on: display, settings)
    send(.opened(size, scale: scale))
    send(.themeSet(options.theme ?? (display.resources.prefersDark == true ? .dark : .light)))
    send(.gesturesSet(options.gestures))
    if let name = options.taught { send(.teachingBegan(name)) }
  }

  /// The window's X identifier, by which another program takes the panel into its own window.
  package var identifier: UInt { window.identifier }

  /// Shows the panel until it is closed or interrupted.
  package func run(isInterrupted: () -> Bool) {
    repaint()
    window.show()
    display.flush()
    reading.prepare()
    typing.prepare()
    while isRunning {
      for event in display.events(waiting: waitingTime, orUntil: isInterrupted) { handle(event) }
      if isInterrupted() { isRunning = false }
      let now = ContinuousClock.now
      if state.awaitsPause, now >= lastChange + pause { send(.pauseElapsed) }
      if let time = restTime, now >= time {
        restTime = nil
        send(.takingBackExpired)
        typing.rest()
      }
      if isRunning, window.isReady { repaint() }
    }
    typing.close()
    _ = fileQueue.finish(within: .seconds(5))
    if !display.isLost { window.saveClipboard() }
  }

  // MARK: Events

  /// A drawing that teaches needs time for its strokes, even where text is typed at once.
  private var pause: Duration {
    options.taught == nil ? options.pause : max(options.pause, .milliseconds(800))
  }

  private var waitingTime: Duration? {
    let deadlines = [state.awaitsPause ? lastChange + pause : nil, restTime].compactMap { $0 }
    return deadlines.min().map { max(.zero, $0 - .now) }
  }

  private func handle(_ event: Event) {
    switch event {
    case .pressed(let button, let pointer):
      typing.countPress()
      if button == .primary { press(pointer) }
    case .scrolled: typing.countPress()
    case .moved(let pointer):
      if state.isPenDown {
        send(.penMoved(point(pointer), time: pointer.time))
      } else {
        send(.hovered(control(pointer)))
      }
    case .released(.primary, let pointer):
      send(state.isPenDown ? .penUp : .released(control(pointer)))
    case .entered(let pointer): send(.hovered(control(pointer)))
    case .left: send(.hovered(nil))
    case .resized(let width, let height): send(.resized(WindowSize(width: width, height: height)))
    case .closed: send(.closeRequested)
    case .woken: for event in events.removeAll() { receive(event) }
    case .lost: isRunning = false
    default: break
    }
  }

  private func press(_ pointer: PointerState) {
    if area.writing.contains(x: Double(pointer.x), y: Double(pointer.y)) {
      send(.penDown(point(pointer), time: pointer.time))
    } else if let control = control(pointer) {
      send(.pressed(control))
    }
  }

  /// Handles an event of another thread.
  private func receive(_ event: PanelEvent) {
    switch event {
    case .copied(let text): _ = window.offer(Offer(text: text))
    case .typed: restTime = .now + Self.takingBackLimit
    default: break
    }
    send(event)
  }

  private func send(_ event: PanelEvent) {
    for effect in state.handle(event) { perform(effect) }
    if state.revision != lastRevision {
      lastRevision = state.revision
      lastChange = .now
    }
  }

  private var area: PanelArea { PanelArea(size: state.size, scale: state.scale) }

  private func point(_ pointer: PointerState) -> Point {
    let writing = area.writing
    let unit = state.page.width / Double(max(1, writing.width))
    return Point(x: Double(pointer.x - writing.x) * unit, y: Double(pointer.y - writing.y) * unit)
  }

  private func control(_ pointer: PointerState) -> PanelControl? {
    PanelView.places(of: state, renderer: renderer).first {
      $0.area.contains(x: Double(pointer.x), y: Double(pointer.y))
    }?.control
  }

  // MARK: Effects

  private func perform(_ effect: PanelEffect) {
    switch effect {
    case .findTarget: typing.findTarget()
    case .read(let page, let revision, let isCommand):
      reading.read(
        page, revision: revision, gestures: isCommand ? GestureRecognizer(state.table.examples) : nil)
    case .type(let text, let target): typing.type(text, into: target)
    case .press(let chords, let target): typing.press(chords, in: target)
    case .takeBack(let keys, let target, let others): typing.takeBack(keys, in: target, others: others)
    case .loadCommands: loadCommands()
    case .approve(let action):
      keep { (files) throws(CommandFiles.Problem) in try files.approve(action) }
    case .start(let words): if let problem = ProgramLauncher.start(words) { send(.noticed(problem)) }
    case .teach(let name, let drawings):
      keep { (files) throws(CommandFiles.Problem) in
        var table = CommandTable()
        table.teach(name, drawings)
        try files.add(table)
      }
    case .quit: isRunning = false
    }
  }

  private func loadCommands() {
    fileQueue.submit { [files, events] in
      do throws(CommandFiles.Problem) {
        let table = try files.table()
        let programs = table.commands.map(\.action).filter { $0.startsProgram && files.isApproved($0) }
        events.put(.commandsLoaded(table, approved: Set(programs)))
      } catch {
        events.put(.commandsNotLoaded(error.description))
      }
    }
  }

  /// Changes the files of the commands on another thread.
  private func keep(_ change: @escaping @Sendable (CommandFiles) throws(CommandFiles.Problem) -> Void) {
    fileQueue.submit { [files, events] in
      do throws(CommandFiles.Problem) { try change(files) } catch { events.put(.noticed(error.description)) }
    }
  }

  // MARK: Showing

  private func repaint() {
    let scene = PanelView.scene(of: state, renderer: renderer)
    let damage = picture.show(scene, of: state.page, renderer: renderer)
    let isOverControl = state.hovered.map(state.isEnabled) ?? false
    window.pointerShape = isOverControl ? .hand : .arrow
    if !damage.isEmpty { window.present(picture.bitmap, changed: damage) }
  }
}
