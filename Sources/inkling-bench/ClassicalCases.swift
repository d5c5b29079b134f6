// The classical methods, once each on the whole of MNIST: seconds and answers, for `Benchmarks/comparison.py`.

import Basics
import ClassicalMethods
import Datasets
import Formats

/// The classical methods.
enum ClassicalCases {
  /// Fits and predicts; gives the seconds and the accuracy as JSON, and writes the answers to a file, a byte each (for
  /// PCA the components, as single precision).
  static func run(_ name: String, data: String, to path: String, threads: Int) throws -> String {
    let place = DatasetLocator(given: data, environment: [:])
    let (train, test) = (Samples(try place.mnist(.train)), Samples(try place.mnist(.test)))
    let effort = ExecutionContext(threads: threads)
    if name == "pca" {
      let start = now()
      let found = try PrincipalComponents(train.pictures, components: 50, effort)
      let seconds = now() - start
      let bytes = found.components.values.flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
      try File.write(bytes, to: path, replacing: true)
      return "{\"fit\": \(seconds)}"
    }
    guard var method = method(name) else { return "null" }
    let start = now()
    try method.fit(train, effort)
    let fitted = now()
    let answers = try method.predict(test.pictures, effort)
    let done = now()
    try File.write(answers, to: path, replacing: true)
    let right = zip(answers, test.labels).count { $0 == $1 }
    let vectors = (method as? SupportVectorMachine)?.vectorCount ?? 0
    return "{\"fit\": \(fitted - start), \"predict\": \(done - fitted), "
      + "\"accuracy\": \(Double(right) / Double(test.count)), \"vectors\": \(vectors)}"
  }

  /// The settings are those that scikit-learn gets in `comparison.py`.
  private static func method(_ name: String) -> (any Classifier)? {
    switch name {
    case "knn": NearestNeighbors(k: 3)
    case "pca-knn": PrincipalComponentClassifier(50, NearestNeighbors(k: 3))
    case "k-means-256": KMeans(clusters: 256, iterations: 100)
    case "softmax": SoftmaxRegression(inverseRegularization: 1, iterations: 100)
    case "least-squares": LeastSquares(penalty: 1)
    case "svm-rbf": SupportVectorMachine(cost: 5, gamma: 0.02)
    default: nil
    }
  }
}
