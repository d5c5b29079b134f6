import Basics
import CLibrary
internal import CX11
import Graphics

/// The window's pixels in the screen's format, and their transfer to the server.
///
/// They lie in memory shared with the server (MIT-SHM) if the server is on this machine and accepts it. Otherwise
/// XPutImage sends them.
final class Canvas {
  /// Sides are multiples of this, so that a window that grows needs new memory only now and then.
  private static let sideStep = 128

  let width: Int
  let height: Int
  /// Whether the server reads the memory itself and reports when it has.
  let isShared: Bool

  private let display: Display
  private let format: PixelFormat
  private let image: UnsafeMutablePointer<XImage>
  private let pixels: UnsafeMutableRawPointer
  /// The image keeps this address.
  private let segment: UnsafeMutablePointer<XShmSegmentInfo>

  init?(
    on display: Display, visual: UnsafeMutablePointer<Visual>, depth: Int, width: Int, height: Int,
    mayShare: Bool
  ) {
    let (width, height) = (Self.roundedUp(width), Self.roundedUp(height))
    self.width = width
    self.height = height
    self.display = display
    guard
      let image = XCreateImage(
        display.connection, visual, UInt32(depth), ZPixmap, 0, nil, UInt32(width), UInt32(height), 32, 0)
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
    let size = Int(image.pointee.bytes_per_line) * height
    if mayShare, let shared = Self.share(size, with: display, segment: segment) {
      isShared = true
      pixels = shared
      image.pointee.obdata = UnsafeMutableRawPointer(segment).assumingMemoryBound(to: CChar.self)
    } else {
      isShared = false
      guard let bytes = calloc(1, size) else { return nil }
      pixels = bytes
    }
    image.pointee.data = pixels.assumingMemoryBound(to: CChar.self)
  }

  private static func roundedUp(_ side: Int) -> Int {
    max(1, (side + sideStep - 1) / sideStep) * sideStep
  }

  deinit {
    Self.destroy(image)
    if isShared {
      if !display.isLost { XShmDetach(display.connection, segment) }
      shmdt(pixels)
    } else {
      free(pixels)
    }
    segment.deallocate()
  }

  /// Copies a part of an image, converted into the screen's format.
  func copy(_ part: Rectangle, of image: Bitmap) {
    let lineBytes = Int(self.image.pointee.bytes_per_line)
    let offset = part.x * format.bitsPerPixel / 8
    _ = image.withPixels { source in
      for y in part.rows {
        format.convert(
          source + y * image.width + part.x, count: part.width, into: pixels + y * lineBytes + offset)
      }
    }
  }

  /// Has the server show a part; with the last part of a frame the server is asked to report its completion.
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

  /// Frees the image's record but not the memory that it points to, which its own function would free too.
  private static func destroy(_ image: UnsafeMutablePointer<XImage>) {
    image.pointee.data = nil
    image.pointee.obdata = nil
    _ = image.pointee.f.destroy_image?(image)
  }

  /// Allocates memory that only this user can read and that exists exactly as long as a process is attached.
  private static func share(
    _ size: Int, with display: Display, segment: UnsafeMutablePointer<XShmSegmentInfo>
  ) -> UnsafeMutableRawPointer? {
    let id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0o600)
    guard id >= 0 else { return nil }
    // The name is removed after both sides have attached or failed: even kill -9 then leaves nothing behind.
    defer { shmctl(id, IPC_RMID, nil) }
    guard let address = shmat(id, nil, 0), address != UnsafeMutableRawPointer(bitPattern: -1) else {
      return nil
    }
    segment.pointee.shmid = id
    segment.pointee.shmaddr = address.assumingMemoryBound(to: CChar.self)
    segment.pointee.readOnly = 1
    // A server of another user, in another container or on another machine answers BadAccess.
    let error = display.trapping { _ = XShmAttach(display.connection, segment) }
    if error == nil {
      if serverReads(segment, through: display) { return address }
      XShmDetach(display.connection, segment)
    }
    shmdt(address)
    return nil
  }

  /// Whether the server reads what this process writes.
  ///
  /// NOTE: a server in another container may attach a segment of its own that has the same number, without any
  /// error. One pixel is therefore sent to the server and read back.
  private static func serverReads(
    _ segment: UnsafeMutablePointer<XShmSegmentInfo>, through display: Display
  ) -> Bool {
    let connection = display.connection
    let depth = UInt32(XDefaultDepth(connection, display.screen))
    guard
      let image = XShmCreateImage(
        connection, XDefaultVisual(connection, display.screen), depth, ZPixmap, segment.pointee.shmaddr,
        segment, 1, 1)
    else { return false }
    defer { destroy(image) }
    // A random number that differs from zero also in its lower half, as another segment may be empty.
    var probe = UInt32.random(in: 1...UInt32.max)
    if probe & 0xFFFF == 0 { probe |= 0x5A5A }
    let size = Int(image.pointee.bits_per_pixel) / 8
    withUnsafeBytes(of: probe) { bytes in
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
      guard let reply = XGetImage(connection, pixmap, 0, 0, 1, 1, UInt.max, ZPixmap) else { return }
      returned = firstPixel(reply)
      _ = reply.pointee.f.destroy_image?(reply)
    }
    return error == nil && returned == sent
  }

  /// The first pixel, as Xlib's macro XGetPixel gives it.
  private static func firstPixel(_ image: UnsafeMutablePointer<XImage>) -> UInt? {
    image.pointee.f.get_pixel?(image, 0, 0)
  }
}
