// Events from other threads for the panel's thread.

import Synchronization

/// A queue of events that wakes the panel's thread.
final class PanelEventQueue: Sendable {
  private let events = Mutex<[PanelEvent]>([])
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func put(_ event: PanelEvent) {
    events.withLock { $0.append(event) }
    wake()
  }

  func removeAll() -> [PanelEvent] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
