// The peak of the process's memory, as Linux measures it.

import CLibrary

/// The peak of the process's memory.
package enum PeakMemory {
  /// Resets the peak to the present memory, if the system permits it.
  package static func reset() {
    let file = open("/proc/self/clear_refs", O_WRONLY)
    guard file >= 0 else { return }
    _ = write(file, "5", 1)
    close(file)
  }

  /// The peak since the start or the last reset in bytes, or nil if the system does not report it.
  package static var peak: Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      if text.hasPrefix("VmHWM:") {
        return text.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }.map { $0 * 1024 }
      }
    }
    return nil
  }
}
