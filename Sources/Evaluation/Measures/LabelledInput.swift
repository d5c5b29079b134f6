package import Formats
import Ink
import Preprocessing

/// An input of a network with its true label.
package struct LabelledInput: Sendable {
  /// A number for each pixel, 0 paper, 1 ink.
  package var input: [Float]
  /// The true label, for example "7", or a letter that is none of the model's labels.
  package var label: String
  /// The writer, where it is known.
  package var writer: Writer?

  /// Makes a sample.
  package init(input: [Float], label: String, writer: Writer? = nil) {
    self.input = input
    self.label = label
    self.writer = writer
  }

  /// Makes a sample of pixels from 0 paper to 255 ink.
  init(levels: some Sequence<UInt8>, label: String, writer: Writer? = nil) {
    self.init(input: levels.map { Float($0) * (1 / 255) }, label: label, writer: writer)
  }

  /// Makes a sample of fitted ink; an empty input where there is no ink.
  init(fitted ink: Coverage?, label: String, writer: Writer? = nil) {
    self.init(
      input: ink.map(InputNormalizer.numbers) ?? Self.blank.map { Float($0) }, label: label, writer: writer)
  }

  /// The levels of an input without ink.
  static let blank = [UInt8](repeating: 0, count: InputNormalizer.side * InputNormalizer.side)
}
