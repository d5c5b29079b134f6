// What the window does when a model cannot be used.

import App
import Graphics
import Ink
import Recognition
import Testing

@Suite struct UnusableModelTests {
  private let reason = "the model 'inkling' gives results that are not finite numbers"

  @Test func anotherModelIsChosenAndTheMessageSaysSo() {
    var driver = Driver(models: ["inkling", "cnn", "mlp"])
    let effects = driver.session.reject(0, because: reason)
    #expect(driver.session.models[0].condition == .unusable(reason))
    #expect(driver.session.model?.name == "cnn")
    #expect(effects.contains(.remember))
    #expect(driver.session.message?.kind == .failure)
    let text = driver.session.message?.text ?? ""
    #expect(text.contains("'inkling'") && text.contains("'cnn'") && text.contains(reason))
  }

  @Test func thePageIsReadByTheOtherModel() {
    var driver = Driver(models: ["inkling", "mlp"])
    driver.draw([(0.4, 0.2), (0.4, 0.8)])
    #expect(driver.session.reject(0, because: reason).contains(.read(models: [1])))
  }

  @Test func theModelOfBeforeIsPreferred() {
    var driver = Driver()
    driver.session.offer(
      ["inkling", "cnn", "mlp"].map { ModelEntry(name: $0, path: "/\($0)") }, choosing: "inkling",
      fallback: "mlp")
    _ = driver.session.reject(0, because: reason)
    #expect(driver.session.model?.name == "mlp")
  }

  @Test func aModelThatIsNotChosenIsOnlyMarked() {
    var driver = Driver()
    #expect(driver.session.reject(1, because: reason).isEmpty)
    #expect(driver.session.model?.name == "inkling")
    #expect(driver.session.models[1].condition == .unusable(reason))
    #expect(driver.session.message == nil)
  }

  @Test func theNextStartDoesNotChooseIt() {
    var driver = Driver()
    var settings = Settings(text: "model inkling\n")
    let before = Settings(of: driver.session)
    _ = driver.session.reject(0, because: reason)
    settings.remember(Settings(of: driver.session), since: before)
    #expect(settings.model == "mlp")
  }

  @Test func whereNoModelIsUsableTheReasonIsShownAndNoneIsRemembered() {
    var driver = Driver(models: ["inkling"])
    #expect(driver.session.reject(0, because: reason).isEmpty)
    #expect(driver.session.message == .failure(reason))
    #expect(Settings(of: driver.session).model == nil)
  }

  /// A model that loads, and fails when it reads.
  private struct Failing: PageReader {
    func read(_ page: Page) throws(ModelProblem) -> Reading { throw ModelProblem("no finite numbers") }
    func picture(ofReading symbol: Symbol, as look: InspectionRequest) -> Bitmap? { nil }
  }

  @Test func aModelThatFailsWhileItReadsIsMarkedToo() {
    var driver = Driver()
    driver.draw([(0.4, 0.2), (0.4, 0.8)])
    #expect(throws: ModelProblem.self) {
      try driver.session.read(with: "/folder/broken.safetensors", in: []) { _ in Failing() }
    }
    #expect(driver.session.model?.condition == .unusable("no finite numbers"))
  }
}
