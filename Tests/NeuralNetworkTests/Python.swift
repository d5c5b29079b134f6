import Foundation
import TestSupport

/// Python with the reference packages, where the machine has them.
enum Python {
  static func has(_ modules: String...) -> Bool {
    (try? run("import " + modules.joined(separator: ", ") + "; print('yes')")) == "yes"
  }

  /// What a program prints, without the last line's end.
  static func run(_ program: String, input: [UInt8] = []) throws -> String {
    try ProgramRun(["python3", "-c", program], input: Data(input)).text.trimmingCharacters(in: .newlines)
  }
}
