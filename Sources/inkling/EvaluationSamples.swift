// The labelled samples that `inkling evaluate` asks models about.

import Basics
import Datasets
import Evaluation
import Formats
import Ink
import Preprocessing

/// Labelled samples from a data set or a stroke file.
struct EvaluationSamples {
  private enum Source {
    case images(ImageSet, preprocess: Bool)
    case ink([LabelledDrawing])
  }

  private let source: Source
  private let allowed: Set<String>?
  /// Whether these are MNIST's official test images, all of them in their order.
  let isMNISTTest: Bool
  /// What was read, in words for a card.
  let words: String

  /// Reads what the arguments name.
  init(_ arguments: Arguments) throws(Failure) {
    allowed = arguments.text("classes").map { Set($0.map(String.init)) }
    let split = try arguments.choice("split", of: ["test", "train"]) ?? "test"
    if let path = arguments.text("ink") {
      guard arguments.text("data") == nil else { throw .usage("give either --data or --ink, not both") }
      do throws(DataError) {
        source = .ink(try StrokeSet.drawings(at: path))
      } catch {
        throw Failure(error)
      }
      isMNISTTest = false
      words = "the drawings of '\(Path.name(of: path))'"
      return
    }
    let place = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    let images: ImageSet
    do throws(DataError) {
      images = try place.mnist(split == "train" ? .train : .test)
    } catch {
      throw Failure(error)
    }
    let isOriginalSize = images.width == 28 && images.height == 28
    source = .images(images, preprocess: arguments.has("preprocess") || !isOriginalSize)
    isMNISTTest = split == "test" && images.count == 10_000 && isOriginalSize && allowed == nil
    words = split == "test" ? "the \(images.count) test images" : "the \(images.count) training images"
  }

  /// The samples as a model's inputs.
  func questions(fittedBy fitting: InputNormalizer) throws(Failure) -> [Question] {
    var questions: [Question] = []
    switch source {
    case .images(let images, let preprocess):
      let scale = preprocess ? InkScale(of: images) : nil
      for index in 0..<images.count where isAllowed(images.name(of: index)) {
        var levels = Array(images.levels(of: index))
        if let scale {
          var ink = Coverage(width: images.width, height: images.height)
          ink.levels = scale.ink(of: levels)
          levels = fitting.input(of: ink)?.levels ?? [UInt8](repeating: 0, count: 784)
        }
        questions.append(
          Question(
            input: levels.map { Float($0) * (1 / 255) }, label: images.name(of: index),
            writer: images.writers.isEmpty ? nil : images.writers[index]))
      }
    case .ink(let drawings):
      for drawing in drawings {
        // Several characters on one page are for `inkling read`; here each sample is one symbol.
        guard let label = drawing.label, label.count == 1, isAllowed(label) else { continue }
        let input = fitting.input(of: drawing.drawing.strokes)
        questions.append(
          Question(
            input: input.map(InputNormalizer.numbers) ?? [Float](repeating: 0, count: 784), label: label,
            writer: drawing.writer))
      }
    }
    guard !questions.isEmpty else {
      throw .badData(
        "there is no labelled sample among \(words)\(allowed == nil ? "" : " with one of these --classes")")
    }
    return questions
  }

  private func isAllowed(_ label: String) -> Bool { allowed?.contains(label) ?? true }
}
