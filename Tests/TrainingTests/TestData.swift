// Small training data for the tests.

import Datasets
import Formats
import Foundation
import Preprocessing
import Training

/// Pictures of stripes, whose position is the class.
func stripes(count: Int) -> TrainingData {
  var data = TrainingData()
  data.pictures.pixels = stripePixels(count: count)
  data.pictures.labels = (0..<count).map { UInt8($0 % 10) }
  return data
}

private func stripePixels(count: Int) -> [UInt8] {
  let side = 28
  return (0..<count).flatMap { k in
    (0..<PictureSet.pictureSize).map { UInt8(truncatingIfNeeded: ($0 / side + k) % 10 * 25 + $0 % 7) }
  }
}

extension BatchMaker {
  /// The batches of pictures alone.
  init(_ data: TrainingData, recipe: Recipe) {
    self.init(data, recipe: recipe, classes: recipe.outputClasses, format: .picture(.usual))
  }
}

extension TrainingRun {
  /// Trains until the end, or up to a step; calls `onEpoch` after each epoch.
  func run(until lastStep: Int = .max, onEpoch: (TrainingRun) -> Void = { _ in }) -> End {
    run(isInterrupted: { stepsDone >= lastStep }, onStep: { _ in }, onEpoch: { _, run in onEpoch(run) })
  }
}

/// A temporary folder with a small MNIST and a small set of strokes; it is removed with its last reference.
final class DataFolder {
  let path = NSTemporaryDirectory() + "inkling-\(UUID().uuidString)"

  var locator: DatasetLocator { DatasetLocator(given: path, environment: [:]) }

  init(count: Int = 40, labels: Int? = nil) throws {
    let labelCount = labels ?? count
    for set in ["mnist", "mnist-writers", "pendigits"] {
      try FileManager.default.createDirectory(atPath: "\(path)/\(set)", withIntermediateDirectories: true)
    }
    try write(
      IDX(shape: [count, 28, 28], bytes: stripePixels(count: count)).file, "mnist/train-images-idx3-ubyte")
    let digits = (0..<labelCount).map { UInt8($0 % 10) }
    try write(IDX(shape: [labelCount], bytes: digits).file, Self.labelFile)
    var rows: [UInt8] = []
    for k in 0..<count {
      for value in [k % 10, 0, k / 4] { rows += [0, 0, 0, UInt8(value)] }
    }
    try write(
      IDX(.int32, shape: [count, 3], bytes: rows).file, "mnist-writers/qmnist-train-labels-idx2-int")
    let lines = (1...4).flatMap { writer in
      ["3", "A", "O"].map { "{\"label\":\"\($0)\",\"writer\":\(writer),\"strokes\":[[[0,0],[0,9],[3,9]]]}" }
    }
    try write(Array(lines.joined(separator: "\n").utf8), "pendigits/strokes.jsonl")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static let labelFile = "mnist/train-labels-idx1-ubyte"

  func path(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: path(name)))
  }

  func read(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(name)).map(Array.init)
  }
}

/// The folder of the real data sets; nil where they are not installed.
enum RealData {
  static let folder: String? = {
    let named = ProcessInfo.processInfo.environment["INKLING_DATA"]
    return [named, "../shared/data"].compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0 + "/mnist")
    }
  }()
}
