// What every classical method can do: learn from labelled pictures, and classify new ones.

/// A method that learns digits from labelled pictures.
package protocol Classifier: Sendable {
  /// Learns from samples, and discards what it learnt before.
  mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped)
  /// The digit of each row.
  func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8]
  /// The size in bytes of what prediction needs.
  var bytes: Int { get }
  /// The learnt parameters that can be shown as pictures, one a row; nil where there are none.
  var learntPictures: Matrix? { get }
}

extension Classifier {
  /// No pictures.
  package var learntPictures: Matrix? { nil }
}
