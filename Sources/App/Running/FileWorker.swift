// Saving and opening files on other threads, so that a slow disk does not delay drawing.

import Basics
import Exercises
import Formats
import Ink
import Synchronization

/// The threads that read and write files.
///
/// Reading and writing do not wait for each other. Reading a file or a folder that does not answer, such as one of a
/// server that is gone, is given up after a time limit; the system ends the waiting thread.
final class FileWorker: Sendable {
  private let writer = BackgroundQueue()
  /// Waits for the reader, so that answers come in the order of the requests, and decodes what was read.
  private let opener = BackgroundQueue()
  private let reader = TimedReader(limit: FileWorker.readingLimit)
  /// Looks for files that were opened before; it does not delay the others where one does not answer.
  private let searcher = BackgroundQueue()
  private let events: EventQueue<AppEvent>
  /// The path of the save that was begun last, for the message that it has not ended.
  private let lastSave = Mutex<String?>(nil)

  /// Reading the largest permitted file from a disk takes less time.
  private static let readingLimit = Duration.seconds(20)
  /// A folder on a disk says in less time whether it has a file.
  private static let searchingLimit = Duration.milliseconds(500)
  /// The time that the end of the program waits for files that are being written.
  static let writingLimit = Duration.seconds(10)

  init(events: EventQueue<AppEvent>) { self.events = events }

  func save(
    _ page: Page, marking exercises: [CheckedExercise], longerSide: Int, at path: String, isProposal: Bool,
    replacing: Bool
  ) {
    lastSave.withLock { $0 = path }
    writer.submit { [events] in
      do throws(PageFile.Problem) {
        let written = try PageFile.save(
          page, marking: exercises, longerSide: longerSide, at: path, isProposal: isProposal,
          replacing: replacing)
        events.put(.saved(path: written, wasNamed: !isProposal))
      } catch {
        events.put(error.isNameTaken && !isProposal ? .nameTaken(path: path) : .notSaved(error.reason))
      }
    }
  }

  func open(_ path: String) {
    opener.submit { [self] in
      do throws(PageFile.Problem) {
        let bytes = try reader.value { () throws(PageFile.Problem) in try PageFile.bytes(of: path) }
        guard let bytes else {
          throw .init(
            reason: "Cannot read '\(path)': it does not answer; try again later or choose another file.")
        }
        switch try PageFile.document(bytes, from: path) {
        case .image(let image): events.put(.pictureOpened(image, path: path))
        case .drawings(let drawings):
          events.put(.drawingOpened(drawings.first?.drawing.strokes ?? [], path: path))
        }
      } catch {
        events.put(.notOpened(error.reason))
      }
    }
  }

  /// Decodes a pasted picture.
  func show(_ bytes: [UInt8]) {
    opener.submit { [events] in
      do throws(FormatError) {
        events.put(.pictureOpened(try Document.image(bytes), path: nil))
      } catch {
        events.put(.notOpened("The pasted picture cannot be shown: \(error)"))
      }
    }
  }

  func list(_ folder: String) {
    let path = FileAccess.absolute(folder, in: FileAccess.startFolder)
    opener.submit { [self] in
      var entries: [FileChoice.Entry]?
      var reason = "it does not answer"
      do throws(FileError) {
        entries = try reader.value { () throws(FileError) in try FileAccess.entries(of: path) }
      } catch {
        reason = error.reason
      }
      events.put(
        .folderListed(
          folder, entries: (entries ?? []).filter { $0.isFolder || PageFile.canOpen($0.name) },
          problem: entries == nil ? "\(folder) cannot be read: \(reason)." : nil))
    }
  }

  /// Finds a folder, or the first existing one of those that contain it.
  func findFolder(_ folder: String) {
    opener.submit { [self] in
      if let found = reader.value(of: { FileAccess.nearestFolder(folder) }) {
        events.put(.folderFound(found, proposed: folder))
      }
    }
  }

  /// Finds out which of the files that were opened before still exist; one that does not answer is left out.
  func findRecent(_ paths: [String]) {
    if paths.isEmpty { return }
    searcher.submit(only: true) { [events] in
      let reader = TimedReader(limit: FileWorker.searchingLimit)
      let existing = paths.filter { path in
        reader.value { Path.kind(of: path) == .file } == true
      }
      events.put(.recentFilesFound(existing))
    }
  }

  func write(_ settings: Settings, to folder: String) { writer.submit { settings.write(to: folder) } }

  /// Waits until all files are written; returns a sentence where that exceeds the limit.
  func finish() -> String? {
    if writer.finish(within: Self.writingLimit) { return nil }
    let seconds = Self.writingLimit.components.seconds
    guard let path = lastSave.withLock({ $0 }) else {
      return "The settings were not written within \(seconds) s and may be lost."
    }
    return "'\(path)' was not written within \(seconds) s and may be missing; check the disk."
  }
}
