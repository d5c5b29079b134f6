// Threads that share a heap of equal jobs and are gone when it is done: a method's own parallelism.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Effort {
  /// Does jobs 0 ..< count, each on whichever thread is free; the thread's number comes second.
  ///
  /// Which thread does a job is chance, so a job's result may depend on its number alone.
  func share(_ count: Int, _ job: @escaping @Sendable (_ job: Int, _ thread: Int) -> Void) throws(Stopped) {
    let heap = Heap(count: count)
    let (isStopped, report) = (isStopped, report)
    crew(min(threads, count)) { thread in
      while !isStopped(), let next = heap.next() {
        job(next, thread)
        if thread == 0 { report(Double(next + 1) / Double(count)) }
      }
    }
    try check()
  }
}

/// Runs the same work on several threads, and returns when all are done.
func crew(_ size: Int, _ work: @escaping @Sendable (_ thread: Int) -> Void) {
  var threads: [pthread_t] = []
  for number in stride(from: size - 1, to: 0, by: -1) {
    let errand = Unmanaged.passRetained(Errand(number: number, work: work))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Errand>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, errand.toOpaque())
    if status == 0 {
      threads.append(thread)
    } else {
      // No more threads to be had: do its share here.
      errand.takeRetainedValue().run()
    }
  }
  if size > 0 { work(0) }
  for thread in threads { pthread_join(thread, nil) }
}

private final class Errand: Sendable {
  let number: Int
  let work: @Sendable (Int) -> Void

  init(number: Int, work: @escaping @Sendable (Int) -> Void) {
    self.number = number
    self.work = work
  }

  func run() { work(number) }
}

/// The numbers of the jobs that nobody has begun.
private final class Heap: @unchecked Sendable {
  private let count: Int
  private var begun = 0
  private let lock: UnsafeMutablePointer<pthread_mutex_t>

  init(count: Int) {
    self.count = count
    lock = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func next() -> Int? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    guard begun < count else { return nil }
    begun += 1
    return begun - 1
  }
}
