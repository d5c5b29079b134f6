package import Ink

/// Recognises gestures by examples of the person who draws them.
package struct GestureRecognizer: Sendable {
  /// What a drawing is.
  package enum Answer: Sendable, Equatable {
    /// One of the gestures.
    case gesture(String)
    /// Two gestures are about equally near.
    case ambiguous(String, String)
    /// None of the gestures.
    case unknown
  }

  private struct Template: Sendable {
    let name: String
    let shape: GestureShape
  }

  /// The largest distance from the nearest example, in parts of the shape's longer side.
  ///
  /// In `dollar1-gestures`, 99.9 % of the drawings are nearer than this to one of five examples of the same person.
  private static let largestDistance = 0.25
  /// The nearest gesture must be nearer than this share of the distance of the second one.
  ///
  /// It refuses half of the drawings that would be taken for another gesture, and 1 of 200 others.
  private static let largestRatio = 0.93

  private let templates: [Template]

  /// Learns from examples; those without length are left out.
  package init(_ examples: [GestureExample]) {
    templates = examples.compactMap { example in
      GestureShape(example.strokes).map { Template(name: example.name, shape: $0) }
    }
  }

  /// The names of the gestures, in alphabetical order.
  package var names: [String] { Set(templates.map(\.name)).sorted() }

  /// Recognises a drawing.
  package func answer(for strokes: [Stroke]) -> Answer {
    guard let shape = GestureShape(strokes) else { return .unknown }
    var nearest: [String: Double] = [:]
    for template in templates {
      let distance = shape.distance(to: template.shape)
      nearest[template.name] = min(distance, nearest[template.name] ?? .infinity)
    }
    let ranked = nearest.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let best = ranked.first, best.value <= Self.largestDistance else { return .unknown }
    if ranked.count > 1, best.value > Self.largestRatio * ranked[1].value {
      return .ambiguous(best.key, ranked[1].key)
    }
    return .gesture(best.key)
  }
}
