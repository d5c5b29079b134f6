import Basics
import CLibrary
internal import CX11

/// The atoms of the X protocols that Inkling uses, interned in one round trip.
struct Atoms {
  private let atoms: [Name: Atom]
  private let connection: OpaquePointer

  init(_ connection: OpaquePointer) {
    self.connection = connection
    var names = Name.allCases.map { strdup($0.rawValue) }
    defer { for name in names { free(name) } }
    var atoms = [Atom](repeating: 0, count: names.count)
    XInternAtoms(connection, &names, Int32(names.count), 0, &atoms)
    self.atoms = Dictionary(uniqueKeysWithValues: zip(Name.allCases, atoms))
  }

  subscript(_ name: Name) -> Atom { atoms[name] ?? Atom(None) }

  /// The atom of any name, created if it is new; a round trip unless it is in ``Name``.
  func atom(named name: String) -> Atom {
    if let known = Name(rawValue: name) { return self[known] }
    return XInternAtom(connection, name, 0)
  }

  /// The name of an atom; a round trip unless it is in ``Name``.
  func name(of atom: Atom) -> String? {
    if let known = atoms.first(where: { $0.value == atom }) { return known.key.rawValue }
    guard let name = XGetAtomName(connection, atom) else { return nil }
    defer { XFree(name) }
    return String(cString: name)
  }

  enum Name: String, CaseIterable {
    case wmProtocols = "WM_PROTOCOLS"
    case wmDelete = "WM_DELETE_WINDOW"
    case ping = "_NET_WM_PING"
    case netName = "_NET_WM_NAME"
    case netIconName = "_NET_WM_ICON_NAME"
    case pid = "_NET_WM_PID"
    case icon = "_NET_WM_ICON"
    case windowType = "_NET_WM_WINDOW_TYPE"
    case windowTypeNormal = "_NET_WM_WINDOW_TYPE_NORMAL"
    case windowTypeUtility = "_NET_WM_WINDOW_TYPE_UTILITY"
    case windowState = "_NET_WM_STATE"
    case stateAbove = "_NET_WM_STATE_ABOVE"
    case stateSticky = "_NET_WM_STATE_STICKY"
    case stateSkipTaskbar = "_NET_WM_STATE_SKIP_TASKBAR"
    case stateSkipPager = "_NET_WM_STATE_SKIP_PAGER"
    case desktop = "_NET_WM_DESKTOP"
    case workArea = "_NET_WORKAREA"
    case embedInfo = "_XEMBED_INFO"
    case fullScreen = "_NET_WM_STATE_FULLSCREEN"
    case userTime = "_NET_WM_USER_TIME"
    case startupID = "_NET_STARTUP_ID"
    case startupInfoBegin = "_NET_STARTUP_INFO_BEGIN"
    case startupInfo = "_NET_STARTUP_INFO"
    case utf8 = "UTF8_STRING"
    case text = "TEXT"
    case compoundText = "COMPOUND_TEXT"
    case plainUTF8 = "text/plain;charset=utf-8"
    case plain = "text/plain"
    case uriList = "text/uri-list"
    case clipboard = "CLIPBOARD"
    case clipboardManager = "CLIPBOARD_MANAGER"
    case saveTargets = "SAVE_TARGETS"
    case targets = "TARGETS"
    case timestamp = "TIMESTAMP"
    case multiple = "MULTIPLE"
    case atomPair = "ATOM_PAIR"
    case increment = "INCR"
    case null = "NULL"
    case transfer = "_INKLING_TRANSFER"
    case dropTransfer = "_INKLING_DROP"
    case frame = "_INKLING_FRAME"
    case dropAware = "XdndAware"
    case dropEnter = "XdndEnter"
    case dropPosition = "XdndPosition"
    case dropStatus = "XdndStatus"
    case dropLeave = "XdndLeave"
    case dropped = "XdndDrop"
    case dropFinished = "XdndFinished"
    case dropSelection = "XdndSelection"
    case dropTypes = "XdndTypeList"
    case dropCopy = "XdndActionCopy"
    case png = "image/png"
  }
}
