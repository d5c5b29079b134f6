// A sign that was misread wherever a person wrote it: one mistake, and not as many as there are signs.

/// The readings of a question and of its answer in which the same sign was misread in several places.
///
/// Some people write a 1 as others write a 7, and do so everywhere: "11^2=121" may be read as "77^2=727", which is wrong whether
/// the question or the answer alone is read in another way. So a wrong answer is compared with readings that change one sign
/// into another one in some places of both parts. Such a reading counts as far behind as its least probable change.
struct ConsistentMisreading {
  /// How far the most probable readings are ahead of these.
  let lead: Double
  /// The question.
  let question: [Token]
  /// The answer.
  let answer: [Token]

  /// Of more places only those where the change is most probable are tried.
  private static let maxPlaces = 8

  /// Finds the most probable readings of this kind that fulfil a condition; nil without any.
  ///
  /// - Parameters:
  ///   - question: the readings of the question.
  ///   - answer: the readings of the answer.
  ///   - isRival: whether a question and an answer are what is looked for.
  init?(
    _ question: AlternativeReadings, _ answer: AlternativeReadings,
    where isRival: (_ question: [Token], _ answer: [Token]) -> Bool
  ) {
    let asked = question.best.tokens
    let tokens = asked + answer.best.tokens
    let changes = Self.changes(of: question) + Self.changes(of: answer)
    var best: (lead: Double, tokens: [Token])?
    for sign in Set(tokens.map(\.sign)).sorted() {
      let places = tokens.indices.filter { tokens[$0].sign == sign }
      for other in Set(places.flatMap { changes[$0].keys }).sorted() {
        let leads = places.compactMap { place in changes[place][other].map { (place: place, lead: $0) } }
          .sorted { ($0.lead, $0.place) < ($1.lead, $1.place) }.prefix(Self.maxPlaces)
        for choice in 1..<(1 << leads.count) {
          let chosen = leads.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element)
          guard let lead = chosen.last?.lead, lead < best?.lead ?? .infinity else { continue }
          var changed = tokens
          for (place, _) in chosen { changed[place] = Token(other, symbols: tokens[place].symbols) }
          if isRival(Array(changed[..<asked.count]), Array(changed[asked.count...])) {
            best = (lead, changed)
          }
        }
      }
    }
    guard let best else { return nil }
    lead = best.lead
    self.question = Array(best.tokens[..<asked.count])
    self.answer = Array(best.tokens[asked.count...])
  }

  /// For each token of the best reading the signs that it may be while the others stay, and how far they are behind.
  private static func changes(of readings: AlternativeReadings) -> [[Character: Double]] {
    let best = readings.best
    var changes = best.tokens.map { _ in [Character: Double]() }
    for reading in readings.readings.dropFirst() where reading.tokens.count == best.tokens.count {
      let differing = best.tokens.indices.filter { best.tokens[$0].sign != reading.tokens[$0].sign }
      guard differing.count == 1, let place = differing.first else { continue }
      let (sign, lead) = (reading.tokens[place].sign, best.logProbability - reading.logProbability)
      changes[place][sign] = min(changes[place][sign] ?? .infinity, lead)
    }
    return changes
  }
}
