// Waiting for conditions, with a deadline.

import Foundation

/// Waits until a condition is true, for a minute by default.
///
/// `pace` is the time between two tests of the condition, in milliseconds; it leaves the processor to the program that
/// is waited for. The result says whether the condition became true in time.
package func eventually(
  within seconds: Double = 60, pace: Int32 = 2, _ condition: () throws -> Bool
) rethrows -> Bool {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < deadline {
    if try condition() { return true }
    if pace > 0 { poll(nil, 0, pace) }
  }
  return false
}
