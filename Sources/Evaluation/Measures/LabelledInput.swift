package import Formats
package import Ink
package import Preprocessing

/// An input of the networks with its true label.
package struct LabelledInput: Sendable {
  /// What the networks read.
  package var input: SymbolInput
  /// The true label, for example "7", or a letter that is none of the model's labels.
  package var label: String
  /// The writer, where it is known.
  package var writer: Writer?

  /// Makes a sample; an empty input where there is no ink.
  package init(_ input: SymbolInput?, label: String, writer: Writer? = nil) {
    self.input = input ?? .blank
    self.label = label
    self.writer = writer
  }

  /// Makes a sample of a fitted picture; an empty input where there is no ink.
  package init(fitted picture: Coverage?, label: String, writer: Writer? = nil) {
    self.init(picture.map { SymbolInput(picture: $0) }, label: label, writer: writer)
  }

  /// Makes a sample of pixels from 0 paper to 255 ink.
  init(levels: some Sequence<UInt8>, label: String, writer: Writer? = nil) {
    var picture = Coverage(width: InputNormalizer.side, height: InputNormalizer.side)
    picture.levels = Array(levels)
    self.init(fitted: picture, label: label, writer: writer)
  }
}
