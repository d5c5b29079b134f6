// Messages that clients of the server send each other about windows.

internal import CX11

extension XEvent {
  /// A client message about a window, with five words.
  init(message type: Atom, about window: CX11.Window, words: (Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0)) {
    self.init()
    xclient.type = ClientMessage
    xclient.window = window
    xclient.message_type = type
    xclient.format = 32
    xclient.data.l = words
  }
}
