// What a session knows of its models, and what they answer.

import Ink

extension WindowState {
  /// Takes the models that were found; the one of a name is chosen, else the first.
  ///
  /// Where that one turns out to be unusable, the fallback is chosen, else the first one that is usable.
  package mutating func offer(_ models: [ModelEntry], choosing name: String?, fallback: String? = nil) {
    self.models = models
    fallbackModel = fallback
    chosenModel = models.firstIndex { $0.name == name } ?? 0
  }

  /// Takes a model's answer, unless it has given a later one already.
  package mutating func take(_ answer: ModelEntry.Answer, of model: Int) {
    guard models.indices.contains(model), (models[model].answer?.revision ?? -1) <= answer.revision else {
      return
    }
    models[model].condition = .ready
    // An answer to a page that has been emptied since is nobody's.
    if page.isEmpty, answer.revision != revision { return }
    models[model].answer = answer
  }

  /// Takes the reason why a model cannot be used.
  ///
  /// Where it is the chosen one, another is chosen, and the message says so.
  package mutating func reject(_ model: Int, because reason: String) -> [Effect] {
    markUnusable(model, because: reason)
    guard model == chosenModel, models.indices.contains(model) else { return [] }
    let usable = models.indices.filter { models[$0].isUsable }
    guard let other = usable.first(where: { models[$0].name == fallbackModel }) ?? usable.first else {
      return []
    }
    let effects = choose(other)
    fallbackModel = nil
    message = .failure(
      "The model '\(models[model].name)' cannot be used, '\(models[other].name)' is chosen instead: \(reason)"
    )
    return effects
  }

  /// Takes the reason why a model cannot be used; the choice stays as it is.
  mutating func markUnusable(_ model: Int, because reason: String) {
    guard models.indices.contains(model) else { return }
    models[model].condition = .unusable(reason)
    models[model].answer = nil
    if model == chosenModel { message = .failure(reason) }
  }

  mutating func choose(_ model: Int) -> [Effect] {
    guard models.indices.contains(model) else { return [] }
    if let before = self.model, before.isUsable { fallbackModel = before.name }
    chosenModel = model
    selectedSymbol = nil
    inside = nil
    if case .unusable(let reason) = models[model].condition {
      message = .failure(reason)
    } else {
      message = nil
    }
    let wanted = isAsked || (isLive && !page.isEmpty)
    return [.remember] + (wanted ? predict() : [])
  }

  mutating func toggleAskAll() -> [Effect] {
    asksAll.toggle()
    guard asksAll, !page.isEmpty else { return [] }
    return predict()
  }
}
