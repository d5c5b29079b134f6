package import Basics

/// One measurement of the evaluation with unseen writers.
package struct UnseenWritersTrial: Sendable {
  let name: String
  let right: Int
  let samples: Int
  /// The share that should be right, where there is a target.
  var target: Double?
  /// The expected calibration error, where it was measured.
  var calibrationError: Double?
  /// How long all samples took, where the time was measured.
  var seconds: Double?

  var share: Double { samples == 0 ? 0 : Double(right) / Double(samples) }

  /// A line for people.
  package var text: String {
    var parts = ["\(NumberText.percent(share)) % of \(samples)"]
    if let target {
      parts.append("target \(NumberText.percent(target)) %" + (share < target ? ": missed" : ""))
    }
    if let calibrationError { parts.append("calibration error \(NumberText.percent(calibrationError)) %") }
    if let seconds {
      parts.append("\(NumberText.fixed(seconds / Double(max(samples, 1)) * 1000, 3)) ms each")
    }
    return name + String(repeating: " ", count: max(0, 44 - name.count)) + " " + parts.joined(separator: ", ")
  }

  /// The figures as JSON.
  package var json: JSON {
    let members: [(String, JSON?)] = [
      ("name", .string(name)), ("right", .integer(right)), ("samples", .integer(samples)),
      ("wanted", target.map(JSON.number)), ("ece", calibrationError.map(JSON.number)),
      ("seconds", seconds.map(JSON.number)),
    ]
    return .object(members.compactMap { name, value in value.map { (name, $0) } })
  }
}
