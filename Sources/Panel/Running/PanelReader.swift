package import App
import Basics
import Gestures
package import Ink
package import Recognition
import Synchronization

/// Why a model cannot read in the panel.
package typealias PanelReaderProblem = ModelProblem
/// Reads a page.
package typealias PanelReader = @Sendable (Page) throws(PanelReaderProblem) -> Reading
/// Loads a model for the panel.
package typealias PanelReaderLoader = @Sendable () throws(PanelReaderProblem) -> PanelReader

/// The thread that reads the panel's ink.
final class PanelReadingWorker: Sendable {
  private let queue = BackgroundQueue()
  private let loaded = Mutex<PanelReader?>(nil)
  private let load: PanelReaderLoader
  private let events: EventQueue<PanelEvent>

  init(load: @escaping PanelReaderLoader, events: EventQueue<PanelEvent>) {
    self.load = load
    self.events = events
  }

  /// Loads the model before it is needed.
  func prepare() {
    queue.submit { [self] in
      do throws(PanelReaderProblem) { _ = try reader() } catch { events.put(.readingFailed(error.reason)) }
    }
  }

  /// Reads a page; requests that have not begun are dropped.
  func read(_ page: Page, revision: Int, gestures: GestureRecognizer?) {
    queue.submit(only: true) { [self] in
      do throws(PanelReaderProblem) {
        let gesture = gestures?.answer(for: page.drawing.strokes) ?? .unknown
        let reading = try reader()(page)
        events.put(.read(PanelReading(reading, gesture: gesture), revision: revision))
      } catch {
        events.put(.readingFailed(error.reason))
      }
    }
  }

  private func reader() throws(PanelReaderProblem) -> PanelReader {
    if let reader = loaded.withLock({ $0 }) { return reader }
    let reader = try load()
    loaded.withLock { $0 = reader }
    return reader
  }
}
