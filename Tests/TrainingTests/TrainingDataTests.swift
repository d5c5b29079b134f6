import Datasets
import Formats
import Foundation
import NeuralNetwork
import Testing
import Training

@Suite struct MaterialTests {
  /// A folder with a small MNIST and a small set of strokes, removed when it is done with.
  private final class Folder {
    let path = NSTemporaryDirectory() + "inkling-\(UUID().uuidString)"

    init(count: Int = 40, labels: Int? = nil) throws {
      let labelCount = labels ?? count
      for set in ["mnist", "mnist-writers", "pendigits"] {
        try FileManager.default.createDirectory(atPath: "\(path)/\(set)", withIntermediateDirectories: true)
      }
      let pixels = (0..<(count * 784)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try write(IDX(shape: [count, 28, 28], bytes: pixels).file, "mnist/train-images-idx3-ubyte")
      let digits = (0..<labelCount).map { UInt8($0 % 10) }
      try write(IDX(shape: [labelCount], bytes: digits).file, "mnist/train-labels-idx1-ubyte")
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

    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private var recipe: Recipe {
    var recipe = Recipe()
    (recipe.strokes, recipe.validation, recipe.heldOut) = (["pendigits"], 12, ["pendigits": 1])
    return recipe
  }

  @Test func writersAreApart() throws {
    let folder = try Folder()
    let material = try TrainingData(recipe, from: DatasetLocator(given: folder.path, environment: [:]))
    #expect(material.validation.count == 12 && material.pictures.count == 28)
    #expect(material.strokes.map(\.count) == [3] && material.validationStrokes.count == 1)
    // O is too like a zero to be taught as foreign.
    #expect(material.foreignStrokes.count == 3 && material.validationForeign.count == 1)
    #expect(material.split.contains("12 MNIST training pictures kept out"), "\(material.split)")
    #expect(material.split.contains("of pendigits kept out"), "\(material.split)")
  }

  @Test func aPairThatDoesNotBelongTogetherIsDamage() throws {
    let folder = try Folder(labels: 39)
    let error = #expect(throws: DataError.self) {
      try TrainingData(recipe, from: DatasetLocator(given: folder.path, environment: [:]))
    }
    if case .damaged = error {} else { Issue.record("\(error.debugDescription)") }
  }

  @Test(.enabled(if: RealData.folder != nil && Gzip.isAvailable, "the real sets are gzip files"))
  func mnistsWritersAreApart() throws {
    var recipe = Recipe()
    recipe.strokes = ["pendigits", "ujipenchars"]
    recipe.foreign = ["mdas-symbols"]
    let place = DatasetLocator(given: RealData.folder, environment: [:])
    let material = try TrainingData(recipe, from: place)
    #expect(material.validation.count > 9_900 && material.validation.count <= 10_000)
    #expect(material.pictures.count + material.validation.count == 60_000)
    #expect(material.split.contains("writers kept out"), "\(material.split)")
    #expect(material.foreignPictures.count > 1000)
    let writers = try place.mnist(.train).writers
    let kept = Set(ValidationSplit.byWriter(writers, count: 10_000))
    let keptWriters = Set(kept.map { writers[$0] })
    #expect(writers.indices.allSatisfy { kept.contains($0) == keptWriters.contains(writers[$0]) })
  }
}

/// Where the real data sets are, if anywhere.
enum RealData {
  static let folder: String? = {
    let named = ProcessInfo.processInfo.environment["INKLING_DATA"]
    return [named, "../shared/data"].compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0 + "/mnist")
    }
  }()
}
