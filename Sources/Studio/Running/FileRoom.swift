// Saving and opening on a thread of their own: a slow disk holds up nobody's pen.

import Formats
import Ink

/// The thread that reads and writes files.
final class FileRoom: Sendable {
  private let worker = Worker()
  private let outbox: Outbox

  init(outbox: Outbox) { self.outbox = outbox }

  func save(_ page: Page, longerSide: Int, at path: String, isProposal: Bool) {
    worker.submit { [outbox] in
      do throws(PageFile.Problem) {
        let written = try PageFile.save(page, longerSide: longerSide, at: path, isProposal: isProposal)
        outbox.put(.saved(path: written, wasNamed: !isProposal))
      } catch {
        outbox.put(.failed(error.reason))
      }
    }
  }

  func open(_ path: String) {
    worker.submit { [outbox] in
      do throws(PageFile.Problem) {
        switch try PageFile.open(path) {
        case .picture(let picture): outbox.put(.openedPicture(picture, path: path))
        case .strokes(let strokes): outbox.put(.openedStrokes(strokes, path: path))
        }
      } catch {
        outbox.put(.failed(error.reason))
      }
    }
  }

  func show(_ bytes: [UInt8]) {
    worker.submit { [outbox] in
      do throws(FormatError) {
        outbox.put(.openedPicture(try Picture.gray(bytes), path: nil))
      } catch {
        outbox.put(.failed("What was pasted cannot be shown: \(error)"))
      }
    }
  }

  func list(_ folder: String) {
    let whole = FileAccess.whole(folder, in: FileAccess.startFolder)
    worker.submit { [outbox] in
      let entries = FileAccess.entries(of: whole)
      let problem = entries == nil ? "\(folder) cannot be read: \(FileAccess.reason)." : nil
      outbox.put(
        .listed(
          folder: folder, (entries ?? []).filter { $0.isFolder || PageFile.canOpen($0.name) },
          problem: problem))
    }
  }

  func keep(_ settings: Settings, in folder: String) { worker.submit { settings.keep(in: folder) } }
}
