// Principal component analysis: the few directions in which digits differ most.
//
// C = (1 / (n−1)) Σ (x − m)(x − m)ᵀ = Σ λ_i v_i v_iᵀ with λ_1 ≥ λ_2 ≥ …;  a picture is described by its coordinates
// (x − m)·v_1, (x − m)·v_2, … along the first of them, from which m + Σ ((x − m)·v_i) v_i approximates the picture.

/// The directions of greatest variance.
package struct PrincipalComponents: Sendable {
  /// The mean picture.
  package let mean: [Float]
  /// A direction of length 1 in each row, the one of greatest variance first; its largest number is positive.
  package let components: Matrix
  /// The variance along each direction.
  package let variances: [Double]
  /// The share of the total variance along these directions.
  package let explained: Double

  /// Computes the first `count` directions.
  package init(_ pictures: Matrix, components count: Int, _ context: ExecutionContext) throws(Stopped) {
    let covariance = try Covariance(pictures, context)
    let (columns, scatter) = (covariance.varyingColumns, covariance.scatter)
    let n = columns.count
    let count = min(count, n)
    let eigen = Eigenpairs(largest: count, of: scatter, order: n)
    let degreesOfFreedom = Double(max(1, covariance.count - 1))
    var rows = Matrix(rows: count, columns: covariance.width)
    for i in 0..<count {
      let vector = eigen.vectors[(i * n)..<((i + 1) * n)]
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      for (value, column) in zip(vector, columns) {
        rows.values[i * covariance.width + column] = Float(largest < 0 ? -value : value)
      }
    }
    mean = covariance.mean.map { Float($0) }
    components = rows
    variances = eigen.values.map { $0 / degreesOfFreedom }
    let trace = (0..<n).reduce(0) { $0 + scatter[$1 * n + $1] }
    explained = trace > 0 ? eigen.values.reduce(0, +) / trace : 0
    try context.check()
  }

  /// The size of the mean and the directions.
  package var bytes: Int { (mean.count + components.values.count) * 4 }

  /// The pictures' coordinates along the directions, a row each.
  package func project(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> Matrix {
    let offsets = (0..<components.rows).map { index in
      zip(components.row(index), mean).reduce(0) { $0 - Double($1.0) * Double($1.1) }
    }
    return try PackedRows(components, bias: { Float(offsets[$0]) }).product(pictures, context)
  }
}
