/// Why a window cannot be opened.
package enum DisplayError: Error, Equatable, CustomStringConvertible {
  /// `DISPLAY` is not set and no name was given.
  case noName
  /// No X server answers at the name.
  case noServer(name: String)
  /// The server has no visual with masks for red, green and blue.
  case noVisual(name: String)
  /// The connection to the server was lost.
  case lost(name: String)

  /// One sentence that says what happened and what to do.
  package var description: String {
    switch self {
    case .noName:
      "DISPLAY is not set, so there is no screen to open a window on; start Inkling from a desktop session, "
        + "or set DISPLAY to an X server's name such as :0"
    case .noServer(let name):
      "no X server answers at DISPLAY=\(name); check that the name is right and that the server lets you in "
        + "(xauth, xhost)"
    case .noVisual(let name):
      "the X server at DISPLAY=\(name) offers no true-colour visual; set its screen to 16, 24, 30 or 32 bits"
    case .lost(let name):
      "the X server at DISPLAY=\(name) went away; start Inkling again when it is back"
    }
  }
}
