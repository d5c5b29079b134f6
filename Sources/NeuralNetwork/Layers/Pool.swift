import CLibrary
import Kernels

/// The largest value or the mean of each window; windows that reach over the edge are left out.
///
///     pool = ( "P" | "A" ) WINDOW [ "S" STRIDE ]       stride: the window's width where not given
public struct Pool: LayerDefinition {
  /// What a window gives.
  public enum Method: Sendable, Hashable {
    /// The largest value.
    case largest
    /// The mean.
    case mean
  }

  /// What a window gives.
  public let method: Method
  /// The size of a window.
  public let size: KernelSize
  /// Pixels from one window to the next.
  public let stride: Int

  /// Makes a pooling layer.
  ///
  /// - Parameters:
  ///   - method: What a window gives.
  ///   - size: The size of a window.
  ///   - stride: Pixels from one window to the next.
  public init(_ method: Method, size: KernelSize, stride: Int) {
    self.method = method
    self.size = size
    self.stride = stride
  }

  /// For example `max pool 2×2` or `average pool 2×2, stride 1`.
  public var description: String {
    (method == .largest ? "max pool " : "average pool ") + "\(size)"
      + (stride == size.width ? "" : ", stride \(stride)")
  }

  /// For example `largest of 2×2`.
  public var title: String { (method == .largest ? "largest of " : "mean of ") + "\(size)" }

  /// One value for each window and channel.
  public func outputShape(for input: Shape) -> Shape? {
    input.windows(size: size, stride: stride, channels: input.channels)
  }

  // MARK: Text

  static let letters = "PA"
  static let traits = LayerTraits(readsPicture: true)

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    let size = try item.kernelSize("the size of the pool's window")
    let stride = try item.optional("S", "the pool's stride") ?? size.width
    guard max(size.height, size.width, stride) <= 64 else {
      throw item.error("a pool's size and stride are 1 to 64", at: item.start)
    }
    return [Pool(item.letter == "P" ? .largest : .mean, size: size, stride: stride)]
  }

  // MARK: Execution and export

  func makeStage(_ context: StageContext) -> any Stage {
    PoolStage(context: context, pool: self)
  }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    graph.node(
      method == .largest ? "MaxPool" : "AveragePool", [input],
      [("kernel_shape", .integers([size.height, size.width])), ("strides", .integers([stride, stride]))])
  }
}

/// One pooling layer of a network.
struct PoolStage: Stage {
  let context: StageContext
  let pool: Pool

  private var takesLargest: Bool { pool.method == .largest }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      for sample in group.samples {
        let job = windows(input.value, output.value, sample, group)
        if takesLargest { kernels.largest(job) } else { kernels.mean(job) }
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let inputGradient = input.gradient, let outputGradient = output.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.samples {
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
      input.applyMask(group)
    }
  }

  private func windows(
    _ inside: ActivationBuffer, _ outside: ActivationBuffer, _ sample: Int, _ group: SampleGroup
  ) -> Windows {
    Windows(
      inside: inside.at(sample, group), insideStride: inside.lineStride,
      outside: outside.at(sample, group), outsideStride: outside.lineStride,
      extent: outside.extent, height: pool.size.height, width: pool.size.width, stride: pool.stride)
  }
}
