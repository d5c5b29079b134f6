// Events from other threads for the window's thread.

import Synchronization

/// A queue of events that wakes the window's thread.
final class EventQueue: Sendable {
  private let events = Mutex<[AppEvent]>([])
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func put(_ event: AppEvent) {
    events.withLock { $0.append(event) }
    wake()
  }

  func removeAll() -> [AppEvent] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
