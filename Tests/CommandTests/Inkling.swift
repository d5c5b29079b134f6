// Runs of the built command line.

import Foundation
import TestSupport

/// The built command line.
enum Inkling {
  /// The executable that was built with these tests.
  static let executable = URL(fileURLWithPath: builtProgram("inkling"))

  /// Runs it with arguments until it ends, as an argument of the program `starter` if there is one.
  static func run(
    _ words: [String], input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil,
    through starter: [String] = []
  ) throws -> ProgramRun {
    try ProgramRun(starter + [executable.path] + words, input: input, environment: environment, in: folder)
  }
}
