// The contenders of the comparison: classical methods, and models that were trained before.

package import ClassicalMethods

/// A line of the comparison.
package enum Contender: Sendable {
  /// A method that the comparison trains.
  case method(ClassicalMethod)
  /// A trained model: its name, its title in the report, and the path of its file.
  case model(name: String, title: String, path: String)

  /// The short name, for the command line and tables.
  package var name: String {
    switch self {
    case .method(let method): method.name
    case .model(let name, _, _): name
    }
  }
}
