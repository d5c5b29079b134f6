import NeuralNetwork
import Reports
import Testing
import Training

@Suite struct TrainingProgressTextTests {
  private func text(network: Int = 1, of networks: Int = 1, loss: Double = 0.12345) -> TrainingProgressText {
    let progress = TrainingRun.Progress(
      epoch: 112, step: 30, stepsPerEpoch: 60, loss: loss, accuracy: 0.99554, speed: 12_345.6,
      secondsLeft: 3725, secondsOfNetwork: 36_000)
    return TrainingProgressText(progress, epochs: 200, network: network, of: networks)
  }

  @Test func eightyColumnsContainAllParts() {
    #expect(
      text().fitting(79)
        == "epoch 112/200, loss 0.1235, validation 99.55 %, 12345 samples/s, 1:02:05 left")
    #expect(
      text(network: 1, of: 3).fitting(79)
        == "net 1/3, epoch 112/200, loss 0.1235, valid 99.55 %, 12345/s, 21:02:05 left")
  }

  @Test func theTimeLeftIncludesTheNextNetworks() {
    #expect(text(network: 3, of: 3).fitting(200).hasSuffix(" 1:02:05 left"))
    #expect(text(network: 2, of: 3).fitting(200).hasSuffix(" 11:02:05 left"))
    #expect(abs(text(network: 2, of: 2).share - (1 + 111.5 / 200) / 2) < 1e-12)
  }

  @Test func fewerColumnsContainTheMostImportantParts() {
    let parts = ["epoch", "left", "loss", "valid", "net", "/s"]
    var kept = parts.count
    for columns in (1...90).reversed() {
      let line = text(network: 2, of: 3).fitting(columns)
      #expect(line.count <= columns)
      guard columns >= 13 else { continue }
      let count = parts.count { line.contains($0) }
      #expect(count <= kept && parts.prefix(count).allSatisfy { line.contains($0) }, "\(line)")
      kept = count
    }
    #expect(kept == 1)
    // A long loss displaces less important parts, but not the epoch and the time left.
    #expect(text(loss: 1.2e11).fitting(40) == "epoch 112/200, 1:02:05 left")
  }
}
