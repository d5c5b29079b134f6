// Several threads that share out numbered work; the results come back in order.

import Basics
import Neural

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Threads that do numbered pieces of work, each taking the next that nobody has begun.
final class Crew<Result: Sendable>: @unchecked Sendable {
  private let count: Int
  private let work: @Sendable (Int) -> Result
  private var next = 0
  private var results: [Int: Result] = [:]
  private let gate = Gate()

  /// Does all the work, and hands over each result, in order, on the caller's thread.
  ///
  /// The work runs on as many threads as told, or as the machine has processors.
  static func run(
    _ count: Int, threads: Int? = nil, work: @escaping @Sendable (Int) -> Result,
    each: (Int, Result) -> Void
  ) {
    let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let wanted = min(max(threads ?? processors, 1), count)
    if wanted <= 1 {
      for i in 0..<count { each(i, work(i)) }
      return
    }
    let crew = Crew(count, work)
    var members: [pthread_t] = []
    for _ in 0..<wanted {
      var thread = pthread_t()
      let box = Unmanaged.passRetained(crew)
      let status = pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          let crew = Unmanaged<AnyObject>.fromOpaque(pointer).takeRetainedValue()
          (crew as? any Worker)?.takeWork()
          return nil
        }, box.toOpaque())
      if status == 0 { members.append(thread) } else { box.release() }
    }
    if members.isEmpty { crew.takeWork() }
    for i in 0..<count { each(i, crew.result(i)) }
    for member in members { pthread_join(member, nil) }
  }

  private init(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.work = work
  }

  private func result(_ index: Int) -> Result {
    gate.locked {
      while true {
        if let result = results.removeValue(forKey: index) { return result }
        gate.wait()
      }
    }
  }
}

/// Whatever a thread of a crew runs.
private protocol Worker: AnyObject {
  func takeWork()
}

extension Crew: Worker {
  fileprivate func takeWork() {
    while let index = nextIndex() {
      let result = work(index)
      gate.locked {
        results[index] = result
        gate.announce()
      }
    }
  }

  /// The number of the next piece of work, or nil when all are begun.
  private func nextIndex() -> Int? {
    gate.locked {
      guard next < count else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
