// Time measurement.

import CLibrary

/// A clock that is never set back.
package enum MonotonicClock {
  /// Seconds since an arbitrary moment, the same for all threads.
  package static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
