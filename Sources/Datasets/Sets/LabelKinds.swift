/// Kinds of labels in data sets.
package enum LabelKinds {
  /// Letters and strokes that look like digits: a model that reads one of them as a digit makes no mistake.
  package static let digitLike = Set(#"OoDQIiljJZzSsGbgqByT|/\"#.map(String.init))
}
