import Foundation
import NeuralNetwork
import Testing

@Suite(.enabled(if: Python.has("onnxruntime", "numpy"), "Python has no onnxruntime"))
struct ONNXTests {
  /// Every kind of layer, kernel, stride, edge and activation.
  static let architectures = [
    "6-5s-4t-3r-7l-4i-3n-t-B-D0.5-2", "6-5s-3s", "1-1", "6x5-3C1-3C2-2C3-2C4-2C5-2C6-2C7-3",
    "9x8x2-3C3S2s-2C2S2t-3", "9x9x3-3C4V-2C3Vl-P2S1-A2-4", "12x12-4C5Vni-P3S2-3C3S2n-G",
    "1x12x5-4C1x5n-P1x2-3C1x3S2-4", "7x9x2-5-3",
    "7x7x2-B-G-3s",
    "8x8-A3S2-P2-4",
  ]

  @Test func onnxruntimeGivesTheSameProbabilities() throws {
    var jobs: [Job] = []
    for (index, text) in Self.architectures.enumerated() {
      let network = try Network.randomized(text, seed: UInt64(index))
      let samples = Self.samples(network)
      let reference = ReferenceNetwork(network)
      let inference = Inference(network)
      for sample in samples {
        let expected = reference.probabilities(sample)
        #expect(zip(inference.probabilities(sample), expected).allSatisfy { abs(Double($0) - $1) < 1e-5 })
      }
      jobs.append(Job(network, samples, expected: reference.probabilities))
    }
    try check(jobs)
  }

  @Test(arguments: [
    "32C5-32C5-P2-64C3-64C3-P2-256-10", "32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10", "784-100s-10",
  ])
  func onnxruntimeGivesTheSameAsInference(text: String) throws {
    let network = try Network.randomized(text, seed: 3)
    let inference = Inference(network)
    try check([
      Job(network, Self.samples(network)) { inference.probabilities($0).map { Double($0) } }
    ])
  }

  @Test func anEnsembleGivesItsMeanWithTemperature() throws {
    let networks = try (0..<3).map { try Network.randomized("6x6-4C3n-P2-5s-4", seed: $0) }
    let sample = Self.samples(networks[0])[0]
    let outputs = networks.map { ReferenceNetwork($0).probabilities(sample) }
    let mean = (0..<4).map { k in outputs.map { $0[k] }.reduce(0, +) / 3 }
    let powers = mean.map { pow($0, 1 / 1.7) }
    let tempered = powers.map { $0 / powers.reduce(0, +) }
    let shape = networks[0].architecture.input
    try check([
      Job(model: ONNX(networks).bytes, samples: [sample], shape: shape, expected: [mean]),
      Job(
        model: ONNX(networks, temperature: 1.7, metadata: ["name": "three"]).bytes, samples: [sample],
        shape: shape, expected: [tempered]),
    ])
  }

  private static func samples(_ network: Network) -> [[Float]] {
    (0..<3).map { Samples(1, for: network.architecture, seed: 11 + $0).inputs }
  }

  struct Job {
    let model: [UInt8]
    let samples: [[Float]]
    let shape: Shape
    let expected: [[Double]]
  }

  /// Runs all models in one process of onnxruntime, and compares.
  func check(_ jobs: [Job]) throws {
    let described = jobs.map { job in
      [
        "model": Data(job.model).base64EncodedString(), "samples": job.samples,
        "shape": [job.shape.height, job.shape.width, job.shape.channels],
      ] as [String: Any]
    }
    let answer = try Python.run(
      """
      import sys, json, base64, numpy as np, onnxruntime as ort
      out = []
      for job in json.load(sys.stdin):
          session = ort.InferenceSession(base64.b64decode(job["model"]), providers=["CPUExecutionProvider"])
          x = np.array(job["samples"], np.float32)
          if len(session.get_inputs()[0].shape) == 4:
              x = np.ascontiguousarray(x.reshape(-1, *job["shape"]).transpose(0, 3, 1, 2))
          out.append(session.run(["probabilities"], {"input": x})[0].tolist())
      print(json.dumps(out))
      """, input: Array(try JSONSerialization.data(withJSONObject: described)))
    let answers = try JSONDecoder().decode([[[Double]]].self, from: Data(answer.utf8))
    #expect(answers.count == jobs.count)
    for (job, rows) in zip(jobs, answers) {
      for (row, expected) in zip(rows, job.expected) {
        #expect(row.count == expected.count)
        #expect(zip(row, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(row) \(expected)")
      }
    }
  }
}

extension ONNXTests.Job {
  init(_ network: Network, _ samples: [[Float]], expected: ([Float]) -> [Double]) {
    self.init(
      model: ONNX([network]).bytes, samples: samples, shape: network.architecture.input,
      expected: samples.map(expected))
  }
}
