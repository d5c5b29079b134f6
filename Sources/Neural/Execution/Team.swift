// Threads that wait for work together: a step of training has a dozen phases of a fraction of a millisecond, for
// which starting threads, or a queue, would cost more than the work.

import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A fixed number of threads, the caller's among them, that run the same function at the same time.
final class Team: @unchecked Sendable {
  let count: Int
  private let board = Board()
  private var threads: [pthread_t] = []

  init(count: Int) {
    self.count = max(1, count)
    for index in 1..<max(2, self.count) where index < self.count { start(index) }
  }

  deinit {
    board.close()
    for thread in threads { pthread_join(thread, nil) }
  }

  // What a new thread is told. It knows the board alone: a thread that held the team would keep it for ever.
  private final class Seat {
    let board: Board
    let index: Int
    init(_ board: Board, _ index: Int) {
      self.board = board
      self.index = index
    }
  }

  private func start(_ index: Int) {
    var thread = pthread_t()
    let seat = Unmanaged.passRetained(Seat(board, index))
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let seat = Unmanaged<Seat>.fromOpaque(argument).takeRetainedValue()
        seat.board.serve(seat.index)
        return nil
      }, seat.toOpaque())
    precondition(failure == 0, "the system gives no more threads; ask for fewer")
    threads.append(thread)
  }

  /// Calls `body` once on each thread, with numbers from 0; returns when all have returned.
  func run(_ body: (Int) -> Void) {
    guard count > 1 else { return body(0) }
    withoutActuallyEscaping(body) { board.run($0, on: count) }
  }
}

/// What a team's threads see of each other: the work at hand, and how many are at it.
private final class Board: @unchecked Sendable {
  private let round = Atomic<Int>(0)
  private let pending = Atomic<Int>(0)
  private let sleeping = Atomic<Int>(0)
  private var work: ((Int) -> Void)?
  private var isOver = false
  private let gate = Gate()

  /// Looks at the counter this often before giving the processor away: about the length of a short phase.
  private static let patience = 20_000
  private static let yields = 50

  /// The caller's part of a round, and the wait for the others'.
  func run(_ body: @escaping (Int) -> Void, on count: Int) {
    work = body
    pending.store(count - 1, ordering: .relaxed)
    round.add(1, ordering: .sequentiallyConsistent)
    if sleeping.load(ordering: .sequentiallyConsistent) > 0 { gate.locked { gate.announce() } }
    body(0)
    var looks = 0
    while pending.load(ordering: .acquiring) > 0 {
      looks += 1
      if looks > Self.patience { sched_yield() }
    }
    work = nil
  }

  /// Another thread's life.
  func serve(_ index: Int) {
    var seen = 0
    while true {
      seen = awaitRound(after: seen)
      if isOver { return }
      work?(index)
      pending.subtract(1, ordering: .releasing)
    }
  }

  /// Sends the threads home.
  func close() {
    isOver = true
    round.add(1, ordering: .sequentiallyConsistent)
    gate.locked { gate.announce() }
  }

  private func awaitRound(after seen: Int) -> Int {
    for look in 0..<Self.patience + Self.yields {
      let now = round.load(ordering: .acquiring)
      if now != seen { return now }
      if look >= Self.patience { sched_yield() }
    }
    return gate.locked {
      sleeping.add(1, ordering: .sequentiallyConsistent)
      defer { sleeping.subtract(1, ordering: .sequentiallyConsistent) }
      while true {
        let now = round.load(ordering: .sequentiallyConsistent)
        if now != seen { return now }
        gate.wait()
      }
    }
  }
}
