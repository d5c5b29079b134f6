import Basics
import Kernels
import Synchronization

/// A network that answers.
///
/// Batch norm and activations go into the layers before them. After the first calls nothing is allocated. Any
/// number of threads may ask at once; a large batch is shared by the threads given at the start.
public final class Inference: Sendable {
  /// What the network is made of.
  public let architecture: Architecture
  /// How many threads share a batch.
  public let threads: Int

  private let network: InferenceNetwork
  private let rooms: Mutex<[InferenceContext]>
  /// The threads, until the first large batch nil; taken out while they work.
  private let team: Mutex<ThreadPool?>

  /// Makes a network ready to answer.
  public init(_ network: Network, threads: Int = 1) {
    precondition(threads > 0)
    architecture = network.architecture
    self.threads = threads
    let folded = InferenceNetwork(network)
    self.network = folded
    rooms = Mutex((0..<threads).map { _ in InferenceContext(folded) })
    team = Mutex(threads > 1 ? ThreadPool(count: threads) : nil)
  }

  /// The sums before softmax or sigmoid of `count` samples, `architecture.outputs` for each.
  public func sums(
    _ inputs: UnsafePointer<Float>, count: Int, into sums: UnsafeMutablePointer<Float>
  ) {
    let team: ThreadPool? = count > InferenceContext.capacity ? take() : nil
    guard let team else { return answer(inputs, 0..<count, sums) }
    // Shares are whole lots, so that no thread is left with a few samples at the end of each.
    let lots = (count + InferenceContext.capacity / 2 - 1) / (InferenceContext.capacity / 2)
    team.run { thread in
      let lot = InferenceContext.capacity / 2
      let start = min(count, lots * thread / team.count * lot)
      let end = min(count, lots * (thread + 1) / team.count * lot)
      answer(inputs, start..<end, sums)
    }
    self.team.withLock { $0 = team }
  }

  /// The probabilities of `count` samples, `architecture.outputs` for each.
  public func probabilities(
    _ inputs: UnsafePointer<Float>, count: Int, into probabilities: UnsafeMutablePointer<Float>
  ) {
    sums(inputs, count: count, into: probabilities)
    let outputs = architecture.outputs
    for sample in 0..<count {
      let row = probabilities + sample * outputs
      architecture.output.probabilities(sums: row, count: outputs, into: row)
    }
  }

  /// The same as an array.
  public func probabilities(_ inputs: [Float]) -> [Float] {
    answers(inputs) { probabilities($0, count: $1, into: $2) }
  }

  /// The same as an array.
  public func sums(_ inputs: [Float]) -> [Float] { answers(inputs) { sums($0, count: $1, into: $2) } }

  private func answers(
    _ inputs: [Float], _ ask: (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    precondition(inputs.count % architecture.input.count == 0)
    let samples = inputs.count / architecture.input.count
    guard samples > 0 else { return [] }
    return [Float](unsafeUninitializedCapacity: samples * architecture.outputs) { result, count in
      count = samples * architecture.outputs
      guard let target = result.baseAddress else { return }
      target.initialize(repeating: 0, count: count)
      inputs.withUnsafeBufferPointer { inputs in
        if let source = inputs.baseAddress { ask(source, samples, target) }
      }
    }
  }

  /// What one sample's values are behind each layer of the architecture that is still there when batch norm and
  /// activations have gone into others: for a view that explains.
  public func activations(_ input: [Float]) -> [(layer: Int, shape: Shape, values: [Float])] {
    precondition(input.count == architecture.input.count)
    let room = InferenceContext(network, keepsAll: true)
    return input.withUnsafeBufferPointer { input in
      guard let source = input.baseAddress else { return [] }
      _ = room.run(source, 1)
      return network.steps.indices.map { step in
        (network.steps[step].last, network.shapes[step + 1], room.values(behind: step))
      }
    }
  }

  private func answer(
    _ inputs: UnsafePointer<Float>, _ samples: Range<Int>, _ sums: UnsafeMutablePointer<Float>
  ) {
    let room = rooms.withLock { $0.popLast() } ?? InferenceContext(network)
    var first = samples.lowerBound
    while first < samples.upperBound {
      let count = min(InferenceContext.capacity, samples.upperBound - first)
      let result = room.run(inputs + first * architecture.input.count, count)
      (sums + first * architecture.outputs).update(from: result, count: count * architecture.outputs)
      first += count
    }
    rooms.withLock { $0.append(room) }
  }

  private func take() -> ThreadPool? {
    team.withLock { team in
      defer { team = nil }
      return team
    }
  }
}

extension Training {
  /// How each input of one sample moves the sum of one output: the gradient, for a view that explains.
  public static func inputGradient(of network: Network, input: [Float], output: Int) -> [Float] {
    precondition(input.count == network.architecture.input.count)
    precondition(0..<network.architecture.outputs ~= output)
    let training = Training(
      network, optimizer: SGD(learningRate: 0), loss: nil, batchSize: 1, threads: 1, seed: 0,
      wantsInputGradient: true)
    return training.inputGradient(input, output)
  }
}
