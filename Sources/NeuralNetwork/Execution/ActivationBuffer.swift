// Where a layer's values or gradients lie: samples one after the other, each a picture with a border of zeros as
// wide as its reader's windows reach over the edge.

import Kernels

/// Zeros around a picture.
struct Border: Hashable {
  var before = 0
  var after = 0

  func union(_ other: Border) -> Border {
    Border(before: max(before, other.before), after: max(after, other.after))
  }
}

/// Some samples that a thread works on at a time.
struct Group {
  /// The first sample, in the wave.
  var first: Int
  var count: Int
  /// Which part of the wave they belong to; sums over samples are kept by part.
  var part: Int
  /// Whether it is its part's first, or last.
  var startsPart: Bool
  var endsPart: Bool
  var thread: Int
  /// Room for what kernels and tiles want.
  var scratch: UnsafeMutablePointer<Float>
}

/// Pictures of one shape in memory.
final class ActivationBuffer: @unchecked Sendable {
  let shape: Shape
  let border: Border
  let lineStride: Int
  let sampleStride: Int
  /// Whether it holds but the group that each thread works on, instead of a whole wave.
  let isLocal: Bool
  /// Whether the memory is someone else's.
  let isBorrowed: Bool
  private let groupSize: Int
  private let memory: FloatBuffer?
  private var start: UnsafeMutablePointer<Float>

  /// Room for `samples`, or where it is local for a group a thread.
  init(_ shape: Shape, border: Border = Border(), samples: Int, isLocal: Bool = false, groupSize: Int = 0) {
    self.shape = shape
    self.border = border
    self.isLocal = isLocal
    isBorrowed = false
    self.groupSize = groupSize
    let rim = border.before + border.after
    lineStride = (shape.width + rim) * shape.channels
    sampleStride = (shape.height + rim) * lineStride
    let memory = FloatBuffer(samples * sampleStride)
    self.memory = memory
    start = memory.floats + border.before * (lineStride + shape.channels)
  }

  /// Someone else's memory, without border; `point(at:)` says where before it is used.
  init(borrowed shape: Shape) {
    self.shape = shape
    border = Border()
    isLocal = false
    isBorrowed = true
    groupSize = 0
    lineStride = shape.width * shape.channels
    sampleStride = shape.count
    let memory = FloatBuffer(0)
    self.memory = memory
    start = memory.floats
  }

  func point(at floats: UnsafePointer<Float>) { start = UnsafeMutablePointer(mutating: floats) }

  /// The first value of a sample; of the group's first where the field is local.
  @inline(__always)
  func at(_ sample: Int, _ group: Group) -> UnsafeMutablePointer<Float> {
    start + (isLocal ? group.thread * groupSize + sample - group.first : sample) * sampleStride
  }

  /// The first value of a sample of a wave.
  @inline(__always)
  func at(_ sample: Int) -> UnsafeMutablePointer<Float> { start + sample * sampleStride }

  var lineLength: Int { shape.width * shape.channels }
  var extent: Extent { Extent(lines: shape.height, pixels: shape.width, channels: shape.channels) }
  var isCompact: Bool { border == Border() }
}

/// What stands between two layers.
final class LayerBoundary {
  let value: ActivationBuffer
  /// Nil where nobody asks for it.
  let gradient: ActivationBuffer?
  // Where a ReLU or leaky ReLU gave the values, its slope below zero. Whoever writes the gradient puts it
  // through the same gate.
  let slope: Float?

  init(value: ActivationBuffer, gradient: ActivationBuffer?, slope: Float?) {
    self.value = value
    self.gradient = gradient
    self.slope = slope
  }

  /// Lets a finished gradient through the gate, where its writer could not do so on the way.
  func gate(_ group: Group) {
    guard let slope, let gradient else { return }
    for sample in group.first..<group.first + group.count {
      kernels.applySlope(
        .rectify(slope: slope), value.at(sample, group), stride: value.lineStride,
        gradients: gradient.at(sample, group), gradientStride: gradient.lineStride,
        lines: value.shape.height, length: value.lineLength)
    }
  }
}
