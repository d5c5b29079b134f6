// Wrong words on the command line.

import TestSupport
import Testing

@Suite struct UsageTests {
  @Test func versionIsOneLine() throws {
    let outcome = try Inkling.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("inkling ") && outcome.text.hasSuffix("\n"))
    #expect(outcome.text.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["--versoin"], "'--version'"), (["--hlep"], "'--help'"), (["hepl"], "'help'"), (["trian"], "'train'"),
    (["raed"], "'read'"), (["train", "--thraeds"], "'--threads'"),
  ])
  func anUnknownWordNamesTheNearestOne(words: [String], nearest: String) throws {
    let outcome = try Inkling.run(words)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.hasPrefix("inkling: unknown") && outcome.errors.contains("did you mean \(nearest)?"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }
}
