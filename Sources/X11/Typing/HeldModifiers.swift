import Basics
internal import CX11

/// The modifiers that are held, locked or latched while a text is typed: they are released before, and restored after.
struct HeldModifiers {
  /// The keys that were released.
  private let keys: [KeyCode]
  /// Whether a person held a modifier on a keyboard.
  private let isPhysical: Bool
  private let locked: UInt32
  private let latched: UInt32

  /// Releases everything that would change what the keys type; Num Lock stays.
  init(_ display: Display, _ map: KeyMap, _ devices: KeyboardDevices, _ library: XTestLibrary) {
    let connection = display.connection
    let state = display.keyboardState()
    var down = [CChar](repeating: 0, count: 32)
    XQueryKeymap(connection, &down)
    keys = map.holdingKeys.sorted().filter { down[Int($0) / 8] & 1 << CChar($0 % 8) != 0 }
    isPhysical = devices.physical.contains { display.keyboardState($0).base_mods != 0 }
    locked = UInt32(state.locked_mods) & ~map.numLock
    latched = UInt32(state.latched_mods)
    for key in keys { _ = library.key(connection, UInt32(key), 0, 0) }
    if locked != 0 { XkbLockModifiers(connection, KeyboardDevices.core, locked, 0) }
    if latched != 0 { XkbLatchModifiers(connection, KeyboardDevices.core, latched, 0) }
  }

  /// Presses and locks again what was released.
  ///
  /// A key that the person has released since then is not pressed: it would stay down.
  ///
  /// - Returns: The number of keys that were pressed.
  func restore(_ display: Display, _ devices: KeyboardDevices, _ library: XTestLibrary) -> Int {
    guard !display.isLost else { return 0 }
    let connection = display.connection
    if locked != 0 { XkbLockModifiers(connection, KeyboardDevices.core, locked, locked) }
    if latched != 0 { XkbLatchModifiers(connection, KeyboardDevices.core, latched, latched) }
    let isStillHeld = devices.physical.contains { display.keyboardState($0).base_mods != 0 }
    let pressed = !isPhysical || isStillHeld ? keys : []
    for key in pressed { _ = library.key(connection, UInt32(key), 1, 0) }
    XSync(connection, 0)
    return pressed.count
  }
}

extension Display {
  /// The modifiers and the group of a keyboard; of all keyboards together without a device.
  func keyboardState(_ device: UInt32 = KeyboardDevices.core) -> XkbStateRec {
    var state = XkbStateRec()
    if !isLost { XkbGetState(connection, device, &state) }
    return state
  }
}
