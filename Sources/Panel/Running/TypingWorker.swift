import App
import Basics
import Gestures
import Synchronization
import X11

/// The thread that types into other programs.
final class TypingWorker: Sendable {
  /// The connection.
  ///
  /// `@unchecked Sendable`: only the jobs of one queue use it, one after the other.
  private final class Connection: @unchecked Sendable {
    var typist: Typist?
  }

  private let queue = BackgroundQueue()
  private let connection = Connection()
  private let display: String
  private let events: EventQueue<PanelEvent>
  /// The presses of buttons on the panel itself.
  private let panelPresses = Atomic<Int>(0)

  init(display: String, events: EventQueue<PanelEvent>) {
    self.display = display
    self.events = events
  }

  /// Connects, and repairs what a killed program has left in the keyboard map.
  func prepare() {
    // What is missing is said when something is to be typed.
    submit { _ in
    } failed: { _ in
    }
  }

  /// Notes that a button was pressed on the panel.
  func countPress() { panelPresses.add(1, ordering: .relaxed) }

  /// Finds the window that has the keyboard focus.
  func findTarget() {
    submit { [events] typist in
      events.put(.targetFound(Self.usable(typist.target)))
    } failed: { [events] error in
      // Without XTEST the text is copied, whatever window has the focus.
      let isMissing = error == .noLibrary || error == .noExtension
      events.put(.targetFound(isMissing ? Typist.Target(window: 0, program: nil) : nil))
    }
  }

  /// Types a text, into the window that has the focus where no target is given.
  func type(_ text: String, into target: Typist.Target?) {
    submit { [self] typist throws(TypingError) in
      guard let target = target ?? Self.usable(typist.target) else { throw .noFocus }
      // A line break comes from the button for Enter, its gesture, or the person's table of commands.
      let keys = try typist.type(text, into: target, allowingEnter: true)
      // Backspace does not take Enter back in every program.
      report(text.contains("\n") ? 0 : keys, target, typist)
    } failed: { [events] error in
      switch error {
      case .noLibrary, .noExtension: events.put(.copied(text))
      default: events.put(.notTyped(Self.sentence(error), text: text))
      }
    }
  }

  /// Presses keys one after the other.
  func press(_ chords: [KeyChord], in target: Typist.Target?) {
    submit { [self] typist throws(TypingError) in
      guard let target = target ?? Self.usable(typist.target) else { throw .noFocus }
      for chord in chords {
        try typist.press(Key(chord.key), with: Modifiers(chord.modifiers), in: target)
      }
      report(0, target, typist)
    } failed: { [events] error in
      events.put(.noticed(Self.sentence(error)))
    }
  }

  /// Presses Backspace as often as keys were pressed, if others have pressed nothing since.
  func takeBack(_ keys: Int, in target: Typist.Target, others: Int) {
    submit { [self] typist throws(TypingError) in
      guard foreignPresses(typist) <= others else {
        events.put(.takenBack("Something else was typed or clicked since; nothing was taken back."))
        return
      }
      try typist.press(.backspace, count: keys, in: target)
      events.put(.takenBack(nil))
    } failed: { [events] error in
      events.put(.takenBack(Self.sentence(error)))
    }
  }

  /// Ends what is needed only while texts are typed.
  func rest() { queue.submit { [connection] in connection.typist?.rest() } }

  /// Gives the spare key codes back, and closes the connection.
  func close() {
    queue.submit { [connection] in
      connection.typist?.close()
      connection.typist = nil
    }
    _ = queue.finish(within: .seconds(5))
  }

  private func report(_ keys: Int, _ target: Typist.Target, _ typist: Typist) {
    events.put(.typed(keys: keys, target, others: foreignPresses(typist)))
  }

  private func foreignPresses(_ typist: Typist) -> Int {
    typist.otherPresses - panelPresses.load(ordering: .relaxed)
  }

  /// Does something with the connection, which is opened where there is none.
  private func submit(
    _ work: @escaping @Sendable (Typist) throws(TypingError) -> Void,
    failed: @escaping @Sendable (TypingError) -> Void
  ) {
    queue.submit { [connection, display] in
      do throws(TypingError) {
        if connection.typist == nil { connection.typist = try Typist(display: display) }
        if let typist = connection.typist { try work(typist) }
      } catch {
        failed(error)
      }
    }
  }

  /// A window of another program; nil for Inkling's own, and where the focus follows the pointer.
  private static func usable(_ target: Typist.Target?) -> Typist.Target? {
    guard let target, target.window > 1, target.program != "Inkling" else { return nil }
    return target
  }

  private static func sentence(_ error: TypingError) -> String {
    switch error {
    case .focusChanged: "The keyboard focus moved to another window: tap the text to type it there."
    case .noFocus: "No window has the keyboard focus: click into one, then tap the text."
    default: "Not typed: \(error.description)."
    }
  }
}

extension Key {
  /// The key of a command.
  fileprivate init(_ key: KeyChord.Key) {
    self =
      switch key {
      case .character(let character): .character(character)
      case .function(let number): .function(number)
      case .named(let name):
        switch name {
        case .enter: .enter
        case .tab: .tab
        case .escape: .escape
        case .backspace: .backspace
        case .delete: .delete
        case .insert: .insert
        case .left: .left
        case .right: .right
        case .up: .up
        case .down: .down
        case .home: .home
        case .end: .end
        case .pageUp: .pageUp
        case .pageDown: .pageDown
        case .space: .character(" ")
        case .plus: .character("+")
        }
      }
  }
}

extension Modifiers {
  /// The modifiers of a command.
  fileprivate init(_ modifiers: [KeyChord.Modifier]) {
    self = []
    for modifier in modifiers {
      switch modifier {
      case .control: insert(.control)
      case .alt: insert(.alt)
      case .shift: insert(.shift)
      case .command: insert(.command)
      }
    }
  }
}
