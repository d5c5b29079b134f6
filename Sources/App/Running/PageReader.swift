// Reading on another thread: the latest page wins, and each model is loaded once.

import Basics
package import Graphics
package import Ink
package import Recognition
import Synchronization

/// Something that reads a page: a model, loaded.
package protocol PageReader: Sendable {
  /// What is on the page.
  func read(_ page: Page) throws(ModelProblem) -> Reading
  /// What went on inside when it read a symbol; nil for a model that cannot be looked into.
  func picture(ofReading symbol: Symbol, as look: InspectionRequest) throws(ModelProblem) -> Bitmap?
}

/// Why a model cannot be used, in a sentence.
package struct ModelProblem: Error, Sendable {
  /// The sentence.
  package let reason: String

  /// Makes a problem.
  package init(_ reason: String) { self.reason = reason }
}

/// Loads a model's file.
package typealias ModelLoader = @Sendable (_ path: String) throws(ModelProblem) -> any PageReader

/// What comes back from other threads.
enum Outcome: Sendable {
  case answered(model: Int, ModelEntry.Answer)
  case looked(model: Int, InspectionImage)
  case unusable(model: Int, String)
  case saved(path: String, wasNamed: Bool)
  case openedPicture(GrayImage, path: String?)
  case openedStrokes([Stroke], path: String)
  /// A save that failed, and why.
  case notSaved(String)
  /// The folder that is there, itself or the first of those around it that is.
  case foundFolder(String, asked: String)
  case listed(folder: String, [FileChoice.Entry], problem: String?)
  case failed(String)
}

/// Results on their way to the window's thread.
final class Outbox: Sendable {
  private let outcomes = Mutex<[Outcome]>([])
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func put(_ outcome: Outcome) {
    outcomes.withLock { $0.append(outcome) }
    wake()
  }

  func take() -> [Outcome] {
    outcomes.withLock { outcomes in
      defer { outcomes = [] }
      return outcomes
    }
  }
}

/// The thread that asks the models.
final class RecognitionWorker: Sendable {
  private let worker = BackgroundQueue(hasLowPriority: true)
  private let loaded = Mutex<[String: any PageReader]>([:])
  private let load: ModelLoader
  private let outbox: Outbox

  init(load: @escaping ModelLoader, outbox: Outbox) {
    self.load = load
    self.outbox = outbox
  }

  /// Loads a model before anybody asks it.
  func prepare(_ model: Int, path: String) {
    worker.submit { [self] in _ = reader(model, path) }
  }

  /// Asks models for a page; whatever was asked before and has not begun is forgotten.
  ///
  /// Where somebody looks, the picture of the inside follows the model's answer.
  func read(
    _ page: Page, revision: Int, with models: [(index: Int, path: String)],
    looking: (look: InspectionRequest, model: Int, symbol: Int?)?
  ) {
    worker.submit(only: true) { [self] in
      for model in models {
        guard let reader = reader(model.index, model.path) else { continue }
        do throws(ModelProblem) {
          let clock = ContinuousClock()
          let start = clock.now
          let reading = try reader.read(page)
          let (seconds, attoseconds) = (clock.now - start).components
          let milliseconds = Double(seconds) * 1000 + Double(attoseconds) / 1e15
          outbox.put(
            .answered(
              model: model.index, .init(reading: reading, milliseconds: milliseconds, revision: revision)))
          if let looking, looking.model == model.index {
            let symbol = reading.symbol(looking.symbol)
            let picture = try symbol.flatMap { (symbol) throws(ModelProblem) in
              try reader.picture(ofReading: symbol, as: looking.look)
            }
            outbox.put(.looked(model: model.index, InspectionImage(picture: picture, revision: revision)))
          }
        } catch {
          // The file is read again when it is asked again: it may have been replaced by then.
          loaded.withLock { $0[model.path] = nil }
          outbox.put(.unusable(model: model.index, error.reason))
        }
        if worker.hasWaitingJob { break }
      }
    }
  }

  private func reader(_ model: Int, _ path: String) -> (any PageReader)? {
    if let reader = loaded.withLock({ $0[path] }) { return reader }
    do throws(ModelProblem) {
      let reader = try load(path)
      loaded.withLock { $0[path] = reader }
      return reader
    } catch {
      outbox.put(.unusable(model: model, error.reason))
      return nil
    }
  }
}
