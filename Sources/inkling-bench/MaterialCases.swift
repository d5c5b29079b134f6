// A recipe's samples: the time to make them, and the images for other programs.

import Augmentation
import Datasets
import Formats
import Training

/// The cases of a recipe's samples.
enum MaterialCases {
  /// The microseconds to make one sample as JSON: the median of the first batches of five epochs.
  static func json(recipe path: String, data: String) throws -> String {
    let recipe = try read(path)
    let maker = try TrainingPlan(recipe, from: DatasetLocator(given: data, environment: [:])).batchMaker(
      ofNetwork: 0)
    let distorter = Distorter(recipe.distortion)
    let times = (0..<5).map { epoch in
      let order = maker.order(ofEpoch: epoch)
      let count = min(maker.batchesPerEpoch - 1, 40)
      let time = seconds {
        for index in 0..<count { _ = maker.batch(index, ofEpoch: epoch, order: order, with: distorter) }
      }
      return time / Double(count * maker.batchSize)
    }
    return "{\"microseconds\": \(median(times) * 1e6)}"
  }

  /// Writes a recipe's pictures as IDX files: `train-images`, `train-labels`, and `validation-` both.
  static func write(recipe path: String, data: String, to folder: String) throws -> String? {
    let recipe = try read(path)
    let material = try TrainingData(
      recipe, classes: recipe.outputClasses, from: DatasetLocator(given: data, environment: [:]))
    for (name, pictures) in [("train", material.pictures), ("validation", material.validation)] {
      let images = IDX(shape: [pictures.count, 28, 28], bytes: pictures.pixels)
      let labels = IDX(shape: [pictures.count], bytes: pictures.labels)
      try File.write(images.file, to: Path.join(folder, "\(name)-images"), replacing: true)
      try File.write(labels.file, to: Path.join(folder, "\(name)-labels"), replacing: true)
    }
    return nil
  }

  private static func read(_ path: String) throws -> Recipe {
    try Recipe(text: String(decoding: File.read(path), as: UTF8.self))
  }
}
