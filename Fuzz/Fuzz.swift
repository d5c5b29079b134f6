// What the coverage-guided fuzzer calls: one reader, chosen by $INKLING_READER, on whatever bytes it invents.

import Formats

#if canImport(Glibc)
import Glibc
#endif

private func attempt<Failure: Error>(_ read: () throws(Failure) -> Void) {
  // A typed error is one of the two endings that are right.
  do throws(Failure) { try read() } catch {}
}

private let readers: [String: @Sendable ([UInt8]) -> Void] = [
  "pnm": { bytes in attempt { () throws(FormatError) in _ = try PNM.pictures(bytes) } },
  "idx": { bytes in attempt { () throws(FormatError) in _ = try IDX(file: bytes) } },
  "strokes": { bytes in attempt { () throws(FormatError) in _ = try StrokeFile.drawings(bytes) } },
  "inkml": { bytes in attempt { () throws(FormatError) in _ = try InkML.drawing(bytes) } },
  "png": { bytes in attempt { () throws(FormatError) in _ = try PNG.picture(bytes) } },
  "jpeg": { bytes in attempt { () throws(FormatError) in _ = try JPEG.picture(bytes) } },
  "gzip": { bytes in attempt { () throws(FormatError) in _ = try Gzip.unwrap(bytes, limit: 1 << 24) } },
  "npz": { bytes in attempt { () throws(FormatError) in _ = try NPZ.arrays(bytes) } },
  "json": { bytes in
    attempt { () throws(FormatError) in
      var cursor = JSONCursor(bytes)
      try cursor.skip()
      try cursor.finish()
    }
  },
]

private let reader: @Sendable ([UInt8]) -> Void = {
  let name = getenv("INKLING_READER").map { String(cString: $0) } ?? ""
  guard let reader = readers[name] else {
    print(readers.keys.sorted().joined(separator: "\n"))
    exit(64)
  }
  return reader
}()

/// The fuzzer's call.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  reader(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
