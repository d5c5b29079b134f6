import Basics
internal import CX11

/// What the keys of a keyboard type: which key and which modifiers give a keysym or a character.
struct KeyMap {
  /// A key with the modifiers that select one of its levels.
  struct Position: Equatable {
    let code: KeyCode
    /// The modifiers as a mask of X.
    let modifiers: UInt32
  }

  /// The modifiers Shift, Control and Mod1 to Mod5, in the order of their bits; Lock is not among them.
  static let modifierBits: [UInt32] = [0, 2, 3, 4, 5, 6, 7].map { 1 << $0 }

  /// The codes that no key uses: they have no symbol, no modifier and no action.
  let unusedCodes: [KeyCode]
  /// The keys that hold a modifier while they are down.
  let holdingKeys: Set<KeyCode>
  /// The modifier of Num Lock, or 0.
  let numLock: UInt32
  private let groups: [Group]
  /// The first symbol of each key.
  private let firstSymbols: [KeyCode: KeySym]

  /// What the keys type in one of the four groups.
  fileprivate struct Group {
    var symbols: [KeySym: Position] = [:]
    var scalars: [Unicode.Scalar: Position] = [:]
    /// The key to press for each modifier.
    var modifierKeys: [UInt32: KeyCode] = [:]
    /// The modifiers that select levels, and give no shortcuts.
    var levelModifiers: UInt32 = 0
  }

  /// The keysyms of keys that select a level while they are down.
  private static let levelSymbols: [Int32] = [
    XK_Shift_L, XK_Shift_R, XK_ISO_Level3_Shift, XK_ISO_Level5_Shift, XK_Mode_switch,
  ]
  /// The keysyms of all keys that hold a modifier, best first.
  private static let holdingSymbols: [Int32] =
    levelSymbols + [
      XK_Control_L, XK_Control_R, XK_Alt_L, XK_Alt_R, XK_Meta_L, XK_Meta_R, XK_Super_L, XK_Super_R,
      XK_Hyper_L, XK_Hyper_R,
    ]

  /// Reads the map of a device; nil where the server does not give it.
  init?(_ display: Display, device: UInt32) {
    let parts = UInt32(XkbKeyTypesMask | XkbKeySymsMask | XkbModifierMapMask | XkbVirtualModsMask)
    guard !display.isLost, let keyboard = XkbGetMap(display.connection, parts, device) else { return nil }
    defer { XkbFreeKeyboard(keyboard, UInt32(XkbAllComponentsMask), 1) }
    guard let modifierMap = keyboard.pointee.map?.pointee.modmap else { return nil }
    let codes = keyboard.pointee.min_key_code...keyboard.pointee.max_key_code

    var holding: Set<KeyCode> = []
    var numLock: UInt32 = 0
    for code in codes where modifierMap[Int(code)] != 0 {
      let symbols = (0..<Int32(4)).map { Self.symbol(keyboard, code, group: $0) }
      if symbols.contains(KeySym(XK_Num_Lock)) { numLock |= UInt32(modifierMap[Int(code)]) }
      if symbols.contains(where: { symbol in Self.holdingSymbols.contains { KeySym($0) == symbol } }) {
        holding.insert(code)
      }
    }
    holdingKeys = holding
    self.numLock = numLock

    groups = (0..<Int32(4)).map { group in
      var found = Group()
      for symbol in Self.holdingSymbols {
        for code in codes.filter({ Self.symbol(keyboard, $0, group: group) == KeySym(symbol) }) {
          for bit in Self.modifierBits
          where UInt32(modifierMap[Int(code)]) == bit && found.modifierKeys[bit] == nil {
            found.modifierKeys[bit] = code
            if Self.levelSymbols.contains(symbol) { found.levelModifiers |= bit }
          }
        }
      }
      for code in codes { found.add(keyboard, code, group) }
      return found
    }

    firstSymbols = Dictionary(uniqueKeysWithValues: codes.map { ($0, Self.symbol(keyboard, $0, group: 0)) })

    // The core keyboard may have another map, in which the code must be unused too.
    var width: Int32 = 0
    let count = codes.count
    let core = XGetKeyboardMapping(display.connection, codes.lowerBound, Int32(count), &width)
    defer { if let core { XFree(core) } }
    unusedCodes = codes.dropFirst().reversed().filter { code in
      guard let core, cx11_key_is_empty(keyboard, code) != 0, modifierMap[Int(code)] == 0 else {
        return false
      }
      let start = Int(code - codes.lowerBound) * Int(width)
      return (start..<start + Int(width)).allSatisfy { core[$0] == 0 }
    }
  }

  /// The key for a keysym in a group.
  func position(of symbol: KeySym, group: Int) -> Position? { groups[group & 3].symbols[symbol] }

  /// The key for a character in a group.
  func position(of scalar: Unicode.Scalar, group: Int) -> Position? { groups[group & 3].scalars[scalar] }

  /// The first symbol of a key, or 0.
  func symbol(of code: KeyCode) -> KeySym { firstSymbols[code] ?? 0 }

  /// The keys that hold these modifiers in a group; nil where one is missing.
  func keys(holding modifiers: UInt32, group: Int) -> [KeyCode]? {
    var keys: [KeyCode] = []
    for bit in Self.modifierBits where modifiers & bit != 0 {
      guard let key = groups[group & 3].modifierKeys[bit] else { return nil }
      keys.append(key)
    }
    return keys
  }

  private static func symbol(_ keyboard: XkbDescPtr, _ code: KeyCode, group: Int32) -> KeySym {
    let effective = cx11_key_group(keyboard, code, group)
    return effective < 0 ? 0 : cx11_key_symbol(keyboard, code, effective, 0)
  }
}

extension KeyMap.Group {
  /// Adds the symbols of a key; of several positions for one symbol the one with the fewest modifiers stays.
  fileprivate mutating func add(_ keyboard: XkbDescPtr, _ code: KeyCode, _ group: Int32) {
    let effective = cx11_key_group(keyboard, code, group)
    guard effective >= 0 else { return }
    for level in 0..<cx11_key_levels(keyboard, code, effective) {
      let symbol = cx11_key_symbol(keyboard, code, effective, level)
      let mask = cx11_level_modifiers(
        keyboard, code, effective, level, Int32(bitPattern: ~levelModifiers))
      guard symbol != 0, mask >= 0 else { continue }
      let position = KeyMap.Position(code: code, modifiers: UInt32(mask))
      func isBetter(than other: KeyMap.Position?) -> Bool {
        other.map { position.modifiers.nonzeroBitCount < $0.modifiers.nonzeroBitCount } ?? true
      }
      if isBetter(than: symbols[symbol]) { symbols[symbol] = position }
      if let scalar = Unicode.Scalar(keysym: symbol), isBetter(than: scalars[scalar]) {
        scalars[scalar] = position
      }
    }
  }
}

extension Unicode.Scalar {
  /// The character of a keysym: from Latin-1, from Unicode, or an older one; keypad keys have none.
  init?(keysym: KeySym) {
    switch keysym {
    case 0x20...0x7E, 0xA0...0xFF: self.init(UInt32(keysym))
    case 0x1_000_100...0x1_10F_FFF: self.init(UInt32(keysym - 0x1_000_000))
    default:
      guard let scalar = LegacyKeysyms.scalar(of: keysym) else { return nil }
      self = scalar
    }
  }
}
