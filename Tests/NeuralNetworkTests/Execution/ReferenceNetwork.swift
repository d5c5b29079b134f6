import Basics
import NeuralNetwork

// A network computed in Double without optimizations, with gradients by the chain rule: an independent result to
// compare the fast one with. Samples follow one another; a picture is row, pixel, channel.
struct ReferenceNetwork {
  let architecture: Architecture
  var parameters: [Double]
  let statistics: [Double]

  init(_ network: Network) {
    architecture = network.architecture
    parameters = network.parameters.map(Double.init)
    statistics = network.statistics.map(Double.init)
  }

  /// The logits; in training, batch norm uses the mean and variance of these samples.
  func logits(_ inputs: [Double], training: Bool) -> [Double] {
    let count = inputs.count / architecture.input.count
    var x = inputs
    for layer in architecture.layers.indices { x = forward(layer, x, count, training) }
    return x
  }

  /// The probabilities of one sample.
  func probabilities(_ input: [Float]) -> [Double] {
    let logits = logits(input.map(Double.init), training: false)
    if architecture.output == .sigmoid { return logits.map { 1 / (1 + exponential(-$0)) } }
    let largest = logits.max() ?? 0
    let powers = logits.map { exponential($0 - largest) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  /// The mean cross-entropy.
  func loss(_ inputs: [Double], _ labels: [Int]) -> Double {
    lossAndGradient(logits(inputs, training: true), labels).loss
  }

  func gradient(_ inputs: [Double], _ labels: [Int]) -> (loss: Double, parameters: [Double], inputs: [Double])
  {
    let count = labels.count
    var values = [inputs]
    for layer in architecture.layers.indices { values.append(forward(layer, values[layer], count, true)) }
    var result = [Double](repeating: 0, count: parameters.count)
    let (loss, start) = lossAndGradient(values[architecture.layers.count], labels)
    var g = start
    for layer in architecture.layers.indices.reversed() {
      g = backward(layer, values[layer], values[layer + 1], g, count, &result)
    }
    return (loss, result, g)
  }

  private func lossAndGradient(_ logits: [Double], _ labels: [Int]) -> (loss: Double, gradient: [Double]) {
    let n = architecture.outputs
    var gradient = logits
    var loss = 0.0
    for (sample, label) in labels.enumerated() {
      let row = logits[sample * n..<(sample + 1) * n]
      if architecture.output == .sigmoid {
        for i in 0..<n {
          let p = 1 / (1 + exponential(-row[row.startIndex + i]))
          loss -= logarithm(i == label ? p : 1 - p)
          gradient[sample * n + i] = (p - (i == label ? 1 : 0)) / Double(labels.count)
        }
        continue
      }
      let largest = row.max() ?? 0
      let powers = row.map { exponential($0 - largest) }
      let total = powers.reduce(0, +)
      loss -= logarithm(powers[label] / total)
      for i in 0..<n {
        gradient[sample * n + i] = (powers[i] / total - (i == label ? 1 : 0)) / Double(labels.count)
      }
    }
    return (loss / Double(labels.count), gradient)
  }

  private func tensor(_ layer: Int, _ role: NamedTensor.Role) -> Range<Int>? {
    architecture.tensors(ofLayer: layer).first { $0.role == role }?.range
  }

  /// Calls with each output of a windowed layer, each input that it reads, and the tap.
  private func eachTap(
    _ input: Shape, _ output: Shape, _ size: KernelSize, _ stride: Int, _ above: Int, _ before: Int,
    _ body: (_ outputPixel: Int, _ inputPixel: Int, _ tap: Int) -> Void
  ) {
    for y in 0..<output.height {
      for x in 0..<output.width {
        for tap in 0..<size.count {
          let row = y * stride + tap / size.width - above
          let column = x * stride + tap % size.width - before
          guard 0..<input.height ~= row, 0..<input.width ~= column else { continue }
          body(y * output.width + x, row * input.width + column, tap)
        }
      }
    }
  }

  private func forward(_ layer: Int, _ x: [Double], _ count: Int, _ training: Bool) -> [Double] {
    let input = architecture.shapes[layer]
    let output = architecture.shapes[layer + 1]
    var y = [Double](repeating: 0, count: count * output.count)
    switch architecture.layers[layer] {
    case let c as Convolution:
      let weight = tensor(layer, .weight)?.lowerBound ?? 0
      let bias = tensor(layer, .bias)
      for s in 0..<count {
        for o in 0..<output.count {
          y[s * output.count + o] = bias.map { parameters[$0.lowerBound + o % output.channels] } ?? 0
        }
        eachTap(input, output, c.kernel, c.stride, c.paddingAbove, c.paddingLeft) { to, from, tap in
          for f in 0..<c.filters {
            for i in 0..<input.channels {
              y[s * output.count + to * c.filters + f] +=
                parameters[weight + (f * input.channels + i) * c.kernel.count + tap]
                * x[s * input.count + from * input.channels + i]
            }
          }
        }
      }
    case let d as Dense:
      let weight = tensor(layer, .weight)?.lowerBound ?? 0
      let bias = tensor(layer, .bias)
      for s in 0..<count {
        for u in 0..<d.units {
          var sum = bias.map { parameters[$0.lowerBound + u] } ?? 0
          for i in 0..<input.count {
            sum += parameters[weight + u * input.count + flat(i, input)] * x[s * input.count + i]
          }
          y[s * d.units + u] = sum
        }
      }
    case let p as Pool where p.method == .largest:
      for i in y.indices { y[i] = -.infinity }
      for s in 0..<count {
        eachTap(input, output, p.size, p.stride, 0, 0) { to, from, _ in
          for c in 0..<input.channels {
            let i = s * output.count + to * input.channels + c
            y[i] = max(y[i], x[s * input.count + from * input.channels + c])
          }
        }
      }
    case let p as Pool:
      for s in 0..<count {
        eachTap(input, output, p.size, p.stride, 0, 0) { to, from, _ in
          for c in 0..<input.channels {
            y[s * output.count + to * input.channels + c] +=
              x[s * input.count + from * input.channels + c] / Double(p.size.count)
          }
        }
      }
    case is GlobalAveragePool:
      let pixels = input.height * input.width
      for s in 0..<count {
        for i in 0..<input.count {
          y[s * input.channels + i % input.channels] += x[s * input.count + i] / Double(pixels)
        }
      }
    case is BatchNorm:
      for c in 0..<input.channels {
        let (mean, inverse) = moments(layer, c, x, training)
        for i in stride(from: c, to: x.count, by: input.channels) {
          y[i] =
            (x[i] - mean) * inverse * parameters[(tensor(layer, .weight)?.lowerBound ?? 0) + c]
            + parameters[(tensor(layer, .bias)?.lowerBound ?? 0) + c]
        }
      }
    case is Dropout: y = x
    case let a as Activation: y = x.map { value(a, $0) }
    default: preconditionFailure("no reference for \(architecture.layers[layer])")
    }
    return y
  }

  private func flat(_ index: Int, _ shape: Shape) -> Int {
    index % shape.channels * shape.height * shape.width + index / shape.channels
  }

  private func moments(_ layer: Int, _ channel: Int, _ x: [Double], _ training: Bool) -> (Double, Double) {
    let channels = architecture.shapes[layer].channels
    let epsilon = Double(BatchNorm.epsilon)
    guard training else {
      let mean = statistics[(tensor(layer, .runningMean)?.lowerBound ?? 0) + channel]
      let variance = statistics[(tensor(layer, .runningVariance)?.lowerBound ?? 0) + channel]
      return (mean, 1 / (variance + epsilon).squareRoot())
    }
    let all = stride(from: channel, to: x.count, by: channels).map { x[$0] }
    let mean = all.reduce(0, +) / Double(all.count)
    let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
    return (mean, 1 / (variance + epsilon).squareRoot())
  }

  private func value(_ a: Activation, _ x: Double) -> Double {
    switch a {
    case .sigmoid: 1 / (1 + exponential(-x))
    case .tanh: 1 - 2 / (exponential(2 * x) + 1)
    case .relu: max(x, 0)
    case .leakyRelu: x > 0 ? x : Double(Activation.leakySlope) * x
    }
  }

  private func backward(
    _ layer: Int, _ x: [Double], _ y: [Double], _ g: [Double], _ count: Int, _ result: inout [Double]
  ) -> [Double] {
    let input = architecture.shapes[layer]
    let output = architecture.shapes[layer + 1]
    let weight = tensor(layer, .weight)?.lowerBound ?? 0
    let bias = tensor(layer, .bias)?.lowerBound
    var dx = [Double](repeating: 0, count: x.count)
    switch architecture.layers[layer] {
    case let c as Convolution:
      for s in 0..<count {
        if let bias { for o in 0..<output.count { result[bias + o % c.filters] += g[s * output.count + o] } }
        eachTap(input, output, c.kernel, c.stride, c.paddingAbove, c.paddingLeft) { to, from, tap in
          for f in 0..<c.filters {
            for i in 0..<input.channels {
              let w = weight + (f * input.channels + i) * c.kernel.count + tap
              let from = s * input.count + from * input.channels + i
              let to = s * output.count + to * c.filters + f
              result[w] += g[to] * x[from]
              dx[from] += g[to] * parameters[w]
            }
          }
        }
      }
    case let d as Dense:
      for s in 0..<count {
        for u in 0..<d.units {
          if let bias { result[bias + u] += g[s * d.units + u] }
          for i in 0..<input.count {
            let w = weight + u * input.count + flat(i, input)
            result[w] += g[s * d.units + u] * x[s * input.count + i]
            dx[s * input.count + i] += g[s * d.units + u] * parameters[w]
          }
        }
      }
    case let p as Pool where p.method == .largest:
      var given = Set<Int>()
      for s in 0..<count {
        eachTap(input, output, p.size, p.stride, 0, 0) { to, from, _ in
          for c in 0..<input.channels {
            let to = s * output.count + to * input.channels + c
            let from = s * input.count + from * input.channels + c
            if x[from] == y[to], given.insert(to).inserted { dx[from] += g[to] }
          }
        }
      }
    case let p as Pool:
      for s in 0..<count {
        eachTap(input, output, p.size, p.stride, 0, 0) { to, from, _ in
          for c in 0..<input.channels {
            dx[s * input.count + from * input.channels + c] +=
              g[s * output.count + to * input.channels + c] / Double(p.size.count)
          }
        }
      }
    case is GlobalAveragePool:
      for s in 0..<count {
        for i in 0..<input.count {
          dx[s * input.count + i] =
            g[s * input.channels + i % input.channels] / Double(input.height * input.width)
        }
      }
    case is BatchNorm:
      for c in 0..<input.channels {
        let (mean, inverse) = moments(layer, c, x, true)
        let all = stride(from: c, to: x.count, by: input.channels)
        let n = Double(x.count / input.channels)
        let sum = all.reduce(0) { $0 + g[$1] }
        let product = all.reduce(0) { $0 + g[$1] * (x[$1] - mean) * inverse }
        result[weight + c] += product
        result[(bias ?? 0) + c] += sum
        for i in all {
          let normal = (x[i] - mean) * inverse
          dx[i] = parameters[weight + c] * inverse * (g[i] - sum / n - normal * product / n)
        }
      }
    case is Dropout: dx = g
    case let a as Activation:
      for i in x.indices {
        switch a {
        case .sigmoid: dx[i] = g[i] * y[i] * (1 - y[i])
        case .tanh: dx[i] = g[i] * (1 - y[i] * y[i])
        case .relu: dx[i] = y[i] > 0 ? g[i] : 0
        case .leakyRelu: dx[i] = y[i] > 0 ? g[i] : g[i] * Double(Activation.leakySlope)
        }
      }
    default: preconditionFailure("no reference for \(architecture.layers[layer])")
    }
    return dx
  }
}

extension Network {
  /// A network in which biases and the statistics of batch norms are random too, so that all of them matter.
  static func randomized(_ text: String, seed: UInt64 = 1) throws -> Network {
    var network = Network(try Architecture(text), seed: seed)
    var random = Xoshiro256(seed: seed, stream: 99)
    for tensor in network.architecture.tensors {
      switch tensor.role {
      case .weight: network[tensor] = network[tensor].map { $0 + Float(0.01 * random.normal()) }
      case .bias, .runningMean: network[tensor] = network[tensor].map { _ in Float(0.3 * random.normal()) }
      case .runningVariance: network[tensor] = network[tensor].map { _ in Float(random.uniform(in: 0.5..<2)) }
      }
    }
    return network
  }
}
