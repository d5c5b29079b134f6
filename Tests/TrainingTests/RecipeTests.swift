// The text of recipes, schedules and plateaus.

import Testing
import Training

@Suite struct RecipeTests {
  @Test func aRecipeIsWrittenAndReadBack() throws {
    var recipe = Recipe()
    for (field, value) in [
      ("name", "try"), ("architecture", "[784 100 10]"), ("start", "uniform:0.15"),
      ("strokes", "pendigits, ujipenchars"),
      ("held-out", "pendigits 3"), ("rotate", "12.5"), ("elastic", "0.7"), ("optimizer", "l-bfgs"),
      ("schedule", "one-cycle 0.3 25 10000"), ("seed", "18446744073709551615"), ("momentum", "0.8"),
      ("average", "0.999"), ("about", "A sentence, with: a colon."),
    ] {
      try recipe.set(field, to: value)
    }
    #expect(try Recipe(text: recipe.text) == recipe)
    #expect(recipe.text.contains("held-out: pendigits 3\n"))
  }

  @Test func everyFieldIsWrittenAndReadBack() throws {
    let text = Recipe().text
    for field in RecipeField.all { #expect(text.contains("\(field.name):"), "\(field.name)") }
    #expect(try Recipe(text: text) == Recipe())
  }

  @Test(arguments: [
    ("batch: 12\nepochs: many\n", 2, "'epochs' takes a whole number from 1 to 1000000, not 'many'"),
    ("# nothing\nbatches: 12\n", 2, "unknown field 'batches'"),
    ("batch 12", 1, "expected 'field: value', found 'batch 12'"),
    ("seed: 1\n\nseed: 2\n", 3, "'seed' was given in line 1 already"),
    ("optimizer: adamant", 1, "'optimizer' takes one of sgd, adam"),
    ("schedule: one-cycle 2 3", 1, "'schedule' takes 'constant'"),
    ("schedule: plateau 0.5 1e300 0", 1, "'schedule' takes 'constant'"),
    ("schedule: plateau 0.5 1.5 0", 1, "'schedule' takes 'constant'"),
    ("learning-rate: nan", 1, "'learning-rate' takes a number"),
    ("# only words", 1, "is this a recipe?"),
  ])
  func anErrorNamesItsLine(text: String, line: Int, words: String) {
    let error = #expect(throws: RecipeError.self) { try Recipe(text: text) }
    #expect(error?.line == line)
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("line \(line): ") == true)
  }

  @Test(arguments: ["\r\n", "\r", "\n"]) func allKindsOfLineEndsAreRead(end: String) throws {
    let lines = ["\u{FEFF}name: try", "# a comment", "", "batch: 12", "about: Two words.", ""]
    let recipe = try Recipe(text: lines.joined(separator: end))
    #expect(recipe.name == "try" && recipe.batchSize == 12 && recipe.about == "Two words.")
    let error = #expect(throws: RecipeError.self) {
      try Recipe(text: lines.joined(separator: end) + "epochs: many" + end)
    }
    #expect(error?.line == 6)
  }

  @Test(arguments: ["a # b", "a\nbatch: 7", "a\r\nb", "#"]) func aTextThatAFileCannotHoldIsRefused(
    text: String
  ) {
    var recipe = Recipe()
    let error = #expect(throws: RecipeError.self) { try recipe.set("about", to: text) }
    #expect(error?.description == "'--about' takes one line without '#', which begins a comment")
    #expect(recipe == Recipe())
  }

  @Test(arguments: [
    (["strokes": "pendigits"], "'stroke-share' is 0"), (["foreign": "bhmsds"], "'background-share' is 0"),
    (["pictures": "", "strokes": "pendigits"], "'stroke-share' is 0"), (["pictures": ""], "names no data"),
    (["optimizer": "l-bfgs", "batch": "32"], "'batch: 0' instead of 32"),
  ])
  func fieldsWithoutEffectAreAContradiction(fields: [String: String], message: String) throws {
    var recipe = Recipe()
    #expect(recipe.contradiction == nil)
    for (name, value) in fields { try recipe.set(name, to: value) }
    #expect(recipe.contradiction?.contains(message) == true)
  }

  @Test func blanksAroundATextAreRemoved() throws {
    var recipe = Recipe()
    try recipe.set("about", to: "  Two words. ")
    #expect(recipe.about == "Two words.")
    #expect(try Recipe(text: recipe.text) == recipe)
    // A tab beside a comma is no part of a name.
    try recipe.set("strokes", to: "pendigits,\tujipenchars\t ,")
    #expect(recipe.strokes == ["pendigits", "ujipenchars"])
    try recipe.set("held-out", to: "pendigits\t6,\tujipenchars 2")
    #expect(recipe.heldOut == ["pendigits": 6, "ujipenchars": 2])
  }

  @Test func anErrorOfAnOptionNamesTheOption() {
    var recipe = Recipe()
    let error = #expect(throws: RecipeError.self) { try recipe.set("rotate", to: "-5") }
    #expect(error?.description == "'--rotate' takes a number from 0 to 180, not '-5'")
  }
}

@Suite struct ScheduleTests {
  private func factors(_ schedule: Schedule, steps: Int = 10, epochs: Int = 10) -> [Double] {
    (0..<steps * epochs).map {
      schedule.factor(step: $0, stepsPerEpoch: steps, epochs: epochs, reductions: 0)
    }
  }

  @Test func exponentialDecreasesAfterEachEpoch() {
    let all = factors(.exponential(factor: 0.5))
    #expect(all[9] == 1 && all[10] == 0.5 && all[29] == 0.25)
  }

  @Test func oneCycleIsPyTorchs() {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=100, pct_start=0.3, div_factor=25,
    // final_div_factor=1e4): its top is at step 0.3 · 100 − 1 = 29.
    let all = factors(.oneCycle(rise: 0.3, start: 25, end: 10_000))
    #expect(abs(all[0] - 0.04) < 1e-12)
    #expect(abs(all[29] - 1) < 1e-12)
    #expect(abs(all[64] - 0.500_002) < 1e-6)
    #expect(abs(all[99] - 4e-6) < 1e-12)
  }

  @Test func aPlateauIsDetectedAfterItsPatience() {
    var detector = PlateauDetector(patience: 1)
    #expect(
      [3.0, 2, 2.5, 2.5, 1.9, 2, 2].map { detector.isPlateau(after: $0) } == [
        false, false, false, true, false, false, true,
      ])
    #expect(detector.plateaus == 2)
    let schedule = Schedule.plateau(factor: 0.5, patience: 1, least: 0.3)
    #expect(schedule.factor(step: 0, stepsPerEpoch: 1, epochs: 1, reductions: 1) == 0.5)
    #expect(schedule.factor(step: 0, stepsPerEpoch: 1, epochs: 1, reductions: 5) == 0.3)
  }
}
