internal import CX11

/// The functions of XTEST, whose library is loaded at run time and may be missing.
struct XTestLibrary {
  typealias FakeMotion = @convention(c) (OpaquePointer, Int32, Int32, Int32, UInt) -> Int32
  typealias FakePress = @convention(c) (OpaquePointer, UInt32, Int32, UInt) -> Int32
  private typealias QueryExtension =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Int32>
    ) -> Int32

  let motion: FakeMotion
  let button: FakePress
  let key: FakePress

  /// Loads the library, and asks the server for the extension.
  init(on connection: OpaquePointer) throws(TypingError) {
    guard let library = RunTimeLibrary("libXtst.so.6"),
      let query: QueryExtension = library.function("XTestQueryExtension"),
      let motion: FakeMotion = library.function("XTestFakeMotionEvent"),
      let button: FakePress = library.function("XTestFakeButtonEvent"),
      let key: FakePress = library.function("XTestFakeKeyEvent")
    else { throw .noLibrary }
    var (event, error, major, minor): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let hasExtension = withXlibLock { query(connection, &event, &error, &major, &minor) != 0 }
    guard hasExtension else { throw .noExtension }
    self.motion = motion
    self.button = button
    self.key = key
  }
}
