import NeuralNetwork
import Testing

@Suite struct LossTests {
  struct Values: Decodable {
    let loss: Double
    let gradient: [[Float]]
  }
  struct Inputs: Decodable {
    let logits: [[Float]]
    let labels: [Int]
    let soft: [[Float]]
  }

  @Test(arguments: [Architecture.Output.softmax, .sigmoid], [0, 0.1])
  func theLossEqualsPyTorchs(output: Architecture.Output, smoothing: Double) throws {
    let inputs: Inputs = try Recorded.read("losses.json")
    let all = try Recorded.read("losses.json", as: [String: Entry].self)
    let loss = Loss(output, labelSmoothing: smoothing)
    for kind in ["labels", "soft"] {
      guard case .values(let expected) = all["\(output) \(kind) \(smoothing == 0 ? "0.0" : "0.1")"] else {
        Issue.record("not recorded")
        return
      }
      var total = 0.0
      for sample in inputs.logits.indices {
        let logits = inputs.logits[sample]
        var gradient = logits
        let count = logits.count
        let scale = 1 / Float(inputs.logits.count)
        total +=
          kind == "labels"
          ? loss.evaluate(
            logits: logits, count: count, label: inputs.labels[sample], gradient: &gradient, scale: scale)
          : loss.evaluate(
            logits: logits, count: count, targets: inputs.soft[sample], gradient: &gradient, scale: scale)
        #expect(relativeError(gradient, expected.gradient[sample]) < 2e-6)
      }
      #expect(abs(total / Double(inputs.logits.count) - expected.loss) < 1e-6 * expected.loss)
    }
  }

  @Test func largeLogitsDoNotOverflow() {
    for output in [Architecture.Output.softmax, .sigmoid] {
      let logits: [Float] = [1000, -1000, 0]
      var gradient = logits
      let loss = Loss(output).evaluate(logits: logits, count: 3, label: 1, gradient: &gradient, scale: 1)
      #expect(loss.isFinite && loss >= 2000 - 0.01)
      #expect(gradient.allSatisfy { $0.isFinite })
      var probabilities = logits
      output.probabilities(logits: logits, count: 3, into: &probabilities)
      #expect(probabilities[0] == 1 && probabilities[1] == 0)
    }
  }

  /// An entry of the file: an input, or a loss with its gradient.
  enum Entry: Decodable {
    case values(Values)
    case input

    init(from decoder: any Decoder) throws {
      self = (try? Values(from: decoder)).map(Entry.values) ?? .input
    }
  }
}
