// The window's state: a value that only `handle` changes, and from which the window's look follows.

import Formats
import Ink
package import Recognition
import X11

/// The state of the window.
///
/// Its parts change themselves; ``handle(_:)`` decides which of them an event changes.
package struct WindowState: Sendable {
  /// The page, and the gesture on it.
  package private(set) var editing = PageEditing()
  /// The models and their answers.
  package private(set) var models = ModelList()
  /// The requested reading, and the selected symbol.
  package private(set) var status = ReadingStatus()
  /// The inspection beside the page.
  package private(set) var inspection = Inspection()
  /// The pen and the eraser.
  package private(set) var pen = PenSettings()
  /// The controls that the pointer and the keyboard are at.
  package private(set) var focus = FocusState()
  /// The overlay.
  package private(set) var overlay: Overlay?
  /// The message in the line at the bottom.
  package private(set) var message: Message?
  /// A lasting problem, which the line at the bottom shows while there is no message.
  package private(set) var lastingProblem: Message?
  /// The language of the texts.
  package private(set) var language = Language.english
  /// The colours.
  package private(set) var theme = Theme.light
  /// Whether the page is read while it is drawn.
  package private(set) var isLive = true
  /// Whether the panel is to the left of the page, for the left hand.
  package private(set) var isMirrored = false
  /// What is read: digits, sums or text.
  package private(set) var mode = ReadingMode.digits
  /// The folder of the file that was opened last.
  package private(set) var lastFolder: String?
  /// The files that were opened last.
  package private(set) var recentFiles = RecentFiles()
  /// The name that was typed for saving last, and the one whose file exists, which a second Enter replaces.
  private var requestedName: String?
  private var existingName: String?
  /// The window's size.
  package private(set) var size = WindowSize.usual
  /// Dots per inch over 96.
  package private(set) var scale = 1.0

  /// Makes the state of a first start.
  package init() {}

  /// Changes the state after an event.
  ///
  /// - Returns: What is to be done outside the state, in this order.
  package mutating func handle(_ event: AppEvent) -> [Effect] {
    switch event {
    case .pointerMoved(let pointer): return pointerMoved(to: pointer)
    case .pointerPressed(let button, let pointer): return pressed(button, pointer)
    case .pointerReleased(let button, let pointer): return released(button, pointer)
    case .pointerEntered(let pointer): focus.hover(pointer)
    case .pointerLeft: if !hasGesture { focus.pointerLeft() }
    case .scrolled(let steps):
      // The choice of a file uses the wheel.
      if overlay?.fileChoice?.move(by: steps) != nil || steps == 0 || hasGesture { return [] }
      return perform(.stepPen(-steps))
    case .keyPressed(let press): return pressed(press)
    case .controlPressed(let control): return press(control)
    case .keyboardFocusChanged(let isActive): focus.isWindowActive = isActive

    case .windowOpened(let size, let scale): (self.size, self.scale) = (size, scale)
    case .resized(let size):
      if size == self.size { return [] }
      self.size = size
      return [.remember] + readingRequest(after: .inspectionChanged)
    case .closeRequested: return [.quit]
    case .displayLost: return endGesture()

    case .textPasted(let text): return overlay?.insert(text) ?? []
    case .picturePasted(let bytes): return [.show(bytes)]
    case .nothingPasted:
      if overlay == nil { fail("There is no picture to paste.") }
    case .dropHovering(let isHovering): focus.isDropHovering = isHovering
    case .dropped(let paths):
      focus.isDropHovering = false
      return paths.first.map { [.open($0)] } ?? []
    case .pageCopied: inform("Copied the reading and the drawing.")

    case .themeSet(let theme): self.theme = theme
    case .languageSet(let language): self.language = language
    case .inspectionSet(let isShown): inspection.show(isShown)
    case .modeSet(let mode): return read(mode)
    case .settingsRecalled(let settings, let isLive): recall(settings, isLive: isLive)
    case .modelsFound(let entries, let chosen, let fallback):
      models.replace(with: entries, choosing: chosen, fallback: fallback)
    case .pageRestored(let page):
      editing.restore(page)
      pageChanged()
    case .started(let file):
      let preparation: [Effect] = model == nil ? [] : [.prepare(model: models.chosenIndex)]
      return preparation + (file.map { [.open($0)] } ?? []) + readingRequest(after: .started)
    case .hoverRested: focus.rest()
    case .readingDue: return readingRequest(after: .penMoved)

    case .answered(let model, let answer):
      // An answer in another mode, or to another frame, was on its way while it was changed.
      guard answer.mode == mode, answer.frame == frame else { return [] }
      models.store(answer, of: model, revision: revision, storesOutdated: !page.isEmpty)
    case .inspected(let model, let image):
      guard model == models.chosenIndex, !page.isEmpty || image.revision == revision else { return [] }
      inspection.store(image)
    case .modelFailed(let model, let reason): return reject(model, because: reason)
    case .saved(let path, let wasNamed):
      if wasNamed, case .saveAs = overlay { overlay = nil }
      inform("Saved as", path: path)
    case .notSaved(let reason), .notOpened(let reason): message = .failure(reason)
    case .nameTaken(let path):
      existingName = requestedName
      message = .failure(language.text("'%1' exists. Enter replaces it.", Path.name(of: path)))
    case .pictureOpened(let picture, let path): return opened(path, editing.open(picture))
    case .drawingOpened(let strokes, let path): return opened(path, editing.open(strokes))
    case .nameProposed(let path):
      existingName = nil
      overlay = .saveAs(path: path)
      message = nil
    case .folderProposed(let folder): return chooseFile(in: folder)
    case .folderFound(let folder, let proposed):
      // The user may have typed another path meanwhile.
      guard let choice = overlay?.fileChoice, choice.field.text == FileChoice(folder: proposed).folder,
        choice.field.text != FileChoice(folder: folder).folder
      else { return [] }
      return chooseFile(in: folder, recent: choice.recentPaths)
    case .recentFilesFound(let paths): overlay?.fileChoice?.show(recent: paths)
    case .folderListed(let folder, let entries, let problem):
      guard overlay?.fileChoice?.typedFolder == folder else { return [] }
      overlay?.fileChoice?.show(entries, of: folder, problem: problem)
    case .noticed(let message): self.message = message
    case .lastingProblemChanged(let problem): lastingProblem = problem
    }
    return []
  }

  /// Shows a text in the language of the window about something that was done.
  private mutating func inform(_ english: String, path: String? = nil) {
    message = .information(language.text(english), path: path)
  }

  /// Shows a text in the language of the window about something that has failed.
  private mutating func fail(_ english: String) { message = .failure(language.text(english)) }

  // MARK: Reading

  /// Decides whether an event needs a reading of the page, and requests it.
  private mutating func readingRequest(after cause: ReadingCause) -> [Effect] {
    let isNeeded =
      switch cause {
      case .requested, .pageOpened, .frameChanged: true
      case .pageChanged, .started, .liveToggled: isLive && !page.isEmpty
      case .penMoved: needsLiveReading
      case .modelChosen, .modeChosen: status.isRequested || isLive && !page.isEmpty
      case .askAllToggled: models.asksAll && !page.isEmpty
      case .inspectionChanged: inspection.isShown && !page.isEmpty
      }
    guard isNeeded else { return [] }
    guard !models.entries.isEmpty else {
      if cause.reportsMissingModel { fail(Self.noModels) }
      return []
    }
    status.request(of: revision)
    return [.read(models: page.isEmpty ? [models.chosenIndex] : models.readers)]
  }

  private static let noModels =
    "No model was found; put NAME.safetensors into ~/.local/share/inkling/models, or start with --model FILE."

  /// Discards what belongs to the page as it was.
  private mutating func pageChanged() {
    status.select(nil)
    if page.picture == nil { putFrameToolAway() }
    // While the page is read live, the last answer is shown until the next one comes.
    if page.isEmpty || !isLive {
      status.withdraw()
      inspection.discardImage()
      models.discardAnswers()
    }
  }

  /// Discards the answers to what is read no longer.
  private mutating func discardAnswers() {
    status.select(nil)
    inspection.discardImage()
    models.discardAnswers()
  }

  private mutating func reject(_ model: Int, because reason: String) -> [Effect] {
    let other = models.reject(model, because: reason)
    guard let other else {
      if model == models.chosenIndex, self.model != nil { message = .failure(reason) }
      return []
    }
    let effects = choose(other)
    models.forgetFallback()
    let (name, otherName) = (models.entries[model].name, models.entries[other].name)
    message = .failure("The model '\(name)' cannot be used, '\(otherName)' is chosen instead: \(reason)")
    return effects + [.prepare(model: other)]
  }

  /// Reads something else from now on.
  private mutating func read(_ mode: ReadingMode) -> [Effect] {
    guard mode != self.mode else { return [] }
    self.mode = mode
    overlay = nil
    message = nil
    discardAnswers()
    // A model that cannot read in one mode may be able to in another.
    models.forgetProblems()
    return [.remember] + readingRequest(after: .modeChosen)
  }

  private mutating func choose(_ model: Int) -> [Effect] {
    guard models.entries.indices.contains(model) else { return [] }
    models.choose(model)
    status.select(nil)
    inspection.discardImage()
    if case .unusable(let reason) = models.entries[model].condition {
      message = .failure(reason)
    } else {
      message = nil
    }
    return [.remember] + readingRequest(after: .modelChosen)
  }

  // MARK: The pointer

  private mutating func pointerMoved(to pointer: PointerPosition) -> [Effect] {
    switch editing.gesture {
    case .drawing:
      if editing.continueStroke(to: pointer.point, time: pointer.time, width: width(under: pointer)) {
        pageChanged()
      }
    case .erasing: return continueErasing(to: pointer)
    case .framing: editing.continueFrame(to: pointer.point)
    case .pressing:
      let width = width(under: pointer)
      guard editing.drawFromPress(to: pointer.point, time: pointer.time, width: width) else { return [] }
      pageChanged()
      return readingRequest(after: .pageChanged)
    case .none:
      if focus.isSliding { return setPenWidth(PenScale.width(at: pointer.sliderPosition)) }
      focus.hover(pointer)
      overlay?.pointerMoved(to: pointer, isSelecting: pointer.isPrimaryHeld && focus.pressed == nil)
    }
    return []
  }

  private mutating func pressed(_ button: PointerButton, _ pointer: PointerPosition) -> [Effect] {
    if hasGesture { return [] }
    if button == .middle, pointer.caret != nil { return [.paste(primary: true)] }
    guard button == .primary || button == .secondary else { return [] }
    if let response = overlay?.press(at: pointer), let effects = handle(response) { return effects }
    if let control = pointer.control {
      guard button == .primary else { return [] }
      focus.press(control)
      return focus.isSliding ? setPenWidth(PenScale.width(at: pointer.sliderPosition)) : []
    }
    if pointer.isOnPage {
      focus.focusPage()
      message = nil
      if button == .secondary || pen.isErasing || pointer.isEraser {
        editing.beginErasing(at: pointer.point)
        return continueErasing(to: pointer)
      }
      if isMarkingFrame {
        editing.beginFrame(at: pointer.point)
        return []
      }
      if let symbol = pointer.pageSymbol {
        editing.beginPress(on: symbol, at: pointer.point, time: pointer.time)
        return []
      }
      editing.beginStroke(at: pointer.point, time: pointer.time, width: width(under: pointer))
      pageChanged()
      return readingRequest(after: .pageChanged)
    }
    if button == .primary, let symbol = pointer.symbol { return select(symbol) }
    return []
  }

  private mutating func released(_ button: PointerButton, _ pointer: PointerPosition) -> [Effect] {
    switch editing.gesture {
    case .drawing:
      guard button == .primary else { return [] }
      if editing.continueStroke(to: pointer.point, time: pointer.time, width: width(under: pointer)) {
        pageChanged()
      }
      return endGesture()
    case .erasing: return endGesture()
    case .framing:
      guard button == .primary else { return [] }
      editing.continueFrame(to: pointer.point)
      putFrameToolAway()
      return editing.endFrame() ? frameChanged() : []
    case .pressing(let symbol, _):
      guard button == .primary else { return [] }
      editing.endPress()
      return select(symbol)
    case .none: break
    }
    if focus.isSliding {
      focus.release()
      return []
    }
    guard button == .primary else { return [] }
    let control = focus.pressed
    focus.release()
    focus.hover(pointer)
    guard let control, control == pointer.control else { return [] }
    return press(control)
  }

  private mutating func continueErasing(to pointer: PointerPosition) -> [Effect] {
    guard editing.continueErasing(to: pointer.point, width: pen.eraserWidth) else { return [] }
    pageChanged()
    return readingRequest(after: .pageChanged)
  }

  /// Ends the drawing or the erasing, as when the button is released; a press or a frame under way has no effect.
  private mutating func endGesture() -> [Effect] {
    let step: JournalEntry? =
      switch editing.gesture {
      case .drawing: editing.endStroke()
      case .erasing: editing.endErasing(width: pen.eraserWidth)
      case .pressing, .framing, .none: nil
      }
    editing.endPress()
    editing.cancelFrame()
    return step.map { [.journal($0)] + readingRequest(after: .pageChanged) } ?? []
  }

  // MARK: The frame

  /// Starts or ends the marking of a frame.
  private mutating func toggleFrameTool() {
    if isMarkingFrame { return putFrameToolAway() }
    guard page.picture != nil else { return fail("Open a picture first: a frame marks the part to read.") }
    pen.tool = .frame
    inform(Self.frameHint)
  }

  private static let frameHint = "Drag a frame around the part to read."

  private mutating func putFrameToolAway() {
    guard isMarkingFrame else { return }
    pen.tool = .pen
    if message == .information(language.text(Self.frameHint), path: nil) { message = nil }
  }

  /// Reads what is inside the new frame, or the whole page where it was removed.
  private mutating func frameChanged() -> [Effect] {
    discardAnswers()
    inform(frame == nil ? "The whole page is read." : "Only the frame is read; Escape removes it.")
    return readingRequest(after: .frameChanged)
  }

  // MARK: Symbols

  /// Selects a symbol of the answer; a doubted one, or one that is selected already, offers what it may be.
  private mutating func select(_ symbol: Int) -> [Effect] {
    let wasSelected = status.selectedSymbol == symbol
    status.select(symbol)
    if wasSelected || doubtedSymbols.contains(symbol) { offerChoices() }
    return wasSelected ? [] : readingRequest(after: .inspectionChanged)
  }

  /// Selects the symbol that is some places further in reading order.
  private mutating func moveSelection(by step: Int) -> [Effect] {
    guard let count = reading?.symbols.count, count > 0 else { return [] }
    let index = (status.selectedSymbol ?? (count - 1)) + step
    status.select(min(count - 1, max(0, index)))
    return readingRequest(after: .inspectionChanged)
  }

  /// Shows what the selected symbol may be.
  private mutating func offerChoices() {
    guard let reading = currentReading, let index = selectedIndex else { return }
    overlay = .choices(SymbolChoice(of: reading.symbols[index], at: index))
  }

  /// Makes a symbol what the user says that it is.
  private mutating func label(_ label: InkLabel) -> [Effect] {
    let selected = status.selectedSymbol
    let step = editing.label(label)
    pageChanged()
    status.select(selected)
    return [.journal(step)] + readingRequest(after: .requested)
  }

  private func width(under pointer: PointerPosition) -> Double { pen.width(under: pointer.pressure) }

  private mutating func setPenWidth(_ width: Double) -> [Effect] { pen.setWidth(width) ? [.remember] : [] }

  // MARK: The keyboard

  /// Handles a key: shortcuts first, then the overlay, the focused control, and the page.
  private mutating func pressed(_ press: KeyPress) -> [Effect] {
    if editing.gesture == .drawing || focus.pressed != nil { return [] }
    focus.hideTooltip()
    if case .framing = editing.gesture {
      guard press.key == .escape else { return [] }
      editing.cancelFrame()
      putFrameToolAway()
      return []
    }
    if let command = press.shortcut(isInField: overlay?.field != nil) { return perform(command) }
    if let response = overlay?.handle(press, modelCount: models.entries.count, mode: mode),
      let effects = handle(response)
    {
      return effects
    }
    if let control = focus.focused {
      if press.isActivation { return press.isRepeat ? [] : self.press(control) }
      if control == .pen, let command = press.sliderCommand { return perform(command) }
    }
    return press.pageCommand.map { perform($0) } ?? []
  }

  /// Does what the overlay responds; nil where the window handles the event as well.
  private mutating func handle(_ response: Overlay.Response) -> [Effect]? {
    switch response {
    case .perform(let effects):
      guard case .saveAs(let name) = effects.first else { return effects }
      requestedName = name
      return [name == existingName ? .replaceFile(name) : .saveAs(name)]
    case .command(let command): return perform(command)
    case .close, .closeAndChoose, .closeAndLabel, .closeAndContinue: overlay = nil
    }
    if case .closeAndLabel(let label) = response { return self.label(label) }
    if case .closeAndChoose(let model) = response { return choose(model) }
    if case .closeAndContinue = response { return nil }
    return []
  }

  // MARK: Commands

  private mutating func press(_ control: Control) -> [Effect] {
    // Without a model, Predict shows what to do.
    guard isEnabled(control) || control == .predict else { return [] }
    return control.command.map { perform($0) } ?? []
  }

  private mutating func perform(_ command: WindowCommand) -> [Effect] {
    switch command {
    case .predict:
      let wasRead = currentReading != nil
      let request = readingRequest(after: .requested)
      // The answer stays the same: the message shows that the page was read.
      if !request.isEmpty, wasRead { inform("The page is read again.") }
      return request
    case .clear:
      guard let step = editing.clear() else { return [] }
      inform("The page was cleared; Undo (Ctrl+Z) brings it back.")
      return changed(by: step)
    case .close:
      if isMarkingFrame {
        putFrameToolAway()
        return []
      }
      if editing.removeFrame() { return frameChanged() }
      guard inspection.isShown else { return [] }
      return perform(.toggleInspection)
    case .toggleMirror:
      isMirrored.toggle()
      return [.remember]
    case .toggleFullScreen: return [.toggleFullScreen]
    case .save: return [.save]
    case .saveAs: return [.proposeName]
    case .open: return [.proposeFolder]
    case .undo: return editing.undo().map { changed(by: $0) } ?? []
    case .redo: return editing.redo().map { changed(by: $0) } ?? []
    case .copyPage: return [.copyPage]
    case .copyLaTeX: return copy(currentAnswer?.latex ?? "", "Copied the reading as LaTeX.")
    case .copyMathML: return copy(currentAnswer?.mathML ?? "", "Copied the reading as MathML.")
    case .setMode(let mode): return read(mode)
    case .nextMode:
      let modes = ReadingMode.allCases
      let index = modes.firstIndex(of: mode) ?? 0
      return read(modes[(index + 1) % modes.count])
    case .moveSelection(let step): return moveSelection(by: step)
    case .offerChoices: offerChoices()
    case .pastePicture: return [.pastePicture]
    case .toggleEraser:
      putFrameToolAway()
      pen.tool = pen.isErasing ? .pen : .eraser
    case .toggleFrame: toggleFrameTool()
    case .togglePressure:
      pen.usesPressure.toggle()
      inform(
        pen.usesPressure
          ? "The pressure of a pen changes the width." : "The pressure of a pen does not change the width.")
      return [.remember]
    case .toggleLive:
      isLive.toggle()
      return [.remember] + readingRequest(after: .liveToggled)
    case .toggleTheme:
      theme = theme.other
      return [.remember] + readingRequest(after: .inspectionChanged)
    case .toggleKeys: overlay = overlay == .keys ? nil : .keys
    case .toggleModels:
      if case .models = overlay {
        overlay = nil
      } else if !models.entries.isEmpty {
        overlay = .models(row: models.chosenIndex)
      }
    case .toggleAskAll(let showsAnswers):
      models.asksAll.toggle()
      if showsAnswers, models.asksAll { overlay = .models(row: models.chosenIndex) }
      return readingRequest(after: .askAllToggled)
    case .toggleInspection:
      inspection.show(!inspection.isShown)
      return readingRequest(after: .inspectionChanged)
    case .stepPen(let count): return setPenWidth(PenScale.width(pen.width, stepped: count))
    case .moveFocus(let backwards):
      let state = self
      focus.move(backwards: backwards, isEnabled: state.isEnabled)
    case .quit: return [.quit]
    case .ignore: break
    }
    return []
  }

  private mutating func copy(_ text: String, _ done: String) -> [Effect] {
    guard !text.isEmpty else {
      fail("There is no exercise to copy as mathematics; choose Sums and write one.")
      return []
    }
    inform(done)
    return [.copy(text)]
  }

  private mutating func changed(by step: JournalEntry) -> [Effect] {
    pageChanged()
    return [.journal(step)] + readingRequest(after: .pageChanged)
  }

  private mutating func opened(_ path: String?, _ step: JournalEntry) -> [Effect] {
    overlay = nil
    putFrameToolAway()
    pageChanged()
    inform(path == nil ? "Pasted a picture." : "Opened", path: path)
    if let path, let slash = path.lastIndex(of: "/") { lastFolder = String(path[...slash]) }
    if let path { recentFiles.add(path) }
    return [.journal(step), .remember] + readingRequest(after: .pageOpened)
  }

  private mutating func chooseFile(in folder: String, recent: [String] = []) -> [Effect] {
    var choice = FileChoice(folder: folder)
    choice.show(recent: recent)
    overlay = .open(choice)
    return [.list(folder: choice.folder)]
  }

  private mutating func recall(_ settings: Settings, isLive option: Bool?) {
    if let width = settings.penWidth { pen.width = width }
    if let usesPressure = settings.usesPressure { pen.usesPressure = usesPressure }
    isLive = option ?? settings.isLive ?? isLive
    mode = settings.mode ?? mode
    isMirrored = settings.isMirrored ?? isMirrored
    lastFolder = settings.folder
    recentFiles = settings.recentFiles
  }
}
