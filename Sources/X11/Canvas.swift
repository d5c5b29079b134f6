import Basics
internal import CX11
import Glibc

/// The memory of the window's picture and its way to the server.
///
/// The painter's pixels lie in memory shared with the server (MIT-SHM) if the server is on this machine, lets us
/// share, and shows the painter's own format; then nothing is ever copied. If the format differs, they lie in
/// memory of our own and are converted into the shared one. Where sharing is missing or refused, XPutImage sends
/// them.
final class Canvas {
  /// Room for the window to grow before memory is taken anew.
  private static let grain = 128

  let capacity: (width: Int, height: Int)
  /// The painter's pixels, `capacity.width` a row.
  let pixels: UnsafeMutablePointer<UInt32>
  /// Whether the server reads the memory itself and tells when it has.
  let isShared: Bool

  private let display: Display
  private let format: PixelFormat
  private let image: UnsafeMutablePointer<XImage>
  private let imageBytes: UnsafeMutableRawPointer
  /// At a fixed place, since the image points to it.
  private let segment: UnsafeMutablePointer<XShmSegmentInfo>
  private let isConverting: Bool

  init?(
    on display: Display, visual: UnsafeMutablePointer<Visual>, depth: Int, width: Int, height: Int,
    mayShare: Bool
  ) {
    let grain = Self.grain
    let columns = max(grain, (width + grain - 1) / grain * grain)
    let rows = max(grain, (height + grain - 1) / grain * grain)
    capacity = (columns, rows)
    self.display = display
    let connection = display.connection
    guard
      let image = XCreateImage(
        connection, visual, UInt32(depth), ZPixmap, 0, nil, UInt32(columns), UInt32(rows), 32, 0)
    else { return nil }
    self.image = image
    segment = .allocate(capacity: 1)
    segment.initialize(to: XShmSegmentInfo())
    format = PixelFormat(
      red: UInt32(truncatingIfNeeded: visual.pointee.red_mask),
      green: UInt32(truncatingIfNeeded: visual.pointee.green_mask),
      blue: UInt32(truncatingIfNeeded: visual.pointee.blue_mask),
      depth: depth, bitsPerPixel: Int(image.pointee.bits_per_pixel),
      isBigEndian: image.pointee.byte_order == MSBFirst)
    let size = Int(image.pointee.bytes_per_line) * rows
    isConverting = format != .painter
    if mayShare, let shared = Self.share(size, with: display, segment: segment) {
      isShared = true
      imageBytes = shared
      image.pointee.obdata = UnsafeMutableRawPointer(segment).assumingMemoryBound(to: CChar.self)
    } else {
      isShared = false
      guard let bytes = calloc(1, size) else { return nil }
      imageBytes = bytes
    }
    image.pointee.data = imageBytes.assumingMemoryBound(to: CChar.self)
    if isConverting {
      pixels = UnsafeMutablePointer<UInt32>.allocate(capacity: columns * rows)
      pixels.initialize(repeating: 0, count: columns * rows)
    } else {
      pixels = imageBytes.assumingMemoryBound(to: UInt32.self)
    }
  }

  deinit {
    defer { segment.deallocate() }
    // The image's own destructor would free both, which are not its own.
    image.pointee.data = nil
    image.pointee.obdata = nil
    if let destroy = image.pointee.f.destroy_image { _ = destroy(image) }
    if isConverting { pixels.deallocate() }
    if isShared {
      if !display.isLost { XShmDetach(display.connection, segment) }
      shmdt(imageBytes)
    } else {
      free(imageBytes)
    }
  }

  /// Turns painted pixels into the screen's format; needed before ``put(_:on:with:isLast:)``.
  func convert(_ part: Rectangle) {
    guard isConverting else { return }
    let lineBytes = Int(image.pointee.bytes_per_line)
    let offset = part.x * format.bitsPerPixel / 8
    for y in part.y..<part.y + part.height {
      format.convert(
        pixels + y * capacity.width + part.x, count: part.width, into: imageBytes + y * lineBytes + offset)
    }
  }

  /// Has the server show a part of the picture; the last part of a frame asks for word of its completion.
  func put(_ part: Rectangle, on window: CX11.Window, with context: GC, isLast: Bool) {
    let (x, y) = (Int32(part.x), Int32(part.y))
    let (width, height) = (UInt32(part.width), UInt32(part.height))
    if isShared {
      XShmPutImage(
        display.connection, window, context, image, x, y, x, y, width, height, isLast ? 1 : 0)
    } else {
      XPutImage(display.connection, window, context, image, x, y, x, y, width, height)
    }
  }

  /// Gets memory that only this user may read, which lives exactly as long as it is attached.
  private static func share(
    _ size: Int, with display: Display, segment: UnsafeMutablePointer<XShmSegmentInfo>
  ) -> UnsafeMutableRawPointer? {
    let id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0o600)
    guard id >= 0 else { return nil }
    // Removed once both sides have attached, or failed to: then even kill -9 leaves nothing behind.
    defer { shmctl(id, IPC_RMID, nil) }
    guard let address = shmat(id, nil, 0), address != UnsafeMutableRawPointer(bitPattern: -1) else {
      return nil
    }
    segment.pointee.shmid = id
    segment.pointee.shmaddr = address.assumingMemoryBound(to: CChar.self)
    segment.pointee.readOnly = 1
    // BadAccess comes from servers of another user, container or machine.
    let error = display.trapping { _ = XShmAttach(display.connection, segment) }
    guard error == nil else {
      shmdt(address)
      return nil
    }
    guard sees(segment, through: display) else {
      XShmDetach(display.connection, segment)
      shmdt(address)
      return nil
    }
    return address
  }

  /// Whether the server sees what we write.
  ///
  /// NOTE: from another container it may attach a segment of its own that happens to have the same number, without
  /// any error; so one pixel is sent there and back.
  private static func sees(_ segment: UnsafeMutablePointer<XShmSegmentInfo>, through display: Display) -> Bool
  {
    let connection = display.connection
    let depth = UInt32(XDefaultDepth(connection, display.screen))
    guard
      let image = XShmCreateImage(
        connection, XDefaultVisual(connection, display.screen), depth, ZPixmap, segment.pointee.shmaddr,
        segment, 1, 1)
    else { return false }
    defer {
      image.pointee.data = nil
      image.pointee.obdata = nil
      if let destroy = image.pointee.f.destroy_image { _ = destroy(image) }
    }
    // A number that no other segment begins with by chance, nor by being empty.
    var mark = UInt32.random(in: 1...UInt32.max)
    if mark & 0xFFFF == 0 { mark |= 0x5A5A }
    let size = Int(image.pointee.bits_per_pixel) / 8
    withUnsafeBytes(of: mark) { bytes in
      for index in 0..<min(size, bytes.count) {
        segment.pointee.shmaddr[index] = CChar(bitPattern: bytes[index])
      }
    }
    let sent = firstPixel(image)
    let pixmap = XCreatePixmap(connection, display.root, 1, 1, depth)
    defer { XFreePixmap(connection, pixmap) }
    guard let context = XCreateGC(connection, pixmap, 0, nil) else { return false }
    defer { XFreeGC(connection, context) }
    var returned: UInt?
    let error = display.trapping {
      XShmPutImage(connection, pixmap, context, image, 0, 0, 0, 0, 1, 1, 0)
      guard let seen = XGetImage(connection, pixmap, 0, 0, 1, 1, UInt.max, ZPixmap) else { return }
      returned = firstPixel(seen)
      if let destroy = seen.pointee.f.destroy_image { _ = destroy(seen) }
    }
    return error == nil && returned == sent
  }

  /// What Xlib's macro XGetPixel gives for the first pixel.
  private static func firstPixel(_ image: UnsafeMutablePointer<XImage>) -> UInt? {
    image.pointee.f.get_pixel?(image, 0, 0)
  }
}
