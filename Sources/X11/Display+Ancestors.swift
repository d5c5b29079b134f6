internal import CX11

extension Display {
  /// What `read` finds at the first of a window and those that contain it; nil where it finds nothing, or a window is
  /// gone.
  func firstFound<Value>(from start: CX11.Window, _ read: (CX11.Window) -> Value?) -> Value? {
    var window = start
    // Windows are rarely nested more than ten deep.
    for _ in 0..<32 where window > 1 && window != root {
      var (itsRoot, parent): (CX11.Window, CX11.Window) = (0, 0)
      var children: UnsafeMutablePointer<CX11.Window>?
      var count: UInt32 = 0
      var found: Value?
      let error = trapping {
        found = read(window)
        XQueryTree(connection, window, &itsRoot, &parent, &children, &count)
        if let children { XFree(children) }
      }
      if found != nil || error != nil { return found }
      window = parent
    }
    return nil
  }
}
