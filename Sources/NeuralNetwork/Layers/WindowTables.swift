// The offsets of a convolution's windows, computed once for a group of samples.

import Kernels

/// Offsets of windows and outputs for the samples of a group.
struct WindowTables {
  /// The first value of each output's window, samples one after the other.
  let inputs: OffsetTable
  /// The first value of each output.
  let outputs: OffsetTable
  /// The same for the first output of each line.
  let lineInputs: OffsetTable
  let lineOutputs: OffsetTable
  /// The offset of each term of a window from its first value.
  let terms: OffsetTable

  init(
    _ convolution: Convolution, from input: ActivationBuffer, to output: ActivationBuffer, samples: Int
  ) {
    let channels = input.shape.channels
    // Windows start above and to the left of the picture; the border may be wider than this layer needs.
    let corner = convolution.paddingAbove * input.lineStride + convolution.paddingLeft * channels
    func lines(of buffer: ActivationBuffer, step: Int, from start: Int) -> [Int] {
      (0..<samples * output.shape.height).map { row in
        let (sample, line) = row.quotientAndRemainder(dividingBy: output.shape.height)
        return start + sample * buffer.sampleStride + line * step * buffer.lineStride
      }
    }
    func pixels(of lines: [Int], step: Int) -> [Int] {
      lines.flatMap { line in (0..<output.shape.width).map { line + $0 * step } }
    }
    let fromLines = lines(of: input, step: convolution.stride, from: -corner)
    let toLines = lines(of: output, step: 1, from: 0)
    lineInputs = OffsetTable(fromLines)
    lineOutputs = OffsetTable(toLines)
    inputs = OffsetTable(pixels(of: fromLines, step: convolution.stride * channels))
    outputs = OffsetTable(pixels(of: toLines, step: output.shape.channels))
    terms = OffsetTable(
      (0..<convolution.kernel.height).flatMap { line in
        (0..<convolution.kernel.width * channels).map { line * input.lineStride + $0 }
      })
  }
}

/// The input pixels that use the same taps of a strided window, with the outputs that reach them: one phase at
/// stride 1, four at stride 2.
///
/// A gradient of input pixel i is Σ over taps t of gradient[(i + padding − t) / stride] · w[t], for the t that
/// leave no remainder: t = stride·u + remainder, so the outputs o = m − u are neighbours.
struct BackwardPhase {
  /// The input pixels, and the first output that each of them reaches, for a group's samples.
  let inputs: OffsetTable
  let outputs: OffsetTable
  let rowsPerSample: Int
  /// Taps down and across.
  let down: Int
  let across: Int
  /// The taps, in the order of the outputs.
  let taps: OffsetTable

  static func phases(
    _ convolution: Convolution, from gradient: ActivationBuffer, to input: ActivationBuffer,
    samples: Int
  ) -> [BackwardPhase] {
    (0..<convolution.stride * convolution.stride).compactMap { phase in
      BackwardPhase(
        convolution, line: phase / convolution.stride, pixel: phase % convolution.stride, from: gradient,
        to: input, samples: samples)
    }
  }

  private init?(
    _ convolution: Convolution, line: Int, pixel: Int, from gradient: ActivationBuffer,
    to input: ActivationBuffer,
    samples: Int
  ) {
    let stride = convolution.stride
    let (above, before) = (convolution.paddingAbove, convolution.paddingLeft)
    let kernel = convolution.kernel
    let lines = Array(Swift.stride(from: line, to: input.shape.height, by: stride))
    let pixels = Array(Swift.stride(from: pixel, to: input.shape.width, by: stride))
    if lines.isEmpty || pixels.isEmpty { return nil }
    let below = (line + above) % stride
    let right = (pixel + before) % stride
    down = (kernel.height - below + stride - 1) / stride
    across = (kernel.width - right + stride - 1) / stride
    let channels = gradient.shape.channels
    var from: [Int] = []
    var to: [Int] = []
    for sample in 0..<samples {
      for line in lines {
        let first = (line + above - below) / stride - (down - 1)
        for pixel in pixels {
          let firstAcross = (pixel + before - right) / stride - (across - 1)
          from.append(
            sample * gradient.sampleStride + first * gradient.lineStride + firstAcross * channels)
          to.append(
            sample * input.sampleStride + line * input.lineStride + pixel * input.shape.channels)
        }
      }
    }
    rowsPerSample = lines.count * pixels.count
    inputs = OffsetTable(to)
    outputs = OffsetTable(from)
    let (down, across) = (self.down, self.across)
    taps = OffsetTable(
      (0..<down).flatMap { u in
        (0..<across).map { v in
          (stride * (down - 1 - u) + below) * kernel.width + stride * (across - 1 - v) + right
        }
      })
  }

  /// The zeros around a convolution's outputs that its phases read.
  static func border(_ convolution: Convolution, input: Shape, output: Shape) -> Border {
    var border = Border()
    func include(size: Int, outputSize: Int, kernel: Int, padding: Int) {
      for i in 0..<size {
        let remainder = (i + padding) % convolution.stride
        let taps = (kernel - remainder + convolution.stride - 1) / convolution.stride
        let last = (i + padding - remainder) / convolution.stride
        border.before = max(border.before, taps - 1 - last)
        border.after = max(border.after, taps == 0 ? 0 : last - (outputSize - 1))
      }
    }
    let kernel = convolution.kernel
    include(
      size: input.height, outputSize: output.height, kernel: kernel.height, padding: convolution.paddingAbove)
    include(
      size: input.width, outputSize: output.width, kernel: kernel.width, padding: convolution.paddingLeft)
    return border
  }
}
