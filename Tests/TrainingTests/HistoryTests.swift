// The table of epochs.

import Testing
import Training

@Suite struct HistoryTests {
  private var history: History {
    var history = History()
    for epoch in 1...5 {
      let inverse = 1 / Double(epoch)
      history.rows.append(
        History.Row(
          epoch: epoch, learningRate: 0.001, loss: inverse, validationLoss: epoch > 1 ? 0.1 : nil,
          accuracy: 1 - 0.1 * inverse, speed: 1234.5, seconds: Double(epoch) * 2))
    }
    return history
  }

  @Test func theTableIsReadBack() {
    #expect(History(csv: history.csv) == history)
    #expect(History(csv: "epoch,loss\n1,2\n") == nil)
    #expect(History(csv: History().csv) == History())
  }
}
