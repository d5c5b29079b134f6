// The window's behaviour when a model cannot be used.

import App
import Graphics
import Ink
import Recognition
import Testing

@Suite struct UnusableModelTests {
  private let reason = "the model 'inkling' gives results that are not finite numbers"

  @Test func anotherModelIsChosenAndTheMessageSaysSo() {
    var driver = Driver(models: ["inkling", "cnn", "mlp"])
    let effects = driver.effects(of: .modelFailed(model: 0, reason: reason))
    #expect(driver.state.models.entries[0].condition == .unusable(reason))
    #expect(driver.state.model?.name == "cnn")
    #expect(effects.contains(.remember))
    #expect(driver.state.message?.kind == .failure)
    let text = driver.state.message?.text ?? ""
    #expect(text.contains("'inkling'") && text.contains("'cnn'") && text.contains(reason))
  }

  @Test func thePageIsReadByTheOtherModel() {
    var driver = Driver(models: ["inkling", "mlp"])
    driver.draw([(0.4, 0.2), (0.4, 0.8)])
    #expect(driver.effects(of: .modelFailed(model: 0, reason: reason)).contains(.read(models: [1])))
  }

  @Test func theFallbackIsPreferred() {
    var driver = Driver()
    driver.offer(["inkling", "cnn", "mlp"], choosing: "inkling", fallback: "mlp")
    driver.send(.modelFailed(model: 0, reason: reason))
    #expect(driver.state.model?.name == "mlp")
  }

  @Test func aModelThatIsNotChosenIsOnlyMarked() {
    var driver = Driver()
    #expect(driver.effects(of: .modelFailed(model: 1, reason: reason)).isEmpty)
    #expect(driver.state.model?.name == "inkling")
    #expect(driver.state.models.entries[1].condition == .unusable(reason))
    #expect(driver.state.message == nil)
  }

  @Test func theNextStartDoesNotChooseIt() {
    var driver = Driver()
    var settings = Settings(text: "model inkling\n")
    let before = Settings(of: driver.state)
    driver.send(.modelFailed(model: 0, reason: reason))
    settings.remember(Settings(of: driver.state), since: before)
    #expect(settings.model == "mlp")
  }

  @Test func whereNoModelIsUsableTheReasonIsShownAndNoneIsRemembered() {
    var driver = Driver(models: ["inkling"])
    #expect(driver.effects(of: .modelFailed(model: 0, reason: reason)).isEmpty)
    #expect(driver.state.message == .failure(reason))
    #expect(Settings(of: driver.state).model == nil)
  }

  /// A model that can be loaded and fails when it reads.
  private struct Failing: PageReader {
    func read(
      _ page: Page, in frame: Box?, _ mode: ReadingMode, isUnfinished: Bool
    ) throws(ModelProblem) -> Reading {
      throw ModelProblem("no finite numbers")
    }
    func picture(ofReading symbol: Symbol, as look: InspectionRequest) -> Bitmap? { nil }
  }

  @Test func aModelThatFailsWhileItReadsIsMarkedToo() {
    var driver = Driver()
    driver.draw([(0.4, 0.2), (0.4, 0.8)])
    var state = driver.state
    #expect(throws: ModelProblem.self) {
      try state.read(with: "/folder/broken.safetensors", in: []) { _ in Failing() }
    }
    let model = state.models.entries.first { $0.name == "broken" }
    #expect(model?.condition == .unusable("no finite numbers"))
  }
}
