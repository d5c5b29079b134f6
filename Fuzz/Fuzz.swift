// The entry point of the coverage-guided fuzzer: the reader that `$INKLING_READER` names, on the fuzzer's bytes.

import Arithmetic
import Basics
import CLibrary
import Datasets
import Exercises
import Formats
import Ink
import NeuralNetwork
import Recognition
import Training

/// The readers by their names.
///
/// A value and a typed error are both correct results.
private let readers: [String: @Sendable ([UInt8]) throws -> Void] = [
  "document": { bytes in _ = try Document(bytes) },
  "pnm": { bytes in _ = try PNM.images(bytes) },
  "idx": { bytes in _ = try IDX(file: bytes) },
  "strokes": { bytes in _ = try StrokeFile.drawings(bytes) },
  "inkml": { bytes in _ = try InkML.drawing(bytes) },
  "unipen": { bytes in _ = try UNIPEN.drawings(bytes, isUpwards: true) },
  "json": { bytes in
    var cursor = JSONCursor(bytes)
    try cursor.skip()
    try cursor.finish()
  },
  "png": { bytes in _ = try PNG.image(bytes) },
  "jpeg": { bytes in _ = try JPEG.image(bytes) },
  "gzip": { bytes in _ = try Gzip.decompress(bytes, limit: 1 << 24) },
  "compress": { bytes in _ = try Compress.decompress(bytes, limit: 1 << 24) },
  "npz": { bytes in for array in try NPZ.arrays(bytes, limit: 1 << 24).values { _ = array.texts } },
  "npy": { bytes in for array in try NPZ.arrays(archive(bytes)).values { _ = (array.levels, array.texts) } },
  "journal": { bytes in readJournal(bytes) },
  "safetensors": { bytes in _ = try Safetensors(bytes: bytes) },
  "model": { bytes in try readModel(bytes) },
  "architecture": { bytes in try readArchitecture(String(decoding: bytes, as: UTF8.self)) },
  "theta": { bytes in
    let halves = bytes.split(separator: 0, maxSplits: 1).map(Array.init)
    _ = try ThetaText.network(theta1: halves.first ?? [], theta2: halves.last ?? [])
  },
  "language": { bytes in try readLanguage(bytes) },
  "recipe": { bytes in try readRecipe(String(decoding: bytes, as: UTF8.self)) },
  "checkpoint": { bytes in try readCheckpoint(bytes) },
  "history": { bytes in _ = History(csv: String(decoding: bytes, as: UTF8.self))?.csv },
  "key": { bytes in _ = try AnswerKey(bytes).answers(for: "page.pgm") },
  "names": { bytes in
    let name = bytes.prefix { $0 != 0 }
    let text = String(nameBytes: name)
    precondition(text.nameBytes.dropLast().map { UInt8(bitPattern: $0) } == Array(name))
    precondition(!text.onOneLine.unicodeScalars.contains { $0.value < 0x20 })
  },
]

private let reader: @Sendable ([UInt8]) throws -> Void = {
  guard let reader = readers[Environment["INKLING_READER"] ?? ""] else {
    print("INKLING_READER must be one of: \(readers.keys.sorted().joined(separator: ", "))")
    exit(64)
  }
  return reader
}()

/// The function that libFuzzer calls.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do { try reader(Array(UnsafeBufferPointer(start: start, count: count))) } catch { _ = "\(error)" }
  return 0
}

// MARK: Readers that need more than the bytes

/// Numbers of the fuzzer as a file has them.
private func little(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// A zip file with the bytes as its only entry, whose checksum the fuzzer would not find.
private func archive(_ content: [UInt8]) -> [UInt8] {
  let name = Array("a.npy".utf8)
  let sizes = little(Int(CRC32.checksum(content)), 4) + little(content.count, 4) + little(content.count, 4)
  let local =
    little(0x0403_4B50, 4) + little(20, 2) + [UInt8](repeating: 0, count: 8) + sizes + little(name.count, 2)
    + little(0, 2) + name + content
  let entry =
    little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + [UInt8](repeating: 0, count: 8) + sizes
    + little(name.count, 2) + [UInt8](repeating: 0, count: 16) + name
  let end =
    little(0x0605_4B50, 4) + little(0, 4) + little(1, 2) + little(1, 2) + little(entry.count, 4)
    + little(local.count, 4) + little(0, 2)
  return local + entry + end
}

/// A journal's steps on a page; what is written of them is read back as the same steps.
private func readJournal(_ bytes: [UInt8]) {
  let content = JournalText.content(of: bytes)
  var page = Page()
  for entry in content.entries { page.apply(entry) }
  let written = content.entries.flatMap { JournalText.bytes(of: $0) }
  let again = JournalText.content(of: written)
  precondition(again.entries.count == content.entries.count && !again.isDamaged, "steps are lost")
  var other = Page()
  for entry in again.entries { other.apply(entry) }
  precondition(other.drawing.strokes.count == page.drawing.strokes.count, "another page")
}

/// A model of a header that ends with a zero, and of bytes; where it is one, it reads a page.
private func readModel(_ bytes: [UInt8]) throws {
  let header = bytes.prefix { $0 != 0 }
  let file = little(header.count, 8) + header + bytes.dropFirst(header.count + 1)
  let model = try Model(bytes: file)
  guard model.parts.flatMap(\.networks).allSatisfy({ $0.architecture.valueCount < 20_000 }) else { return }
  let stroke = Stroke([Stroke.Sample(Point(x: 200, y: 100)), Stroke.Sample(Point(x: 210, y: 500))])
  for mode in model.modes {
    let reading = try Recognizer(model, mode: mode).read(Page(drawing: Drawing([stroke])))
    precondition(reading.symbols.allSatisfy { $0.candidates.allSatisfy(\.probability.isFinite) })
  }
}

private func readArchitecture(_ text: String) throws {
  let architecture = try Architecture(text)
  _ = ArchitectureTable(architecture).text
  guard architecture.valueCount < 20_000, architecture.parameterCount < 200_000 else { return }
  let inference = Inference(Network(architecture, seed: 1))
  let input = [Float](repeating: 0.5, count: architecture.input.count)
  precondition(inference.probabilities(input).count == architecture.outputs)
}

/// A language of lines that end with a zero, and of n-grams, whose checksum the fuzzer would not find.
private func readLanguage(_ bytes: [UInt8]) throws {
  let header = bytes.prefix { $0 != 0 }
  let content = bytes.dropFirst(header.count + 1)
  let checksum = Array("crc32 \(CRC32.hexadecimal(content))\n\n".utf8)
  _ = try CharacterNGrams(bytes: header + checksum + content)
}

private func readRecipe(_ text: String) throws {
  let recipe = try Recipe(text: text)
  // What is written of a recipe is read as the same one.
  let again = try Recipe(text: recipe.text)
  precondition(again == recipe, "the recipe '\(recipe.text)' changes")
}

/// The recipe and the data of the checkpoints.
private let recipe: Recipe = {
  var recipe = Recipe()
  (recipe.architecture, recipe.batchSize, recipe.epochs) = ("4-3-2", 2, 2)
  (recipe.optimizer, recipe.averageSmoothing, recipe.patience) = (.adam, 0.9, 2)
  return recipe
}()

/// A checkpoint of parts, whose checksum the fuzzer would not find.
private func readCheckpoint(_ bytes: [UInt8]) throws {
  var file = Array("INKLING CHECKPOINT 1\n".utf8) + bytes
  var hash = Fingerprint()
  for byte in file { hash.add(UInt64(byte)) }
  file += (0..<8).map { UInt8(truncatingIfNeeded: hash.sum >> (8 * $0)) }
  let checkpoint = try Checkpoint(bytes: file)
  _ = checkpoint[text: "history"].flatMap { History(csv: $0) }
  let network = Network(try Architecture(recipe.architecture), seed: 1)
  _ = try TrainedNetworks(in: checkpoint, like: network, most: 3)
  if let state = checkpoint.parts["engine"] {
    let training = recipe.makeTrainer(for: network, batchSize: 2, threads: 1)
    if training.restore(state) { _ = training.network }
  }
  if let state = checkpoint.parts["minimizer"], let minimizer = LBFGS(bytes: state) {
    precondition(minimizer.bytes == state)
  }
}
