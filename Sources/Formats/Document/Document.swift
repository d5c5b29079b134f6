// The content of a file that Inkling reads, and what a format must offer to be read.

public import Ink

/// The content of a file that Inkling reads.
public enum Document: Sendable, Equatable {
  /// An image in greys.
  case image(GrayImage)
  /// Drawings, in the order of the file.
  case drawings([LabelledDrawing])
}

/// A file format that is read into a document.
///
/// A new format needs a file of its own with a type that conforms, and an entry in `Document.formats`.
protocol DocumentFormat: SendableMetatype {
  /// The name that messages show.
  static var name: String { get }
  /// The endings of file names, in small letters, without the dot.
  static var endings: [String] { get }
  /// The most bytes of a file after decompression.
  static var mostBytes: Int { get }
  /// Whether bytes begin as a file of this format.
  static func begins(_ bytes: [UInt8]) -> Bool
  /// The content of a file.
  static func document(_ bytes: [UInt8]) throws(FormatError) -> Document
}

extension DocumentFormat {
  static var mostBytes: Int { SizeLimit.fileBytes }
}

/// A format of images.
protocol ImageFormat: DocumentFormat {
  static func image(_ bytes: [UInt8]) throws(FormatError) -> GrayImage
}

extension ImageFormat {
  static func document(_ bytes: [UInt8]) throws(FormatError) -> Document { .image(try image(bytes)) }
}

/// A format of drawings.
protocol DrawingFormat: DocumentFormat {
  static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing]
}

extension DrawingFormat {
  static func document(_ bytes: [UInt8]) throws(FormatError) -> Document { .drawings(try drawings(bytes)) }
}
