import Formats
import Foundation
import Testing

@Suite struct LineReaderTests {
  private func lines(_ reader: inout LineReader) throws -> [String] {
    var lines: [String] = []
    while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  @Test func aLineIsThereBeforeTheNextOneIsWritten() throws {
    let pipe = Pipe()
    var reader = LineReader(pipe.fileHandleForReading.fileDescriptor, path: "pipe")
    for number in 0..<3 {
      pipe.fileHandleForWriting.write(Data("line \(number)\nrest".utf8))
      let line = try #require(try reader.next())
      #expect(String(decoding: line, as: UTF8.self) == (number == 0 ? "" : "rest") + "line \(number)")
    }
    try pipe.fileHandleForWriting.close()
    #expect(try lines(&reader) == ["rest"])
    #expect(try reader.next() == nil)
  }

  @Test func emptyLinesAndAnEmptyFileAreReadAsTheyAre() throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data("\n\na\n".utf8))
    try pipe.fileHandleForWriting.close()
    var reader = LineReader(pipe.fileHandleForReading.fileDescriptor)
    #expect(try lines(&reader) == ["", "", "a"])
  }

  @Test func aLineThatIsTooLongIsRefused() throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(repeating: 0x61, count: 100))
    try pipe.fileHandleForWriting.close()
    var reader = LineReader(pipe.fileHandleForReading.fileDescriptor, limit: 50)
    #expect(throws: FileError.self) { try reader.next() }
  }
}
