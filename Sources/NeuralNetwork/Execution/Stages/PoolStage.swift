// Pooling that trains: the largest value or the mean of each window, or of the whole picture.

import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// One pooling layer of a network in training.
final class PoolStage {
  private let input: LayerBoundary
  private let output: LayerBoundary
  private let takesLargest: Bool
  private let height: Int
  private let width: Int
  private let stride: Int

  init(_ pool: Layer.Pool?, takesLargest: Bool, from input: LayerBoundary, to output: LayerBoundary) {
    self.input = input
    self.output = output
    self.takesLargest = takesLargest
    height = pool?.size ?? input.value.shape.height
    width = pool?.size ?? input.value.shape.width
    stride = pool?.stride ?? 1
  }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        let job = windows(input.value, output.value, sample, group)
        if takesLargest { kernels.largest(job) } else { kernels.mean(job) }
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let inputGradient = input.gradient, let outputGradient = output.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        let gradient = inputGradient.at(sample, group)
        for line in 0..<inputGradient.shape.height {
          memset(
            gradient + line * inputGradient.lineStride, 0,
            inputGradient.lineLength * MemoryLayout<Float>.stride)
        }
        let job = windows(inputGradient, outputGradient, sample, group)
        if takesLargest {
          kernels.largestBackward(
            job, values: input.value.at(sample, group), stride: input.value.lineStride)
        } else {
          kernels.meanBackward(job)
        }
      }
      input.gate(group)
    }
  }

  private func windows(_ inside: ActivationBuffer, _ outside: ActivationBuffer, _ sample: Int, _ group: Group)
    -> Windows
  {
    Windows(
      inside: inside.at(sample, group), insideStride: inside.lineStride,
      outside: outside.at(sample, group), outsideStride: outside.lineStride,
      extent: outside.extent, height: height, width: width, stride: stride)
  }
}
