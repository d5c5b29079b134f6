// Small data for these tests: files, a model, and drawings of digits.

import Basics
import Datasets
import Formats
import Foundation
import Ink
import NeuralNetwork
import Recognition
import TestSupport

extension TemporaryFolder {
  /// Writes a file into the folder, and the folders above the file.
  func write(_ bytes: some Sequence<UInt8>, _ name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Writes an IDX pair of images whose labels count from 0 to 9.
  func writeImages(_ prefix: String, side: Int, _ pixels: [UInt8]) throws {
    let count = pixels.count / (side * side)
    try write(IDX(shape: [count, side, side], bytes: pixels).file, "\(prefix)-images-idx3-ubyte")
    try write(
      IDX(shape: [count], bytes: (0..<count).map { UInt8($0 % 10) }).file, "\(prefix)-labels-idx1-ubyte")
  }
}

enum Samples {
  /// A model with random weights.
  static func model(_ name: String = "random", seed: UInt64 = 1, classes: Classes = .digits) throws -> Model {
    let network = Network(try Architecture("784-8s-\(classes.outputs)"), seed: seed)
    return try Model(name: name, networks: [network], classes: classes)
  }

  /// Drawings of all ten labels by two writers, lines that differ by their labels.
  static let digits: [LabelledDrawing] = (0..<20).map { (number: Int) -> LabelledDrawing in
    let points = (0...8).map { (step: Int) -> Point in
      let bend = step * step * number % 50
      return Point(x: Double(step * (number % 10) * 4), y: Double(step * 30 + bend))
    }
    let stroke = Stroke(points.map { Stroke.Sample($0) })
    return LabelledDrawing(Drawing([stroke]), label: "\(number % 10)", writer: Writer(number / 10))
  }
}
