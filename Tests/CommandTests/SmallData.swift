// Data small enough for a test: pages, drawings, and an MNIST of a few hundred pictures in IDX files.

import Foundation
import TestSupport

enum SmallData {
  /// Puts `digits.jsonl`, `page.pgm` and `data/mnist/` into a folder.
  static func write(to folder: TemporaryFolder) throws {
    let digits = ReadmeTests.project.appendingPathComponent("Assets/digits.jsonl")
    try FileManager.default.copyItem(at: digits, to: folder.url.appendingPathComponent("digits.jsonl"))
    for words in [
      ["render", "digits.jsonl", "--line", "4", "--out", "page.pgm"],
      ["see", "digits.jsonl", "--single", "--out", "inputs.pgm"],
    ] {
      let outcome = try Inkling.run(words, in: folder.url)
      guard outcome.status == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: ["why": outcome.errors])
      }
    }
    let inputs = try Data(contentsOf: folder.url.appendingPathComponent("inputs.pgm"))
    // Ten P5 images of one size, one after the other: of each the pixels are its end.
    let pictures = (0..<10).map { inputs.prefix(inputs.count / 10 * ($0 + 1)).suffix(784) }
    let mnist = folder.url.appendingPathComponent("data/mnist")
    try FileManager.default.createDirectory(at: mnist, withIntermediateDirectories: true)
    for (part, count) in [("train", 300), ("t10k", 60)] {
      var images = idxHeader([count, 28, 28])
      var labels = idxHeader([count])
      for i in 0..<count {
        images.append(shifted(pictures[i % 10], by: i / 10 % 5 - 2))
        labels.append(UInt8(i % 10))
      }
      try images.write(to: mnist.appendingPathComponent("\(part)-images-idx3-ubyte"))
      try labels.write(to: mnist.appendingPathComponent("\(part)-labels-idx1-ubyte"))
    }
  }

  /// An environment in which that data is found, and nothing outside the folder is written.
  static func environment(of folder: TemporaryFolder) -> [String: String] {
    var variables = ["INKLING_DATA": folder.path("data"), "HOME": folder.path("home")]
    for name in ["DATA", "CONFIG", "STATE", "CACHE"] { variables["XDG_\(name)_HOME"] = folder.path("home") }
    return variables
  }

  private static func idxHeader(_ sides: [Int]) -> Data {
    var bytes = Data([0, 0, 8, UInt8(sides.count)])
    for side in sides { bytes.append(contentsOf: withUnsafeBytes(of: UInt32(side).bigEndian) { Array($0) }) }
    return bytes
  }

  /// A picture of 28 rows of 28, moved to the right; what leaves it on one side is paper on the other anyway.
  private static func shifted(_ picture: Data, by columns: Int) -> Data {
    let pixels = Array(picture)
    return Data(pixels.indices.map { i in pixels[(i - columns + 784) % 784] })
  }
}
