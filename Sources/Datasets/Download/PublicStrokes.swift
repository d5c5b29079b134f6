// The download of published collections of pen strokes, which are converted to one stroke file each.

import Basics
import CLibrary
package import Formats

/// A collection of pen strokes that was published as UNIPEN files.
package struct PublicStrokes: Sendable {
  /// A published file.
  package struct SourceFile: Sendable {
    let name: String
    /// The entry of a zip file that has the symbols, or nil if the file is no zip file.
    let entry: String?
    /// The SHA-256 checksum of the file; of a text without carriage returns, which some servers add to line ends.
    let checksum: String
    /// The writer of the whole file, or nil if the file names its writers.
    let writer: Writer?

    /// Describes a file.
    package init(name: String, entry: String? = nil, checksum: String, writer: Writer? = nil) {
      self.name = name
      self.entry = entry
      self.checksum = checksum
      self.writer = writer
    }
  }

  /// The name of the set in recipes, and of its folder.
  package let name: String
  /// The address of the folder of the files.
  package let address: String
  /// The files.
  let files: [SourceFile]
  /// The number of symbols in each complete file.
  let symbols: Int
  /// Whether y grows upwards in the files.
  let isUpwards: Bool

  /// Describes a collection.
  package init(name: String, address: String, files: [SourceFile], symbols: Int, isUpwards: Bool) {
    self.name = name
    self.address = address
    self.files = files
    self.symbols = symbols
    self.isUpwards = isUpwards
  }

  /// The training writers of pendigits (Alpaydin and Alimoglu, 1998; CC BY 4.0).
  ///
  /// UCI states no checksum. This one is in the records of several independent projects that fetched the file.
  static let pendigits = PublicStrokes(
    name: "pendigits", address: "https://archive.ics.uci.edu/static/public/81",
    files: [
      SourceFile(
        name: "pen+based+recognition+of+handwritten+digits.zip", entry: "pendigits-orig.tra.Z",
        checksum: "1e02bea023613c2b11c9492f6f34caf975420455934f3527d270cee9a1f03b64")
    ], symbols: 7494, isUpwards: true)

  /// The first eight of UJI's eleven writers (Llorens and others, 2008; CC BY 4.0).
  ///
  /// The others are for evaluation. UCI states no checksums. These are of a copy whose symbols are complete.
  static let ujipenchars = PublicStrokes(
    name: "ujipenchars",
    address: "https://archive.ics.uci.edu/ml/machine-learning-databases/uji-penchars/version1",
    files: checksumsOfUJI.enumerated().map { index, checksum in
      SourceFile(name: "UJIpenchars-w0\(index + 1)", checksum: checksum, writer: Writer(index + 1))
    },
    symbols: 124,
    isUpwards: false)

  /// The checksums of the files of ujipenchars, writer by writer.
  private static let checksumsOfUJI = [
    "fdbaac66233c05fbf685a977807ec7555a8753d9c20702b40ac99f3e1fb635f6",
    "d576a82ec0ddd72456051437cd5818e357e00df6f224a78236a10348d1ee9cbd",
    "f4f8ce957dac7f67cda197f2bfa2ef8e8cb7ce8bdfd1f6a298d0f0f9f580e1cc",
    "ff40fe0cfa9b0a1bd5a23971978f71b0b5f212d2bce1662551c651f597996256",
    "6aacaad8bc19efec531ef8cb9cbf93deac4ddc6547a7177f5004bf7430b2e6c7",
    "3a96f361394cb208ac6182bb9c513edca42332473fe71fda8aeb4ebe4ab7e6be",
    "e1e42923f74924b70455803741596bd5e387e60c1e111ff289bc2606bd82f855",
    "b06b620c24df8e25179dac8e65b812086891d0909e767f37e0b0218a8a2f7528",
  ]

  /// All collections that can be fetched.
  package static let all = [pendigits, ujipenchars]

  /// The most bytes of a file.
  private static let limit = 1 << 24

  /// Fetches the files and writes their symbols as the stroke file of a folder.
  ///
  /// `mirrors` are other servers.
  package func fetch(
    to folder: String, from mirrors: [String], timeout: Int, report: (Download.Event) -> Void
  ) throws(DataError) {
    if let path = StrokeSet.path(in: folder) {
      try Download.expectCorrect(path) { problem(with: $0) }
      return report(.present(path: path))
    }
    try DataError.catching(Path.makeFolder(folder))
    var drawings: [LabelledDrawing] = []
    for file in files {
      let path = Path.join(folder, file.name)
      try Download.fetch(
        file.name, from: mirrors.isEmpty ? [address] : mirrors, to: path, limit: Self.limit, timeout: timeout,
        problem: { problem(with: $0, of: file) },
        progress: { report(.progress(name: file.name, bytes: $0, of: nil, from: $1)) })
      drawings += try DatasetFile.read(path, limit: Self.limit) { bytes throws(FormatError) in
        try self.drawings(bytes, of: file)
      }
    }
    let path = Path.join(folder, StrokeSet.name)
    try DataError.catching(File.write(StrokeFile.file(drawings), to: path))
    for file in files { unlink(Path.join(folder, file.name).nameBytes) }
    report(.fetched(path: path))
  }

  /// The symbols in a file, decompressed if necessary.
  private func drawings(_ bytes: [UInt8], of file: SourceFile) throws(FormatError) -> [LabelledDrawing] {
    var content = bytes
    if let entry = file.entry {
      guard let found = try ZIP.contents(bytes, of: { $0 == entry })[entry] else {
        throw FormatError("zip", at: bytes.count, expected: "the entry '\(entry)'", found: "none")
      }
      content = found
    }
    let text = Compress.begins(content) ? try Compress.decompress(content, limit: Self.limit) : content
    return try UNIPEN.drawings(text, isUpwards: isUpwards, writer: file.writer)
  }

  /// What is wrong with the bytes of the stroke file, or nil.
  private func problem(with bytes: [UInt8]) -> String? {
    do throws(FormatError) {
      let (count, whole) = (try Document.drawings(bytes).count, symbols * files.count)
      return count == whole ? nil : "expected the \(whole) symbols of \(name), found \(count)"
    } catch {
      return "\(error)"
    }
  }

  /// What is wrong with the bytes of one of the files, or nil.
  private func problem(with bytes: [UInt8], of file: SourceFile) -> String? {
    let found = SHA256.checksum(file.entry == nil ? bytes.filter { $0 != 0x0D } : bytes)
    if found != file.checksum { return "expected SHA-256 \(file.checksum), found \(found)" }
    do throws(FormatError) {
      let count = try drawings(bytes, of: file).count
      return count == symbols ? nil : "expected \(symbols) symbols, found \(count)"
    } catch {
      return error.description
    }
  }
}
