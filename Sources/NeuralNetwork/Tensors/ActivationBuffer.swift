// Memory for a layer's values or gradients: samples one after the other, each a picture with a border of zeros as
// wide as the windows of its reader reach over the edge.

import Kernels

/// Zeros around a picture.
struct Border: Hashable {
  var before = 0
  var after = 0

  func union(_ other: Border) -> Border {
    Border(before: max(before, other.before), after: max(after, other.after))
  }
}

/// Pictures of one shape in memory.
final class ActivationBuffer {
  let shape: Shape
  let lineStride: Int
  let sampleStride: Int
  /// Whether the memory belongs to the caller.
  let isBorrowed: Bool
  /// Whether there is no border.
  let isCompact: Bool
  /// Whether the memory holds only the group that each thread works on, instead of a whole wave.
  private let isLocal: Bool
  private let groupSize: Int
  private let memory: FloatBuffer
  private var start: UnsafeMutablePointer<Float>

  /// Allocates memory for `samples`; a local buffer has a group for each thread.
  init(_ shape: Shape, border: Border = Border(), samples: Int, isLocal: Bool = false, groupSize: Int = 0) {
    self.shape = shape
    self.isLocal = isLocal
    isBorrowed = samples == 0
    isCompact = border == Border()
    self.groupSize = groupSize
    let width = border.before + border.after
    lineStride = (shape.width + width) * shape.channels
    sampleStride = (shape.height + width) * lineStride
    memory = FloatBuffer(count: samples * sampleStride)
    start = memory.pointer + border.before * (lineStride + shape.channels)
  }

  /// A buffer in the caller's memory, without border; `point(at:)` sets the memory before each use.
  convenience init(borrowed shape: Shape) { self.init(shape, samples: 0) }

  func point(at floats: UnsafePointer<Float>) { start = UnsafeMutablePointer(mutating: floats) }

  /// The first value of a sample, which in a local buffer belongs to the group.
  @inline(__always)
  func at(_ sample: Int, _ group: SampleGroup) -> UnsafeMutablePointer<Float> {
    start + (isLocal ? group.thread * groupSize + sample - group.first : sample) * sampleStride
  }

  /// The first value of a sample of a wave.
  @inline(__always)
  func at(_ sample: Int) -> UnsafeMutablePointer<Float> { start + sample * sampleStride }

  var lineLength: Int { shape.width * shape.channels }
  var extent: Extent { Extent(lines: shape.height, pixels: shape.width, channels: shape.channels) }

  /// Copies a sample from a buffer of the same shape.
  func copy(_ sample: Int, _ group: SampleGroup, from other: ActivationBuffer) {
    copyLines(from: other.at(sample, group), stride: other.lineStride, to: at(sample, group))
  }

  /// Copies the lines of a picture of the same shape to a sample of this buffer.
  func copyLines(from source: UnsafePointer<Float>, stride: Int, to target: UnsafeMutablePointer<Float>) {
    if stride == lineLength, lineStride == lineLength {
      return target.update(from: source, count: shape.count)
    }
    for line in 0..<shape.height {
      (target + line * lineStride).update(from: source + line * stride, count: lineLength)
    }
  }

  /// The values of the wave's first sample, without the border.
  var firstSample: [Float] {
    (0..<shape.height).flatMap { line in
      UnsafeBufferPointer(start: at(0) + line * lineStride, count: lineLength)
    }
  }
}

/// The buffers between two layers.
final class LayerBoundary {
  let value: ActivationBuffer
  /// Nil where no layer reads it.
  let gradient: ActivationBuffer?
  /// The slope below 0 of the ReLU or leaky ReLU that gave the values.
  ///
  /// The layer that writes the gradient multiplies it by this slope where the value is not positive.
  let slope: Float?

  init(value: ActivationBuffer, gradient: ActivationBuffer?, slope: Float?) {
    self.value = value
    self.gradient = gradient
    self.slope = slope
  }

  /// Multiplies a finished gradient by the slope where the value is not positive, for a layer whose kernel does not.
  func applyMask(_ group: SampleGroup) {
    guard let slope, let gradient else { return }
    for sample in group.samples {
      kernels.applySlope(
        .rectify(slope: slope), value.at(sample, group), stride: value.lineStride,
        gradients: gradient.at(sample, group), gradientStride: gradient.lineStride,
        lines: value.shape.height, length: value.lineLength)
    }
  }
}
