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
    for (index, part) in companions.enumerated() {
      let prefix = Self.companionPrefix(index)
      values[prefix + "networks"] = "\(part.networks.count)"
      values[prefix + "classes"] = part.classes.labels.joined(separator: " ")
      values[prefix + "background"] = part.classes.hasBackground ? "yes" : "no"
      for (number, network) in part.networks.enumerated() {
        values[prefix + Self.key("architecture", number, of: part.networks.count)] = network.architecture.text
      }
    }
    for (mode, fusion) in fusions {
      values["mode.\(mode.rawValue).strokes"] = fusion.strokes.text
      values["mode.\(mode.rawValue).pictures"] = fusion.pictures.text
    }
    values["sizes"] = sizes?.text
    values["text"] = textCosts?.text
    values["false_accept"] = refusal.falseAccept.map { "\($0)" }
    values["false_reject"] = refusal.falseReject.map { "\($0)" }
    for (name, fact) in facts { values["card." + name] = fact }
    return values
  }

  /// Reads the architectures of the networks.
  ///
  /// - Parameters:
  ///   - metadata: the header's strings. An architecture alone is enough: it is one network for digits.
  ///   - prefix: the beginning of a companion's keys.
  /// - Returns: the architecture of each network.
  /// - Throws: `ModelError` if one is missing or invalid.
  public static func architectures(
    in metadata: [String: String], prefix: String = ""
  ) throws(ModelError) -> [Architecture] {
    let count = Int(clamping: try number(prefix + "networks", in: metadata, within: 1...64, usual: 1))
    var result: [Architecture] = []
    for index in 0..<count {
      let key = prefix + Self.key("architecture", index, of: count)
      guard let text = metadata[key] else {
        throw .wrong(what: key, found: "nothing", expected: "the text of an architecture in the header")
      }
      do throws(ArchitectureError) {
        result.append(try Architecture(text))
      } catch {
        throw .wrong(what: key, found: "'\(text)'", expected: "an architecture (\(error.message))")
      }
    }
    return result
  }

  /// The beginning of the keys and of the tensors' names of a companion.
  ///
  /// - Parameter index: the companion's index.
  /// - Returns: for example `companion0.`.
  static func companionPrefix(_ index: Int) -> String { "companion\(index)." }

  /// The number of companions in the metadata.
  static func companionCount(in metadata: [String: String]) -> Int {
    (0..<mostCompanions).first { metadata[companionPrefix($0) + "networks"] == nil } ?? mostCompanions
  }

  /// The most companions of a model.
  private static let mostCompanions = 8

  /// The longest label of a class in bytes.
  private static let longestLabel = 32

  /// Whether a text can be a label: it is short and has no control characters.
  private static func isLabel(_ text: String) -> Bool {
    text.utf8.count <= longestLabel && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }

  /// The classes of a part of a model.
  static func classes(
    in metadata: [String: String], prefix: String = "", outputs: Int
  ) throws(ModelError) -> Classes {
    guard let text = metadata[prefix + "classes"] else { return outputs == 11 ? .digitsOrNone : .digits }
    let labels = text.split(separator: " ").map(String.init)
    guard Set(labels).count == labels.count, !labels.isEmpty, labels.allSatisfy(isLabel) else {
      throw .wrong(
        what: prefix + "classes", found: "'\(text.prefix(80))'",
        expected: "labels of at most \(longestLabel) bytes, each once")
    }
    return Classes(labels: labels, hasBackground: metadata[prefix + "background"] == "yes")
  }

  /// Creates a model from its networks and metadata.
  ///
  /// - Parameters:
  ///   - networks: the networks.
  ///   - companions: the networks that answer beside them.
  ///   - metadata: the header's strings.
  /// - Throws: `ModelError` if a value is invalid or does not fit the networks.
  public init(
    networks: [Network], companions: [ModelPart] = [], metadata: [String: String]
  ) throws(ModelError) {
    if let version = metadata["inkling"], version != Self.version {
      throw .wrong(what: "version", found: "'\(version)'", expected: "'\(Self.version)'")
    }
    let classes = try Self.classes(in: metadata, outputs: networks.first?.architecture.outputs ?? 0)
    var fusions: [ReadingMode: ModeFusion] = [:]
    for mode in ReadingMode.allCases {
      guard let strokes = try Self.fusion("mode.\(mode.rawValue).strokes", in: metadata),
        let pictures = try Self.fusion("mode.\(mode.rawValue).pictures", in: metadata)
      else { continue }
      fusions[mode] = ModeFusion(strokes: strokes, pictures: pictures)
    }
    var sizes: SizePrior?
    if let text = metadata["sizes"] {
      sizes = SizePrior(text: text)
      if sizes == nil {
        throw .wrong(
          what: "sizes", found: "'\(text.prefix(40))'", expected: "a label and two numbers each")
      }
    }
    var textCosts: TextCosts?
    if let text = metadata["text"] {
      textCosts = TextCosts(text: text)
      if textCosts == nil {
        throw .wrong(
          what: "text", found: "'\(text.prefix(40))'", expected: "a name and a number for each cost")
      }
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
      refusal: refusal, companions: companions, fusions: fusions, sizes: sizes, textCosts: textCosts,
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

  private static func fusion(
    _ key: String, in metadata: [String: String]
  ) throws(ModelError) -> Fusion? {
    guard let text = metadata[key] else { return nil }
    guard let fusion = Fusion(text: text) else {
      throw .wrong(what: key, found: "'\(text)'", expected: "weights, a temperature and a refusal rule")
    }
    return fusion
  }

  private static func number(
    _ key: String, in metadata: [String: String], within range: ClosedRange<Double>, usual: Double
  ) throws(ModelError) -> Double {
    guard let text = metadata[key] else { return usual }
    guard let number = Double(text), range.contains(number) else {
      throw .wrong(
        what: key, found: "'\(text)'", expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}

extension Fusion {
  /// The fusion as a model's metadata have it.
  var text: String {
    var words = ["weights"] + weights.map { "\($0)" }
    words += ["size", "\(sizeWeight)", "temperature", "\(temperature)", "refusal", "\(refusal.threshold)"]
    if let share = refusal.falseAccept { words += ["false_accept", "\(share)"] }
    if let share = refusal.falseReject { words += ["false_reject", "\(share)"] }
    return words.joined(separator: " ")
  }

  /// Reads a fusion from a model's metadata; nil where a value is missing or no number.
  init?(text: String) {
    var values: [String: [Double]] = [:]
    var name = ""
    for word in text.split(separator: " ") {
      if let number = Double(word) { values[name, default: []].append(number) } else { name = String(word) }
    }
    guard let weights = values["weights"], let size = values["size"]?.first,
      let temperature = values["temperature"]?.first, let threshold = values["refusal"]?.first
    else { return nil }
    self.init(
      weights: weights, sizeWeight: size, temperature: temperature,
      refusal: Refusal(
        threshold: threshold, falseAccept: values["false_accept"]?.first,
        falseReject: values["false_reject"]?.first))
  }
}

extension SizePrior {
  /// The prior as a model's metadata have it: a label, a mean and a deviation each.
  var text: String {
    means.keys.sorted().compactMap { label in
      guard let mean = means[label], let deviation = deviations[label] else { return nil }
      return "\(label) \(mean) \(deviation)"
    }.joined(separator: " ")
  }

  /// Reads a prior from a model's metadata; nil where it is damaged.
  init?(text: String) {
    let words = text.split(separator: " ")
    guard words.count % 3 == 0 else { return nil }
    self.init(means: [:], deviations: [:])
    for index in stride(from: 0, to: words.count, by: 3) {
      guard let mean = Double(words[index + 1]), let deviation = Double(words[index + 2]), mean.isFinite,
        deviation.isFinite, deviation > 0
      else { return nil }
      means[String(words[index])] = mean
      deviations[String(words[index])] = deviation
    }
  }
}
