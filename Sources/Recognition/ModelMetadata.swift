// A model's words beside its tensors: the strings that stand in the header of its safetensors file.

import Basics
public import NeuralNetwork

extension Model {
  /// The version of the words below; a later one that means something else has another number.
  private static let version = "1"

  /// Everything but the weights, as the header's strings.
  public var metadata: [String: String] {
    var words = [
      "inkling": Self.version,
      "name": name,
      "networks": "\(networks.count)",
      "classes": classes.labels.joined(separator: " "),
      "background": classes.hasBackground ? "yes" : "no",
      "preprocessing": preprocessing,
      "temperature": "\(temperature)",
      "refusal": "\(refusal.threshold)",
    ]
    for (index, network) in networks.enumerated() {
      words[Self.key("architecture", index, of: networks.count)] = network.architecture.text
    }
    words["false_accept"] = refusal.falseAccept.map { "\($0)" }
    words["false_reject"] = refusal.falseReject.map { "\($0)" }
    for (name, fact) in facts { words["card." + name] = fact }
    return words
  }

  /// The architectures that a header's words name.
  ///
  /// A header without our own words, but with an architecture, is one network of digits.
  public static func architectures(in metadata: [String: String]) throws(ModelError) -> [Architecture] {
    let count = try number("networks", in: metadata, within: 1...64, usual: 1)
    var result: [Architecture] = []
    for index in 0..<Int(clamping: count) {
      let key = Self.key("architecture", index, of: Int(clamping: count))
      guard let text = metadata[key] else {
        throw ModelError(what: key, found: "nothing", expected: "the text of an architecture in the header")
      }
      do throws(ArchitectureError) {
        result.append(try Architecture(text))
      } catch {
        throw ModelError(what: key, found: "'\(text)'", expected: "an architecture (\(error.message))")
      }
    }
    return result
  }

  /// A model from its networks and a header's words.
  public init(networks: [Network], metadata: [String: String]) throws(ModelError) {
    if let version = metadata["inkling"], version != Self.version {
      throw ModelError(what: "version", found: "'\(version)'", expected: "'\(Self.version)'")
    }
    let outputs = networks.first?.architecture.outputs ?? 0
    let usual = outputs == 11 ? Classes.digitsOrNone : Classes.digits
    var classes = usual
    if let labels = metadata["classes"]?.split(separator: " ").map(String.init) {
      classes = Classes(labels: labels, hasBackground: metadata["background"] == "yes")
    }
    guard Set(classes.labels).count == classes.labels.count, !classes.labels.isEmpty else {
      throw ModelError(
        what: "classes", found: "'\(classes.labels.joined(separator: " "))'", expected: "labels, each once")
    }
    var refusal = Refusal(threshold: try Self.number("refusal", in: metadata, within: 0...1, usual: 0))
    refusal.falseAccept = metadata["false_accept"].flatMap { Double($0) }
    refusal.falseReject = metadata["false_reject"].flatMap { Double($0) }
    let facts = metadata.compactMap { key, value in
      key.hasPrefix("card.") ? (String(key.dropFirst(5)), value) : nil
    }
    try self.init(
      name: metadata["name"] ?? "unnamed", networks: networks, classes: classes,
      preprocessing: metadata["preprocessing"] ?? "",
      temperature: try Self.number("temperature", in: metadata, within: 1e-3...1e3, usual: 1),
      refusal: refusal,
      facts: Dictionary(facts) { first, _ in first })
  }

  /// The name of a tensor or word of one network among several: `1.conv1.weight`; alone it has no number.
  public static func key(_ name: String, _ index: Int, of count: Int) -> String {
    count == 1 ? name : "\(index).\(name)"
  }

  private static func number(
    _ key: String, in metadata: [String: String], within range: ClosedRange<Double>, usual: Double
  ) throws(ModelError) -> Double {
    guard let text = metadata[key] else { return usual }
    guard let number = Double(text), range.contains(number) else {
      throw ModelError(
        what: key, found: "'\(text)'", expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
