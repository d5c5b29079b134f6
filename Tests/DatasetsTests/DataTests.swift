// Data sets: their search, their reading and their checks.

import Datasets
import Formats
import Foundation
import Ink
import Testing

/// The folder with the real data sets, if there is one.
let realData: DatasetLocator? = {
  let environment = ProcessInfo.processInfo.environment
  let candidates = [environment["INKLING_DATA"], "../shared/data"].compactMap { $0 }
  return candidates.first { Path.kind(of: Path.join($0, "mnist")) == .folder }
    .map { DatasetLocator(given: $0, environment: environment) }
}()

@Suite("Data sets")
struct DataTests {
  /// Runs a test with a folder that is removed at its end.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "inkling-data-" + UUID().uuidString
    try Path.makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func writeMNIST(to folder: String, count: Int = 3, labels: Int = 3) throws {
    try Path.makeFolder(folder)
    let images = IDX(shape: [count, 2, 2], bytes: (0..<UInt8(count * 4)).map { $0 })
    let answers = IDX(shape: [labels], bytes: (0..<UInt8(labels)).map { $0 })
    try File.write(images.file, to: folder + "/t10k-images-idx3-ubyte")
    try File.write(answers.file, to: folder + "/t10k-labels.idx1-ubyte")
  }

  @Test(
    "are found in the named folder, directly or by name, then in $INKLING_DATA, then in the data folder")
  func search() throws {
    try withFolder { folder in
      try writeMNIST(to: folder + "/a/mnist")
      try writeMNIST(to: folder + "/b")
      try Path.makeFolder(folder + "/c/inkling/pendigits")
      try Path.makeFolder(folder + "/empty")
      let environment = ["INKLING_DATA": folder + "/a", "XDG_DATA_HOME": folder + "/c"]
      func find(_ set: String, _ given: String?) throws -> String? {
        try DatasetLocator(given: given, environment: environment).find(set)
      }
      #expect(try find("mnist", nil) == folder + "/a/mnist")
      #expect(try find("mnist", folder + "/b") == folder + "/b")
      #expect(try find("mnist", folder + "/a") == folder + "/a/mnist")
      #expect(try find("pendigits", nil) == folder + "/c/inkling/pendigits")
      #expect(try find("pendigits", folder + "/b") == folder + "/c/inkling/pendigits")
      #expect(try find("mnist", folder + "/empty") == nil)
      #expect(throws: DataError.self) { try find("mnist", folder + "/none") }
      #expect(throws: DataError.self) {
        try DatasetLocator(given: folder + "/empty", environment: environment).mnist(.test)
      }
    }
  }

  @Test("can consist of one pair of files; reading the other pair gives an error")
  func onePair() throws {
    try withFolder { folder in
      try writeMNIST(to: folder)
      let images = try MNIST.images(.test, in: folder)
      #expect(images.count == 3)
      #expect(images.picture(1).pixels == [251, 250, 249, 248])
      #expect(images.name(of: 2) == "2")
      #expect(throws: DataError.self) { try MNIST.images(.train, in: folder) }
    }
  }

  @Test("whose files do not match give an error")
  func mismatch() throws {
    try withFolder { folder in
      try writeMNIST(to: folder, labels: 4)
      do {
        _ = try MNIST.images(.test, in: folder)
        Issue.record("a label too many was read")
      } catch let error as DataError {
        #expect("\(error)".contains("4 labels") && "\(error)".contains("3 pictures"))
      }
      #expect(throws: DataError.self) {
        try ImageSet(images: folder + "/t10k-labels.idx1-ubyte", labels: folder + "/t10k-images-idx3-ubyte")
      }
    }
  }

  @Test("have MD5 checksums as in the standard's examples")
  func checksums() {
    #expect(MD5.checksum([]) == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(MD5.checksum(Array("message digest".utf8)) == "f96b697d7cb7938d525a2f31aaf161d0")
    let digits = Array(String(repeating: "1234567890", count: 8).utf8)
    #expect(MD5.checksum(digits) == "57edf4a22be3c955ac49da2e2107b67a")
    #expect(MD5.checksum(Array(digits[..<55])) == "c9ccf168914a1bcfc3229f1948e67da0")
    #expect(MD5.checksum(Array(digits[..<56])) == "49f193adce178490e34d1b3a4ec0064c")
    #expect(MD5.checksum(Array(digits[..<64])) == "eb6c4179c0a7c82cc2828c1e6338e165")
  }

  @Test("have a source and terms, or advice how to get them")
  func catalog() throws {
    let all = DatasetDescription.all
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.allSatisfy { !$0.source.isEmpty && !$0.terms.isEmpty && !$0.content.isEmpty })
    #expect(DatasetDescription.named("unipen-chars")?.source.contains("Guyon") == true)
    #expect(DatasetDescription.named("detexify-other")?.terms == "ODbL")
    try withFolder { folder in
      let locator = DatasetLocator(given: folder, environment: [:])
      for (set, advice) in [
        ("pendigits", "data fetch pendigits"), ("unipen-chars", "data import unipen"),
        ("sse-letters", "SSE-letters (MIT)"),
        ("nobody-knows", "name the folder"),
      ] {
        let error = #expect(throws: DataError.self) { try locator.folder(of: set) }
        let text = try #require(error).description
        #expect(text.contains(advice))
      }
    }
  }

  @Test("have one label for each sign")
  func signs() throws {
    let pairs = [
      ("\\times", "×"), ("−", "-"), ("\\leqslant", "≤"), ("∑", "Σ"), ("÷", "÷"), ("x", "x"), ("\\", "\\"),
      ("times", "times"), ("\\Bumpeq", "\\Bumpeq"), ("other", "other"), ("", ""),
    ]
    #expect(pairs.map { SignNames.label($0.0) } == pairs.map(\.1))
    let classes = ["times", "division_obelus", "dot", "slash", "7", "x", "mathbb{R}"]
    #expect(classes.map { SignNames.label(ofClass: $0) } == ["×", "÷", "·", "/", "7", "x", "mathbb{R}"])
    for code in UInt8(0x21)...0x7E {
      let sign = "\(Character(UnicodeScalar(code)))"
      #expect(SignNames.label(sign) == sign && SignNames.label(ofClass: sign) == sign)
    }
    try withFolder { folder in
      let set = folder + "/signs"
      try Path.makeFolder(set)
      let lines =
        #"{"label":"\\div","strokes":[[[1,2]]]}"# + "\n" + #"{"symbols":[["−",[0]]],"strokes":[[[1,2]]]}"#
      try File.write(Array(lines.utf8), to: set + "/strokes.jsonl")
      let drawings = try DatasetLocator(given: folder, environment: [:]).strokes("signs")
      #expect(drawings.map(\.label) == ["÷", nil] && drawings[1].symbols.map(\.label) == ["-"])
    }
  }

  @Test("have SHA-256 checksums as in the standard's examples")
  func checksums256() {
    #expect(
      SHA256.checksum([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.checksum(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.checksum(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.checksum([UInt8](repeating: 0x61, count: 64))
        == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
  }

  #if Codecs
  @Test("of real writers are read: MNIST with its writers", .enabled(if: realData != nil, "no $INKLING_DATA"))
  func realMNIST() throws {
    let images = try #require(realData).mnist(.test)
    #expect(images.count == 10_000 && images.width == 28 && images.height == 28)
    #expect(images.labels.prefix(5) == [7, 2, 1, 0, 4])
    #expect(images.writers.count == 10_000 && Set(images.writers).count > 100)
  }

  @Test(
    "with MNIST's file names must be MNIST bit for bit, or another set as a whole",
    .enabled(if: realData != nil, "no $INKLING_DATA"))
  func flippedBytes() throws {
    let locator = try #require(realData)
    var damaged = try MNIST.images(.test, in: locator.folder(of: "mnist"))
    damaged.pixels[4_000_000] ^= 1
    var other = damaged
    other.labels[5000] = (other.labels[5000] + 1) % 10
    try withFolder { folder in
      for (name, images) in [("damaged", damaged), ("other", other), ("both", other)] {
        try ImageFolder.writeIDX([.test: images], to: "\(folder)/\(name)/mnist")
      }
      func locator(_ name: String) -> DatasetLocator {
        DatasetLocator(given: "\(folder)/\(name)", environment: [:])
      }
      let error = #expect(throws: DataError.self) { try locator("damaged").mnist(.test) }
      #expect("\(try #require(error))".contains("t10k-images-idx3-ubyte' has the size of MNIST's file"))
      // A set such as Fashion-MNIST has no known writers.
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/other/mnist-writers",
        withDestinationPath: URL(filePath: realData?.folder(of: "mnist-writers") ?? "").path)
      let images = try locator("other").mnist(.test)
      #expect(images == other && images.writers.isEmpty)
      // If one file is MNIST's, the others must be MNIST's, too.
      let labels = "train-labels-idx1-ubyte.gz"
      let whole = try File.read(Path.join(realData?.folder(of: "mnist") ?? "", labels))
      try File.write(whole, to: "\(folder)/both/mnist/\(labels)")
      #expect(throws: DataError.self) { try locator("both").mnist(.test) }
    }
  }

  @Test("of real writers are read: symbols and strokes", .enabled(if: realData != nil, "no $INKLING_DATA"))
  func realSymbols() throws {
    let locator = try #require(realData)
    let symbols = try locator.images("mdas-symbols")
    #expect(symbols.count == 4770 && Set(symbols.names) == ["+", "-", "×", "÷", "/", "·"])
    let hasy = try locator.images("hasy20")
    #expect(hasy.names.contains("π"))
    // Less than half of the levels are ink.
    #expect(hasy.pixels.lazy.filter { $0 > 127 }.count * 2 < hasy.pixels.count)
    let strokes = try locator.strokes("ujipenchars")
    #expect(strokes.count == 992 && Set(strokes.compactMap(\.writer)).count == 8)
    #expect(strokes.allSatisfy { !$0.drawing.isEmpty && $0.label != nil })
    for (set, count, writers) in [
      ("unipen-lines", 1618, 194), ("uji2-digits", 740, 37), ("mathnote-symbols", 6752, 1),
      ("omniglot-latin", 390, 15),
      ("detexify-operators", 2732, 0), ("detexify-other", 2634, 0), ("dollar1-gestures", 4320, 9),
      ("crohme-expressions-strokes", 794, 190),
    ] where try locator.find(set) != nil {
      let strokes = try locator.strokes(set)
      #expect(strokes.count == count && Set(strokes.compactMap(\.writer)).count == writers, "\(set)")
      #expect(strokes.allSatisfy { !$0.drawing.isEmpty && $0.label != nil })
    }
    if try locator.find("sse-letters") != nil {
      let letters = try locator.images("sse-letters")
      #expect(letters.count == 2141 && letters.width == 64 && letters.name(of: 0).count == 1)
      #expect(Set(letters.writers).count > 100)
    }
  }
  #endif
}
