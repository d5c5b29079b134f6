import Foundation

/// Values recorded from other programs; the script of each file records it again.
enum Recorded {
  static func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes(name)))
  }

  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

  static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").appending(path: name)
  }
}

/// max |a − b| / max |b|.
func relativeError(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .infinity }
  let difference = zip(a, b).map { abs(Double($0) - Double($1)) }.max() ?? 0
  let size = b.map { abs(Double($0)) }.max() ?? 0
  return difference == 0 ? 0 : difference / size
}
