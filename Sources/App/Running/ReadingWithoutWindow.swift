// A state that is read on the calling thread: for pictures of the window, and for tests.

import Ink

extension WindowState {
  /// Finds the models and reads the page with one of them on this thread.
  ///
  /// The answer has no time, so that the same page gives the same picture. A model that cannot be used is marked as
  /// unusable before the error is thrown.
  package mutating func read(
    with model: String?, in folders: [String], load: ModelLoader
  ) throws(ModelProblem) {
    var found = ModelCatalog.models(shipped: folders, own: Folders().userModels)
    let name = model.map { ModelCatalog.choice($0, among: &found) }
    _ = handle(.modelsFound(found, chosen: name, fallback: nil))
    if page.isEmpty { return }
    guard !handle(.controlPressed(.predict)).isEmpty, let model = self.model else { return }
    let index = models.chosenIndex
    do throws(ModelProblem) {
      let reader = try load(model.path)
      let answer = try reader.answer(page, in: frame, mode, revision: revision, isTimed: false)
      _ = handle(.answered(model: index, answer))
      if let request = Layout(of: self).inspectionRequest(theme: theme, language: language) {
        let picture = try reader.picture(of: answer.reading, selected: status.selectedSymbol, as: request)
        _ = handle(.inspected(model: index, InspectionImage(picture: picture, revision: revision)))
      }
    } catch {
      _ = handle(.modelFailed(model: index, reason: error.reason))
      throw error
    }
  }
}
