// `inkling type`: types a text into the window that has the keyboard focus.

import CommandSupport
import X11

extension Command {
  static let type = Command(
    "type", position: 32, summary: "Type a text into the window that has the keyboard focus",
    operands: "TEXT", operandCount: 1...1,
    options: [
      .flag("enter", "press Enter at the text's line breaks and at its end")
    ],
    discussion: """
      The keys are pressed through the X server's extension XTEST (libXtst), in the layout that is active.
      Characters that the layout has no key for are typed too. Held modifiers and Caps Lock are released and
      restored. Typing stops when the focus moves to another window.
      Write -- before a TEXT that begins with a dash.
      """
  ) { arguments throws(Failure) in
    let isEntering = arguments.has("enter")
    let text = (arguments.operands.first ?? "") + (isEntering ? "\n" : "")
    do throws(TypingError) {
      try Typist.check(text, allowingEnter: isEntering)
      let typist = try Typist()
      guard let target = typist.target else { throw .noFocus }
      Interruption.watch()
      defer { typist.close() }
      try typist.type(text, into: target, allowingEnter: isEntering) { Interruption.isRequested }
    } catch {
      switch error {
      case .lineBreak, .controlCharacter: throw .usage(error.description)
      default: throw .couldNot(error.description)
      }
    }
  }
}
