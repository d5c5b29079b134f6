package import Datasets
import Formats
import Ink
package import Preprocessing

/// The labelled samples of `inkling evaluate`, from images or from a stroke file.
package struct EvaluationSamples: Sendable {
  private enum Source {
    case images(ImageSet, fits: Bool)
    case ink([LabelledDrawing])
  }

  private let source: Source
  private let labels: Set<String>?
  /// Whether these are all of MNIST's official test images, in their order.
  package let isMNISTTest: Bool
  /// A short description, for a model card.
  package let summary: String

  /// Uses a data set's images with some labels, all where `labels` is nil.
  ///
  /// `fits` fits images of MNIST's size too; images of another size are always fitted.
  package init(
    _ split: MNIST.Split, from locator: DatasetLocator, labels: Set<String>?, fits: Bool
  ) throws(DataError) {
    let images = try locator.mnist(split)
    let isOriginalSize = images.width == InputNormalizer.side && images.height == InputNormalizer.side
    source = .images(images, fits: fits || !isOriginalSize)
    isMNISTTest = split == .test && images.count == 10_000 && isOriginalSize && labels == nil
    summary = "the \(images.count) \(split == .test ? "test" : "training") images"
    self.labels = labels
  }

  /// Uses a stroke file's drawings with some labels, all where `labels` is nil.
  package init(strokes path: String, labels: Set<String>?) throws(DataError) {
    source = .ink(try StrokeSet.drawings(at: path))
    isMNISTTest = false
    summary = "the drawings of '\(Path.name(of: path))'"
    self.labels = labels
  }

  /// The samples as a model's inputs.
  package func inputs(fittedBy fitting: InputNormalizer) throws(EvaluationError) -> [LabelledInput] {
    let samples =
      switch source {
      case .images(let images, let fits): inputs(of: images, fits ? fitting : nil)
      case .ink(let drawings): inputs(of: drawings, fitting)
      }
    guard !samples.isEmpty else {
      throw .unsuitable(
        "there is no labelled sample among \(summary)\(labels == nil ? "" : " with one of these --classes")")
    }
    return samples
  }

  private func inputs(of images: ImageSet, _ fitting: InputNormalizer?) -> [LabelledInput] {
    let scale = fitting == nil ? nil : InkScale(of: images)
    return (0..<images.count).filter { isIncluded(images.name(of: $0)) }.map { index in
      var levels = Array(images.levels(of: index))
      if let scale, let fitting {
        var ink = Coverage(width: images.width, height: images.height)
        ink.levels = scale.ink(of: levels)
        levels = (fitting.input(of: ink) ?? SymbolInput.blank.picture).levels
      }
      return LabelledInput(
        levels: levels, label: images.name(of: index),
        writer: images.writers.isEmpty ? nil : images.writers[index])
    }
  }

  private func inputs(of drawings: [LabelledDrawing], _ fitting: InputNormalizer) -> [LabelledInput] {
    let scale = WriterScale(drawings)
    return drawings.compactMap { drawing in
      // A label of several characters belongs to a page, which is no single input.
      guard let label = drawing.label, label.count == 1, isIncluded(label) else { return nil }
      return LabelledInput(
        SymbolInput(
          drawing.drawing.strokes, normalizer: fitting,
          height: scale.height(of: drawing.writer) * (drawing.sourceScale ?? 1)), label: label,
        writer: drawing.writer)
    }
  }

  private func isIncluded(_ label: String) -> Bool { labels?.contains(label) ?? true }
}
