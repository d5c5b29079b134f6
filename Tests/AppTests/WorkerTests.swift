// Threads with a time limit for their work.

import App
import Basics
import Synchronization
import Testing

@Suite struct WorkerTests {
  @Test("finishing waits for running jobs")
  func finish() {
    let worker = BackgroundQueue()
    let (begun, go) = (Semaphore(), Semaphore())
    let done = Mutex(0)
    worker.submit {
      begun.post()
      go.wait()
      done.withLock { $0 += 1 }
    }
    worker.submit { done.withLock { $0 += 1 } }
    begun.wait()
    #expect(!worker.finish(within: .milliseconds(20)))
    go.post()
    #expect(worker.finish(within: .seconds(60)))
    #expect(done.withLock { $0 } == 2)
    worker.cancel()
  }

  @Test("a call that does not return is given up, and the next call gets its value")
  func timedReader() {
    let reader = TimedReader(limit: .milliseconds(50))
    let never = Semaphore()
    let late = Semaphore()
    #expect(
      reader.value {
        never.wait()
        late.post()
        return 1
      } == nil)
    let patient = TimedReader(limit: .seconds(60))
    #expect(patient.value { 2 } == 2)
    // The thread of the first call is still waiting; another one has replaced it.
    #expect((0..<100).contains { _ in reader.value { 3 } == 3 })
    never.post()
    #expect(late.wait(within: .seconds(60)))
  }
}
