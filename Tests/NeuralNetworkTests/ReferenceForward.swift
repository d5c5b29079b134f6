import Basics
import Foundation
import NeuralNetwork

/// What a network answers, computed a second time: in Double, value by value, as the formulas stand.
struct ReferenceForward {
  let network: Network

  /// The probabilities for one sample, given row by row, pixel by pixel, channel by channel.
  func probabilities(_ input: [Float]) -> [Double] {
    let architecture = network.architecture
    var values = input.map(Double.init)
    for (index, layer) in architecture.layers.enumerated() {
      let tensors = architecture.tensors(ofLayer: index).map { network[$0].map(Double.init) }
      values = step(layer, values, architecture.shapes[index], architecture.shapes[index + 1], tensors)
    }
    switch architecture.output {
    case .sigmoid: return values.map { 1 / (1 + exp(-$0)) }
    case .softmax:
      let top = values.max() ?? 0
      let total = values.map { exp($0 - top) }.reduce(0, +)
      return values.map { exp($0 - top) / total }
    }
  }

  private func step(_ layer: Layer, _ x: [Double], _ i: Shape, _ o: Shape, _ tensors: [[Double]]) -> [Double]
  {
    var y = [Double](repeating: 0, count: o.count)
    switch layer {
    case .dropout: return x
    case .activation(let kind): return x.map { activate($0, kind) }
    case .batchNorm:
      return x.indices.map { at in
        let c = at % i.channels
        let root = (tensors[3][c] + Double(Layer.batchNormEpsilon)).squareRoot()
        return (x[at] - tensors[2][c]) / root * tensors[0][c] + tensors[1][c]
      }
    case .globalAveragePool:
      for at in x.indices { y[at % i.channels] += x[at] / Double(i.height * i.width) }
    case .dense(let dense):
      for unit in 0..<dense.units {
        y[unit] = dense.hasBias ? tensors[1][unit] : 0
        for row in 0..<i.height {
          for column in 0..<i.width {
            for c in 0..<i.channels {
              // The weights count channel by channel, as PyTorch flattens.
              let weight = tensors[0][unit * i.count + (c * i.height + row) * i.width + column]
              y[unit] += weight * x[(row * i.width + column) * i.channels + c]
            }
          }
        }
      }
    case .convolution(let conv):
      for row in 0..<o.height {
        for column in 0..<o.width {
          for filter in 0..<conv.filters {
            var sum = conv.hasBias ? tensors[1][filter] : 0
            for dy in 0..<conv.kernel {
              for dx in 0..<conv.kernel {
                let r = row * conv.stride + dy - conv.paddingBefore
                let k = column * conv.stride + dx - conv.paddingBefore
                guard 0..<i.height ~= r, 0..<i.width ~= k else { continue }
                for c in 0..<i.channels {
                  let weight = tensors[0][((filter * i.channels + c) * conv.kernel + dy) * conv.kernel + dx]
                  sum += weight * x[(r * i.width + k) * i.channels + c]
                }
              }
            }
            y[(row * o.width + column) * conv.filters + filter] = sum
          }
        }
      }
    case .maxPool(let pool), .averagePool(let pool):
      let isMax = if case .maxPool = layer { true } else { false }
      for row in 0..<o.height {
        for column in 0..<o.width {
          for c in 0..<i.channels {
            var window: [Double] = []
            for dy in 0..<pool.size {
              for dx in 0..<pool.size {
                window.append(
                  x[((row * pool.stride + dy) * i.width + column * pool.stride + dx) * i.channels + c])
              }
            }
            let value = isMax ? window.max() ?? 0 : window.reduce(0, +) / Double(window.count)
            y[(row * o.width + column) * o.channels + c] = value
          }
        }
      }
    }
    return y
  }

  private func activate(_ x: Double, _ kind: Layer.Activation) -> Double {
    switch kind {
    case .sigmoid: 1 / (1 + exp(-x))
    case .tanh: tanh(x)
    case .relu: max(0, x)
    case .leakyRelu: x > 0 ? x : Double(Layer.leakySlope) * x
    }
  }
}

extension Network {
  /// A network whose every value counts: also the biases and batch norm's statistics are random.
  static func lively(_ text: String, seed: UInt64 = 1) throws -> Network {
    var network = Network(try Architecture(text), seed: seed)
    var random = Xoshiro256(seed: seed, stream: 99)
    for place in network.architecture.tensors {
      switch place.role {
      case .weight: network[place] = network[place].map { $0 + Float(0.01 * random.normal()) }
      case .bias, .runningMean: network[place] = network[place].map { _ in Float(0.3 * random.normal()) }
      case .runningVariance: network[place] = network[place].map { _ in Float(random.uniform(in: 0.5..<2)) }
      }
    }
    return network
  }
}
