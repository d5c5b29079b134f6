// Several threads that share out numbered work; the results come back in order.

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
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>

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
    lock = .allocate(capacity: 1)
    change = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  private func result(_ index: Int) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let result = results.removeValue(forKey: index) { return result }
      pthread_cond_wait(change, lock)
    }
  }
}

/// Whatever a thread of a crew runs.
private protocol Worker: AnyObject {
  func takeWork()
}

extension Crew: Worker {
  fileprivate func takeWork() {
    while true {
      pthread_mutex_lock(lock)
      let index = next
      next += 1
      pthread_mutex_unlock(lock)
      if index >= count { return }
      let result = work(index)
      pthread_mutex_lock(lock)
      results[index] = result
      pthread_cond_signal(change)
      pthread_mutex_unlock(lock)
    }
  }
}
