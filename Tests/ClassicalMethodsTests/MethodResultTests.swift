import Basics
import ClassicalMethods
import Evaluation
import Testing

@Suite struct MethodResultTests {
  private var result: MethodResult {
    var result = MethodResult(
      method: "knn", parameters: [.init(name: "k", value: "3")], answers: [1, 2, 9, 0], trainSeconds: 0.5,
      predictSeconds: 0.25, bytes: 12)
    result.trials = [MethodResult.Trial(parameters: result.parameters, accuracy: 0.75)]
    result.errorByAmount = [MethodResult.Point(count: 10, error: 0.5)]
    result.errorByPasses = [MethodResult.Point(count: 2, error: 0.25)]
    result.pictures = MethodResult.Picture.all(Matrix(rows: 1, columns: 2, values: [-1, 0.5]))
    return result
  }

  @Test func theJSONTextReadsBackEqual() throws {
    let text = result.json(key: "a")
    #expect(try MethodResult(json: Array(text.utf8), key: "a") == result)
  }

  @Test func aResultOfAnotherComparisonIsNil() throws {
    #expect(try MethodResult(json: Array(result.json(key: "a").utf8), key: "b") == nil)
  }

  @Test(arguments: ["\"12x\"", "\"12:\""]) func answersThatAreNotDigitsAreRefused(answers: String) {
    let text = "{\"study\": \"a\", \"answers\": \(answers)}"
    #expect(throws: FormatError.self) { try MethodResult(json: Array(text.utf8), key: "a") }
  }

  @Test func measuresCountTheMistakes() {
    let measures = result.measures([1, 2, 3, 0])
    #expect(measures.accuracy == 0.75)
    #expect(measures.confusion[3 * 10 + 9] == 1)
  }
}
