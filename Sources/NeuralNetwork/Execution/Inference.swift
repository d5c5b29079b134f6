import Basics
import Kernels
import Synchronization

/// Computes the outputs of a network.
///
/// Batch norms and activations are folded into the layers before them. After the first calls nothing is allocated.
/// Any number of threads may call it at the same time; a large batch is shared by the threads given at the start.
public final class Inference: Sendable {
  /// The values behind one layer.
  public struct LayerOutput: Sendable {
    /// The layer's index in the architecture.
    public let layer: Int
    /// The shape of the values.
    public let shape: Shape
    /// The values, row by row, pixel by pixel, channel by channel.
    public let values: [Float]
  }

  /// The network's architecture.
  public let architecture: Architecture
  /// How many threads share a batch.
  public let threads: Int

  private let network: InferenceNetwork
  private let graphs: Mutex<[NetworkGraph]>
  /// The threads; nil while they work, and where there is only one.
  private let pool: Mutex<ThreadPool?>

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - threads: How many threads share a large batch.
  public init(_ network: Network, threads: Int = 1) {
    precondition(threads > 0)
    architecture = network.architecture
    self.threads = threads
    let folded = InferenceNetwork(network)
    self.network = folded
    graphs = Mutex((0..<threads).map { _ in folded.makeGraph() })
    pool = Mutex(threads > 1 ? ThreadPool(count: threads) : nil)
  }

  /// Computes the logits of samples.
  ///
  /// - Parameters:
  ///   - inputs: The samples, one after the other.
  ///   - count: How many samples there are.
  ///   - logits: Memory for `architecture.outputs` logits of each sample.
  public func logits(
    _ inputs: UnsafePointer<Float>, count: Int, into logits: UnsafeMutablePointer<Float>
  ) {
    let capacity = GraphConfiguration.inferenceCapacity
    let pool: ThreadPool? = count > capacity ? takePool() : nil
    guard let pool else { return compute(inputs, 0..<count, logits) }
    // Shares are multiples of half a wave, so that no thread has a few samples left at the end.
    pool.run { index in
      compute(inputs, share(index, of: pool.count, items: count, lot: capacity / 2), logits)
    }
    self.pool.withLock { $0 = pool }
  }

  /// Computes the probabilities of samples.
  ///
  /// - Parameters:
  ///   - inputs: The samples, one after the other.
  ///   - count: How many samples there are.
  ///   - probabilities: Memory for `architecture.outputs` probabilities of each sample.
  public func probabilities(
    _ inputs: UnsafePointer<Float>, count: Int, into probabilities: UnsafeMutablePointer<Float>
  ) {
    logits(inputs, count: count, into: probabilities)
    let outputs = architecture.outputs
    for sample in 0..<count {
      let row = probabilities + sample * outputs
      architecture.output.probabilities(logits: row, count: outputs, into: row)
    }
  }

  /// Computes the probabilities of samples.
  ///
  /// - Parameter inputs: The samples, one after the other.
  /// - Returns: `architecture.outputs` probabilities for each sample.
  public func probabilities(_ inputs: [Float]) -> [Float] {
    outputs(inputs) { probabilities($0, count: $1, into: $2) }
  }

  /// Computes the logits of samples.
  ///
  /// - Parameter inputs: The samples, one after the other.
  /// - Returns: `architecture.outputs` logits for each sample.
  public func logits(_ inputs: [Float]) -> [Float] { outputs(inputs) { logits($0, count: $1, into: $2) } }

  private func outputs(
    _ inputs: [Float], _ compute: (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    precondition(inputs.count % architecture.input.count == 0)
    let samples = inputs.count / architecture.input.count
    guard samples > 0 else { return [] }
    return [Float](unsafeUninitializedCapacity: samples * architecture.outputs) { result, count in
      count = samples * architecture.outputs
      guard let target = result.baseAddress else { return }
      target.initialize(repeating: 0, count: count)
      inputs.withUnsafeBufferPointer { inputs in
        if let source = inputs.baseAddress { compute(source, samples, target) }
      }
    }
  }

  /// Computes the values behind each layer that remains after folding, for a view that explains.
  ///
  /// - Parameter input: One sample.
  /// - Returns: The values, in the order of the layers.
  public func activations(_ input: [Float]) -> [LayerOutput] {
    precondition(input.count == architecture.input.count)
    let graph = network.makeGraph(keepsValues: true)
    return input.withUnsafeBufferPointer { input in
      guard let source = input.baseAddress else { return [] }
      _ = graph.infer(source, samples: 1)
      return network.layers.indices.map { index in
        LayerOutput(
          layer: network.replaced[index], shape: network.shapes[index + 1],
          values: graph.boundaries[index + 1].value.firstSample)
      }
    }
  }

  private func compute(
    _ inputs: UnsafePointer<Float>, _ samples: Range<Int>, _ logits: UnsafeMutablePointer<Float>
  ) {
    let graph = graphs.withLock { $0.popLast() } ?? network.makeGraph()
    let capacity = GraphConfiguration.inferenceCapacity
    for first in stride(from: samples.lowerBound, to: samples.upperBound, by: capacity) {
      let count = min(capacity, samples.upperBound - first)
      let result = graph.infer(inputs + first * architecture.input.count, samples: count)
      (logits + first * architecture.outputs).update(from: result, count: count * architecture.outputs)
    }
    graphs.withLock { $0.append(graph) }
  }

  private func takePool() -> ThreadPool? {
    pool.withLock { pool in
      defer { pool = nil }
      return pool
    }
  }
}

/// Calls of inference at the same time have a graph each.
///
/// `@unchecked Sendable`: a graph is in the list of free ones or used by one call.
extension NetworkGraph: @unchecked Sendable {
  /// Runs one wave of inference; the logits are where the result points, until the next run.
  fileprivate func infer(_ inputs: UnsafePointer<Float>, samples: Int) -> UnsafePointer<Float> {
    setInput(inputs, samples: samples)
    run(forward, on: nil, samples: samples)
    return UnsafePointer(boundaries[boundaries.count - 1].value.at(0))
  }
}
