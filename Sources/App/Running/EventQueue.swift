// Events from other threads for a window's thread.

import Synchronization

/// A queue of events that wakes the window's thread.
package final class EventQueue<Event: Sendable>: Sendable {
  private let events = Mutex<[Event]>([])
  private let wake: @Sendable () -> Void

  /// Makes an empty queue; `wake` is called after each event.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Appends an event.
  package func put(_ event: Event) {
    events.withLock { $0.append(event) }
    wake()
  }

  /// Takes all events out.
  package func removeAll() -> [Event] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
