// The models that can be asked, and what each has said of the page.

public import Recognition

/// A model that can be asked, and how far it is.
public struct ModelOffer: Sendable, Equatable {
  /// Whether it can answer.
  public enum Condition: Sendable, Equatable {
    /// Nobody has asked yet.
    case unloaded
    /// It answers.
    case ready
    /// Its file cannot be used; why.
    case unusable(String)
  }

  /// A model's answer for one state of the page.
  public struct Answer: Sendable, Equatable {
    /// What it reads.
    public let reading: Reading
    /// How long it took, or nil where nobody measured.
    public let milliseconds: Double?
    /// Which state of the page it has read.
    public let revision: Int

    /// Makes an answer.
    public init(reading: Reading, milliseconds: Double?, revision: Int) {
      self.reading = reading
      self.milliseconds = milliseconds
      self.revision = revision
    }
  }

  /// The name, which its file has too.
  public let name: String
  /// The file.
  public let path: String
  /// Whether it can answer.
  public var condition: Condition = .unloaded
  /// Whether nothing is known that keeps it from answering.
  public var isUsable: Bool {
    if case .unusable = condition { return false }
    return true
  }
  /// What it said last.
  public var answer: Answer?

  /// Makes an offer.
  public init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}
