// The thread that reads pages: the latest page replaces waiting ones, and each model is loaded once.

import Basics
import Ink
import Recognition
import Synchronization

/// The thread that loads models and reads pages.
final class RecognitionWorker: Sendable {
  /// A reading of a page by some models.
  struct Request: Sendable {
    /// A model by its index in the list of models, and its file.
    struct Model: Sendable {
      let index: Int
      let path: String
    }

    /// The inspection picture of one model's reading.
    struct Picture: Sendable {
      let request: InspectionRequest
      let model: Int
      let symbol: Int?
    }

    let page: Page
    /// The part of the picture that is read; nil for the whole page.
    let frame: Box?
    let revision: Int
    /// Whether a stroke is being drawn.
    let isUnfinished: Bool
    let mode: ReadingMode
    let models: [Model]
    let picture: Picture?
  }

  private let queue = BackgroundQueue(hasLowPriority: true)
  private let loaded = Mutex<[String: any PageReader]>([:])
  private let load: ModelLoader
  private let events: EventQueue<AppEvent>

  init(load: @escaping ModelLoader, events: EventQueue<AppEvent>) {
    self.load = load
    self.events = events
  }

  /// Loads a model before the first reading.
  func prepare(_ model: Request.Model) {
    queue.submit { [self] in _ = reader(model) }
  }

  /// Reads a page; requests that have not begun are dropped.
  ///
  /// The inspection picture follows the model's answer.
  func read(_ request: Request) {
    queue.submit(only: true) { [self] in
      for model in request.models {
        guard let reader = reader(model) else { continue }
        do throws(ModelProblem) {
          try read(request, by: model, with: reader)
        } catch {
          // The file may have been replaced before the next reading, which loads it again.
          loaded.withLock { $0[model.path] = nil }
          events.put(.modelFailed(model: model.index, reason: error.reason))
        }
        if queue.hasWaitingJob { break }
      }
    }
  }

  private func read(
    _ request: Request, by model: Request.Model, with reader: any PageReader
  ) throws(ModelProblem) {
    let answer = try reader.answer(
      request.page, in: request.frame, request.mode, revision: request.revision,
      isUnfinished: request.isUnfinished, isTimed: true)
    events.put(.answered(model: model.index, answer))
    guard let picture = request.picture, picture.model == model.index else { return }
    let image = InspectionImage(
      picture: try reader.picture(of: answer.reading, selected: picture.symbol, as: picture.request),
      revision: request.revision)
    events.put(.inspected(model: model.index, image))
  }

  private func reader(_ model: Request.Model) -> (any PageReader)? {
    if let reader = loaded.withLock({ $0[model.path] }) { return reader }
    do throws(ModelProblem) {
      let reader = try load(model.path)
      loaded.withLock { $0[model.path] = reader }
      return reader
    } catch {
      events.put(.modelFailed(model: model.index, reason: error.reason))
      return nil
    }
  }
}
