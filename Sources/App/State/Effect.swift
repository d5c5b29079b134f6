// What the state requests from outside: files, models, other programs, the end of the program.

package import Formats

/// Something to be done outside the state.
package enum Effect: Sendable, Equatable {
  /// Have models read the page as it is now.
  case read(models: [Int])
  /// Load a model before it reads.
  case prepare(model: Int)
  /// Write a step of the page's history to the journal.
  case journal(JournalEntry)
  /// Save under a name that the program makes.
  case save
  /// Propose a name to save under.
  case proposeName
  /// Save under a name that the user has typed.
  case saveAs(String)
  /// Save under a name that the user has typed, in place of the file of that name.
  case replaceFile(String)
  /// Fill the screen, or give the window its former size.
  case toggleFullScreen
  /// Open a file on the page.
  case open(String)
  /// Propose a folder to open a file from.
  case proposeFolder
  /// Read the entries of a folder.
  case list(folder: String)
  /// Offer the reading and the drawing to other programs.
  case copyPage
  /// Offer a text to other programs.
  case copy(String)
  /// Request text from another program; `primary` is the selection that the middle button pastes.
  case paste(primary: Bool)
  /// Request a picture from another program.
  case pastePicture
  /// Decode the bytes of a picture file and open the picture.
  case show([UInt8])
  /// Write the settings.
  case remember
  /// End the program.
  case quit
}
