// What a network does, as a list of phases: within a phase no thread needs what another one computes.

import Basics
import Kernels

/// Some samples that a thread works on at a time.
struct SampleGroup {
  /// The first sample, in the wave.
  var first: Int
  var count: Int
  /// The part of the wave that they belong to; sums over samples are kept by part.
  var part: Int
  /// Whether the group is the first, or the last, of its part.
  var startsPart: Bool
  var endsPart: Bool
  var thread: Int
  /// Memory for kernels and tiles.
  var scratch: UnsafeMutablePointer<Float>

  var samples: Range<Int> { first..<first + count }
}

/// A thread in a phase that all threads share.
struct ThreadContext {
  var index: Int
  /// How many threads share the phase.
  var count: Int
  /// Samples in the wave.
  var samples: Int
  var scratch: UnsafeMutablePointer<Float>

  /// This thread's share of `items` in multiples of `lot`.
  func share(of items: Int, lot: Int = 1) -> Range<Int> {
    NeuralNetwork.share(index, of: count, items: items, lot: lot)
  }
}

/// The share of `items` of one of some threads, in multiples of `lot`.
func share(_ thread: Int, of threads: Int, items: Int, lot: Int) -> Range<Int> {
  let lots = (items + lot - 1) / lot
  let start = min(items, lots * thread / threads * lot)
  let end = min(items, lots * (thread + 1) / threads * lot)
  return start..<end
}

/// A list of phases, run one after the other by the threads of a pool.
struct Plan {
  private enum Phase {
    /// Each thread runs all actions on a few samples of its parts of the wave at a time, so that their values
    /// stay in its second-level cache.
    case samples([(SampleGroup) -> Void])
    /// Each thread runs the action on its share of something else than samples.
    case shared((ThreadContext) -> Void)
    /// One thread runs the action.
    case single((_ samples: Int) -> Void)
  }

  private var phases: [Phase] = []

  mutating func eachGroup(_ action: @escaping (SampleGroup) -> Void) {
    if case .samples(let actions) = phases.last {
      phases[phases.count - 1] = .samples(actions + [action])
    } else {
      phases.append(.samples([action]))
    }
  }

  mutating func shared(_ action: @escaping (ThreadContext) -> Void) { phases.append(.shared(action)) }

  mutating func single(_ action: @escaping (_ samples: Int) -> Void) { phases.append(.single(action)) }

  /// Runs the phases on a pool, or on the calling thread alone, with a scratch memory for each thread.
  func run(on pool: ThreadPool?, samples: Int, parts: Int, groupSize: Int, scratch: [FloatBuffer]) {
    let threads = pool?.count ?? 1
    func onEachThread(_ body: (Int) -> Void) {
      if let pool { pool.run(body) } else { body(0) }
    }
    for phase in phases {
      switch phase {
      case .single(let action): action(samples)
      case .shared(let action):
        onEachThread { thread in
          action(
            ThreadContext(index: thread, count: threads, samples: samples, scratch: scratch[thread].pointer))
        }
      case .samples(let actions):
        onEachThread { thread in
          for part in parts * thread / threads..<parts * (thread + 1) / threads {
            let start = samples * part / parts
            let end = samples * (part + 1) / parts
            for first in stride(from: start, to: end, by: groupSize) {
              let count = min(groupSize, end - first)
              let group = SampleGroup(
                first: first, count: count, part: part, startsPart: first == start,
                endsPart: first + count == end, thread: thread, scratch: scratch[thread].pointer)
              for action in actions { action(group) }
            }
          }
        }
      }
    }
  }
}
