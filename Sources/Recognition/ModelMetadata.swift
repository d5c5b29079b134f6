// A model's metadata: the strings in the header of its safetensors file.

import Basics
public import NeuralNetwork

extension Model {
  /// The version of the metadata.
  ///
  /// It changes when the meaning of a value changes.
  private static let version = "1"

  /// Everything except the weights, as the header's strings.
  public var metadata: [String: String] {
    var values = [
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
      values[Self.key("architecture", index, of: networks.count)] = network.architecture.text
    }
    values["false_accept"] = refusal.falseAccept.map { "\($0)" }
    values["false_reject"] = refusal.falseReject.map { "\($0)" }
    for (name, fact) in facts { values["card." + name] = fact }
    return values
  }

  /// Reads the architectures of the networks.
  ///
  /// - Parameter metadata: the header's strings. An architecture alone is enough: it is one network for
  ///   digits.
  /// - Returns: the architecture of each network.
  /// - Throws: `ModelError` if one is missing or invalid.
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

  /// Creates a model from its networks and metadata.
  ///
  /// - Parameters:
  ///   - networks: the networks.
  ///   - metadata: the header's strings.
  /// - Throws: `ModelError` if a value is invalid or does not fit the networks.
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

  /// The name of a tensor or metadata value of one network, such as `1.conv1.weight`.
  ///
  /// - Parameters:
  ///   - name: the name within the network.
  ///   - index: the network's index.
  ///   - count: the number of networks; a single network has no number in its names.
  /// - Returns: the name in the file.
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
