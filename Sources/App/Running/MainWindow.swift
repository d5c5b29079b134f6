// The running window: it receives events, performs the state's effects, and shows the state.

import Basics
import CLibrary
import Graphics
import Ink
import Recognition
package import X11

/// The window of the application, on its display.
package final class MainWindow {
  private let display: Display
  private let window: Window
  private let renderer: TextRenderer
  private let folders: Folders
  private let options: LaunchOptions
  private let journal: Journal?
  /// Why there is no journal; nil where there is one, or where none is wanted.
  private let journalProblem: String?
  private let events: EventQueue<AppEvent>
  private let recognition: RecognitionWorker
  private let files: FileWorker
  private var settings: Settings
  /// The settings of the state when they were written last.
  private var lastSettings: Settings
  private var state: WindowState
  private var layout: WindowLayout
  private var picture = ScenePicture()
  private var isRunning = true
  private var demonstration: Demonstration?
  private var hasChangedSettings = false
  /// Where lines for a screen reader are written; nil where none is wanted.
  private let speech: SpeechOutput?
  /// What was said last.
  private var spoken: SpokenState?
  private var lastReading: ContinuousClock.Instant?
  /// The control under the pointer, and since when; the time is nil where its tooltip was shown.
  private var hovered: Control?
  private var hoverStart: ContinuousClock.Instant?
  private var lastJournalAttempt = ContinuousClock.now

  /// The shortest interval between readings of a stroke under way.
  private static let readingInterval = Duration.milliseconds(40)
  /// The same while the inspection is shown: it follows each sample of a usual mouse, 60 to 125 a second.
  private static let inspectionInterval = Duration.milliseconds(15)
  /// The time between the last change of the settings and their writing.
  private static let settingsDelay = Duration.milliseconds(700)
  /// The time for which the pointer must rest on a control before its tooltip is shown.
  private static let tooltipDelay = Duration.milliseconds(600)
  /// The time between attempts to write the journal after a failure.
  private static let journalDelay = Duration.seconds(2)

  /// Opens the window on a display.
  package init(
    on display: Display, options: LaunchOptions, icons: [Icon], speech: SpeechOutput? = nil,
    load: @escaping ModelLoader
  ) throws(DisplayError) {
    self.display = display
    self.speech = speech
    self.options = options
    folders = Folders()
    settings = options.isPrivate ? Settings() : Settings(folder: folders.config)
    journal = options.isPrivate ? nil : Journal(folder: folders.state)
    journalProblem = journal == nil && !options.isPrivate ? FileAccess.systemMessage : nil
    renderer = TextRenderer()
    let waker = display.waker
    events = EventQueue { waker.wake() }
    recognition = RecognitionWorker(load: load, events: events)
    files = FileWorker(events: events)

    let scale = options.scale ?? display.resources.dotsPerInch.map { min(4, max(0.5, $0 / 96)) } ?? 1
    let usual = WindowSize.usual.scaled(by: scale)
    let fitting = WindowSize(
      width: min(usual.width, display.size.width), height: min(usual.height, display.size.height))
    let wanted = options.size ?? settings.size ?? fitting
    let drawn = Window.drawnSize(width: wanted.width, height: wanted.height)
    let size = WindowSize(width: drawn.width, height: drawn.height)
    let prefersDark = display.resources.prefersDark ?? display.desktopSettings.prefersDark
    let preferred = prefersDark == true ? Theme.dark : .light
    var models = ModelCatalog.models(shipped: options.modelFolders, own: folders.userModels)
    let chosen = options.model.map { ModelCatalog.choice($0, among: &models) } ?? settings.model
    var starting: [AppEvent] = [
      .languageSet(options.language),
      .windowOpened(size, scale: scale), .themeSet(options.theme ?? settings.theme ?? preferred),
      .settingsRecalled(settings, isLive: options.isLive),
    ]
    if let mode = options.mode { starting.append(.modeSet(mode)) }
    starting.append(
      .modelsFound(models, chosen: chosen, fallback: settings.model))
    if let name = options.model, !models.contains(where: { $0.name == chosen }) {
      starting.append(.noticed(.failure("There is no model named \(name); see the list of models (M).")))
    }
    if let journal {
      starting.append(.pageRestored(journal.page))
      if let notice = journal.notice { starting.append(.noticed(.failure(notice))) }
      if let problem = Self.problem(of: journal) { starting.append(.lastingProblemChanged(problem)) }
    } else if let journalProblem {
      starting.append(
        .lastingProblemChanged(
          .failure("Strokes cannot be saved for the next start: \(folders.state): \(journalProblem)."))
      )
    }
    var state = WindowState()
    for event in starting { _ = state.handle(event) }
    self.state = state
    layout = WindowLayout(of: state, measuring: renderer)
    lastSettings = Settings(of: state)

    var windowSettings = Window.Settings(
      title: WindowText.title(nil), width: size.width, height: size.height)
    windowSettings.icons = icons
    window = try Window(on: display, windowSettings)
  }

  /// Shows the window until a demonstration has ended.
  package func run(_ demonstration: Demonstration) -> Result<Demonstration.Outcome, Demonstration.Problem> {
    self.demonstration = demonstration
    let losses = run()
    if !losses.isEmpty { return .failure(.init(reason: losses.joined(separator: " "))) }
    return demonstration.result ?? .failure(.init(reason: "the window was closed before the end"))
  }

  /// Shows the window until it is closed; returns a sentence for each thing that could not be saved.
  package func run() -> [String] {
    // A write beyond the limit for file sizes then fails like one to a full disk, and does not end the program.
    signal(SIGXFSZ, SIG_IGN)
    repaint()
    window.show()
    display.flush()
    send(.started(file: options.file))
    while isRunning {
      let received = display.events(waiting: waitingTime)
      if received.isEmpty, !state.needsLiveReading { writeSettings() }
      retryJournal()
      for event in received { handle(event) }
      if !isRunning { break }
      readLive()
      watchHover()
      speak()
      if window.isReady { repaint() }
      if let demonstration, window.isReady {
        isRunning = demonstration.advance(
          state, layout.areas, picture.bitmap, window: window.identifier, display: display.name)
      }
    }
    writeSettings()
    if !display.isLost { window.saveClipboard() }
    return finish()
  }

  /// Ends the work on files; returns a sentence for each thing that could not be saved.
  private func finish() -> [String] {
    var losses: [String] = []
    if let unfinished = files.finish() { losses.append(unfinished) }
    for case .notSaved(let reason) in events.removeAll() { losses.append(reason) }
    if let journal, journal.isBehind, !journal.catchUp() {
      losses.append("The last changes of the page were not saved: \(journal.path): \(journal.problem).")
    }
    if let journalProblem, !state.page.isEmpty {
      losses.append("The page was not saved for the next start: \(folders.state): \(journalProblem).")
    }
    return losses
  }

  // MARK: Events

  /// The time to wait for events; nil where no timer is running.
  private var waitingTime: Duration? {
    let tooltip = hoverStart.map { max(.milliseconds(1), $0 + Self.tooltipDelay - .now) }
    return [tooltip, workWaitingTime].compactMap(\.self).min()
  }

  private var workWaitingTime: Duration? {
    if state.needsLiveReading, let last = lastReading {
      return max(.milliseconds(1), last + readingInterval - .now)
    }
    if demonstration != nil { return .milliseconds(200) }
    if hasChangedSettings { return Self.settingsDelay }
    return journal?.isBehind == true ? Self.journalDelay : nil
  }

  private func handle(_ event: Event) {
    if event == .woken {
      for event in events.removeAll() { send(event) }
      return
    }
    layout.update(to: state, measuring: renderer)
    if let event = AppEvent(event, in: state, layout: layout) { send(event) }
    if event == .lost { isRunning = false }
  }

  private func send(_ event: AppEvent) {
    for effect in state.handle(event) { perform(effect) }
  }

  // MARK: Effects

  private func perform(_ effect: Effect) {
    switch effect {
    case .read(let models): read(models)
    case .prepare(let model): if let file = file(of: model) { recognition.prepare(file) }
    case .journal(let entry):
      if let journal {
        _ = journal.append(entry)
        report(journal)
      }
    case .save: save(as: nil)
    case .saveAs(let path): save(as: FileAccess.absolute(path, in: saveFolder))
    case .replaceFile(let path): save(as: FileAccess.absolute(path, in: saveFolder), replacing: true)
    case .toggleFullScreen: window.toggleFullScreen()
    case .proposeName:
      // A page with exercises is proposed with their marks.
      send(.nameProposed(proposedPath(state.exercises.isEmpty ? "pgm" : "png")))
    case .open(let path): files.open(FileAccess.absolute(path, in: FileAccess.startFolder))
    case .proposeFolder:
      let folder = state.lastFolder ?? saveFolder
      send(.folderProposed(folder))
      // The folder may be missing, or on a server that does not answer.
      files.findFolder(folder)
      files.findRecent(state.recentFiles.paths)
    case .list(let folder): files.list(folder)
    case .copyPage: copyPage()
    case .copy(let text): window.offer(Offer(text: text))
    case .paste(let isPrimary): window.requestContents(of: isPrimary ? .primary : .clipboard)
    case .pastePicture: window.requestContents(types: PageFile.imageTypes)
    case .show(let bytes): files.show(bytes)
    case .remember: hasChangedSettings = true
    case .quit: isRunning = false
    }
  }

  // MARK: The journal

  /// Tries again, after a delay, to write the steps that the journal's file lacks.
  private func retryJournal() {
    guard let journal, journal.isBehind, .now - lastJournalAttempt >= Self.journalDelay else { return }
    _ = journal.catchUp()
    report(journal)
  }

  /// Shows a lasting problem while the journal's file lacks steps or is not the usual one.
  private func report(_ journal: Journal) {
    lastJournalAttempt = .now
    send(.lastingProblemChanged(Self.problem(of: journal)))
  }

  private static func problem(of journal: Journal) -> Message? {
    if journal.isBehind {
      return .failure(
        "The page cannot be saved now: \(journal.path): \(journal.problem). Inkling tries again.")
    }
    return journal.lastingNotice.map { .failure($0) }
  }

  // MARK: Reading

  private func file(of model: Int) -> RecognitionWorker.Request.Model? {
    let models = state.models.entries
    return models.indices.contains(model) ? .init(index: model, path: models[model].path) : nil
  }

  private func read(_ models: [Int]) {
    lastReading = .now
    let inspection = Layout(of: state).inspectionRequest(theme: state.theme, language: state.language)
    let (chosen, symbol) = (state.models.chosenIndex, state.status.selectedSymbol)
    recognition.read(
      .init(
        page: state.page.withoutHistory, frame: state.frame, revision: state.revision,
        isUnfinished: state.editing.gesture == .drawing, mode: state.mode,
        models: models.compactMap(file),
        picture: inspection.map { .init(request: $0, model: chosen, symbol: symbol) }))
  }

  /// Shows the tooltip of the control on which the pointer rests.
  private func watchHover() {
    if state.focus.hovered != hovered {
      hovered = state.focus.hovered
      hoverStart = hovered == nil ? nil : .now
    }
    guard let start = hoverStart, .now - start >= Self.tooltipDelay else { return }
    hoverStart = nil
    send(.hoverRested)
  }

  /// Says what has changed, where a screen reader listens.
  private func speak() {
    guard let speech else { return }
    let now = SpokenState(of: state)
    speech.say(now.lines(after: spoken))
    spoken = now
  }

  /// Reads the stroke under way, not more often than the interval allows.
  private func readLive() {
    guard state.needsLiveReading else { return }
    if let last = lastReading, .now - last < readingInterval { return }
    send(.readingDue)
  }

  private var readingInterval: Duration {
    state.inspection.isShown ? Self.inspectionInterval : Self.readingInterval
  }

  // MARK: Saving

  private var saveFolder: String {
    FileAccess.absolute(options.saveFolder ?? folders.pictures, in: FileAccess.startFolder)
  }

  private func proposedPath(_ ending: String) -> String {
    saveFolder + (saveFolder.hasSuffix("/") ? "" : "/")
      + SaveName.stem(state.currentAnswer, at: time(nil)) + "." + ending
  }

  private var saveSize: Int {
    let page = Layout(of: state).page
    return options.saveSize ?? max(page.width, page.height)
  }

  private func save(as path: String?, replacing: Bool = false) {
    files.save(
      state.page.withoutHistory, marking: state.currentAnswer?.exercises ?? [], longerSide: saveSize,
      at: path ?? proposedPath("pgm"), isProposal: path == nil,
      replacing: replacing)
  }

  private func copyPage() {
    let (page, size) = (state.page.withoutHistory, saveSize)
    let answer = state.currentAnswer
    let formulas = PageCopy.formulas(of: answer)
    let offer = Offer(
      text: answer?.text ?? "", more: formulas.map(\.type) + PageFile.imageTypes
    ) { type in
      formulas.first { $0.type == type }.map { Array($0.text.utf8) }
        ?? PageFile.bytes(of: page, longerSide: size, type: type)
    }
    if window.offer(offer) { send(.pageCopied) }
  }

  private func writeSettings() {
    guard hasChangedSettings else { return }
    hasChangedSettings = false
    if options.isPrivate { return }
    let now = Settings(of: state)
    settings.remember(now, since: lastSettings)
    lastSettings = now
    files.write(settings, to: folders.config)
  }

  // MARK: Showing

  private func repaint() {
    layout.update(to: state, measuring: renderer)
    let scene = View.scene(of: state, layout: layout, renderer: renderer)
    let damage = picture.show(scene, of: state.page, renderer: renderer)
    window.title = WindowText.title(state.reading, state.exercises)
    window.pointerShape = View.pointerShape(of: state, layout: layout.areas)
    if !damage.isEmpty { window.present(picture.bitmap, changed: damage) }
  }
}
