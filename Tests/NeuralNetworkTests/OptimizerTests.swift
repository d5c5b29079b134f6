import Basics
import NeuralNetwork
import Testing

@Suite struct OptimizerTests {
  struct Paths: Decodable {
    let start: [Float]
    let gradients: [[Float]]
    let paths: [String: [[Float]]]
  }

  static let optimizers: [(String, any Optimizer)] = [
    ("sgd", SGD(learningRate: 0.1)),
    ("sgd decay", SGD(learningRate: 0.1, weightDecay: 0.05)),
    ("momentum", SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 0.05)),
    ("nesterov", SGD(learningRate: 0.1, momentum: 0.9, isNesterov: true)),
    ("rmsprop", RMSProp(learningRate: 0.01, smoothing: 0.95, weightDecay: 0.05)),
    ("rmsprop momentum", RMSProp(learningRate: 0.01, epsilon: 1e-6, momentum: 0.8)),
    ("adadelta", Adadelta()),
    ("adadelta decay", Adadelta(learningRate: 0.5, smoothing: 0.95, epsilon: 1e-5, weightDecay: 0.05)),
    ("adam", Adam(learningRate: 0.01)),
    ("adam decay", Adam(learningRate: 0.01, beta1: 0.8, beta2: 0.95, weightDecay: 0.05)),
    ("adamw", AdamW(learningRate: 0.01, weightDecay: 0.1)),
  ]

  @Test(arguments: optimizers) func itStepsAsPyTorchDoes(name: String, optimizer: any Optimizer) throws {
    let recorded: Paths = try Recorded.read("optimizers.json")
    let path = try #require(recorded.paths[name])
    var parameters = recorded.start
    var state = OptimizerState(for: optimizer, parameterCount: parameters.count)
    for (gradients, expected) in zip(recorded.gradients, path) {
      state.update(&parameters, gradients: gradients, by: optimizer)
      #expect(relativeError(parameters, expected) < 2e-6)
    }
    #expect(state.step == path.count)
  }

  @Test(arguments: optimizers) func partsGiveWhatTheWholeGives(name: String, optimizer: any Optimizer) throws
  {
    let count = 37
    var random = Xoshiro256(seed: 4)
    let start = (0..<count).map { _ in Float(random.normal()) }
    let gradients = (0..<count).map { _ in Float(random.normal()) }
    var whole = start
    var state = OptimizerState(for: optimizer, parameterCount: count)
    state.update(&whole, gradients: gradients, by: optimizer)
    for cut in 0...count {
      var parts = start
      var slots = [Float](repeating: 0, count: optimizer.slotCount * count + 1)
      for range in [cut..<count, 0..<cut] {
        parts.withUnsafeMutableBufferPointer { parts in
          slots.withUnsafeMutableBufferPointer { slots in
            gradients.withUnsafeBufferPointer { gradients in
              guard let p = parts.baseAddress, let g = gradients.baseAddress, let s = slots.baseAddress else {
                return
              }
              optimizer.update(p, gradients: g, slots: s, slotStride: count, range: range, step: 1)
            }
          }
        }
      }
      #expect(parts == whole)
    }
  }

  @Test(arguments: optimizers) func itsLearningRateIsSet(name: String, optimizer: any Optimizer) {
    var optimizer = optimizer
    optimizer.learningRate = 0
    var parameters: [Float] = [1, -1]
    var state = OptimizerState(for: optimizer, parameterCount: 2)
    state.update(&parameters, gradients: [1, 2], by: optimizer)
    #expect(parameters == [1, -1])
    #expect(optimizer.learningRate == 0)
  }
}

/// What an optimizer keeps between steps, for one thread.
private struct OptimizerState {
  private(set) var step = 0
  private var slots: [Float]

  init(for optimizer: any Optimizer, parameterCount: Int) {
    slots = [Float](repeating: 0, count: optimizer.slotCount * parameterCount)
  }

  /// Makes one step over all parameters.
  mutating func update(_ parameters: inout [Float], gradients: [Float], by optimizer: any Optimizer) {
    step += 1
    let count = parameters.count
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        slots.withUnsafeMutableBufferPointer { slots in
          guard let p = parameters.baseAddress, let g = gradients.baseAddress else { return }
          // An optimizer without slots never reads or writes this pointer.
          let s = slots.baseAddress ?? p
          optimizer.update(p, gradients: g, slots: s, slotStride: count, range: 0..<count, step: step)
        }
      }
    }
  }
}
