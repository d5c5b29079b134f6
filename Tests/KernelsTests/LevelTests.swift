import Kernels
import Testing

@Suite struct LevelTests {
  @Test func theBaselineIsAlwaysThere() {
    #expect(levels.last?.name == "baseline")
  }
}
