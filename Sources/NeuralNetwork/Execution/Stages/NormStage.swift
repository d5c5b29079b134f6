// Batch norm that trains: the mean and variance of each channel over all pixels of the whole batch, both ways.
//
//     y = weight · (x − mean) / √(variance + ε) + bias
//     dx = weight / √(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)),   x̂ = (x − mean) / √(variance + ε)

import Kernels

/// One batch norm of a network in training, with the ReLU behind it where there is one.
final class NormStage {
  private let input: LayerBoundary
  private let output: LayerBoundary
  private let channels: Int
  private let weight: ParameterStore.Tensor
  private let bias: ParameterStore.Tensor
  /// The running mean and variance: what inference will use.
  let runningMean: FloatBuffer
  let runningVariance: FloatBuffer
  /// Whether the running mean and variance are used, as in inference, and stay.
  var isFrozen = false

  /// For each sample its sums by channel, then its sums of products: added up in the order of samples.
  private let sums: FloatBuffer
  private let scale: FloatBuffer
  private let shift: FloatBuffer
  private let ofGradient: FloatBuffer
  private let ofValue: FloatBuffer
  private let addend: FloatBuffer
  private var mean: [Double]
  private var inverse: [Double]

  init(
    from input: LayerBoundary, to output: LayerBoundary, place: ParameterLayout.Place, store: ParameterStore,
    samples: Int
  ) {
    self.input = input
    self.output = output
    channels = input.value.shape.channels
    weight = store.tensor(place.weight)
    bias = store.tensor(place.bias)
    runningMean = FloatBuffer(channels)
    runningVariance = FloatBuffer(channels)
    sums = FloatBuffer(samples * 2 * channels)
    scale = FloatBuffer(channels)
    shift = FloatBuffer(channels)
    ofGradient = FloatBuffer(channels)
    ofValue = FloatBuffer(channels)
    addend = FloatBuffer(channels)
    mean = [Double](repeating: 0, count: channels)
    inverse = mean
  }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in sum(group, of: input.value, times: input.value) }
    plan.single { [self] samples in settle(samples) }
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        kernels.scaleChannels(
          input.value.at(sample, group), stride: input.value.lineStride, scale: scale.floats,
          shift: shift.floats, slope: output.slope ?? 1, into: output.value.at(sample, group),
          resultStride: output.value.lineStride, extent: output.value.extent)
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let outputGradient = output.gradient else { return }
    plan.eachGroup { [self] group in sum(group, of: outputGradient, times: input.value) }
    plan.single { [self] samples in settleBackward(samples) }
    guard let inputGradient = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        kernels.mixChannels(
          outputGradient.at(sample, group), gradientStride: outputGradient.lineStride,
          input.value.at(sample, group), stride: input.value.lineStride,
          a: ofGradient.floats, b: ofValue.floats, d: addend.floats,
          into: inputGradient.at(sample, group), resultStride: inputGradient.lineStride,
          extent: inputGradient.extent)
      }
      input.gate(group)
    }
  }

  private func sum(_ group: Group, of x: ActivationBuffer, times y: ActivationBuffer) {
    for sample in group.first..<group.first + group.count {
      let sums = sums.floats + sample * 2 * channels
      for i in 0..<2 * channels { sums[i] = 0 }
      kernels.sumChannels(
        x.at(sample, group), stride: x.lineStride, times: y.at(sample, group), timesStride: y.lineStride,
        extent: x.extent, sums: sums, products: sums + channels)
    }
  }

  /// Both sums of a channel over all samples.
  private func totals(_ channel: Int, _ samples: Int) -> (sum: Double, products: Double) {
    var total = (sum: 0.0, products: 0.0)
    for sample in 0..<samples {
      total.sum += Double(sums.floats[sample * 2 * channels + channel])
      total.products += Double(sums.floats[sample * 2 * channels + channels + channel])
    }
    return total
  }

  private func settle(_ samples: Int) {
    let count = Double(samples * input.value.shape.height * input.value.shape.width)
    let momentum = isFrozen ? 0 : Layer.batchNormMomentum
    for channel in 0..<channels {
      let total = totals(channel, samples)
      var average = total.sum / count
      var variance = max(0, total.products / count - average * average)
      if isFrozen {
        average = Double(runningMean.floats[channel])
        variance = Double(runningVariance.floats[channel])
      }
      mean[channel] = average
      inverse[channel] = 1 / (variance + Double(Layer.batchNormEpsilon)).squareRoot()
      let factor = Double(weight.values[channel]) * inverse[channel]
      scale.floats[channel] = Float(factor)
      shift.floats[channel] = Float(Double(bias.values[channel]) - average * factor)
      let unbiased = Float(count > 1 ? variance * count / (count - 1) : variance)
      runningMean.floats[channel] += momentum * (Float(average) - runningMean.floats[channel])
      runningVariance.floats[channel] += momentum * (unbiased - runningVariance.floats[channel])
    }
  }

  private func settleBackward(_ samples: Int) {
    let count = Double(samples * input.value.shape.height * input.value.shape.width)
    for channel in 0..<channels {
      let total = totals(channel, samples)
      let inverse = inverse[channel]
      // Σ dy·x̂ from Σ dy·x
      let product = (total.products - mean[channel] * total.sum) * inverse
      bias.gradient[channel] += Float(total.sum)
      weight.gradient[channel] += Float(product)
      let factor = Double(weight.values[channel]) * inverse
      let slope = isFrozen ? 0 : -factor * inverse * product / count
      ofGradient.floats[channel] = Float(factor)
      ofValue.floats[channel] = Float(slope)
      addend.floats[channel] = isFrozen ? 0 : Float(-factor * total.sum / count - slope * mean[channel])
    }
  }
}
