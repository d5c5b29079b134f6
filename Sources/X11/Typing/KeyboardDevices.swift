import Basics
import CLibrary
internal import CX11

/// The keyboards of a server and the presses on all devices, by XInput 2, whose library is loaded at run time and may
/// be missing.
///
/// Each device has a keyboard map of its own. Keys that are pressed through XTEST use the map of the XTEST keyboard;
/// the core keyboard has the map of the device that was used last.
struct KeyboardDevices {
  private typealias QueryVersion =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Int32
  private typealias QueryDevice =
    @convention(c) (OpaquePointer, Int32, UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<
      CX11DeviceInfo
    >?
  private typealias FreeDeviceInfo = @convention(c) (UnsafeMutablePointer<CX11DeviceInfo>) -> Void
  private typealias SelectEvents =
    @convention(c) (OpaquePointer, CX11.Window, UnsafeMutablePointer<CX11InputMask>, Int32) -> Int32

  /// The device that stands for all keyboards.
  static let core = UInt32(XkbUseCoreKbd)

  /// The device of the keys that are pressed through XTEST; the core keyboard where it is not known.
  private(set) var test = KeyboardDevices.core
  /// The devices that a person types on.
  private(set) var physical: [UInt32] = []
  /// The number of the extension in events.
  private var extensionCode: Int32?
  private var selectEvents: SelectEvents?

  init(_ display: Display) {
    let connection = display.connection
    var (code, event, error): (Int32, Int32, Int32) = (0, 0, 0)
    guard XQueryExtension(connection, "XInputExtension", &code, &event, &error) != 0, !display.isLost,
      let library = dlopen("libXi.so.6", RTLD_LAZY | RTLD_LOCAL),
      let queryVersion = dlsym(library, "XIQueryVersion"), let queryDevice = dlsym(library, "XIQueryDevice"),
      let freeDeviceInfo = dlsym(library, "XIFreeDeviceInfo"),
      let selectEvents = dlsym(library, "XISelectEvents")
    else { return }
    // From 2.1 on, presses are reported while another program has grabbed the device too.
    var (major, minor): (Int32, Int32) = (2, 1)
    var count: Int32 = 0
    let list = withXlibLock {
      unsafeBitCast(queryVersion, to: QueryVersion.self)(connection, &major, &minor) == 0
        ? unsafeBitCast(queryDevice, to: QueryDevice.self)(connection, Int32(CX11_XIAllDevices), &count) : nil
    }
    guard let list else { return }
    defer { unsafeBitCast(freeDeviceInfo, to: FreeDeviceInfo.self)(list) }
    for device in UnsafeBufferPointer(start: list, count: Int(count))
    where device.use == Int32(CX11_XISlaveKeyboard) {
      let name = device.name.map { String(cString: $0) } ?? ""
      let identifier = UInt32(clamping: device.deviceid)
      if name.hasSuffix("XTEST keyboard") {
        // The first one belongs to the first pair of pointer and keyboard.
        if test == Self.core { test = identifier }
      } else {
        physical.append(identifier)
      }
    }
    self.selectEvents = unsafeBitCast(selectEvents, to: SelectEvents.self)
    extensionCode = code
  }

  /// Has the server report presses on all devices, or no longer.
  func watchPresses(_ isWatching: Bool, _ display: Display) {
    guard let selectEvents, !display.isLost else { return }
    var bits: [UInt8] = [0, 0]
    if isWatching {
      for type in [CX11_XI_RawKeyPress, CX11_XI_RawButtonPress] {
        bits[Int(type) / 8] |= 1 << UInt8(type % 8)
      }
    }
    bits.withUnsafeMutableBufferPointer { bits in
      var mask = CX11InputMask(
        deviceid: Int32(CX11_XIAllMasterDevices), mask_len: Int32(bits.count), mask: bits.baseAddress)
      _ = selectEvents(display.connection, display.root, &mask, 1)
    }
  }

  /// Whether an event is the press of a key or a button on any device.
  func isPress(_ event: XEvent) -> Bool {
    guard let extensionCode, event.type == GenericEvent, event.xcookie.extension == extensionCode else {
      return false
    }
    return [Int32(CX11_XI_RawKeyPress), Int32(CX11_XI_RawButtonPress)].contains(event.xcookie.evtype)
  }
}
