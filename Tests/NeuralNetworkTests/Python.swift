import Foundation
import TestSupport

/// Runs Python, with the reference packages where they are installed.
enum Python {
  static func has(_ modules: String...) -> Bool {
    (try? run("import " + modules.joined(separator: ", ") + "; print('yes')")) == "yes"
  }

  /// Runs a program and gives its output without the last line break.
  static func run(_ program: String, input: [UInt8] = []) throws -> String {
    try ProgramRun(["python3", "-c", program], input: Data(input)).text.trimmingCharacters(in: .newlines)
  }
}
