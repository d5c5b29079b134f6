// The environment variables of the process.

import Basics
import Foundation
import Testing

@Suite struct EnvironmentTests {
  @Test func variablesHaveTheValuesOfTheProcess() {
    #expect(Environment.all == ProcessInfo.processInfo.environment)
    #expect(Environment["PATH"] == ProcessInfo.processInfo.environment["PATH"])
    #expect(Environment["INKLING_NO_SUCH_VARIABLE"] == nil)
  }
}
