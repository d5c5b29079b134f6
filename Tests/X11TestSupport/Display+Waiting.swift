// Waiting for events, with a deadline.

package import X11

extension Display {
  /// Handles events until one fulfils a condition.
  ///
  /// - Returns: Whether it came within a minute.
  package func waits(for isExpected: (Event) -> Bool) -> Bool { event(where: isExpected) != nil }

  /// Handles events up to the first that fulfils a condition.
  ///
  /// - Returns: That event, or nil if it did not come within a minute.
  package func event(where isExpected: (Event) -> Bool) -> Event? {
    collects(until: isExpected)?.last
  }

  /// Handles events up to the first that fulfils a condition.
  ///
  /// - Returns: All of these events, or nil if it did not come within a minute.
  package func collects(until isExpected: (Event) -> Bool) -> [Event]? {
    let deadline = ContinuousClock.now + .seconds(60)
    var seen: [Event] = []
    while ContinuousClock.now < deadline {
      for event in events(waiting: deadline - ContinuousClock.now) {
        seen.append(event)
        if isExpected(event) { return seen }
      }
      if isLost { return nil }
    }
    return nil
  }
}
