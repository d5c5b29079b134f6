// Waiting on conditions, with a deadline, instead of sleeping.

package import X11

extension Display {
  /// Takes events until one is the wanted; false if none came in a minute.
  package func waits(for isWanted: (Event) -> Bool) -> Bool { event(where: isWanted) != nil }

  /// Takes events until one is the wanted, and returns it; nil if none came in a minute.
  package func event(where isWanted: (Event) -> Bool) -> Event? {
    collects(until: isWanted)?.last
  }

  /// Takes events up to and with the first that is wanted; nil if none came in a minute.
  package func collects(until isWanted: (Event) -> Bool) -> [Event]? {
    let deadline = ContinuousClock.now + .seconds(60)
    var seen: [Event] = []
    while ContinuousClock.now < deadline {
      for event in events(waiting: deadline - ContinuousClock.now) {
        seen.append(event)
        if isWanted(event) { return seen }
      }
      if isLost { return nil }
    }
    return nil
  }
}
