import Basics
import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A network that learns: it takes batches and changes its weights.
///
/// The samples of a batch are shared by threads, a few at a time; sums over samples are kept by fixed parts of
/// the batch and added in a fixed order, so the result is the same to the bit for any number of threads.
///
/// One thread at a time may use it.
public final class Training {
  /// The rule that turns gradients into steps.
  public private(set) var optimizer: any Optimizer
  /// What is made smaller.
  public let loss: Loss
  /// The most samples of a step where the network has a batch norm; else a step may have any number.
  public let batchSize: Int
  /// How many threads share the work.
  public var threads: Int { team.count }
  /// The size of the next step.
  public var learningRate: Double {
    get { optimizer.learningRate }
    set { optimizer.learningRate = newValue }
  }
  /// Steps made so far.
  public private(set) var steps = 0

  private let architecture: Architecture
  private let seed: UInt64
  /// A network of the same shape, to be filled in.
  private let template: Network
  private let graph: TrainingGraph
  private let team: ThreadPool
  private let scratch: [FloatBuffer]
  private let slots: FloatBuffer
  private var isTurned = false

  /// Parts of a batch whose sums are kept apart; as many threads can share the convolutions.
  private static let parts = 8

  /// Starts from a network; `seed` is for dropout.
  public convenience init(
    _ network: Network, optimizer: any Optimizer, loss: Loss? = nil, batchSize: Int = 128,
    threads: Int = 2, seed: UInt64 = 0
  ) {
    self.init(
      network, optimizer: optimizer, loss: loss, batchSize: batchSize, threads: threads, seed: seed,
      wantsInputGradient: false)
  }

  init(
    _ network: Network, optimizer: any Optimizer, loss: Loss?, batchSize: Int, threads: Int, seed: UInt64,
    wantsInputGradient: Bool
  ) {
    precondition(batchSize > 0 && threads > 0)
    architecture = network.architecture
    self.optimizer = optimizer
    self.loss = loss ?? Loss(network.architecture.output)
    self.batchSize = batchSize
    self.seed = seed
    template = network
    team = ThreadPool(count: threads)
    let graph = TrainingGraph(
      network.architecture, loss: self.loss, batchSize: batchSize, parts: Self.parts, threads: threads,
      wantsInputGradient: wantsInputGradient)
    self.graph = graph
    scratch = (0..<threads).map { _ in FloatBuffer(graph.scratchCount) }
    slots = FloatBuffer(optimizer.slotCount * graph.store.layout.count)
    self.network = network
  }

  /// The weights as they are; they may be set, which leaves the optimizer's memory as it is.
  public var network: Network {
    get {
      var network = template
      network.parameters = graph.store.layout.unpack(graph.store.values.floats)
      network.statistics = statistics
      return network
    }
    set {
      precondition(newValue.architecture == architecture)
      graph.store.layout.pack(newValue.parameters, into: graph.store.values.floats)
      isTurned = false
      statistics = newValue.statistics
    }
  }

  /// Learns from samples whose classes are known; gives their mean loss before the step.
  @discardableResult
  public func step(inputs: [Float], labels: [Int]) -> Double {
    precondition(inputs.count == labels.count * architecture.input.count)
    precondition(labels.allSatisfy { 0..<architecture.outputs ~= $0 })
    return inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        guard let x = inputs.baseAddress, let y = labels.baseAddress else { return 0 }
        return step(x, .labels(y), count: labels.count)
      }
    }
  }

  /// Learns from samples with a row of probabilities each; gives their mean loss before the step.
  @discardableResult
  public func step(inputs: [Float], targets: [Float]) -> Double {
    let count = targets.count / architecture.outputs
    precondition(inputs.count == count * architecture.input.count)
    precondition(targets.count == count * architecture.outputs)
    return inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        guard let x = inputs.baseAddress, let y = targets.baseAddress else { return 0 }
        return step(x, .rows(y), count: count)
      }
    }
  }

  /// The mean loss of any number of samples and its gradient by each parameter; changes no weight.
  public func gradient(inputs: [Float], labels: [Int]) -> (loss: Double, gradient: [Float]) {
    precondition(inputs.count == labels.count * architecture.input.count)
    precondition(labels.allSatisfy { 0..<architecture.outputs ~= $0 })
    let before = statistics
    defer { statistics = before }
    let loss = inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        guard let x = inputs.baseAddress, let y = labels.baseAddress else { return 0.0 }
        return accumulate(x, .labels(y), count: labels.count)
      }
    }
    return (loss, gatheredGradient())
  }

  /// The same with a row of probabilities for each sample.
  public func gradient(inputs: [Float], targets: [Float]) -> (loss: Double, gradient: [Float]) {
    let count = targets.count / architecture.outputs
    precondition(inputs.count == count * architecture.input.count)
    let before = statistics
    defer { statistics = before }
    let loss = inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        guard let x = inputs.baseAddress, let y = targets.baseAddress else { return 0.0 }
        return accumulate(x, .rows(y), count: count)
      }
    }
    return (loss, gatheredGradient())
  }

  private func gatheredGradient() -> [Float] {
    graph.store.gatherParts(0..<graph.store.layout.partedCount)
    return graph.store.layout.unpack(graph.store.gradients.floats)
  }

  private func step(_ inputs: UnsafePointer<Float>, _ targets: LossStage.Targets, count: Int) -> Double {
    let loss = accumulate(inputs, targets, count: count)
    steps += 1
    let store = graph.store
    let count = store.layout.count
    // A share is a whole number of cache lines.
    team.run { [self] thread in
      let worker = ThreadContext(
        thread: thread, threads: team.count, samples: 0, scratch: scratch[thread].floats)
      let range = worker.share(of: count, lot: 16)
      store.gatherParts(range)
      optimizer.update(
        store.values.floats, gradients: store.gradients.floats, slots: slots.floats, slotStride: count,
        range: range, step: steps)
    }
    isTurned = false
    return loss
  }

  /// Gradients of the mean loss, by waves.
  private func accumulate(_ inputs: UnsafePointer<Float>, _ targets: LossStage.Targets, count: Int) -> Double
  {
    precondition(
      count > 0 && (count <= graph.capacity || !TrainingGraph.isNormalized(architecture)),
      "a batch norm needs the whole batch at once: at most \(batchSize) samples")
    graph.store.clearGradients()
    turn()
    graph.draws.seed = seed
    graph.draws.step = UInt64(steps)
    graph.loss.scale = 1 / Float(count)
    var total = 0.0
    // Waves as equal as they can be, so that none is left with few samples.
    let waves = (count + graph.capacity - 1) / graph.capacity
    for wave in 0..<waves {
      let first = count * wave / waves
      let samples = count * (wave + 1) / waves - first
      graph.draws.firstSample = first
      switch targets {
      case .labels(let labels): graph.loss.targets = .labels(labels + first)
      case .rows(let rows): graph.loss.targets = .rows(rows + first * architecture.outputs)
      case .output: graph.loss.targets = targets
      }
      take(inputs + first * architecture.input.count, samples)
      run(graph.whole, samples)
      total += graph.loss.total(samples)
    }
    return total / Double(count)
  }

  // Only with room for it. Dropout and batch norm do what they do in use.
  func inputGradient(_ input: [Float], _ output: Int) -> [Float] {
    graph.draws.isOn = false
    for norm in graph.norms { norm.isFrozen = true }
    defer {
      graph.draws.isOn = true
      for norm in graph.norms { norm.isFrozen = false }
    }
    input.withUnsafeBufferPointer { input in
      if let source = input.baseAddress { _ = accumulate(source, .output(output), count: 1) }
    }
    guard let field = graph.inputGradient else { return [] }
    return (0..<field.shape.height).flatMap { line in
      UnsafeBufferPointer(start: field.at(0) + line * field.lineStride, count: field.lineLength)
    }
  }

  private func turn() {
    if !isTurned { run(graph.turn, 1) }
    isTurned = true
  }

  private func run(_ plan: Plan, _ samples: Int) {
    plan.run(
      team: team, samples: samples, parts: Self.parts, groupSize: graph.groupSize, scratch: scratch)
  }

  /// Puts samples where the first layer reads them.
  private func take(_ inputs: UnsafePointer<Float>, _ samples: Int) {
    let field = graph.input
    if field.isBorrowed { return field.point(at: inputs) }
    for sample in 0..<samples {
      copyLines(
        from: inputs + sample * field.shape.count, stride: field.lineLength, to: field.at(sample),
        stride: field.lineStride, lines: field.shape.height, length: field.lineLength)
    }
  }

  /// Batch norm's running means and variances, as a network keeps them.
  private var statistics: [Float] {
    get {
      graph.norms.flatMap { norm in
        [norm.runningMean, norm.runningVariance].flatMap { memory in
          (0..<memory.count).map { memory.floats[$0] }
        }
      }
    }
    set {
      var index = 0
      for norm in graph.norms {
        for memory in [norm.runningMean, norm.runningVariance] {
          for channel in 0..<memory.count { memory.floats[channel] = newValue[index + channel] }
          index += memory.count
        }
      }
    }
  }
}

extension Training {
  /// Everything that going on to the same bits needs, on any machine of the same level of kernels.
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
      writer.append(floats: graph.store.layout.unpack(slots.floats + slot * graph.store.layout.count))
    }
    return writer.bytes
  }

  /// Goes on from a state; false, and nothing changed, where it is none of this network and optimizer.
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
    var restored = network
    restored.parameters = parameters
    restored.statistics = statistics
    network = restored
    for slot in 0..<optimizer.slotCount {
      graph.store.layout.pack(
        floats(parameterCount), into: slots.floats + slot * graph.store.layout.count)
    }
    self.steps = Int(steps)
    learningRate = Double(bitPattern: rate)
    return true
  }
}
