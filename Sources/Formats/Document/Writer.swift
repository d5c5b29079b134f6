// The writer of a drawing or of an image in a collection.

import Basics

/// The writer of a sample: a number or a name, as the collection has it.
///
/// A name that is a whole number without a sign or leading zeros is that number. So files that quote their numbers and
/// files that do not name the same writers. Writers are ordered by number, then by name.
public struct Writer: Sendable, Hashable {
  /// Numbers come before names.
  private enum Identity: Hashable, Comparable {
    case number(Int)
    case name(String)
  }

  private let identity: Identity

  /// Makes a writer with a number.
  ///
  /// - Parameter number: The writer's number in the collection.
  public init(_ number: Int) { identity = .number(number) }

  /// Makes a writer with a name.
  ///
  /// - Parameter name: The writer's name in the collection, or a number as text.
  public init(_ name: String) {
    let number = Int(name).flatMap { "\($0)" == name ? $0 : nil }
    identity = number.map(Identity.number) ?? .name(name)
  }

  /// The writer's number; nil if the writer has a name.
  public var number: Int? {
    if case .number(let number) = identity { number } else { nil }
  }
}

extension Writer: CustomStringConvertible {
  /// The number or the name.
  public var description: String {
    switch identity {
    case .number(let number): "\(number)"
    case .name(let name): name
    }
  }
}

extension Writer: Comparable {
  /// Whether a writer comes before another: numbers first, then names.
  ///
  /// - Parameters:
  ///   - a: A writer.
  ///   - b: Another writer.
  /// - Returns: Whether `a` comes first.
  public static func < (a: Writer, b: Writer) -> Bool { a.identity < b.identity }
}

extension Writer: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// Makes a writer with a number.
  ///
  /// - Parameter number: The number.
  public init(integerLiteral number: Int) { self.init(number) }

  /// Makes a writer with a name.
  ///
  /// - Parameter name: The name.
  public init(stringLiteral name: String) { self.init(name) }
}
