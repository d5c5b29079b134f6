// A network computed step by step, as its architecture says: slow, simple, and right.

import Neural

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Computes networks without any kernel.
struct PlainPredictor: Sendable {
  let network: Network

  /// The network's outputs for one input, as probabilities.
  func probabilities(_ input: some Sequence<Float>) -> [Float] {
    let architecture = network.architecture
    var values = Array(input)
    var shape = architecture.input
    for (index, layer) in architecture.layers.enumerated() {
      let output = layer.outputShape(for: shape) ?? shape
      let places = architecture.tensors(ofLayer: index)
      func tensor(_ role: TensorPlace.Role) -> [Float] {
        places.first { $0.role == role }.map { network[$0] } ?? []
      }
      switch layer {
      case .convolution(let c):
        values = convolved(values, shape, output, c, tensor(.weight), tensor(.bias))
      case .dense(let dense):
        values = weighted(values, shape, dense.units, tensor(.weight), tensor(.bias))
      case .maxPool(let pool): values = pooled(values, shape, output, pool, isMean: false)
      case .averagePool(let pool): values = pooled(values, shape, output, pool, isMean: true)
      case .globalAveragePool:
        let pixels = shape.height * shape.width
        values = (0..<shape.channels).map { channel in
          (0..<pixels).reduce(0) { $0 + values[$1 * shape.channels + channel] } / Float(pixels)
        }
      case .batchNorm:
        let (weight, bias) = (tensor(.weight), tensor(.bias))
        let (mean, variance) = (tensor(.runningMean), tensor(.runningVariance))
        for i in values.indices {
          let c = i % shape.channels
          let scale = weight[c] / (variance[c] + Layer.batchNormEpsilon).squareRoot()
          values[i] = (values[i] - mean[c]) * scale + bias[c]
        }
      case .dropout: break
      case .activation(let function): for i in values.indices { values[i] = apply(function, values[i]) }
      }
      shape = output
    }
    if architecture.output == .sigmoid { return values.map { 1 / (1 + exp(-$0)) } }
    let top = values.max() ?? 0
    let powers = values.map { exp($0 - top) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private func apply(_ function: Layer.Activation, _ x: Float) -> Float {
    switch function {
    case .sigmoid: 1 / (1 + exp(-x))
    case .tanh: tanh(x)
    case .relu: max(x, 0)
    case .leakyRelu: x > 0 ? x : Layer.leakySlope * x
    }
  }

  private func convolved(
    _ values: [Float], _ shape: Shape, _ output: Shape, _ c: Layer.Convolution, _ weight: [Float],
    _ bias: [Float]
  ) -> [Float] {
    var result = [Float](repeating: 0, count: output.count)
    let area = c.kernel * c.kernel
    for y in 0..<output.height {
      for x in 0..<output.width {
        for filter in 0..<output.channels {
          var sum = bias.isEmpty ? 0 : bias[filter]
          for v in 0..<c.kernel {
            let row = y * c.stride + v - c.paddingBefore
            if row < 0 || row >= shape.height { continue }
            for u in 0..<c.kernel {
              let column = x * c.stride + u - c.paddingBefore
              if column < 0 || column >= shape.width { continue }
              let from = (row * shape.width + column) * shape.channels
              let weights = filter * shape.channels * area + v * c.kernel + u
              for channel in 0..<shape.channels {
                sum += values[from + channel] * weight[weights + channel * area]
              }
            }
          }
          result[(y * output.width + x) * output.channels + filter] = sum
        }
      }
    }
    return result
  }

  /// A dense layer; its inputs come channel by channel, as PyTorch flattens a picture.
  private func weighted(
    _ values: [Float], _ shape: Shape, _ units: Int, _ weight: [Float], _ bias: [Float]
  ) -> [Float] {
    let pixels = shape.height * shape.width
    return (0..<units).map { unit in
      var sum = bias.isEmpty ? 0 : bias[unit]
      for channel in 0..<shape.channels {
        for pixel in 0..<pixels {
          sum +=
            values[pixel * shape.channels + channel] * weight[unit * values.count + channel * pixels + pixel]
        }
      }
      return sum
    }
  }

  private func pooled(
    _ values: [Float], _ shape: Shape, _ output: Shape, _ pool: Layer.Pool, isMean: Bool
  ) -> [Float] {
    var result = [Float](repeating: 0, count: output.count)
    for y in 0..<output.height {
      for x in 0..<output.width {
        for channel in 0..<shape.channels {
          var sum: Float = 0
          var largest = -Float.infinity
          for v in 0..<pool.size {
            for u in 0..<pool.size {
              let pixel = (y * pool.stride + v) * shape.width + x * pool.stride + u
              sum += values[pixel * shape.channels + channel]
              largest = max(largest, values[pixel * shape.channels + channel])
            }
          }
          result[(y * output.width + x) * output.channels + channel] =
            isMean ? sum / Float(pool.size * pool.size) : largest
        }
      }
    }
    return result
  }
}
