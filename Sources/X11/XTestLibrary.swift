import CLibrary
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
    guard let library = dlopen("libXtst.so.6", RTLD_LAZY | RTLD_LOCAL),
      let query = dlsym(library, "XTestQueryExtension"),
      let motion = dlsym(library, "XTestFakeMotionEvent"),
      let button = dlsym(library, "XTestFakeButtonEvent"), let key = dlsym(library, "XTestFakeKeyEvent")
    else { throw .library }
    var (event, error, major, minor): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let hasExtension = withXlibLock {
      unsafeBitCast(query, to: QueryExtension.self)(connection, &event, &error, &major, &minor) != 0
    }
    guard hasExtension else { throw .serverExtension }
    self.motion = unsafeBitCast(motion, to: FakeMotion.self)
    self.button = unsafeBitCast(button, to: FakeButton.self)
    self.key = unsafeBitCast(key, to: FakeKey.self)
  }
}
