import Basics
import Kernels

/// Trains a network: changes its weights by batches of samples.
///
/// Threads share the samples of a batch, a few at a time. Sums over samples are kept by fixed parts of the batch and
/// added in a fixed order, so the result is the same to the bit for any number of threads.
///
/// One thread at a time may use it.
public final class Training {
  /// A loss and its gradient.
  public struct Gradient: Sendable {
    /// The mean loss.
    public let loss: Double
    /// The gradient by each parameter.
    public let gradient: [Float]
  }

  /// The rule that turns gradients into steps.
  public private(set) var optimizer: any Optimizer
  /// The loss that training minimizes.
  public let loss: Loss
  /// The most samples of a step, where the network has a batch norm; else a step may have any number.
  public let batchSize: Int
  /// How many threads share the work.
  public var threads: Int { pool.count }
  /// The size of the next step.
  public var learningRate: Double {
    get { optimizer.learningRate }
    set { optimizer.learningRate = newValue }
  }
  /// The number of steps made.
  public private(set) var steps = 0

  private let architecture: Architecture
  private let seed: UInt64
  private let store: ParameterStore
  private let graph: NetworkGraph
  private let waveState: WaveState
  private let lossStage: LossStage
  private let plan: Plan
  private let pool: ThreadPool
  private let slots: FloatBuffer
  /// Whether the stages have done what must be done after each change of the weights.
  private var isPrepared = false

  /// The parts of a batch whose sums are kept separately; at most so many threads can share the convolutions.
  private static let parts = 8

  /// Starts with a network.
  ///
  /// - Parameters:
  ///   - network: The network, which stays as it is.
  ///   - optimizer: The rule that turns gradients into steps.
  ///   - loss: The loss; where nil, the one that belongs to the network's output.
  ///   - batchSize: The most samples of a step, where the network has a batch norm.
  ///   - threads: How many threads share the work.
  ///   - seed: The seed of dropout.
  public convenience init(
    _ network: Network, optimizer: any Optimizer, loss: Loss? = nil, batchSize: Int = 128,
    threads: Int = 2, seed: UInt64 = 0
  ) {
    self.init(
      network, optimizer: optimizer, loss: loss, batchSize: batchSize, threads: threads, seed: seed,
      needsInputGradient: false)
  }

  init(
    _ network: Network, optimizer: any Optimizer, loss: Loss?, batchSize: Int, threads: Int, seed: UInt64,
    needsInputGradient: Bool
  ) {
    precondition(batchSize > 0 && threads > 0)
    architecture = network.architecture
    self.optimizer = optimizer
    self.loss = loss ?? Loss(network.architecture.output)
    self.batchSize = batchSize
    self.seed = seed
    pool = ThreadPool(count: threads)
    let definitions = architecture.definitions
    store = ParameterStore(
      ParameterLayout(
        architecture.tensors, inputs: architecture.shapes,
        partedLayers: definitions.map(\.traits.sumsGradientByPart)), parts: Self.parts)
    let configuration = GraphConfiguration.training(
      architecture, batchSize: batchSize, threads: threads, needsInputGradient: needsInputGradient)
    waveState = configuration.state ?? WaveState()
    graph = NetworkGraph(
      definitions, shapes: architecture.shapes, store: store, configuration: configuration)
    lossStage = LossStage(
      self.loss, at: graph.boundaries[definitions.count], samples: configuration.capacity, waveState)
    plan = graph.trainingPlan(lossStage)
    slots = FloatBuffer(count: optimizer.slotCount * store.layout.count)
    self.network = network
  }

  /// The network with its current weights.
  ///
  /// Setting it does not change what the optimizer keeps between steps.
  public var network: Network {
    get {
      Network(architecture, parameters: store.layout.unpack(store.values.pointer), statistics: statistics)
    }
    set {
      precondition(newValue.architecture == architecture)
      store.layout.pack(newValue.parameters, into: store.values.pointer)
      isPrepared = false
      statistics = newValue.statistics
    }
  }

  /// Makes one step on samples with labels.
  ///
  /// - Parameters:
  ///   - inputs: The samples, one after the other.
  ///   - labels: The index of the right output of each sample.
  /// - Returns: The mean loss before the step.
  @discardableResult
  public func step(inputs: [Float], labels: [Int]) -> Double {
    step(inputs, .labels(labels))
  }

  /// Makes one step on samples with a row of probabilities each.
  ///
  /// - Parameters:
  ///   - inputs: The samples, one after the other.
  ///   - targets: The probability that each output of each sample should have.
  /// - Returns: The mean loss before the step.
  @discardableResult
  public func step(inputs: [Float], targets: [Float]) -> Double {
    step(inputs, .rows(targets))
  }

  /// Computes the mean loss of any number of samples and its gradient; changes no weight.
  ///
  /// - Parameters:
  ///   - inputs: The samples, one after the other.
  ///   - labels: The index of the right output of each sample.
  /// - Returns: The loss, and its gradient by each parameter.
  public func gradient(inputs: [Float], labels: [Int]) -> Gradient {
    gradient(inputs, .labels(labels))
  }

  /// Computes the mean loss of samples with a row of probabilities each, and its gradient; changes no weight.
  ///
  /// - Parameters:
  ///   - inputs: The samples, one after the other.
  ///   - targets: The probability that each output of each sample should have.
  /// - Returns: The loss, and its gradient by each parameter.
  public func gradient(inputs: [Float], targets: [Float]) -> Gradient {
    gradient(inputs, .rows(targets))
  }

  /// Accumulates a gradient and collects it; the statistics stay as they were.
  private func gradient(_ inputs: [Float], _ targets: LossStage.Targets) -> Gradient {
    let before = statistics
    defer { statistics = before }
    let loss = accumulate(inputs, targets)
    store.gatherParts(0..<store.layout.partedCount)
    return Gradient(loss: loss, gradient: store.layout.unpack(store.gradients.pointer))
  }

  private func step(_ inputs: [Float], _ targets: LossStage.Targets) -> Double {
    let loss = accumulate(inputs, targets)
    steps += 1
    let count = store.layout.count
    // A share is a whole number of cache lines.
    pool.run { [self] thread in
      let range = share(thread, of: pool.count, items: count, lot: 16)
      store.gatherParts(range)
      optimizer.update(
        store.values.pointer, gradients: store.gradients.pointer, slots: slots.pointer, slotStride: count,
        range: range, step: steps)
    }
    isPrepared = false
    return loss
  }

  /// Computes the gradient of the mean loss, wave by wave.
  private func accumulate(_ inputs: [Float], _ targets: LossStage.Targets) -> Double {
    let capacity = graph.configuration.capacity
    let count = sampleCount(of: targets)
    precondition(inputs.count == count * architecture.input.count)
    precondition(
      count > 0 && (count <= capacity || !architecture.needsWholeBatch),
      "a batch norm needs the whole batch at once: at most \(batchSize) samples")
    store.clearGradients()
    if !isPrepared { graph.run(graph.preparation, on: pool, samples: 1, parts: Self.parts) }
    isPrepared = true
    waveState.seed = seed
    waveState.step = UInt64(steps)
    lossStage.targets = targets
    lossStage.scale = 1 / Float(count)
    var total = 0.0
    // Waves of nearly equal size, so that no wave has only a few samples.
    let waves = (count + capacity - 1) / capacity
    inputs.withUnsafeBufferPointer { inputs in
      guard let source = inputs.baseAddress else { return }
      for wave in 0..<waves {
        let first = count * wave / waves
        let samples = count * (wave + 1) / waves - first
        waveState.firstSample = first
        graph.setInput(source + first * architecture.input.count, samples: samples)
        graph.run(plan, on: pool, samples: samples, parts: Self.parts)
        total += lossStage.total(samples)
      }
    }
    return total / Double(count)
  }

  /// Checks the targets of a batch and gives the number of its samples.
  private func sampleCount(of targets: LossStage.Targets) -> Int {
    switch targets {
    case .labels(let labels):
      precondition(labels.allSatisfy { 0..<architecture.outputs ~= $0 })
      return labels.count
    case .rows(let rows):
      precondition(rows.count % architecture.outputs == 0)
      return rows.count / architecture.outputs
    case .output: return 1
    }
  }

  /// The gradient of one logit by the input; dropout and batch norm do what they do in inference.
  private func inputGradient(_ input: [Float], _ output: Int) -> [Float] {
    waveState.isFrozen = true
    defer { waveState.isFrozen = false }
    _ = accumulate(input, .output(output))
    return graph.boundaries[0].gradient?.firstSample ?? []
  }

  /// Batch norm's running means and variances, as a network keeps them.
  private var statistics: [Float] {
    get { graph.statistics.flatMap(\.array) }
    set {
      var index = 0
      for memory in graph.statistics {
        for channel in 0..<memory.count { memory.pointer[channel] = newValue[index + channel] }
        index += memory.count
      }
    }
  }
}

extension Training {
  /// Computes the gradient of one output's logit by each input, for a view that explains.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - input: One sample.
  ///   - output: The index of the output.
  /// - Returns: The gradient, a value for each input.
  public static func inputGradient(of network: Network, input: [Float], output: Int) -> [Float] {
    precondition(input.count == network.architecture.input.count)
    precondition(0..<network.architecture.outputs ~= output)
    let training = Training(
      network, optimizer: SGD(learningRate: 0), loss: nil, batchSize: 1, threads: 1, seed: 0,
      needsInputGradient: true)
    return training.inputGradient(input, output)
  }
}

extension Training {
  /// Everything that a resumed training needs to give the same bits, on any machine with the same instruction set.
  public var state: [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt64(steps))
    writer.append(learningRate.bitPattern)
    let network = network
    writer.append(UInt64(network.parameters.count))
    writer.append(floats: network.parameters)
    writer.append(UInt64(network.statistics.count))
    writer.append(floats: network.statistics)
    writer.append(UInt64(optimizer.slotCount))
    for slot in 0..<optimizer.slotCount {
      writer.append(floats: store.layout.unpack(slots.pointer + slot * store.layout.count))
    }
    return writer.bytes
  }

  /// Resumes from a state.
  ///
  /// - Parameter state: What `state` gave.
  /// - Returns: Whether the state fits this network and optimizer; if not, nothing is changed.
  public func restore(_ state: [UInt8]) -> Bool {
    var reader = ByteReader(state)
    func floats(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(bitPattern: reader.word32() ?? 0) }
    }
    let parameterCount = architecture.parameterCount
    let expected = 5 * 8 + 4 * (parameterCount * (1 + optimizer.slotCount) + architecture.statisticCount)
    guard state.count == expected, let steps = reader.word64(), steps < 1 << 62, let rate = reader.word64(),
      reader.word64() == UInt64(parameterCount)
    else { return false }
    let parameters = floats(parameterCount)
    guard reader.word64() == UInt64(architecture.statisticCount) else { return false }
    let statistics = floats(architecture.statisticCount)
    guard reader.word64() == UInt64(optimizer.slotCount) else { return false }
    network = Network(architecture, parameters: parameters, statistics: statistics)
    for slot in 0..<optimizer.slotCount {
      store.layout.pack(
        floats(parameterCount), into: slots.pointer + slot * store.layout.count)
    }
    self.steps = Int(steps)
    learningRate = Double(bitPattern: rate)
    return true
  }
}
