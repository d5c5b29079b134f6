// What a piece of ink may say: readings with probabilities, from the ink alone.

/// One reading of a piece of ink.
public struct AlternativeReading: Sendable, Hashable {
  /// The signs.
  public let tokens: [Token]
  /// The logarithm of its probability.
  public let logProbability: Double

  /// Creates a reading.
  ///
  /// - Parameters:
  ///   - tokens: the signs.
  ///   - logProbability: the logarithm of its probability; what is not a number counts as impossible.
  public init(_ tokens: [Token], logProbability: Double = 0) {
    self.tokens = tokens
    self.logProbability = logProbability.isNaN ? -.infinity : logProbability
  }

  /// Creates a reading from plain text; the symbol of each sign is its position.
  ///
  /// - Parameters:
  ///   - text: the plain text.
  ///   - logProbability: the logarithm of its probability.
  public init(_ text: String, logProbability: Double = 0) {
    self.init(Token.tokens(of: text), logProbability: logProbability)
  }
}

/// What a piece of ink may say, most probable first.
public struct AlternativeReadings: Sendable, Hashable {
  /// The readings, most probable first; at least one, which may be empty.
  public let readings: [AlternativeReading]
  /// A bound for the logarithm of the probability of every reading that is not listed.
  public let unlistedLogProbability: Double

  /// Creates readings.
  ///
  /// - Parameters:
  ///   - readings: the readings in any order; none stand for ink that is not there.
  ///   - unlistedLogProbability: a bound for every reading that is not listed; by default there is no other.
  public init(_ readings: [AlternativeReading], unlistedLogProbability: Double = -.infinity) {
    // Of equal probabilities the first stays first, and of equal texts the more probable counts.
    let order = readings.indices.sorted {
      (readings[$1].logProbability, $0) < (readings[$0].logProbability, $1)
    }
    var texts: Set<String> = []
    self.readings =
      readings.isEmpty
      ? [AlternativeReading("")]
      : order.map { readings[$0] }.filter { texts.insert($0.tokens.text).inserted }
    self.unlistedLogProbability = unlistedLogProbability.isNaN ? .infinity : unlistedLogProbability
  }

  /// The one reading of ink that cannot be misread.
  ///
  /// - Parameter text: the plain text.
  public init(_ text: String) { self.init([AlternativeReading(text)]) }

  /// The most probable reading.
  public var best: AlternativeReading { readings[0] }
}

extension AlternativeReadings {
  /// A sign that a symbol may be.
  public struct Choice: Sendable, Hashable {
    /// The sign.
    public let sign: Character
    /// The logarithm of its probability.
    public let logProbability: Double

    /// Creates a choice.
    ///
    /// - Parameters:
    ///   - sign: the sign.
    ///   - logProbability: the logarithm of its probability.
    public init(_ sign: Character, logProbability: Double) {
      self.sign = sign
      self.logProbability = logProbability
    }
  }

  /// Readings that are less probable than the best one by this difference of log-probabilities are not told apart.
  ///
  /// It is more than any margin: of clear ink, a verdict is not uncertain only because a reading is not listed.
  private static let range = 12.0

  /// The most probable combinations of choices that are independent of each other.
  ///
  /// - Parameters:
  ///   - tokens: the signs in reading order.
  ///   - choices: what each may be; without choices a sign is certain.
  ///   - limit: the most combinations.
  public init(_ tokens: [Token], choices: (Token) -> [Choice], limit: Int = 512) {
    var beam = [AlternativeReading([], logProbability: 0)]
    var unlisted = -Double.infinity
    for token in tokens {
      let options = choices(token).filter { !$0.logProbability.isNaN }
      let signs = options.isEmpty ? [Choice(token.sign, logProbability: 0)] : options
      // A later sign makes a dropped reading no more probable than its best choice allows.
      unlisted += signs.map(\.logProbability).max() ?? 0
      let longer = beam.indices.flatMap { reading in
        signs.map {
          (reading: reading, choice: $0, logProbability: beam[reading].logProbability + $0.logProbability)
        }
      }.sorted { $0.logProbability > $1.logProbability }
      let least = longer[0].logProbability - Self.range
      let kept = longer.prefix(max(1, limit)).prefix { !($0.logProbability < least) }
      if kept.count < longer.count { unlisted = max(unlisted, longer[kept.count].logProbability) }
      beam = kept.map { longer in
        AlternativeReading(
          beam[longer.reading].tokens + [Token(longer.choice.sign, symbols: token.symbols)],
          logProbability: longer.logProbability)
      }
    }
    self.init(beam, unlistedLogProbability: unlisted)
  }
}
