import NeuralNetwork
import Reports
import Testing
import Training

@Suite struct TrainingCurvesTests {
  private var history: History {
    var history = History()
    history.rows = (1...5).map { epoch in
      History.Row(
        epoch: epoch, learningRate: 0.001, loss: 1 / Double(epoch), validationLoss: epoch > 1 ? 0.1 : nil,
        accuracy: 1 - 0.1 / Double(epoch), speed: 1234.5, seconds: Double(epoch) * 2)
    }
    return history
  }

  @Test func everyMeasuredQuantityHasALine() {
    let svg = TrainingCurves.svg(of: history, title: "a < b")
    #expect(svg.hasPrefix("<svg ") && svg.contains("xmlns=") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("a &lt; b"))
    #expect(svg.split(separator: "\n").count { $0.hasPrefix("<polyline") } == 3)
    #expect(!TrainingCurves.svg(of: History(), title: "none").contains("nan"))
  }
}
