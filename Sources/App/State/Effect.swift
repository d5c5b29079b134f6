// What a command wants from the world: the session only says it, the running window does it.

package import Ink

/// Something to be done outside the session.
package enum Effect: Sendable, Equatable {
  /// Have models read the page as it is now.
  case read(models: [Int])
  /// Note a step of the page's history.
  case journal(JournalEntry)
  /// Save under a name of the program's making.
  case save
  /// Make a proposal for a name, and let it be edited.
  case proposeName
  /// Save under a name that a person has given.
  case saveAs(String)
  /// Open a file on the page.
  case open(String)
  /// Start choosing a file, from the folder used last.
  case chooseFile
  /// Tell what a folder holds.
  case list(folder: String)
  /// Offer the reading and the drawing to other programs.
  case copyPage
  /// Offer a text to other programs.
  case copy(String)
  /// Ask another program for text; the middle button asks for what is selected.
  case paste(primary: Bool)
  /// Ask another program for a picture.
  case pastePicture
  /// Show the picture that the bytes of a file hold.
  case show([UInt8])
  /// Keep what is remembered from one start to the next.
  case remember
  /// End the program.
  case quit
}

/// A step of the page's history, as the journal notes it.
package enum JournalEntry: Sendable, Equatable {
  /// A stroke that has ended.
  case stroke(Stroke)
  /// An eraser's way; each pair of neighbours was one move.
  case erase(path: [Point], width: Double)
  /// A step back.
  case undo
  /// An undone step, done again.
  case redo
  /// Everything taken away.
  case clear
  /// A picture opened.
  case picture(GrayImage)
  /// A drawing opened.
  case drawing([Stroke])
  /// The sides of a page without a picture, where a shortened journal begins with one that is not square.
  case sides(width: Double, height: Double)
  /// A step that the journal's file has lost to damage.
  case lost
}
