// XInput 2, by which pens and their pressure are read.

import Basics
internal import CX11

/// The functions of XInput 2, whose library is loaded at run time and may be missing.
struct XInputLibrary {
  private typealias SelectEvents =
    @convention(c) (OpaquePointer, CX11.Window, UnsafeMutablePointer<CX11InputMask>, Int32) -> Int32
  typealias QueryDevice =
    @convention(c) (OpaquePointer, Int32, UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<
      CX11DeviceInfo
    >?
  typealias FreeDeviceInfo = @convention(c) (UnsafeMutablePointer<CX11DeviceInfo>) -> Void
  private typealias QueryVersion =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Int32

  /// The number of the extension in events.
  let extensionCode: Int32
  let queryDevice: QueryDevice
  let freeDeviceInfo: FreeDeviceInfo
  private let selectEvents: SelectEvents
  private let connection: OpaquePointer

  /// Loads the library, and asks the server for a version 2; nil where the library or the extension is missing.
  ///
  /// The caller holds Xlib's lock.
  init?(on connection: OpaquePointer, minorVersion: Int32) {
    var (code, event, error): (Int32, Int32, Int32) = (0, 0, 0)
    // NOTE: libXi 1.8 dereferences a null pointer if the connection is lost before the server's first answer. The
    // loss must be known before.
    guard XQueryExtension(connection, "XInputExtension", &code, &event, &error) != 0,
      !ServerErrors.isLost(connection),
      let library = RunTimeLibrary("libXi.so.6"),
      let queryVersion: QueryVersion = library.function("XIQueryVersion"),
      let selectEvents: SelectEvents = library.function("XISelectEvents"),
      let queryDevice: QueryDevice = library.function("XIQueryDevice"),
      let freeDeviceInfo: FreeDeviceInfo = library.function("XIFreeDeviceInfo")
    else { return nil }
    var (major, minor): (Int32, Int32) = (2, minorVersion)
    guard queryVersion(connection, &major, &minor) == 0 else { return nil }
    self.connection = connection
    extensionCode = code
    self.selectEvents = selectEvents
    self.queryDevice = queryDevice
    self.freeDeviceInfo = freeDeviceInfo
  }

  /// Has the server report a device's events of these types to a window, and no others.
  func select(_ types: [Int], of device: Int32, for window: CX11.Window) {
    var bits: [UInt8] = [0, 0]
    for type in types { bits[type / 8] |= 1 << UInt8(type % 8) }
    bits.withUnsafeMutableBufferPointer { bits in
      var mask = CX11InputMask(deviceid: device, mask_len: Int32(bits.count), mask: bits.baseAddress)
      _ = selectEvents(connection, window, &mask, 1)
    }
  }
}
