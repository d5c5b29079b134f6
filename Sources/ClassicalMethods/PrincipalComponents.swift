// Principal component analysis: the few directions in which digits differ most.
//
// C = (1 / (n−1)) Σ (x − m)(x − m)ᵀ = Σ λ_i v_i v_iᵀ with λ_1 ≥ λ_2 ≥ …;  a picture becomes its places
// (x − m)·v_1, (x − m)·v_2, … along the first of them, from which m + Σ ((x − m)·v_i) v_i is nearly the picture again.

/// Directions of greatest variance, and pictures seen along them.
package struct PrincipalComponents: Sendable {
  /// The mean picture.
  package let mean: [Float]
  /// A direction of length 1 in each row, the one of greatest variance first; its largest number is positive.
  package let components: Matrix
  /// The variance along each direction.
  package let variances: [Double]
  /// The share of the whole variance that these directions hold.
  package let explained: Double

  /// Finds the directions.
  package init(_ pictures: Matrix, components count: Int, _ effort: ExecutionContext) throws(Stopped) {
    let covariance = try Covariance(pictures, effort)
    self.init(covariance, components: count)
    try effort.check()
  }

  init(_ covariance: Covariance, components count: Int) {
    let n = covariance.varying.count
    let count = min(count, n)
    let eigen = Eigen(largest: count, of: covariance.sums, order: n)
    let freedom = Double(max(1, covariance.count - 1))
    var rows = Matrix(rows: count, columns: covariance.width)
    for i in 0..<count {
      let vector = eigen.vectors[(i * n)..<((i + 1) * n)]
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      for (value, column) in zip(vector, covariance.varying) {
        rows.values[i * covariance.width + column] = Float(largest < 0 ? -value : value)
      }
    }
    mean = covariance.mean.map { Float($0) }
    components = rows
    variances = eigen.values.map { $0 / freedom }
    let trace = (0..<n).reduce(0) { $0 + covariance.sums[$1 * n + $1] }
    explained = trace > 0 ? eigen.values.reduce(0, +) / trace : 0
  }

  /// The bytes of the mean and the directions.
  package var bytes: Int { (mean.count + components.values.count) * 4 }

  /// Pictures as places along the directions, a row each.
  package func project(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> Matrix {
    let offsets = (0..<components.rows).map { index in
      zip(components.row(index), mean).reduce(0) { $0 - Double($1.0) * Double($1.1) }
    }
    return try RowProducts(components, bias: { Float(offsets[$0]) }).product(pictures, effort)
  }
}

/// A method that sees pictures along their principal components alone.
package struct InComponents<Inner: Classifier>: Classifier {
  /// How many components it sees.
  package let count: Int
  /// The method itself.
  package private(set) var inner: Inner
  /// The components, once learnt.
  package private(set) var components: PrincipalComponents?

  /// Puts a method behind so many components.
  package init(_ count: Int, _ inner: Inner) {
    self.count = count
    self.inner = inner
  }

  /// The components' bytes and the method's.
  package var bytes: Int { (components?.bytes ?? 0) + inner.bytes }

  /// The components.
  package var learntPictures: Matrix? { components?.components }

  /// Finds the components, then fits the method to the pictures seen along them.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let found = try PrincipalComponents(samples.pictures, components: count, effort.part(0, 0.7))
    let seen = try found.project(samples.pictures, effort.part(0.7, 0.9))
    try inner.fit(Samples(pictures: seen, labels: samples.labels), effort.part(0.9, 1))
    components = found
  }

  /// The method's answers to the pictures seen along the components.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    guard let components else { return [UInt8](repeating: 0, count: pictures.rows) }
    let seen = try components.project(pictures, effort.part(0, 0.2))
    return try inner.predict(seen, effort.part(0.2, 1))
  }
}
