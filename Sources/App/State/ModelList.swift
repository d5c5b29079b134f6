// The models that can read the page, and which of them do.

import Recognition

/// The models with their answers, and the chosen one.
package struct ModelList: Sendable {
  /// The models in the order of their rows.
  package private(set) var entries: [ModelEntry] = []
  /// The index of the model whose answer is shown large.
  package private(set) var chosenIndex = 0
  /// Whether all models read the page at every reading.
  package internal(set) var asksAll = false
  /// The name of the model to choose where the chosen one cannot be used.
  private var fallback: String?

  /// The chosen model; nil where there is none.
  package var chosen: ModelEntry? { entries.indices.contains(chosenIndex) ? entries[chosenIndex] : nil }

  /// The models that read the page at a reading.
  var readers: [Int] { asksAll ? Array(entries.indices) : [chosenIndex] }

  /// Whether all models that have read a revision of the page give the same text.
  package func answersAgree(on revision: Int) -> Bool {
    let texts = entries.compactMap(\.answer).filter { $0.revision == revision }.map(\.text)
    return Set(texts).count <= 1
  }

  /// How the answers of the models compare.
  package enum Comparison: Sendable, Equatable {
    /// Some of the usable models have not answered yet.
    case waiting
    case agree, disagree
  }

  /// How the answers to a revision of the page compare; models that cannot be used do not count.
  package func comparison(on revision: Int) -> Comparison {
    if !answersAgree(on: revision) { return .disagree }
    let usable = entries.filter(\.isUsable)
    return !usable.isEmpty && usable.allSatisfy { $0.answer?.revision == revision } ? .agree : .waiting
  }

  /// Replaces the models, and chooses the one of a name, or else the first.
  ///
  /// Where the chosen model turns out to be unusable, the fallback is chosen, or else the first usable one.
  mutating func replace(with entries: [ModelEntry], choosing name: String?, fallback: String?) {
    self.entries = entries
    self.fallback = fallback
    chosenIndex = entries.firstIndex { $0.name == name } ?? 0
  }

  /// Chooses a model; a usable one that was chosen before becomes the fallback.
  mutating func choose(_ model: Int) {
    if let chosen, chosen.isUsable { fallback = chosen.name }
    chosenIndex = model
  }

  /// Stores a model's answer, unless it has given one to a later revision.
  ///
  /// An answer to an outdated revision only proves that the model can be used where `storesOutdated` is false.
  mutating func store(_ answer: ModelEntry.Answer, of model: Int, revision: Int, storesOutdated: Bool) {
    guard entries.indices.contains(model) else { return }
    if let last = entries[model].answer, last.revision > answer.revision { return }
    entries[model].condition = .ready
    if storesOutdated || answer.revision == revision { entries[model].answer = answer }
  }

  mutating func discardAnswers() {
    for index in entries.indices { entries[index].answer = nil }
  }

  /// Lets all models be tried again.
  mutating func forgetProblems() {
    for index in entries.indices where !entries[index].isUsable { entries[index].condition = .unloaded }
  }

  /// Marks a model as unusable.
  ///
  /// - Returns: The model to choose instead, where it is the chosen one and another one is usable.
  mutating func reject(_ model: Int, because reason: String) -> Int? {
    guard entries.indices.contains(model) else { return nil }
    entries[model].condition = .unusable(reason)
    entries[model].answer = nil
    if model != chosenIndex { return nil }
    let usable = entries.indices.filter { entries[$0].isUsable }
    return usable.first { entries[$0].name == fallback } ?? usable.first
  }

  mutating func forgetFallback() { fallback = nil }
}
