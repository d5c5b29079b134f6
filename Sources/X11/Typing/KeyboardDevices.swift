import Basics
internal import CX11

/// The keyboards of a server and the presses on all devices, by XInput 2, whose library is loaded at run time and may
/// be missing.
///
/// Each device has a keyboard map of its own. Keys that are pressed through XTEST use the map of the XTEST keyboard;
/// the core keyboard has the map of the device that was used last.
struct KeyboardDevices {
  /// The device that stands for all keyboards.
  static let core = UInt32(XkbUseCoreKbd)

  /// The device of the keys that are pressed through XTEST; the core keyboard where it is not known.
  private(set) var test = KeyboardDevices.core
  /// The devices that a person types on.
  private(set) var physical: [UInt32] = []
  private let library: XInputLibrary?

  init(_ display: Display) {
    let connection = display.connection
    // From 2.1 on, presses are reported while another program has grabbed the device too.
    library = withXlibLock { XInputLibrary(on: connection, minorVersion: 1) }
    var count: Int32 = 0
    guard let library,
      let list = withXlibLock({ library.queryDevice(connection, Int32(CX11_XIAllDevices), &count) })
    else { return }
    defer { library.freeDeviceInfo(list) }
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
  }

  /// Has the server report presses on all devices, or no longer.
  func watchPresses(_ isWatching: Bool, _ display: Display) {
    guard let library, !display.isLost else { return }
    let presses = isWatching ? [CX11_XI_RawKeyPress, CX11_XI_RawButtonPress] : []
    library.select(presses, of: Int32(CX11_XIAllMasterDevices), for: display.root)
  }

  /// Whether an event is the press of a key or a button on any device.
  func isPress(_ event: XEvent) -> Bool {
    guard let library, event.type == GenericEvent, event.xcookie.extension == library.extensionCode else {
      return false
    }
    return [Int32(CX11_XI_RawKeyPress), Int32(CX11_XI_RawButtonPress)].contains(event.xcookie.evtype)
  }
}
