// Waiting for conditions, with a deadline.

import Foundation

/// Waits until a condition is true, for a minute by default.
///
/// - Parameter pause: The work between two tests of the condition; by default a pause of two milliseconds, which leaves
///   the processor to the program that is waited for.
/// - Returns: Whether the condition became true in time.
package func eventually(
  within seconds: Double = 60, pause: () -> Void = { poll(nil, 0, 2) }, _ condition: () throws -> Bool
) rethrows -> Bool {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < deadline {
    if try condition() { return true }
    pause()
  }
  return false
}
