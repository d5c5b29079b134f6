import NeuralNetwork
import Testing

@Suite struct TrainingTests {
  static func run(_ text: String, threads: Int, optimizer: any Optimizer, steps: Int) throws -> Training {
    let architecture = try Architecture(text)
    let samples = Samples(21, for: architecture, seed: 5)
    let training = Training(
      Network(architecture, seed: 2), optimizer: optimizer, batchSize: 21, threads: threads, seed: 9)
    for _ in 0..<steps { training.step(inputs: samples.inputs, labels: samples.labels) }
    return training
  }

  @Test(arguments: [
    "6x6x2-3C3n-P2-D0.2-33C3t-40-5", "12x12-5C5-P2-D0.25-70-D0.5-5s", "9-40s-20n-3",
    "9x9x2-16C3n-17C3-P2-20C5-5",
  ])
  func theResultDoesNotDependOnTheNumberOfThreads(_ text: String) throws {
    let one = try Self.run(text, threads: 1, optimizer: Adam(), steps: 4).network
    for threads in [2, 3, 8] {
      #expect(try Self.run(text, threads: threads, optimizer: Adam(), steps: 4).network == one)
    }
  }

  @Test func aResumedRunMakesTheSameSteps() throws {
    let text = "6x6x2-3C3n-P2-D0.2-33C3t-40-5"
    let whole = try Self.run(text, threads: 2, optimizer: Adam(learningRate: 0.01), steps: 5).network
    let half = try Self.run(text, threads: 2, optimizer: Adam(learningRate: 0.01), steps: 2)
    let resumed = try Self.run(text, threads: 1, optimizer: Adam(), steps: 0)
    #expect(resumed.restore(half.state))
    #expect(resumed.learningRate == 0.01)
    let samples = Samples(21, for: whole.architecture, seed: 5)
    for _ in 0..<3 { resumed.step(inputs: samples.inputs, labels: samples.labels) }
    #expect(resumed.network == whole)
  }

  @Test func aStateOfAnotherNetworkIsRefused() throws {
    let training = try Self.run("9-40s-3", threads: 1, optimizer: Adam(), steps: 1)
    let before = training.network
    #expect(!training.restore([]))
    #expect(
      !training.restore(try Self.run("9-40s-3", threads: 1, optimizer: SGD(learningRate: 1), steps: 1).state))
    #expect(!training.restore(try Self.run("9-41s-3", threads: 1, optimizer: Adam(), steps: 1).state))
    #expect(!training.restore(Array(training.state.dropLast())))
    #expect(training.network == before)
  }

  @Test(arguments: ["784-50s-10", "8C3-P2-16C3-P2-32-10", "8C3n-P2-16C3n-G-10", "8C5V-A2-D0.1-40t-10s"])
  func twentySamplesAreLearntWithoutErrors(_ text: String) throws {
    let architecture = try Architecture(text)
    let samples = Samples(20, for: architecture)
    let training = Training(
      Network(architecture, seed: 1), optimizer: Adam(learningRate: 0.005), batchSize: 20, threads: 2)
    func errors() -> Int {
      let logits = Inference(training.network).logits(samples.inputs)
      return samples.labels.indices.count { sample in
        let row = logits[sample * 10..<(sample + 1) * 10]
        return row.indices.max { row[$0] < row[$1] } != sample * 10 + samples.labels[sample]
      }
    }
    for _ in 0..<40 {
      for _ in 0..<25 { training.step(inputs: samples.inputs, labels: samples.labels) }
      if errors() == 0 { break }
    }
    #expect(errors() == 0)
  }

  @Test func rowsOfProbabilitiesGiveTheSameStepsAsLabels() throws {
    let architecture = try Architecture("9-20-3")
    let samples = Samples(7, for: architecture)
    let rows = samples.labels.flatMap { label in (0..<3).map { $0 == label ? Float(1) : 0 } }
    let a = Training(Network(architecture), optimizer: Adam(), batchSize: 7, threads: 1)
    let b = Training(Network(architecture), optimizer: Adam(), batchSize: 7, threads: 1)
    #expect(
      a.step(inputs: samples.inputs, labels: samples.labels) == b.step(inputs: samples.inputs, targets: rows))
    #expect(a.network == b.network)
    #expect(
      a.gradient(inputs: samples.inputs, labels: samples.labels).gradient
        == b.gradient(inputs: samples.inputs, targets: rows).gradient)
  }
}
