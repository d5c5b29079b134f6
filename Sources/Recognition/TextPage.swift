// A page of text between the networks' answers and the reading: it can be decoded again with other costs.

import Ink
import Preprocessing

/// The lines of a page of text with the networks' answers.
package struct TextPage: Sendable {
  var lines: [TextLine]
  /// Where the ink lies on the page.
  var placement: PagePlacement
  /// Whether the ink is strokes and not pixels.
  var isDrawn: Bool
}

/// Decodes pages of text.
struct TextPageDecoder {
  /// A line with the cheapest way to read it.
  struct DecodedLine {
    var decoder: TextDecoder
    var path: TextDecoder.Path

    /// The characters with their places on the line.
    var readings: [CharacterPlaces.Reading] {
      path.symbols.map { symbol in
        let box = decoder.line.boxes[symbol.hypothesis]
        return CharacterPlaces.Reading(label: symbol.label, place: decoder.geometry.place(of: box))
      }
    }
  }

  private let places: CharacterPlaces
  private let characters: [UInt8]
  private let costs: TextCosts
  private let language: LanguageModel?

  init(_ classes: Classes, costs: TextCosts, language: LanguageModel?) {
    places = CharacterPlaces(classes)
    characters = classes.labels.map { $0.utf8.first ?? UInt8(ascii: "?") }
    self.costs = costs
    self.language = costs.language > 0 ? language : nil
  }

  /// Decodes the lines of a page, which one person wrote.
  ///
  /// The first pass uses the usual proportions of characters, the second one those that the first pass found.
  func decode(_ lines: [TextLine]) -> [DecodedLine] {
    var grammar = TextGrammar(costs, language: language)
    var decoded = lines.map { first($0, &grammar) }
    let shifts = places.shifts(of: decoded.flatMap(\.readings))
    for index in decoded.indices {
      let geometry =
        lines[index].lattice.guide == nil
        ? adapted(decoded[index].decoder.geometry, to: decoded[index]) : decoded[index].decoder.geometry
      decoded[index] = decode(lines[index], geometry, shifts, &grammar)
    }
    return decoded
  }

  private func decode(
    _ line: TextLine, _ geometry: LineGeometry, _ shifts: CharacterPlaces.Shifts, _ grammar: inout TextGrammar
  ) -> DecodedLine {
    var decoder = TextDecoder(
      line, geometry, shifts: shifts, places: places, characters: characters, costs: costs, grammar: grammar)
    let path = decoder.path()
    // The costs of the language that were computed are kept for the next line.
    grammar = decoder.grammar
    return DecodedLine(decoder: decoder, path: path)
  }

  private func first(_ line: TextLine, _ grammar: inout TextGrammar) -> DecodedLine {
    if let guide = line.lattice.guide {
      let geometry = LineGeometry(baseline: guide.baseline, height: guide.height)
      return decode(line, geometry, CharacterPlaces.Shifts(), &grammar)
    }
    let estimates = Self.estimates(of: line, costs)
    var best: (line: DecodedLine, cost: Double)?
    for estimate in estimates {
      let decoded = decode(line, estimate.geometry, CharacterPlaces.Shifts(), &grammar)
      // The density of a position in units of the height depends on the unit.
      let scale = logarithm(estimate.geometry.height / max(estimates[0].geometry.height, 1e-9))
      let cost =
        decoded.path.cost + estimate.cost + costs.place * scale * Double(decoded.path.symbols.count)
      if cost < best?.cost ?? .infinity { best = (decoded, cost) }
    }
    guard let best else {
      let geometry = LineGeometry(baseline: 0, height: max(line.lattice.height, 1))
      return decode(line, geometry, CharacterPlaces.Shifts(), &grammar)
    }
    let geometry = adapted(best.line.decoder.geometry, to: best.line)
    return decode(line, geometry, CharacterPlaces.Shifts(), &grammar)
  }

  // MARK: - Guide lines that a page does not have

  /// A guess where a line stands.
  private struct Estimate {
    var geometry: LineGeometry
    var cost: Double
  }

  /// Guesses where a line stands by the boxes of its ink alone.
  private static func estimates(of line: TextLine, _ costs: TextCosts) -> [Estimate] {
    let pieces = line.lattice.pieces
    let highest = pieces.map(\.box.height).max() ?? 0
    let tall = pieces.map(\.box).filter { $0.height >= 0.25 * highest }
    guard highest > 0, !tall.isEmpty else { return [] }
    let slope = line.lattice.skew.slope
    let bottoms = tall.map { $0.bottom - slope * ($0.x + $0.width / 2) }.sorted()
    let tops = tall.map { $0.y - slope * ($0.x + $0.width / 2) }
    let top = tops.min() ?? 0
    // Most characters stand on the baseline. In a word of few characters perhaps none does.
    var baselines = [(bottoms[(bottoms.count - 1) / 2], 0.0)]
    if tall.count <= 4, let lowest = bottoms.last {
      if lowest - baselines[0].0 > 0.1 * highest { baselines.append((lowest, costs.rareGuide)) }
      baselines.append((lowest - 0.35 * highest, costs.rareGuide))
    }
    var result: [Estimate] = []
    for (baseline, cost) in baselines {
      let above = baseline - top
      guard above > 0.1 * highest else { continue }
      // The highest characters are capitals, small letters alone, or f and brackets.
      for (share, extra) in [(1, 0), (0.58, costs.rareGuide), (1.25, costs.rareGuide)] {
        result.append(
          Estimate(
            geometry: LineGeometry(baseline: baseline, slope: slope, height: max(above / share, 1e-6)),
            cost: cost + extra))
      }
    }
    return result
  }

  /// The geometry that suits the characters that were read.
  private func adapted(_ geometry: LineGeometry, to line: DecodedLine) -> LineGeometry {
    let readings = line.readings
    guard !readings.isEmpty else { return geometry }
    var result = geometry
    result.height *= min(max(places.scale(of: readings), 0.5), 2)
    let scale = result.height / geometry.height
    // The weighted mean of the baselines that the characters stand on.
    var (sum, weight) = (0.0, 0.0)
    for reading in readings {
      let bottom = places.bottom(of: reading)
      let difference = reading.place.bottom - bottom.mean * scale
      guard abs(difference) < 0.5 else { continue }
      let own = 1 / (bottom.deviation * bottom.deviation)
      sum += own * difference
      weight += own
    }
    if weight > 0 { result.baseline += sum / weight * geometry.height }
    return result
  }
}
