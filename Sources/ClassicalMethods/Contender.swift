// The methods that the comparison knows, with the few settings of each that are tried on validation data.

import Basics

/// A method of the comparison and its settings to choose from.
package struct Contender: Sendable {
  /// A setting by name.
  package typealias Setting = (name: String, value: Double)

  /// What the figures call it.
  package let name: String
  /// What people call it.
  package let title: String
  /// What it does, in two sentences.
  package let about: String
  /// The settings that are tried; where there is but one, nothing is.
  package let grid: [[Setting]]
  /// Seconds that 60,000 pictures take on a machine whose matrix product does 100 billion operations a second and thread.
  let usualSeconds: Double
  /// Makes the method with settings.
  let make: @Sendable ([Setting]) -> any Classifier
  /// Makes the method stopped after so many passes over the data, where it has such.
  let passes: (@Sendable ([Setting], Int) -> any Classifier)?

  init(
    _ name: String, title: String, about: String, grid: [[Setting]], usualSeconds: Double,
    passes: (@Sendable ([Setting], Int) -> any Classifier)? = nil,
    make: @escaping @Sendable ([Setting]) -> any Classifier
  ) {
    self.name = name
    self.title = title
    self.about = about
    self.grid = grid
    self.usualSeconds = usualSeconds
    self.make = make
    self.passes = passes
  }

  /// Every classical method, the simplest first.
  package static let all: [Contender] = [
    means(10, usualSeconds: 1.5), means(256, usualSeconds: 6),
    Contender(
      "pca-nearest-mean", title: "PCA, nearest mean",
      about: "Each digit is its average picture, seen along the directions in which digits differ most. "
        + "The nearest average wins.",
      grid: [20, 50, 100].map { [("components", $0)] }, usualSeconds: 0.5
    ) { InComponents(whole($0, "components"), NearestMean()) },
    Contender(
      "least-squares", title: "Least squares",
      about:
        "A weighted sum of the pixels for each digit, as near as possible to 1 for its pictures and to 0 for "
        + "others. The largest sum wins.",
      grid: [1, 10, 100].map { [("penalty", $0)] }, usualSeconds: 0.5
    ) { LeastSquares(penalty: value($0, "penalty")) },
    Contender(
      "softmax", title: "Softmax regression",
      about: "A weighted sum of the pixels for each digit, whose exponentials are probabilities. "
        + "It is what a neural network without a hidden layer is.",
      grid: [0.01, 0.1, 1].map { [("C", $0)] }, usualSeconds: 4,
      passes: { SoftmaxRegression(freedom: value($0, "C"), iterations: $1) },
      make: { SoftmaxRegression(freedom: value($0, "C")) }),
    Contender(
      "knn", title: "k nearest neighbours",
      about:
        "The training pictures most like a new one vote. Nothing is learnt, and everything is remembered.",
      grid: [1, 3, 5, 7].map { [("k", $0)] }, usualSeconds: 6
    ) { NearestNeighbors(k: whole($0, "k")) },
    Contender(
      "pca-knn", title: "PCA, k nearest neighbours",
      about: "The same vote among pictures seen along a few directions. "
        + "It is faster and better, because what is left out is mostly noise.",
      grid: [30.0, 50, 80].flatMap { count in [3.0, 5].map { [("components", count), ("k", $0)] } },
      usualSeconds: 1
    ) { InComponents(whole($0, "components"), NearestNeighbors(k: whole($0, "k"))) },
    Contender(
      "svm-rbf", title: "Support vector machine",
      about:
        "Between every two digits the border with the widest margin, in a space where likeness falls with "
        + "distance as a bell curve. The 45 borders vote.",
      grid: [2.0, 5, 10].flatMap { cost in [0.01, 0.02, 0.03].map { [("C", cost), ("gamma", $0)] } },
      usualSeconds: 30
    ) { SupportVectors(cost: value($0, "C"), gamma: value($0, "gamma")) },
  ]

  private static func means(_ clusters: Int, usualSeconds: Double) -> Contender {
    Contender(
      "k-means-\(clusters)", title: "k-means, \(clusters) clusters",
      about: "\(clusters) typical pictures, found without looking at the labels. "
        + "A new picture gets the digit that most pictures of the nearest one have.",
      grid: [[("clusters", Double(clusters)), ("iterations", 100)]], usualSeconds: usualSeconds,
      passes: { KMeans(clusters: whole($0, "clusters"), iterations: $1) },
      make: { KMeans(clusters: whole($0, "clusters"), iterations: whole($0, "iterations")) })
  }

  private static func value(_ settings: [Setting], _ name: String) -> Double {
    settings.first { $0.name == name }?.value ?? 1
  }

  private static func whole(_ settings: [Setting], _ name: String) -> Int {
    Int(clamping: value(settings, name))
  }
}
