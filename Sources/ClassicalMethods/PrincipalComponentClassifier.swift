// A classifier that is given the pictures' coordinates along their principal components.

/// A classifier behind a principal component analysis.
package struct PrincipalComponentClassifier<Inner: Classifier>: Classifier {
  /// The number of components.
  package let count: Int
  /// The classifier of the coordinates.
  package private(set) var inner: Inner
  /// The components, once learnt.
  package private(set) var components: PrincipalComponents?

  /// Makes an untrained classifier.
  package init(_ count: Int, _ inner: Inner) {
    self.count = count
    self.inner = inner
  }

  /// The size of the components and of the inner classifier.
  package var bytes: Int { (components?.bytes ?? 0) + inner.bytes }

  /// The components.
  package var learntPictures: Matrix? { components?.components }

  /// Computes the components, then fits the inner classifier to the pictures' coordinates.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
    let found = try PrincipalComponents(samples.pictures, components: count, context.part(0, 0.7))
    let coordinates = try found.project(samples.pictures, context.part(0.7, 0.9))
    try inner.fit(Samples(pictures: coordinates, labels: samples.labels), context.part(0.9, 1))
    components = found
  }

  /// The inner classifier's answers to the pictures' coordinates.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    guard let components else { return [UInt8](repeating: 0, count: pictures.rows) }
    let coordinates = try components.project(pictures, context.part(0, 0.2))
    return try inner.predict(coordinates, context.part(0.2, 1))
  }
}
