package import Basics
internal import CX11
import Glibc

/// The application's window: what it shows, how it presents itself to the desktop, and what it is told.
package final class Window {
  /// What a window is made with.
  package struct Settings: Sendable {
    /// The title until another is set.
    package var title: String
    /// The program's name in WM_CLASS, by which desktops find its desktop entry.
    package var className = "Inkling"
    /// The width in pixels.
    package var width: Int
    /// The height in pixels.
    package var height: Int
    /// The smallest size that still shows everything.
    package var minimum = (width: 480, height: 360)
    /// The program's icon in several sizes, smallest first.
    package var icons: [Icon] = []
    /// Whether memory may be shared with the server.
    package var mayShareMemory = true
    /// The depth of the visual in bits, or nil for the screen's own.
    package var depth: Int?

    /// Makes settings; all but the title and the size have values that serve.
    package init(title: String, width: Int, height: Int) {
      self.title = title
      self.width = width
      self.height = height
    }
  }

  /// The display it is on.
  package let display: Display
  /// The window's X identifier, for programs that are given it.
  package let identifier: UInt
  /// The width in pixels, as of the last ``Event/resized(width:height:)``.
  package internal(set) var width: Int
  /// The height in pixels, as of the last ``Event/resized(width:height:)``.
  package internal(set) var height: Int
  /// Whether the server reads pictures from shared memory.
  package var isSharingMemory: Bool { canvas?.isShared ?? false }
  /// How many bits a pixel of the window has.
  package let depth: Int

  let visual: UnsafeMutablePointer<Visual>
  let context: GC
  private let colormap: Colormap
  private var mayShare: Bool
  var canvas: Canvas?
  /// The part of the canvas that has been painted, from its top left corner.
  var painted = Rectangle.empty
  var framesUnderway = 0
  var completionType: Int32 = -1
  var isShown = false
  var shape: PointerShape = .arrow
  var hasCursor = false
  var startup = StartupNotice()
  /// The time of the last event that had one, for requests that need it.
  var lastTime = Time(CurrentTime)
  /// Parts that the server has lost, gathered until it has told all of them.
  var exposed: [Rectangle] = []
  var hasPresented = false
  /// Whether the clipboard's keeper has answered.
  var isClipboardKept = false
  let keyboard: Keyboard
  let cursors: Cursors
  let offers: SelectionOffers
  let paste: SelectionReader
  let drops: DropTarget
  var stylus: Stylus?
  private(set) var isSettled = false

  /// Makes a window that is not yet to be seen; paint its first frame, then ``show()`` it.
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
    // No background: the server never paints over what we will paint anyway, so nothing flashes.
    attributes.background_pixmap = UInt(None)
    attributes.border_pixel = 0
    attributes.bit_gravity = NorthWestGravity
    attributes.colormap = colormap
    attributes.event_mask = Self.eventMask
    let mask = UInt(CWBackPixmap | CWBorderPixel | CWBitGravity | CWColormap | CWEventMask)
    // The server takes no side of zero and none beyond 15 bits.
    width = min(max(1, settings.width), 32_767)
    height = min(max(1, settings.height), 32_767)
    let identifier = XCreateWindow(
      connection, display.root, 0, 0, UInt32(width), UInt32(height), 0, Int32(depth), UInt32(InputOutput),
      visual, mask, &attributes)
    guard !display.isLost, let context = XCreateGC(connection, identifier, 0, nil) else {
      throw .lost(name: display.name)
    }
    // Otherwise each copy from memory is answered by an event that it went well.
    XSetGraphicsExposures(connection, context, 0)
    self.display = display
    self.identifier = identifier
    self.depth = depth
    self.visual = visual
    self.context = context
    keyboard = Keyboard(connection, window: identifier)
    cursors = Cursors(display)
    offers = SelectionOffers(display, window: identifier)
    paste = SelectionReader(display, window: identifier, property: display.atoms[.transfer])
    drops = DropTarget(display, window: identifier)
    title = settings.title
    mayShare =
      settings.mayShareMemory && display.isLocal && exclusively { XShmQueryExtension(connection) != 0 }
    if mayShare { completionType = XShmGetEventBase(connection) + ShmCompletion }
    display.window = self
    describe(settings)
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

  /// The title, shown by the window manager and read by scripts.
  package var title: String {
    didSet { if title != oldValue { publishTitle() } }
  }

  /// Puts the window on the screen.
  package func show() {
    guard !display.isLost, !isShown else { return }
    isShown = true
    XMapWindow(display.connection, identifier)
    startup.complete(on: display)
    XFlush(display.connection)
  }

  /// Whether the server has shown all frames so far; while it has not, wait for ``Event/presented``.
  package var isReady: Bool { framesUnderway == 0 }

  private var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// Lends the window's picture to be painted, and puts on the screen the parts that the painter says it changed.
  ///
  /// The picture keeps what was painted before unless ``Frame/isNew`` says otherwise.
  package func paint(_ painter: (Frame) -> [Rectangle]) {
    guard !display.isLost else { return }
    if canvas == nil || width > canvas?.capacity.width ?? 0 || height > canvas?.capacity.height ?? 0 {
      canvas = nil
      canvas = Canvas(
        on: display, visual: visual, depth: depth, width: width, height: height, mayShare: mayShare)
      // A server that has refused once will refuse again.
      if let canvas, !canvas.isShared { mayShare = false }
      painted = .empty
      framesUnderway = 0
    }
    guard let canvas else { return }
    let isNew = painted != bounds
    let frame = Frame(
      pixels: canvas.pixels, width: width, height: height, stride: canvas.capacity.width, isNew: isNew)
    let changed = painter(frame).map { $0.intersection(bounds) }.filter { !$0.isEmpty }
    if !changed.isEmpty { painted = bounds }
    for part in changed { canvas.convert(part) }
    put(changed)
  }

  /// Shows a picture painted elsewhere: the parts of it that changed.
  ///
  /// The pixels are `0x00RRGGBB`, rows are `stride` pixels apart, and the picture is as large as the window.
  package func present(_ pixels: UnsafePointer<UInt32>, stride: Int, changed: [Rectangle]) {
    paint { frame in
      let parts = frame.isNew ? [bounds] : changed
      for part in parts.map({ $0.intersection(bounds) }) where !part.isEmpty {
        for y in part.rows {
          (frame.pixels + y * frame.stride + part.x).update(
            from: pixels + y * stride + part.x, count: part.width)
        }
      }
      return parts
    }
  }

  /// Does what can wait until the first frame is on the screen; true if it did anything.
  func settle() -> Bool {
    guard hasPresented, !isSettled, !display.isLost else { return false }
    isSettled = true
    keyboard.openInputMethod(select: { more in
      XSelectInput(self.display.connection, self.identifier, Self.eventMask | more)
    })
    stylus = exclusively { Stylus(display.connection, window: identifier) }
    return true
  }

  /// When the next transfer between programs would be late, if one is underway.
  var nextDeadline: ContinuousClock.Instant? {
    [offers.nextDeadline, paste.deadline, drops.deadline].compactMap { $0 }.min()
  }

  /// Gives up the transfers whose other side has been silent for too long.
  func endTransfers(olderThan now: ContinuousClock.Instant, into events: inout [Event]) {
    offers.endTransfers(olderThan: now)
    report(paste.expire(at: now), into: &events)
    drops.expire(at: now, into: &events)
  }

  /// Shows parts of the picture again, as it is.
  func put(_ parts: [Rectangle]) {
    // Before the window is shown nothing can be: then the server asks for all of it.
    guard isShown, let canvas, let last = parts.indices.last else { return }
    for (index, part) in parts.enumerated() {
      canvas.put(part, on: identifier, with: context, isLast: index == last)
    }
    framesUnderway += 1
    if !canvas.isShared { markFrame() }
    XFlush(display.connection)
  }

  /// Without shared memory nobody tells when a picture has been drawn, so we append nothing to a property of ours:
  /// the server reports that once it has worked through everything before.
  private func markFrame() {
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
    let own = XDefaultDepth(connection, display.screen)
    if depth == nil, own >= 15, let visual = XDefaultVisual(connection, display.screen),
      visual.pointee.class == TrueColor
    {
      return (visual, Int(own))
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
