// Saving and opening on threads of their own: a slow disk holds up nobody's pen.

import Basics
import Formats
import Ink
import Synchronization

/// The threads that read and write files.
///
/// Reading and writing do not wait for each other. A file or a folder that does not answer, such as one of a server
/// that is gone, is given up after a time; the thread that reads it is left to the system.
final class FileWorker: Sendable {
  private let writer = BackgroundQueue()
  /// Waits for the reader, so that what was asked first is answered first, and decodes what was read.
  private let opener = BackgroundQueue()
  private let reader: TimedReader
  private let outbox: Outbox
  /// The path of the save that was begun last, for the sentence that says that it has not ended.
  private let lastSave = Mutex<String?>(nil)

  /// The largest file that is read takes less from a disk; a server that is silent for so long is taken for gone.
  private static let readingLimit = Duration.seconds(20)
  /// So long the end of the program waits for files that are being written.
  static let writingLimit = Duration.seconds(10)

  init(outbox: Outbox) {
    self.outbox = outbox
    reader = TimedReader(limit: Self.readingLimit)
  }

  func save(_ page: Page, longerSide: Int, at path: String, isProposal: Bool) {
    lastSave.withLock { $0 = path }
    writer.submit { [outbox] in
      do throws(PageFile.Problem) {
        let written = try PageFile.save(page, longerSide: longerSide, at: path, isProposal: isProposal)
        outbox.put(.saved(path: written, wasNamed: !isProposal))
      } catch {
        outbox.put(.notSaved(error.reason))
      }
    }
  }

  func open(_ path: String) {
    opener.submit { [self] in
      let read = reader.answer { () -> Result<[UInt8], PageFile.Problem> in
        do throws(PageFile.Problem) { return .success(try PageFile.bytes(of: path)) } catch {
          return .failure(error)
        }
      }
      guard let read else {
        outbox.put(
          .failed("Cannot read '\(path)': it does not answer; try again later or choose another file."))
        return
      }
      do throws(PageFile.Problem) {
        switch try PageFile.document(try read.get(), from: path) {
        case .image(let image): outbox.put(.openedPicture(image, path: path))
        case .drawings(let drawings):
          outbox.put(.openedStrokes(drawings.first?.drawing.strokes ?? [], path: path))
        }
      } catch {
        outbox.put(.failed(error.reason))
      }
    }
  }

  func show(_ bytes: [UInt8]) {
    opener.submit { [outbox] in
      do throws(FormatError) {
        outbox.put(.openedPicture(try Document.image(bytes), path: nil))
      } catch {
        outbox.put(.failed("What was pasted cannot be shown: \(error)"))
      }
    }
  }

  func list(_ folder: String) {
    let whole = FileAccess.whole(folder, in: FileAccess.startFolder)
    opener.submit { [self] in
      let listing = reader.answer { () -> Result<[FileChoice.Entry], FileError> in
        do throws(FileError) { return .success(try FileAccess.entries(of: whole)) } catch {
          return .failure(error)
        }
      }
      var entries: [FileChoice.Entry] = []
      var reason: String?
      switch listing {
      case .success(let all): entries = all.filter { $0.isFolder || PageFile.canOpen($0.name) }
      case .failure(let error): reason = error.reason
      case nil: reason = "it does not answer"
      }
      outbox.put(
        .listed(folder: folder, entries, problem: reason.map { "\(folder) cannot be read: \($0)." }))
    }
  }

  /// Finds the first of a folder and those around it that is there.
  func findFolder(_ folder: String) {
    opener.submit { [self] in
      if let found = reader.answer({ FileAccess.nearestFolder(folder) }) {
        outbox.put(.foundFolder(found, asked: folder))
      }
    }
  }

  func keep(_ settings: Settings, in folder: String) { writer.submit { settings.keep(in: folder) } }

  /// Waits until everything is written; gives a sentence where that takes longer than a limit.
  func finish(within limit: Duration = FileWorker.writingLimit) -> String? {
    if writer.finish(within: limit) { return nil }
    let seconds = limit.components.seconds
    guard let path = lastSave.withLock({ $0 }) else {
      return "The settings were not written within \(seconds) s and may be lost."
    }
    return "'\(path)' was not written within \(seconds) s and may be missing; check the disk."
  }
}
