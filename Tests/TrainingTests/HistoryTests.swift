// The table of epochs.

import Testing
import Training

@Suite struct HistoryTests {
  private var history: History {
    var history = History()
    history.rows = (1...5).map { epoch in
      History.Row(
        epoch: epoch, learningRate: 0.001, loss: 1 / Double(epoch), validationLoss: epoch > 1 ? 0.1 : nil,
        accuracy: 1 - 0.1 / Double(epoch), speed: 1234.5, seconds: Double(epoch) * 2)
    }
    return history
  }

  @Test func theTableIsReadBack() {
    #expect(History(csv: history.csv) == history)
    #expect(History(csv: "epoch,loss\n1,2\n") == nil)
    #expect(History(csv: History().csv) == History())
  }
}
