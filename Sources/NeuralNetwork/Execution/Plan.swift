// What a network does, as a list of phases: within a phase threads need nothing of each other.

import Basics
import Kernels

/// A thread's place in a phase that all share.
struct ThreadContext {
  var thread: Int
  var threads: Int
  /// Samples in the wave.
  var samples: Int
  var scratch: UnsafeMutablePointer<Float>

  /// This thread's share of `count` things in lots of `lot`.
  func share(of count: Int, lot: Int = 1) -> Range<Int> {
    let lots = (count + lot - 1) / lot
    let start = min(count, lots * thread / threads * lot)
    let end = min(count, lots * (thread + 1) / threads * lot)
    return start..<end
  }
}

/// A list of phases, run one after the other by a team.
struct Plan {
  enum Phase {
    /// Each thread takes its parts of the wave, a few samples at a time through all actions, so that their
    /// values stay in its second-level cache.
    case samples([(Group) -> Void])
    /// Each thread takes its share of something else than samples.
    case shared((ThreadContext) -> Void)
    /// One thread does it.
    case single((_ samples: Int) -> Void)
  }

  private(set) var phases: [Phase] = []

  mutating func eachGroup(_ action: @escaping (Group) -> Void) {
    if case .samples(let actions) = phases.last {
      phases[phases.count - 1] = .samples(actions + [action])
    } else {
      phases.append(.samples([action]))
    }
  }

  mutating func shared(_ action: @escaping (ThreadContext) -> Void) { phases.append(.shared(action)) }

  mutating func single(_ action: @escaping (_ samples: Int) -> Void) { phases.append(.single(action)) }

  /// How many phases there are so far: what is added now runs in the last or a new one.
  var position: Int { phases.count }

  func run(team: ThreadPool, samples: Int, parts: Int, groupSize: Int, scratch: [FloatBuffer]) {
    for phase in phases {
      switch phase {
      case .single(let action): action(samples)
      case .shared(let action):
        team.run { thread in
          action(
            ThreadContext(
              thread: thread, threads: team.count, samples: samples, scratch: scratch[thread].floats))
        }
      case .samples(let actions):
        team.run { thread in
          for part in parts * thread / team.count..<parts * (thread + 1) / team.count {
            var first = samples * part / parts
            let end = samples * (part + 1) / parts
            while first < end {
              let count = min(groupSize, end - first)
              let group = Group(
                first: first, count: count, part: part, startsPart: first == samples * part / parts,
                endsPart: first + count == end, thread: thread, scratch: scratch[thread].floats)
              for action in actions { action(group) }
              first += count
            }
          }
        }
      }
    }
  }

  /// The same on the calling thread alone, all samples as one part.
  func run(samples: Int, groupSize: Int, scratch: UnsafeMutablePointer<Float>) {
    for phase in phases {
      switch phase {
      case .single(let action): action(samples)
      case .shared(let action):
        action(ThreadContext(thread: 0, threads: 1, samples: samples, scratch: scratch))
      case .samples(let actions):
        var first = 0
        while first < samples {
          let count = min(groupSize, samples - first)
          let group = Group(
            first: first, count: count, part: 0, startsPart: first == 0, endsPart: first + count == samples,
            thread: 0, scratch: scratch)
          for action in actions { action(group) }
          first += count
        }
      }
    }
  }
}
