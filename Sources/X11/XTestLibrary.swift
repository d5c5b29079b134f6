internal import CX11

/// The functions of XTEST, whose library is loaded at run time and may be missing.
struct XTestLibrary {
  /// Why XTEST cannot be used.
  enum Missing: Error {
    /// The library libXtst is not installed.
    case library
    /// The X server does not have the extension.
    case serverExtension
  }

  typealias FakeMotion = @convention(c) (OpaquePointer, Int32, Int32, Int32, UInt) -> Int32
  typealias FakeButton = @convention(c) (OpaquePointer, UInt32, Int32, UInt) -> Int32
  typealias FakeKey = @convention(c) (OpaquePointer, UInt32, Int32, UInt) -> Int32
  private typealias QueryExtension =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Int32>
    ) -> Int32

  let motion: FakeMotion
  let button: FakeButton
  let key: FakeKey

  /// Loads the library, and asks the server for the extension.
  init(on connection: OpaquePointer) throws(Missing) {
    guard let library = RunTimeLibrary("libXtst.so.6"),
      let query: QueryExtension = library.function("XTestQueryExtension"),
      let motion: FakeMotion = library.function("XTestFakeMotionEvent"),
      let button: FakeButton = library.function("XTestFakeButtonEvent"),
      let key: FakeKey = library.function("XTestFakeKeyEvent")
    else { throw .library }
    var (event, error, major, minor): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let hasExtension = withXlibLock { query(connection, &event, &error, &major, &minor) != 0 }
    guard hasExtension else { throw .serverExtension }
    self.motion = motion
    self.button = button
    self.key = key
  }
}
