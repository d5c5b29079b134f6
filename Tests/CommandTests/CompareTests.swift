import Datasets
import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing
import Training

@Suite struct CompareTests {
  /// A folder with a small MNIST, and beside it shipped models: a network that knows nothing, and how it was trained.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallData.write(to: folder)
    let models = folder.url.appendingPathComponent("models")
    try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
    let model = try Model(
      name: "mlp", networks: [Network(try Architecture("784-8s-10"), seed: 1)], classes: .digits)
    try Data(model.bytes).write(to: models.appendingPathComponent("mlp.safetensors"))
    var history = History()
    history.rows = (1...3).map {
      History.Row(
        epoch: $0, learningRate: 0.1, loss: 1, accuracy: 0.5 + 0.1 * Double($0), speed: 100,
        seconds: 4 * Double($0))
    }
    try Data(history.csv.utf8).write(to: models.appendingPathComponent("mlp.csv"))
    return folder
  }

  private func run(_ folder: TemporaryFolder, _ methods: String) throws -> ProgramRun {
    try Inkling.run(words(methods), environment: environment(of: folder), in: folder.url)
  }

  private func words(_ methods: String) -> [String] {
    ["compare", "--quick", "--methods", methods, "--out", "out"]
  }

  private func environment(of folder: TemporaryFolder) -> [String: String] {
    SmallData.environment(of: folder).merging(["INKLING_MODELS": folder.path("models")]) { $1 }
  }

  private func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  private func methods(_ folder: TemporaryFolder) throws -> [[String: Any]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("out/compare.json")))
    let whole = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(whole["quick"] as? Bool == true && whole["train"] as? Int == 300 && whole["test"] as? Int == 60)
    return try #require(whole["methods"] as? [[String: Any]])
  }

  @Test func theFiguresOfThePageAreThoseForPrograms() throws {
    let folder = try folder()
    let outcome = try run(folder, "k-means-10,least-squares,softmax,knn,mlp")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("5 methods on 300 training and 60 test pictures: about "))
    #expect(outcome.text == "out/report.html\n")
    let methods = try methods(folder)
    #expect(
      Set(methods.compactMap { $0["method"] as? String }) == [
        "k-means-10", "least-squares", "softmax", "knn", "mlp",
      ])
    let (page, markdown) = (try text(folder, "out/report.html"), try text(folder, "out/report.md"))
    var last = 1.0
    for method in methods {
      let name = try #require(method["method"] as? String)
      #expect(method["parameters"] is [String: Any])
      for field in ["standard_error", "train_seconds", "predict_seconds", "bytes"] {
        #expect(method[field] is NSNumber, "\(name): \(field)")
      }
      let accuracy = try #require(method["accuracy"] as? Double)
      #expect(accuracy <= last)
      last = accuracy
      let confusion = try #require(method["confusion"] as? [[Int]])
      #expect(confusion.joined().reduce(0, +) == 60)
      #expect(abs(Double((0..<10).reduce(0) { $0 + confusion[$1][$1] }) / 60 - accuracy) < 1e-9)
      // The same figures, rounded, in the method's row of both tables.
      let percent = String(format: "%.2f", accuracy * 100)
      let rows = page.components(separatedBy: "<tr>")
      let row = try #require(rows.first { $0.contains("<code>\(name)</code>") })
      #expect(row.contains("<td>\(percent) %"))
      #expect(markdown.contains("\n| \(name) | \(percent) | "))
    }
    // Nothing is learnt or found in 60 test pictures that are the training pictures again but by the neighbours.
    #expect(methods.first?["accuracy"] as? Double == 1)
    // It needs no network and no script; the one address in it names SVG's own space.
    let alone = page.replacingOccurrences(of: "xmlns=\"http://www.w3.org/2000/svg\"", with: "")
    #expect(!alone.contains("<script") && !alone.contains("http"))
    for plot in ["accuracy-time", "learning", "pca-plane"] {
      #expect(markdown.contains("(plots/\(plot).svg)"))
      #expect(try text(folder, "out/plots/\(plot).svg").hasPrefix("<svg"))
    }
  }

  @Test func aStoppedComparisonGoesOnWithoutLosingAMethod() throws {
    let folder = try folder()
    let process = Process()
    process.executableURL = Inkling.executable
    process.arguments = words("k-means-10,knn,softmax,pca-nearest-mean")
    process.environment = ProcessInfo.processInfo.environment.merging(environment(of: folder)) { $1 }
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let first = folder.path("out/finished/k-means-10.json")
    let deadline = Date().addingTimeInterval(60)
    while !FileManager.default.fileExists(atPath: first) {
      try #require(Date() < deadline, "no method was finished")
      usleep(2000)
    }
    process.interrupt()
    process.waitUntilExit()
    let kept = try #require(FileManager.default.contents(atPath: first))
    if process.terminationStatus != 0 {
      #expect(process.terminationStatus == 130)
      #expect(!FileManager.default.fileExists(atPath: folder.path("out/compare.json")))
    }
    // A finding that cannot be read counts as none.
    try Data("{\"study\":".utf8).write(to: URL(fileURLWithPath: folder.path("out/finished/knn.json")))
    let rest = try run(folder, "k-means-10,knn,softmax,pca-nearest-mean")
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(rest.errors.contains(" have stored results") && !rest.errors.contains("k-means-10:"))
    #expect(rest.errors.contains("knn:"))
    #expect(FileManager.default.contents(atPath: first) == kept)
    #expect(try methods(folder).count == 4)
    let again = try run(folder, "k-means-10,knn,softmax,pca-nearest-mean")
    #expect(again.status == 0 && again.errors == "all 4 methods have stored results: writing the report\n")
  }

  @Test func wrongWordsEndWithTheirCodes() throws {
    let folder = try folder()
    let unknown = try run(folder, "knn,svm")
    #expect(unknown.status == 64 && unknown.errors.contains("unknown method: 'svm'"))
    #expect(try run(folder, ",").status == 64)
    let nowhere = try Inkling.run(["compare", "--data", "nowhere", "--out", "out"], in: folder.url)
    #expect(nowhere.status == 66 && nowhere.errors.hasPrefix("inkling: "))
    try Data().write(to: URL(fileURLWithPath: folder.path("out")))
    #expect(try run(folder, "knn").status == 1)
  }

  @Test func shippedModelsAreMeasuredAsEvaluateDoes() throws {
    let folder = try folder()
    let environment = SmallData.environment(of: folder)
    let names = ["mlp", "cnn-adadelta", "cnn-adam", "cnn-rmsprop", "inkling"]
    let compared = try Inkling.run(
      words(names.joined(separator: ",")), environment: environment, in: folder.url)
    let evaluated = try Inkling.run(
      ["evaluate", "--json"] + names, environment: environment, in: folder.url)
    #expect(compared.status == 0 && evaluated.status == 0, "\(compared.errors)\(evaluated.errors)")
    let lines = try methods(folder)
    let figures = try #require(
      try JSONSerialization.jsonObject(with: evaluated.output) as? [[String: Any]])
    #expect(figures.count == names.count)
    for figure in figures {
      let line = try #require(lines.first { $0["method"] as? String == figure["model"] as? String })
      for field in ["accuracy", "standard_error"] {
        #expect(line[field] as? Double == figure[field] as? Double)
      }
      #expect(line["confusion"] as? [[Int]] == figure["confusion"] as? [[Int]])
    }
  }

  /// On the whole test set, which takes a while in a debug build.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["INKLING_THOROUGH"] != nil
        && ProcessInfo.processInfo.environment["INKLING_DATA"] != nil,
      "it takes long, and needs MNIST: set INKLING_THOROUGH and INKLING_DATA"))
  func theLinesOfNetworksAreThoseOfTheirCards() throws {
    let folder = try TemporaryFolder()
    let cards = try FileManager.default.contentsOfDirectory(
      at: ReadmeTests.project.appendingPathComponent("Models"), includingPropertiesForKeys: nil)
    let names = cards.filter { $0.pathExtension == "safetensors" }.map {
      $0.deletingPathExtension().lastPathComponent
    }
    let outcome = try Inkling.run(
      ["compare", "--methods", names.joined(separator: ","), "--out", "out"], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("out/compare.json")))
    let whole = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    for method in try #require(whole["methods"] as? [[String: Any]]) {
      let name = try #require(method["method"] as? String)
      let accuracy = try #require(method["accuracy"] as? Double)
      let card = try String(
        contentsOf: ReadmeTests.project.appendingPathComponent("Models/\(name).md"), encoding: .utf8)
      #expect(card.contains("**\(String(format: "%.2f", accuracy * 100)) %**"), "\(name)")
    }
  }
}
