package import Basics
internal import CX11
package import Graphics

/// The application's window: its image, its properties for the desktop, and its events.
package final class Window {
  /// What a window is for the window manager.
  package enum Role: Sendable {
    /// A program's window, which gets the keyboard.
    case normal
    /// A panel above other windows on all desktops, which never gets the keyboard.
    case panel
    /// A panel that another program takes into its own window (XEmbed) and shows.
    case embedded
  }

  /// The settings that a window is made with.
  package struct Settings: Sendable {
    /// The first title.
    package var title: String
    /// The program's name in WM_CLASS, which leads desktops to its desktop entry.
    package var className = "Inkling"
    /// The width in pixels.
    package var width: Int
    /// The height in pixels.
    package var height: Int
    /// The smallest size that still shows everything.
    package var minimum = (width: 480, height: 360)
    /// What the window is for the window manager.
    package var role = Role.normal
    /// The place of the top left corner on the screen, or nil where the window manager chooses it.
    package var position: (x: Int, y: Int)?
    /// The program's icon in several sizes, smallest first.
    package var icons: [Icon] = []
    /// Whether memory may be shared with the server.
    package var mayShareMemory = true
    /// The depth of the visual in bits, or nil for the screen's own.
    package var depth: Int?

    /// Makes settings with usual values for all but the title and the size.
    package init(title: String, width: Int, height: Int) {
      self.title = title
      self.width = width
      self.height = height
    }
  }

  /// The connection to its server.
  package let display: Display
  /// The window's X identifier.
  package let identifier: UInt
  /// The width in pixels, as of the last ``Event/resized(width:height:)``.
  package internal(set) var width: Int
  /// The height in pixels, as of the last ``Event/resized(width:height:)``.
  package internal(set) var height: Int
  /// Whether the server reads images from shared memory.
  package var isSharingMemory: Bool { canvas?.isShared ?? false }
  /// The number of bits of a pixel.
  package let depth: Int

  /// What the window is for the window manager.
  let role: Role
  let visual: UnsafeMutablePointer<Visual>
  let context: GC
  private let colormap: Colormap
  private var mayShare: Bool
  var canvas: Canvas?
  /// The part of the canvas that has been presented.
  var presented = Rectangle.empty
  /// The number of frames that the server has not shown yet.
  var pendingFrames = 0
  /// The type of the event that reports a frame from shared memory.
  var completionType: Int32?
  var isShown = false
  var shape: PointerShape = .arrow
  var hasCursor = false
  var startup = StartupNotice()
  /// The time of the last event that had one.
  var lastTime = Time(CurrentTime)
  /// The parts that the server has lost, collected until it has reported all of them.
  var exposed: [Rectangle] = []
  var hasPresented = false
  /// Whether the clipboard manager has answered.
  var isClipboardSaved = false
  let keyboard: Keyboard
  let cursors: Cursors
  let offers: SelectionOffers
  let pasteReader: SelectionReader
  let dropTarget: DropTarget
  var stylus: Stylus?
  private(set) var hasFinishedSetup = false

  /// Makes a hidden window; present its first image, then ``show()`` it.
  package init(on display: Display, _ settings: Settings) throws(DisplayError) {
    let connection = display.connection
    guard let (visual, depth) = Self.chooseVisual(on: display, depth: settings.depth) else {
      throw .noVisual(name: display.name)
    }
    let isDefault = visual == XDefaultVisual(connection, display.screen)
    colormap =
      isDefault
      ? XDefaultColormap(connection, display.screen)
      : XCreateColormap(connection, display.root, visual, AllocNone)
    var attributes = XSetWindowAttributes()
    // Without a background the server never paints the window itself, so nothing flashes.
    attributes.background_pixmap = UInt(None)
    attributes.border_pixel = 0
    attributes.bit_gravity = NorthWestGravity
    attributes.colormap = colormap
    attributes.event_mask = Self.eventMask
    let mask = UInt(CWBackPixmap | CWBorderPixel | CWBitGravity | CWColormap | CWEventMask)
    (width, height) = Self.drawnSize(width: settings.width, height: settings.height)
    let identifier = XCreateWindow(
      connection, display.root, Int32(clamping: settings.position?.x ?? 0),
      Int32(clamping: settings.position?.y ?? 0), UInt32(width), UInt32(height), 0, Int32(depth),
      UInt32(InputOutput),
      visual, mask, &attributes)
    guard !display.isLost, let context = XCreateGC(connection, identifier, 0, nil) else {
      throw .lost(name: display.name)
    }
    // Otherwise the server answers each copy from memory with an event.
    XSetGraphicsExposures(connection, context, 0)
    self.display = display
    self.identifier = identifier
    self.depth = depth
    self.visual = visual
    self.context = context
    keyboard = Keyboard(connection, window: identifier)
    cursors = Cursors(display)
    offers = SelectionOffers(display, window: identifier)
    pasteReader = SelectionReader(display, window: identifier, property: display.atoms[.transfer])
    dropTarget = DropTarget(display, window: identifier)
    title = settings.title
    role = settings.role
    mayShare =
      settings.mayShareMemory && display.isLocal && withXlibLock { XShmQueryExtension(connection) != 0 }
    if mayShare { completionType = XShmGetEventBase(connection) + ShmCompletion }
    display.window = self
    setProperties(settings)
  }

  deinit {
    canvas = nil
    guard !display.isLost else { return }
    keyboard.close()
    cursors.free()
    XFreeGC(display.connection, context)
    XDestroyWindow(display.connection, identifier)
    if colormap != XDefaultColormap(display.connection, display.screen) {
      XFreeColormap(display.connection, colormap)
    }
    XFlush(display.connection)
  }

  /// The title.
  package var title: String {
    didSet { if title != oldValue { publishTitle() } }
  }

  /// Shows the window.
  package func show() {
    guard !display.isLost, !isShown else { return }
    isShown = true
    // The program that takes an embedded window maps it.
    if role != .embedded { XMapWindow(display.connection, identifier) }
    startup.complete(on: display)
    XFlush(display.connection)
  }

  /// Whether the server has shown all frames; otherwise ``Event/presented`` follows.
  package var isReady: Bool { pendingFrames == 0 }

  /// The longest side that X allows.
  private static let longestSide = 32_767
  /// The most pixels that are drawn, those of a screen of 7680 × 4320: 128 MiB in each of two buffers.
  private static let mostPixels = 1 << 25

  /// The part of a window of some size that is drawn: all of it, up to a limit.
  ///
  /// Any program may give the window a size that no screen has.
  package static func drawnSize(width: Int, height: Int) -> (width: Int, height: Int) {
    let width = min(max(1, width), longestSide)
    return (width, min(max(1, height), longestSide, mostPixels / width))
  }

  private var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// Shows the changed parts of an image that is as large as the window, or all of it after a change of size.
  package func present(_ image: Bitmap, changed: [Rectangle]) {
    guard !display.isLost else { return }
    if width > canvas?.width ?? 0 || height > canvas?.height ?? 0 {
      canvas = nil
      canvas = Canvas(
        on: display, visual: visual, depth: depth, width: width, height: height, mayShare: mayShare)
      // A server that has refused once will refuse again.
      if let canvas, !canvas.isShared { mayShare = false }
      presented = .empty
      pendingFrames = 0
    }
    guard let canvas else { return }
    let visible = bounds.intersection(image.bounds)
    let parts = (presented == bounds ? changed : [bounds]).map { $0.intersection(visible) }
      .filter { !$0.isEmpty }
    if !parts.isEmpty { presented = bounds }
    for part in parts { canvas.copy(part, of: image) }
    put(parts)
  }

  /// Opens the input method and the stylus after the first frame, which need not wait for them.
  ///
  /// - Returns: Whether it did anything.
  func finishSetup() -> Bool {
    guard hasPresented, !hasFinishedSetup, !display.isLost else { return false }
    hasFinishedSetup = true
    keyboard.openInputMethod(select: { more in
      XSelectInput(self.display.connection, self.identifier, Self.eventMask | more)
    })
    stylus = withXlibLock { Stylus(display.connection, window: identifier) }
    return true
  }

  /// The time at which the next transfer between programs fails.
  var nextDeadline: ContinuousClock.Instant? {
    [offers.nextDeadline, pasteReader.deadline, dropTarget.deadline].compactMap { $0 }.min()
  }

  /// Ends the transfers that have timed out.
  func endExpiredTransfers(at now: ContinuousClock.Instant, into events: inout [Event]) {
    offers.endExpiredTransfers(at: now)
    report(pasteReader.expire(at: now), into: &events)
    dropTarget.expire(at: now, into: &events)
  }

  /// Has the server show parts of the canvas.
  func put(_ parts: [Rectangle]) {
    // A hidden window shows nothing; the server asks for all of it when it is mapped.
    guard isShown, let canvas, let last = parts.indices.last else { return }
    for (index, part) in parts.enumerated() {
      canvas.put(part, on: identifier, with: context, isLast: index == last)
    }
    pendingFrames += 1
    if !canvas.isShared { requestFrameReport() }
    XFlush(display.connection)
  }

  /// Appends nothing to a property of the window, which the server reports after all requests before it.
  ///
  /// Without shared memory the server does not report when it has drawn an image.
  private func requestFrameReport() {
    XChangeProperty(
      display.connection, identifier, display.atoms[.frame], XA_INTEGER, 32, PropModeAppend, nil, 0)
  }

  private static let eventMask =
    KeyPressMask | KeyReleaseMask | ButtonPressMask | ButtonReleaseMask | PointerMotionMask | EnterWindowMask
    | LeaveWindowMask | FocusChangeMask | ExposureMask | StructureNotifyMask | PropertyChangeMask

  private static func chooseVisual(
    on display: Display, depth: Int?
  ) -> (UnsafeMutablePointer<Visual>, Int)? {
    let connection = display.connection
    let defaultDepth = XDefaultDepth(connection, display.screen)
    if depth == nil, defaultDepth >= 15, let visual = XDefaultVisual(connection, display.screen),
      visual.pointee.class == TrueColor
    {
      return (visual, Int(defaultDepth))
    }
    var depths: [Int32] = [24, 30, 16, 15, 32]
    if let depth { depths = [Int32(depth)] }
    for wanted in depths {
      var found = XVisualInfo()
      if XMatchVisualInfo(connection, display.screen, wanted, TrueColor, &found) != 0,
        let visual = found.visual
      {
        return (visual, Int(found.depth))
      }
    }
    return nil
  }
}
