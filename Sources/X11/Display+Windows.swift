// Where the windows of a display are, and what stands in them.

import Basics
internal import CX11

extension Display {
  /// The position in a window of a point of another one.
  func position(ofX x: Int32, y: Int32, of source: CX11.Window, in target: CX11.Window) -> (x: Int, y: Int) {
    var (targetX, targetY): (Int32, Int32) = (0, 0)
    var child = CX11.Window(None)
    XTranslateCoordinates(connection, source, target, x, y, &targetX, &targetY, &child)
    return (Int(targetX), Int(targetY))
  }

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
