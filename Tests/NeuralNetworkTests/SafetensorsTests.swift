import Foundation
import NeuralNetwork
import Testing

@Suite struct SafetensorsTests {
  static let small = Safetensors(
    metadata: ["architecture": "2-1", "odd": "\u{1}\"\\\n\u{1F600}"],
    tensors: [
      Safetensors.Tensor(name: "a", shape: [2, 1], values: [1, -2]),
      Safetensors.Tensor(name: "b", shape: [], values: [3]),
      Safetensors.Tensor(name: "c", shape: [0, 4], values: []),
    ])

  /// A file with a given header.
  static func file(_ header: String, data: Int = 0) -> [UInt8] {
    let bytes = Array(header.utf8)
    let length = withUnsafeBytes(of: UInt64(bytes.count).littleEndian, Array.init)
    return length + bytes + [UInt8](repeating: 0, count: data)
  }

  @Test func whatIsWrittenIsRead() throws {
    let bytes = Self.small.bytes
    let read = try Safetensors(bytes: bytes)
    #expect(read == Self.small)
    #expect(read.bytes == bytes)
    #expect(read["b"]?.values == [3])
    #expect(read["d"] == nil)
    #expect(try Safetensors(bytes: Safetensors(tensors: []).bytes).tensors.isEmpty)
  }

  @Test func theReferencesFileIsRead() throws {
    let file = try Safetensors(bytes: try Recorded.bytes("reference.safetensors"))
    #expect(file.metadata == ["name": "na\u{EF}ve \"quoted\" \\ \u{2603} \u{1F600}\n", "empty": ""])
    #expect(file["conv1.weight"]?.shape == [2, 1, 2, 3])
    #expect(file["conv1.weight"]?.values == (0..<12).map { Float($0) / 8 })
    let half = try #require(file["half"]?.values)
    #expect(half == [1.5, -2, 0x1p-24, 65504, .infinity, -0.0])
    #expect(file["brain"]?.values == [1, -0.5])
    #expect(file["double"]?.values == [0.1])
    #expect(file["empty"]?.shape == [0, 3])
    #expect(file["scalar"]?.shape == [])
  }

  @Test(.enabled(if: Python.has("safetensors.numpy"), "Python has no safetensors"))
  func theReferenceReadsOurs() throws {
    let answer = try Python.run(
      """
      import sys, json, safetensors.numpy as s
      bytes = sys.stdin.buffer.read()
      t = s.load(bytes)
      print(json.dumps({k: [list(v.shape), v.ravel().tolist()] for k, v in sorted(t.items())}))
      """, input: Self.small.bytes)
    #expect(answer == #"{"a": [[2, 1], [1.0, -2.0]], "b": [[], [3.0]], "c": [[0, 4], []]}"#)
  }

  @Test func everyPrefixIsRefused() {
    let bytes = Self.small.bytes
    for count in bytes.indices {
      #expect(throws: SafetensorsError.self) { try Safetensors(bytes: Array(bytes.prefix(count))) }
    }
    #expect(throws: SafetensorsError.self) { try Safetensors(bytes: bytes + [0]) }
  }

  @Test func everyChangedByteIsReadOrRefused() {
    let bytes = Self.small.bytes
    var refused = 0
    for index in bytes.indices {
      for byte in UInt8.min...UInt8.max where byte != bytes[index] {
        var changed = bytes
        changed[index] = byte
        do throws(SafetensorsError) {
          _ = try Safetensors(bytes: changed)
        } catch {
          refused += 1
          if error.description.isEmpty { Issue.record("an error has no description") }
        }
      }
    }
    #expect(refused > bytes.count * 64)
  }

  @Test(arguments: [
    (#"[]"#, 0), (#"{} x"#, 0), (#"{"a"}"#, 0), (#"{"a":{}}"#, 0), (#"{"a":1}"#, 0),
    (#"{"__metadata__":{"a":1}}"#, 0),
    (#"{"__metadata__":{"a":"1","a":"2"}}"#, 0),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      8
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      4
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      8
    ),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 3),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4),
    (#"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, 8),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}"#, 4),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}"#, 4),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[]}}"#, 0),
    (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, 4),
    (#"{"a":{"dtype":"F32","shape":[999999999999999,999999999999999],"data_offsets":[0,4]}}"#, 4),
    (#"{"a":{"dtype":"F32","shape":[999999999999999,999999999999999,0],"data_offsets":[0,0]}}"#, 0),
    (#"{"a\q":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4),
    (#"{"a\u12":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4),
    (#"{"a\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4),
    (#"{"a\ud800\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4),
    (#"{"a"#, 0), (#"{"a\"#, 0), ("{\"\u{1}\":{}}", 0),
  ])
  func falseHeadersAreRefused(header: String, data: Int) {
    #expect(throws: SafetensorsError.self) { try Safetensors(bytes: Self.file(header, data: data)) }
  }

  @Test func escapesAndSpacesAreRead() throws {
    let header =
      #"{ "__metadata__" : { "\u0061\ud83d\ude00\/\b\f\n\r\t" : "x" } , "t":{"dtype":"F32","data_offsets":[ 0 , 4 ],"shape":[1]}}  "#
    let file = try Safetensors(bytes: Self.file(header, data: 4))
    #expect(file.metadata == ["a\u{1F600}/\u{8}\u{C}\n\r\t": "x"])
    #expect(file["t"]?.values == [0])
  }

  @Test func aHugeHeaderIsRefusedUnread() {
    let bytes = [UInt8](repeating: 255, count: 16)
    #expect(throws: SafetensorsError.self) { try Safetensors(bytes: bytes) }
  }

  @Test func aNetworkGoesThroughAFile() throws {
    let network = Network(try Architecture("6x6-4C3n-P2-5t-3"), seed: 9)
    let file = try Safetensors(bytes: network.safetensors.bytes)
    #expect(file.metadata == ["architecture": "6x6-4C3n-P2-5t-3"])
    #expect(try Network(network.architecture, from: file) == network)
    let ensemble = Safetensors(tensors: network.tensors(prefix: "1."))
    #expect(try Network(network.architecture, from: ensemble, prefix: "1.") == network)
    #expect(throws: NetworkFileError.self) { try Network(network.architecture, from: ensemble) }
    let other = try Architecture("6x6-4C3n-P2-5t-4")
    let error = #expect(throws: NetworkFileError.self) { try Network(other, from: file) }
    #expect(error?.tensor == "dense2.weight")
    #expect(error?.description.contains("[4, 5]") == true)
    var damaged = file
    damaged.tensors[0].values[0] = .nan
    #expect(throws: NetworkFileError.self) { try Network(network.architecture, from: damaged) }
  }
}
