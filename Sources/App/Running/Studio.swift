// The running window: what the session wishes is done here, and what it is, is shown.

import Basics
import Glibc
import Graphics
import Ink
import Recognition
package import X11

/// The application.
package final class Studio {
  private let display: Display
  private let window: Window
  private let lettering: TextRenderer
  private let folders: Folders
  private let wishes: LaunchOptions
  private let journal: Journal?
  private let outbox: Outbox
  private let room: RecognitionWorker
  private let files: FileWorker
  private var settings: Settings
  /// What the session had when that was looked at last.
  private var known: Settings
  private var session: WindowState
  private var picture: Bitmap
  private var scene: Scene?
  private var raster: PageRaster?
  private var isRunning = true
  private var demonstration: Demonstration?
  private var hasSettingsToKeep = false
  private var lastLiveReading: ContinuousClock.Instant?
  private var lastJournalTry = ContinuousClock.now

  /// While the pen is down, it is read no oftener than this; when it is lifted, at once.
  private static let liveInterval = Duration.milliseconds(40)
  /// Who looks inside sees what moves there: every sample of a usual mouse, 60 to 125 a second.
  private static let lookInterval = Duration.milliseconds(15)
  /// So long after the last change settings are written.
  private static let settingsDelay = Duration.milliseconds(700)
  /// So long after it could not be written the journal is tried again, where nothing is drawn meanwhile.
  private static let journalDelay = Duration.seconds(2)

  /// Opens the window on a display.
  package init(on display: Display, wishes: LaunchOptions, icons: [Icon], load: @escaping ModelLoader)
    throws(DisplayError)
  {
    self.display = display
    self.wishes = wishes
    folders = Folders()
    settings = wishes.isPrivate ? Settings() : Settings(folder: folders.config)
    journal = wishes.isPrivate ? nil : Journal(folder: folders.state)
    lettering = TextRenderer()
    let waker = display.waker
    outbox = Outbox { waker.wake() }
    room = RecognitionWorker(load: load, outbox: outbox)
    files = FileWorker(outbox: outbox)

    var session = WindowState()
    let scale = wishes.scale ?? display.resources.dotsPerInch.map { min(4, max(0.5, $0 / 96)) } ?? 1
    let usual = Layout.usualSize(scale: scale)
    let fitting = (
      width: min(usual.width, display.size.width), height: min(usual.height, display.size.height)
    )
    let size = wishes.size ?? settings.size ?? fitting
    session.setWindow(width: size.width, height: size.height, scale: scale)
    session.setTheme(
      wishes.theme ?? settings.theme ?? (display.resources.prefersDark == true ? .dark : .light))
    session.recall(settings, isLive: wishes.isLive)
    var models = ModelCatalog.models(shipped: wishes.modelFolders, own: folders.userModels)
    let wanted = wishes.model.map { ModelCatalog.choice($0, among: &models) } ?? settings.model
    session.offer(models, choosing: wanted, fallback: settings.model)
    if let wish = wishes.model, session.model?.name != wanted {
      session.say(.failure("There is no model named \(wish); see the list of models (M)."))
    }
    if let journal {
      session.restore(journal.page)
      if let notice = journal.notice { session.say(.failure(notice)) }
      if journal.isBehind { session.keepSaying(Self.behind(journal)) }
    } else if !wishes.isPrivate {
      session.say(.failure("Strokes cannot be kept: \(folders.state): \(FileAccess.reason)."))
    }
    self.session = session
    known = Settings(of: session)
    picture = Bitmap(width: size.width, height: size.height)

    var look = Window.Settings(title: WindowText.title(nil), width: size.width, height: size.height)
    look.icons = icons
    window = try Window(on: display, look)
  }

  /// Shows the window until a demonstration has come to its end.
  package func run(_ demonstration: Demonstration) -> Result<Demonstration.Outcome, Demonstration.Problem> {
    self.demonstration = demonstration
    let losses = run()
    if !losses.isEmpty { return .failure(.init(reason: losses.joined(separator: " "))) }
    return demonstration.result ?? .failure(.init(reason: "the window was closed before the end"))
  }

  /// Shows the window until it is closed; gives a sentence for each thing that is lost with it.
  package func run() -> [String] {
    // A file that may not grow any more is told like a full disk; the signal would end the program.
    signal(SIGXFSZ, SIG_IGN)
    repaint()
    window.show()
    display.flush()
    if let model = session.model { room.prepare(session.chosenModel, path: model.path) }
    if let file = wishes.file { perform(.open(FileAccess.whole(file, in: FileAccess.startFolder))) }
    perform(session.begin())
    while isRunning {
      let events = display.events(waiting: patience)
      if events.isEmpty, !isPenWaiting { keepSettings() }
      catchUpJournal()
      for event in events { take(event) }
      if !isRunning { break }
      followPen()
      if window.isReady { repaint() }
      if let demonstration, window.isReady {
        isRunning =
          isRunning
          && demonstration.goOn(session, picture, window: window.identifier, display: display.name)
      }
    }
    keepSettings()
    if !display.isLost { window.saveClipboard() }
    return finish()
  }

  /// Ends what is under way in files; gives a sentence for each thing that is lost.
  private func finish() -> [String] {
    var losses: [String] = []
    if let late = files.finish() { losses.append(late) }
    for case .notSaved(let reason) in outbox.take() { losses.append(reason) }
    if let journal, journal.isBehind, !journal.catchUp() {
      losses.append("The last changes of the page are not kept: \(journal.path): \(journal.problem).")
    }
    return losses
  }

  /// How long to wait for events: for ever, but for a pen to be read that has moved since, for settings to be kept, or
  /// for a demonstration that may get stuck.
  private var patience: Duration? {
    if isPenWaiting, let last = lastLiveReading { return max(.milliseconds(1), last + interval - .now) }
    if demonstration != nil { return .milliseconds(200) }
    if hasSettingsToKeep { return Self.settingsDelay }
    return journal?.isBehind == true ? Self.journalDelay : nil
  }

  private var isPenWaiting: Bool { session.isLive && session.hasMovedPen && !session.models.isEmpty }

  private func take(_ event: Event) {
    switch event {
    case .woken:
      for outcome in outbox.take() { take(outcome) }
    case .lost:
      // The stroke under way is kept like all others.
      perform(session.endGesture())
      isRunning = false
    default:
      perform(session.take(event, lettering: lettering))
    }
  }

  private func take(_ outcome: Outcome) {
    switch outcome {
    case .answered(let model, let answer): session.take(answer, of: model)
    case .looked(let model, let inside): if model == session.chosenModel { session.take(inside) }
    case .unusable(let model, let reason):
      let before = session.chosenModel
      perform(session.reject(model, because: reason))
      if session.chosenModel != before, let model = session.model {
        room.prepare(session.chosenModel, path: model.path)
      }
    case .saved(let path, let wasNamed): session.saved(at: path, wasNamed: wasNamed)
    case .openedPicture(let picture, let path): perform(session.open(picture, from: path))
    case .openedStrokes(let strokes, let path): perform(session.open(strokes, from: path))
    case .listed(let folder, let entries, let problem): session.show(entries, of: folder, problem: problem)
    case .failed(let reason), .notSaved(let reason): session.say(.failure(reason))
    case .foundFolder(let found, let asked): startChoosing(in: found, insteadOf: asked)
    }
  }

  // MARK: Effects

  private func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .read(let models): read(models)
    case .journal(let entry):
      if let journal { tellJournal(journal.note(entry)) }
    case .save: save(as: nil)
    case .saveAs(let path): save(as: FileAccess.whole(path, in: saveFolder))
    case .proposeName: session.beginSaveAs(proposedPath)
    case .open(let path): files.open(FileAccess.whole(path, in: FileAccess.startFolder))
    case .chooseFile:
      let folder = session.lastFolder ?? saveFolder
      perform(session.beginOpen(in: folder))
      // The folder may be gone, or on a server that does not answer.
      files.findFolder(folder)
    case .list(let folder): files.list(folder)
    case .copyPage: copyPage()
    case .copy(let text): window.offer(Offer(text: text))
    case .paste(let isPrimary): window.requestContents(of: isPrimary ? .primary : .clipboard)
    case .pastePicture: window.requestContents(types: PageFile.imageTypes)
    case .show(let bytes): files.show(bytes)
    case .remember: hasSettingsToKeep = true
    case .quit: isRunning = false
    }
  }

  // MARK: The journal

  /// Tries again, now and then, to write what the journal's file lacks.
  private func catchUpJournal() {
    guard let journal, journal.isBehind, .now - lastJournalTry >= Self.journalDelay else { return }
    tellJournal(journal.catchUp())
  }

  /// Says that the journal lacks steps, or no longer that it does.
  private func tellJournal(_ isWhole: Bool) {
    guard let journal else { return }
    lastJournalTry = .now
    session.keepSaying(isWhole ? nil : Self.behind(journal))
  }

  /// What is said while the journal's file lacks steps.
  private static func behind(_ journal: Journal) -> Message {
    .failure("This page cannot be kept now: \(journal.path): \(journal.problem). It is tried again.")
  }

  /// Starts in another folder, unless a person has typed meanwhile.
  private func startChoosing(in found: String, insteadOf asked: String) {
    guard case .open(let choice) = session.overlay else { return }
    let (before, now) = (FileChoice(folder: asked), FileChoice(folder: found))
    if choice.field.text == before.field.text, now.folder != before.folder {
      perform(session.beginOpen(in: found))
    }
  }

  private func read(_ models: [Int]) {
    lastLiveReading = .now
    let asked = models.filter { session.models.indices.contains($0) }.map { ($0, session.models[$0].path) }
    let (model, symbol) = (session.chosenModel, session.selectedSymbol)
    room.read(
      session.page.withoutHistory, revision: session.revision, with: asked,
      looking: session.look.map { ($0, model, symbol) })
  }

  /// Reads while the pen is down, now and then.
  private func followPen() {
    guard isPenWaiting else { return }
    if let last = lastLiveReading, .now - last < interval { return }
    perform(session.readUnderPen())
  }

  private var interval: Duration { session.isLooking ? Self.lookInterval : Self.liveInterval }

  private var saveFolder: String {
    FileAccess.whole(wishes.saveFolder ?? folders.pictures, in: FileAccess.startFolder)
  }

  private var proposedPath: String {
    saveFolder + (saveFolder.hasSuffix("/") ? "" : "/")
      + SaveName.stem(reading: session.currentReading, at: time(nil))
      + ".pgm"
  }

  private var saveSize: Int {
    let page = session.layout.page
    return wishes.saveSize ?? max(page.width, page.height)
  }

  private func save(as path: String?) {
    files.save(
      session.page.withoutHistory, longerSide: saveSize, at: path ?? proposedPath, isProposal: path == nil)
  }

  private func copyPage() {
    let (page, size) = (session.page.withoutHistory, saveSize)
    let offer = Offer(text: session.currentReading?.text ?? "", more: PageFile.imageTypes) { type in
      PageFile.bytes(of: page, longerSide: size, type: type)
    }
    if window.offer(offer) { session.say(.information("Copied the reading and the drawing.")) }
  }

  private func keepSettings() {
    guard hasSettingsToKeep else { return }
    hasSettingsToKeep = false
    if wishes.isPrivate { return }
    let now = Settings(of: session)
    settings.remember(now, since: known)
    known = now
    let (settings, folder) = (settings, folders.config)
    files.keep(settings, in: folder)
  }

  // MARK: Showing

  private func repaint() {
    let scene = View.scene(of: session, lettering: lettering)
    let before = self.scene
    self.scene = scene
    var damage: [Rectangle]
    if picture.width == scene.window.width, picture.height == scene.window.height, let before {
      damage = scene.damage(after: before)
    } else {
      picture = Bitmap(width: scene.window.width, height: scene.window.height)
      damage = [scene.window]
    }
    if var raster = self.raster, raster.width == scene.page.width, raster.height == scene.page.height {
      self.raster = nil
      let changed = raster.show(session.page)
      self.raster = raster
      if !changed.isEmpty { damage.append(changed.moved(x: scene.page.x, y: scene.page.y)) }
    } else {
      raster = PageRaster(session.page, width: scene.page.width, height: scene.page.height)
      damage.append(scene.page)
    }
    window.title = WindowText.title(session.reading)
    window.pointerShape = session.pointerShape
    guard let raster, !damage.isEmpty else { return }
    damage = Self.merged(damage)
    for area in damage { scene.paint(into: &picture, clip: area, ink: raster, lettering: lettering) }
    window.present(picture, changed: damage)
  }

  /// Rectangles that overlap become one, so that nothing is painted twice.
  private static func merged(_ areas: [Rectangle]) -> [Rectangle] {
    var merged: [Rectangle] = []
    for area in areas where !area.isEmpty {
      var area = area
      while let index = merged.firstIndex(where: { !$0.intersection(area).isEmpty }) {
        area = area.union(merged.remove(at: index))
      }
      merged.append(area)
    }
    return merged
  }
}
