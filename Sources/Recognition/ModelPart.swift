// Networks of a model that answer in the same classes from the same kind of input.

public import NeuralNetwork
import Preprocessing

/// Networks that answer in the same classes from the same kind of input; their probabilities are averaged.
public struct ModelPart: Sendable, Equatable {
  /// What networks read.
  public enum Input: Sendable, Hashable {
    /// A picture of the symbol.
    case picture
    /// The path of the pen.
    case trajectory
  }

  /// The networks.
  public var networks: [Network]
  /// The classes of their outputs.
  public var classes: Classes

  /// Creates a part.
  ///
  /// - Parameters:
  ///   - networks: at least one network, all with `classes.outputs` outputs and the same kind of input.
  ///   - classes: the classes of the outputs.
  public init(networks: [Network], classes: Classes) {
    self.networks = networks
    self.classes = classes
  }

  /// What the networks read.
  public var input: Input {
    networks.first?.architecture.input
      == Shape(height: 1, width: Trajectory.points, channels: Trajectory.channels) ? .trajectory : .picture
  }

  /// The mean of the networks' probabilities for each sample.
  ///
  /// - Parameters:
  ///   - rows: the outputs of each network, sample by sample.
  ///   - count: the number of samples.
  ///   - model: the model's name, for the error.
  /// - Returns: a row of probabilities for each sample.
  /// - Throws: `ModelResultError` if an output is not finite, which a huge damaged weight can cause.
  func means(of rows: [[Float]], count: Int, model: String) throws(ModelResultError) -> [[Double]] {
    guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw ModelResultError(model: model) }
    let outputs = classes.outputs
    let share = 1 / Double(max(1, rows.count))
    return (0..<count).map { sample in
      (0..<outputs).map { output in
        rows.reduce(0.0) { $0 + Double($1[sample * outputs + output]) } * share
      }
    }
  }
}
