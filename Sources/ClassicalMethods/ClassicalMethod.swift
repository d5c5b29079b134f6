// The classical methods of the comparison, with the few settings of each that are tried on validation data.

import Basics

/// A classical method and the settings to choose from.
package struct ClassicalMethod: Sendable {
  /// A setting's name and value.
  package typealias Setting = MethodResult.Parameter

  /// The short name, for the command line and tables.
  package let name: String
  /// The usual name.
  package let title: String
  /// What it does, in two sentences.
  package let about: String
  /// The combinations of settings that are tried; a single one is used without a trial.
  package let grid: [[Setting]]
  /// Seconds for 60,000 pictures on a machine whose matrix product does 100 billion operations a second and thread.
  let usualSeconds: Double
  /// Makes the method stopped after a number of passes over the data; nil if it does not learn in passes.
  var makeStopped: (@Sendable ([Setting], Int) -> any Classifier)?
  /// Makes the method with settings.
  let make: @Sendable ([Setting]) -> any Classifier

  /// All classical methods, the simplest first.
  package static let all: [ClassicalMethod] = [
    kMeans(10, usualSeconds: 1.5), kMeans(256, usualSeconds: 6),
    ClassicalMethod(
      name: "pca-nearest-mean", title: "PCA, nearest mean",
      about: "Each digit is its average picture, seen along the directions in which digits differ most. "
        + "The nearest average wins.",
      grid: grid(["components": ["20", "50", "100"]]), usualSeconds: 0.5
    ) { PrincipalComponentClassifier(integer($0, "components"), NearestMean()) },
    ClassicalMethod(
      name: "least-squares", title: "Least squares",
      about:
        "A weighted sum of the pixels for each digit, as near as possible to 1 for its pictures and to 0 for "
        + "others. The largest sum wins.",
      grid: grid(["penalty": ["1", "10", "100"]]), usualSeconds: 0.5
    ) { LeastSquares(penalty: value($0, "penalty")) },
    ClassicalMethod(
      name: "softmax", title: "Softmax regression",
      about: "A weighted sum of the pixels for each digit, whose exponentials are probabilities. "
        + "It is what a neural network without a hidden layer is.",
      grid: grid(["C": ["0.01", "0.1", "1"]]), usualSeconds: 4,
      makeStopped: { SoftmaxRegression(inverseRegularization: value($0, "C"), iterations: $1) },
      make: { SoftmaxRegression(inverseRegularization: value($0, "C")) }),
    ClassicalMethod(
      name: "knn", title: "k nearest neighbours",
      about:
        "The training pictures most like a new one vote. Nothing is learnt, and everything is remembered.",
      grid: grid(["k": ["1", "3", "5", "7"]]), usualSeconds: 6
    ) { NearestNeighbors(k: integer($0, "k")) },
    ClassicalMethod(
      name: "pca-knn", title: "PCA, k nearest neighbours",
      about: "The same vote among pictures seen along a few directions. "
        + "It is faster and better, because what is left out is mostly noise.",
      grid: grid(["components": ["30", "50", "80"], "k": ["3", "5"]]), usualSeconds: 1
    ) { PrincipalComponentClassifier(integer($0, "components"), NearestNeighbors(k: integer($0, "k"))) },
    ClassicalMethod(
      name: "svm-rbf", title: "Support vector machine",
      about:
        "Between every two digits the border with the widest margin, in a space where likeness falls with "
        + "distance as a bell curve. The 45 borders vote.",
      grid: grid(["C": ["2", "5", "10"], "gamma": ["0.01", "0.02", "0.03"]]), usualSeconds: 30
    ) { SupportVectorMachine(cost: value($0, "C"), gamma: value($0, "gamma")) },
  ]

  private static func kMeans(_ clusters: Int, usualSeconds: Double) -> ClassicalMethod {
    ClassicalMethod(
      name: "k-means-\(clusters)", title: "k-means, \(clusters) clusters",
      about: "\(clusters) typical pictures, found without looking at the labels. "
        + "A new picture gets the digit that most pictures of the nearest one have.",
      grid: grid(["clusters": ["\(clusters)"], "iterations": ["100"]]),
      usualSeconds: usualSeconds,
      makeStopped: { KMeans(clusters: integer($0, "clusters"), iterations: $1) },
      make: { KMeans(clusters: integer($0, "clusters"), iterations: integer($0, "iterations")) })
  }

  /// All combinations of the settings' values; the first setting changes slowest.
  private static func grid(_ values: KeyValuePairs<String, [String]>) -> [[Setting]] {
    values.reduce([[]]) { combinations, setting in
      combinations.flatMap { combination in
        setting.value.map { combination + [Setting(name: setting.key, value: $0)] }
      }
    }
  }

  private static func value(_ settings: [Setting], _ name: String) -> Double {
    settings.first { $0.name == name }.flatMap { Double($0.value) } ?? 1
  }

  private static func integer(_ settings: [Setting], _ name: String) -> Int {
    Int(clamping: value(settings, name))
  }
}
