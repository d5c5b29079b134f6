// The formats that Inkling reads, and the reading of a file whose format its content tells.

import Basics
public import Ink

extension Document {
  /// The formats that are read, in the order in which they are tried.
  private static let formats: [any DocumentFormat.Type] = [
    PNM.self, PNG.self, JPEG.self, StrokeFile.self, InkML.self, UNIPEN.self,
  ]

  /// The endings of names of files that can be opened, in small letters, without the dot.
  public static let endings = formats.flatMap { $0.endings } + ["gz"]

  /// The endings of names of image files, in small letters, without the dot.
  public static let imageEndings = formats.filter { $0 is any ImageFormat.Type }.flatMap { $0.endings }

  /// How many decompressed bytes tell the format of a gzip file.
  private static let detectionLength = 4096

  /// Reads a file, plain or gzip.
  ///
  /// Its content tells the format, whatever its name.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Throws: `FormatError` if the format is unknown or the file is damaged.
  public init(_ bytes: [UInt8]) throws(FormatError) {
    try self.init(bytes, mostDrawings: .max)
  }

  /// Reads a file, plain or gzip, and of a file with many drawings no more than the given number.
  package init(_ bytes: [UInt8], mostDrawings: Int) throws(FormatError) {
    var start = bytes
    let isGzip = Gzip.begins(bytes)
    if isGzip {
      var stream = try ByteStream(bytes, format: "gzip")
      start = try stream.readUpTo(Self.detectionLength)
    }
    guard let format = Self.formats.first(where: { $0.begins(start) }) else {
      throw Self.error(expected: Self.formats, found: FormatError.show(start.prefix(8)))
    }
    // Stroke files are decompressed piece by piece.
    if format == StrokeFile.self {
      self = .drawings(try StrokeFile.drawings(bytes, most: mostDrawings))
      return
    }
    self = try format.document(isGzip ? Gzip.decompress(bytes, limit: format.mostBytes) : bytes)
  }

  /// Reads an image, plain or gzip.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The image in greys.
  /// - Throws: `FormatError` if the file is damaged or holds no image.
  public static func image(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    if case .image(let image) = try Document(bytes) { return image }
    throw error(expected: formats.filter { $0 is any ImageFormat.Type }, found: "drawings")
  }

  /// Reads drawings, plain or gzip.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The drawings in the order of the file.
  /// - Throws: `FormatError` if the file is damaged or holds no drawings.
  public static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] {
    if case .drawings(let drawings) = try Document(bytes) { return drawings }
    throw error(expected: formats.filter { $0 is any DrawingFormat.Type }, found: "an image")
  }

  private static func error(expected formats: [any DocumentFormat.Type], found: String) -> FormatError {
    let names = formats.map { $0.name }
    let list = "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
    return FormatError(
      "file", at: 0, expected: "a file of the format \(list)", found: found,
      advice: "convert it to one of these")
  }

  /// An image as a file of the format that a name asks for by its ending: PNG, or else PGM.
  ///
  /// - Parameters:
  ///   - image: The image to write.
  ///   - path: The name of the file.
  /// - Returns: The bytes of the file.
  /// - Throws: `FormatError` if the image is too large, or if a PNG is asked for and the build cannot write it.
  public static func file(_ image: GrayImage, named path: String) throws(FormatError) -> [UInt8] {
    Path.ending(of: path) == "png" ? try PNG.file(image) : PNM.pgm(image)
  }
}
