import Foundation
import TestSupport
import Testing

@Suite struct DescribeAndExportTests {
  @Test func describePrintsATable() throws {
    let outcome = try Inkling.run(["describe", "784-100s-10"])
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("784-100s-10\n\nlayer "))
    let total = outcome.text.split(separator: "\n").last?.split(separator: " ")
    #expect(total == ["total", "79,510", "79,400"], "\(outcome.text)")
  }

  @Test func describePrintsJSON() throws {
    let text = "32C5-32C5-P2-D0.25-64C3-64C3-P2-D0.25-256-D0.5-10"
    let outcome = try Inkling.run(["describe", "--json", text])
    let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    #expect(object["architecture"] as? String == text)
    #expect(object["parameters"] as? Int == 887_530)
    #expect(object["outputs"] as? Int == 10)
    #expect(object["input_shape"] as? [Int] == [28, 28, 1])
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(layers[1]["output_shape"] as? [Int] == [28, 28, 32])
    #expect(layers[1]["multiply_adds"] as? Int == 627_200)
  }

  @Test func describeSaysWhenAModelRefuses() throws {
    let outcome = try Inkling.run(["describe", "--json", "Models/inkling.safetensors"])
    let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    let refusal = try #require(object["refusal"] as? [String: Double])
    let threshold = try #require(refusal["threshold"])
    #expect(threshold > 0.2 && threshold < 1)
    for rate in ["false_accept", "false_reject"] {
      let rate = try #require(refusal[rate])
      #expect(rate > 0 && rate < 0.05)
    }
    let words = try Inkling.run(["describe", "Models/inkling.safetensors"]).text
    let percent = String(format: "%.2f", threshold * 100)
    #expect(words.contains("\n  refuses pictures below a confidence of \(percent) %: on validation data "))
    #expect(words.contains("\nmode sums: 0 1 2") && words.contains("0 O o, 1 l I |"))
    let modes = try #require(object["modes"] as? [String: [String: Any]])
    #expect(Set(modes.keys) == ["digits", "sums", "text"])
    #expect((modes["text"]?["labels"] as? [String])?.count == 94)
    #expect(!(try Inkling.run(["describe", "Models/mlp.safetensors"]).text.contains("refuses")))
  }

  @Test func aMistakeIsShownAtItsPlace() throws {
    let outcome = try Inkling.run(["describe", "784-10x-10"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasSuffix("\n  784-10x-10\n        ^\n"), "\(outcome.errors)")
  }

  @Test func whatIsNoModelHasItsExitCode() throws {
    let folder = try TemporaryFolder()
    try Data("no model".utf8).write(to: folder.url.appending(path: "bad.safetensors"))
    for command in [["describe"], ["export", "--onnx", folder.path("x.onnx")]] {
      #expect(try Inkling.run(command + [folder.path("bad.safetensors")]).status == 65)
      #expect(try Inkling.run(command + [folder.path("none.safetensors")]).status == 66)
    }
    #expect(try Inkling.run(["export", "x"]).status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.onnx")))
  }

  @Test func matricesBecomeAModelAndComeBack() throws {
    let folder = try TemporaryFolder()
    let texts = [
      "0.5 1.0 -2.0 0.25\n-1.0 0.0 1.0 3.5\n", "0.125 1.0 2.0\n0.0 -1.0 1.0\n4.0 5.0 -6.0\n",
    ]
    for (name, text) in zip(["Theta1.txt", "Theta2.txt"], texts) {
      try Data(text.utf8).write(to: folder.url.appending(path: name))
    }
    let model = folder.path("model.safetensors")
    #expect(try Inkling.run(["export", folder.url.path, "--safetensors", model]).status == 0)
    let described = try Inkling.run(["describe", model])
    #expect(described.text.contains("3-2s-3s"))
    let back = folder.path("back")
    let onnx = folder.path("model.onnx")
    #expect(try Inkling.run(["export", model, "--theta", back, "--onnx", onnx]).status == 0)
    #expect(try String(contentsOfFile: back + "/Theta1.txt", encoding: .utf8) == texts[0])
    #expect(try String(contentsOfFile: back + "/Theta2.txt", encoding: .utf8) == texts[1])
    #expect(try Data(contentsOf: URL(filePath: onnx)).count > 100)
    #expect(try Inkling.run(["export", model, "--onnx", onnx]).status == 1)
    #expect(try Inkling.run(["export", model, "--onnx", onnx, "--force"]).status == 0)
  }
}
