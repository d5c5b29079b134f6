// Reading without a window: for pictures of it, and for tests.

import Ink

extension WindowState {
  /// Offers the models that are there and has the page read on this thread.
  ///
  /// The answer's time is left out, so that the same page gives the same picture. A model that cannot be used is
  /// marked so before the error is thrown.
  package mutating func read(
    with wish: String?, in folders: [String], load: ModelLoader
  ) throws(ModelProblem) {
    var models = ModelCatalog.models(shipped: folders, own: Folders().userModels)
    let name = wish.map { ModelCatalog.choice($0, among: &models) }
    offer(models, choosing: name)
    if page.isEmpty { return }
    guard !predict().isEmpty, let model else { return }
    do throws(ModelProblem) {
      let reader = try load(model.path)
      let reading = try reader.read(page)
      take(.init(reading: reading, milliseconds: nil, revision: revision), of: chosenModel)
      if let look {
        let picture = try symbol.flatMap { (symbol) throws(ModelProblem) in
          try reader.picture(ofReading: symbol, as: look)
        }
        take(InspectionImage(picture: picture, revision: revision))
      }
    } catch {
      markUnusable(chosenModel, because: error.reason)
      throw error
    }
  }
}
