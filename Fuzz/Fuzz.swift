// The entry point of the coverage-guided fuzzer: the reader that `$INKLING_READER` names, on the fuzzer's bytes.

import Basics
import CLibrary
import Datasets
import Formats

/// The readers by their names.
///
/// A value and a typed error are both correct results.
private let readers: [String: @Sendable ([UInt8]) throws(FormatError) -> Void] = [
  "document": { bytes throws(FormatError) in _ = try Document(bytes) },
  "pnm": { bytes throws(FormatError) in _ = try PNM.images(bytes) },
  "idx": { bytes throws(FormatError) in _ = try IDX(file: bytes) },
  "strokes": { bytes throws(FormatError) in _ = try StrokeFile.drawings(bytes) },
  "inkml": { bytes throws(FormatError) in _ = try InkML.drawing(bytes) },
  "unipen": { bytes throws(FormatError) in _ = try UNIPEN.drawings(bytes, isUpwards: true) },
  "json": { bytes throws(FormatError) in
    var cursor = JSONCursor(bytes)
    try cursor.skip()
    try cursor.finish()
  },
  "png": { bytes throws(FormatError) in _ = try PNG.image(bytes) },
  "jpeg": { bytes throws(FormatError) in _ = try JPEG.image(bytes) },
  "gzip": { bytes throws(FormatError) in _ = try Gzip.decompress(bytes, limit: 1 << 24) },
  "compress": { bytes throws(FormatError) in _ = try Compress.decompress(bytes, limit: 1 << 24) },
  "npz": { bytes throws(FormatError) in _ = try NPZ.arrays(bytes) },
]

private let reader: @Sendable ([UInt8]) throws(FormatError) -> Void = {
  guard let reader = readers[Environment["INKLING_READER"] ?? ""] else {
    print("INKLING_READER must be one of: \(readers.keys.sorted().joined(separator: ", "))")
    exit(64)
  }
  return reader
}()

/// The function that libFuzzer calls.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(FormatError) { try reader(Array(UnsafeBufferPointer(start: start, count: count))) } catch {}
  return 0
}
