// The steps of the page's history that the journal keeps.

package import Ink

/// A step of the page's history.
package enum JournalEntry: Sendable, Equatable {
  /// A completed stroke.
  case stroke(Stroke)
  /// A completed erasing; each pair of neighbouring points was one move.
  case erase(path: [Point], width: Double)
  /// The last step was undone.
  case undo
  /// The last undone step was redone.
  case redo
  /// The page was cleared.
  case clear
  /// A picture was opened.
  case picture(GrayImage)
  /// A drawing was opened.
  case drawing([Stroke])
  /// A person said what a part of the ink is.
  case label(InkLabel)
  /// The sides of a page without a picture, at the start of a shortened journal whose page is not square.
  case sides(width: Double, height: Double)
  /// A step that was lost because the journal's file is damaged.
  case lost
}
