import Basics
import CLibrary
internal import CX11

/// The end of a stylus in use, from XInput 2, whose library is loaded at run time and may be missing.
///
/// A tablet's driver makes a separate device for the eraser. The server reports when another device starts to move
/// the pointer, before that device's first motion. The motions are ordinary pointer events.
package final class Stylus {
  private typealias SelectEvents =
    @convention(c) (OpaquePointer, CX11.Window, UnsafeMutablePointer<CX11InputMask>, Int32) -> Int32
  private typealias QueryVersion =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Int32
  private typealias QueryDevice =
    @convention(c) (OpaquePointer, Int32, UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<
      CX11DeviceInfo
    >?
  private typealias FreeDeviceInfo = @convention(c) (UnsafeMutablePointer<CX11DeviceInfo>) -> Void

  /// The end in use.
  private(set) var tool = PointerTool.tip
  private let connection: OpaquePointer
  private let extensionCode: Int32
  private let queryDevice: QueryDevice
  private let freeDeviceInfo: FreeDeviceInfo
  private var tools: [Int32: PointerTool] = [:]

  /// Selects the events; nil where the library or the server's extension is missing.
  init?(_ connection: OpaquePointer, window: CX11.Window) {
    var code: Int32 = 0
    var event: Int32 = 0
    var error: Int32 = 0
    // NOTE: libXi 1.8 dereferences a null pointer if the connection is lost before the server's first answer. The
    // loss must be known before.
    guard XQueryExtension(connection, "XInputExtension", &code, &event, &error) != 0,
      !ServerErrors.isLost(connection),
      let library = dlopen("libXi.so.6", RTLD_LAZY | RTLD_LOCAL),
      let queryVersion = dlsym(library, "XIQueryVersion"),
      let selectEvents = dlsym(library, "XISelectEvents"),
      let queryDevice = dlsym(library, "XIQueryDevice"),
      let freeDeviceInfo = dlsym(library, "XIFreeDeviceInfo")
    else { return nil }
    self.connection = connection
    extensionCode = code
    self.queryDevice = unsafeBitCast(queryDevice, to: QueryDevice.self)
    self.freeDeviceInfo = unsafeBitCast(freeDeviceInfo, to: FreeDeviceInfo.self)
    var (major, minor): (Int32, Int32) = (2, 0)
    guard unsafeBitCast(queryVersion, to: QueryVersion.self)(connection, &major, &minor) == 0 else {
      return nil
    }
    var bits: UInt8 = 1 << UInt8(CX11_XI_DeviceChanged)
    withUnsafeMutablePointer(to: &bits) { bits in
      var mask = CX11InputMask(
        deviceid: Int32(CX11_XIAllMasterDevices), mask_len: 1, mask: bits)
      _ = unsafeBitCast(selectEvents, to: SelectEvents.self)(connection, window, &mask, 1)
    }
  }

  /// Handles an event that may report another device.
  func handle(_ cookie: inout XGenericEventCookie) {
    guard cookie.extension == extensionCode, XGetEventData(connection, &cookie) != 0 else { return }
    defer { XFreeEventData(connection, &cookie) }
    guard cookie.evtype == Int32(CX11_XI_DeviceChanged), let data = cookie.data else { return }
    let source = data.assumingMemoryBound(to: CX11DeviceChanged.self).pointee.sourceid
    tool = tools[source] ?? queryTool(of: source)
    tools[source] = tool
  }

  private func queryTool(of device: Int32) -> PointerTool {
    var count: Int32 = 0
    guard let info = queryDevice(connection, device, &count) else { return .tip }
    defer { freeDeviceInfo(info) }
    guard count > 0, let name = info.pointee.name else { return .tip }
    return Self.tool(ofDeviceNamed: String(cString: name))
  }

  /// The end that a device's name tells: drivers use names such as "… Pen eraser" and "… Eraser (0)".
  package static func tool(ofDeviceNamed name: String) -> PointerTool {
    name.lowercased().split { !$0.isLetter }.contains("eraser") ? .eraser : .tip
  }
}
