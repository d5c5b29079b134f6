// The lines for a screen reader: what they say, and that no reader can hold the window up.

import App
import Basics
import Foundation
import Graphics
import Recognition
import TestSupport
import Testing
import X11

@Suite struct SpeechTests {
  let line = [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)]

  /// The lines that an action adds.
  private func said(_ driver: inout Driver, _ action: (inout Driver) -> Void) -> [String] {
    let before = SpokenState(of: driver.state)
    action(&driver)
    return SpokenState(of: driver.state).lines(after: before)
  }

  @Test func everyControlHasANameARoleAndAState() {
    var driver = Driver()
    driver.draw(line)
    let roles = ["button", "switch", "slider", "choice"]
    var heard: Set<String> = []
    for _ in Control.allCases {
      let lines = said(&driver) { $0.key(.tab) }
      guard driver.state.focus.focused != nil else { break }
      #expect(lines.count == 1, "\(lines)")
      let parts = (lines.first ?? "").components(separatedBy: ", ")
      #expect(parts.count >= 2 && roles.contains(parts[1]), "\(lines)")
      #expect(heard.insert(lines.first ?? "").inserted, "\(lines) names two controls")
    }
    #expect(heard.count >= 14 && heard.contains("Read while drawing, switch, on"))
    #expect(said(&driver) { $0.key(.character("l")) }.contains("Read while drawing, switch, off"))
    #expect(said(&driver) { $0.key(.character("s")) } == ["Read and check sums, choice, chosen"])
  }

  @Test func theReadingIsSaidOnceWhenThePenIsLifted() {
    var driver = Driver()
    let drawn = said(&driver) {
      $0.draw([(0.2, 0.2), (0.5, 0.5)])
      $0.answer("7")
    }
    #expect(drawn.last == "7, sure, 99.0 %")
    let again = said(&driver) { $0.answer("7") }
    #expect(again.isEmpty)
    let page = driver.layout.areas.page
    let pointer = PointerState(x: page.x + 20, y: page.y + 20, time: 9000)
    let during = said(&driver) {
      $0.receive(.pressed(.primary, pointer))
      $0.receive(.moved(PointerState(x: page.x + 60, y: page.y + 60, time: 9010)))
      $0.answer("71")
    }
    #expect(!during.contains { $0.hasPrefix("71") }, "the pen is down: \(during)")
  }

  @Test func overlaysAndMessagesAreSaid() {
    var driver = Driver(models: ["inkling", "mlp"])
    driver.draw(line)
    driver.answer("7")
    #expect(said(&driver) { $0.key(.character("m")) } == ["inkling, 1 of 2, 7, 99.0 %"])
    #expect(said(&driver) { $0.key(.down) } == ["mlp, 2 of 2"])
    _ = said(&driver) { $0.key(.escape) }
    #expect(said(&driver) { $0.key(.function(1)) }.first?.contains("Delete: clear the page") == true)
    _ = said(&driver) { $0.key(.escape) }
    let cleared = said(&driver) { $0.key(.delete) }
    #expect(cleared.contains { $0.contains("Undo (Ctrl+Z) brings it back") })
    driver.send(.languageSet(.german))
    #expect(said(&driver) { $0.key(.tab) } == ["Die Seite lesen, Schaltfläche"])
  }

  @Test func exercisesAreSaidWithTheirVerdictInWords() {
    let state = ReferenceTests.state("sums")
    let lines = SpokenState(of: state).lines(after: nil)
    #expect(lines.contains { $0.contains("wrong, 36") }, "\(lines)")
  }

  // MARK: The output

  @Test func aReaderGetsTheLines() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lines")
    #expect(mkfifo(path, 0o600) == 0)
    let speech = try SpeechOutput(to: path)
    speech.say(["nobody listens"])
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    speech.say(["seven\nsure", String(repeating: "ü", count: 4000)])
    let lines = text(from: reader).split(separator: "\n")
    #expect(lines.count == 2 && lines.first == "seven sure")
    #expect((lines.last?.utf8.count ?? 0) <= 1000 && lines.last?.contains("\u{FFFD}") == false)
  }

  @Test func aReaderThatIsSlowOrGoneLosesLines() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("lines")
    #expect(mkfifo(path, 0o600) == 0)
    let speech = try SpeechOutput(to: path)
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    // More than any pipe holds: a blocking write would never return.
    for number in 0..<3000 { speech.say([String(repeating: "\(number % 10)", count: 900)]) }
    let whole = text(from: reader).split(separator: "\n")
    #expect(!whole.isEmpty && whole.count < 3000 && whole.allSatisfy { $0.count == 900 })
    close(reader)
    speech.say(["nobody listens", "still nobody"])
    let next = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(next) }
    speech.say(["a new reader"])
    #expect(text(from: next) == "a new reader\n")
  }

  @Test func aDescriptorKeepsItsOwnFlags() throws {
    let pipe = Pipe()
    let (reader, writer) = (
      pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor
    )
    let flags = fcntl(writer, F_GETFL)
    let speech = try SpeechOutput(to: "\(writer)")
    for _ in 0..<3000 { speech.say([String(repeating: "x", count: 900)]) }
    #expect(fcntl(writer, F_GETFL) == flags, "other programs share the descriptor")
    #expect(fcntl(reader, F_SETFL, O_NONBLOCK) == 0)
    #expect(text(from: reader).hasPrefix("xxx"))
  }

  @Test func whatCannotBeWrittenIsRefusedWithAdvice() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: folder.path("file")))
    for (name, advice) in [
      (folder.path("missing"), "mkfifo"), (folder.path("file"), "no FIFO"), ("900", "not open"),
      ("-3", "not open"),
    ] {
      do {
        _ = try SpeechOutput(to: name)
        Issue.record("\(name) is accepted")
      } catch {
        #expect(error.reason.contains(advice), "\(error.reason)")
      }
    }
  }

  /// What a descriptor has now.
  private func text(from descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
