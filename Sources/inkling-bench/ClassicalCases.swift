// Runs the classical methods, each once on all of MNIST: seconds and predictions, for `Benchmarks/comparison.py`.

import Basics
import ClassicalMethods
import Datasets
import Formats

/// The classical methods.
enum ClassicalCases {
  // Fits and predicts. Gives the seconds and the accuracy as JSON, and writes the predictions to a file, a byte each
  // (for PCA the components, in single precision).
  static func run(_ name: String, data: String, to path: String, threads: Int) throws -> String {
    let datasets = DatasetLocator(given: data, environment: [:])
    let (train, test) = (Samples(try datasets.mnist(.train)), Samples(try datasets.mnist(.test)))
    let context = ExecutionContext(threads: threads)
    if name == "pca" {
      let start = MonotonicClock.seconds
      let result = try PrincipalComponents(train.pictures, components: 50, context)
      let seconds = MonotonicClock.seconds - start
      let bytes = result.components.values.flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
      try File.write(bytes, to: path, replacing: true)
      return "{\"fit\": \(seconds)}"
    }
    guard var method = method(name) else { return "null" }
    let start = MonotonicClock.seconds
    try method.fit(train, context)
    let fitted = MonotonicClock.seconds
    let predictions = try method.predict(test.pictures, context)
    let done = MonotonicClock.seconds
    try File.write(predictions, to: path, replacing: true)
    let right = zip(predictions, test.labels).count { $0 == $1 }
    let vectors = (method as? SupportVectorMachine)?.vectorCount ?? 0
    return "{\"fit\": \(fitted - start), \"predict\": \(done - fitted), "
      + "\"accuracy\": \(Double(right) / Double(test.count)), \"vectors\": \(vectors)}"
  }

  /// A method with the settings that scikit-learn has in `comparison.py`.
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
