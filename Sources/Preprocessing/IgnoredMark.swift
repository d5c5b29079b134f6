// A mark that is not read, and why.

public import Ink

/// A mark on a page that was set aside before symbols were made.
public struct IgnoredMark: Sendable, Equatable {
  /// Why a mark is not read.
  public enum Reason: String, Sendable, CaseIterable {
    /// A printed line: a rule, a frame, the edge of a table.
    case line
    /// A mark at the picture's border: the edge of the sheet, a stain, writing that is cut off.
    case edge
    /// Small print: a row of marks that are much lower than the writing.
    case print
    /// A mark much fainter than the writing: a stain, or the other side of the sheet shining through.
    case faint
    /// A flat mark below the writing.
    case underline
    /// A dot, comma or cross behind a number.
    case punctuation
    /// A symbol of a word made of letters.
    case letters

    /// All reasons, as for forms with numbers.
    public static let all = Set(allCases)
  }

  /// The box: in page units for a page, in pixels for a picture.
  public var box: Box
  /// Why it is not read.
  public var reason: Reason

  /// Creates a mark.
  ///
  /// - Parameters:
  ///   - box: the box.
  ///   - reason: why it is not read.
  public init(box: Box, reason: Reason) {
    self.box = box
    self.reason = reason
  }
}
