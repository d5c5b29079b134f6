// Checkpoints and their checksum.

import Testing
import Training

@Suite struct CheckpointTests {
  private var checkpoint: Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint[text: "recipe"] = "name: try\n"
    checkpoint[floats: "weights"] = [1, -2.5, .infinity, .leastNonzeroMagnitude]
    checkpoint[doubles: "loss"] = [0.1, -.infinity]
    checkpoint.parts["nothing"] = []
    return checkpoint
  }

  @Test func aCheckpointIsReadBackToTheBit() throws {
    let read = try Checkpoint(bytes: checkpoint.bytes)
    #expect(read == checkpoint)
    #expect(read[floats: "weights"] == [1, -2.5, .infinity, .leastNonzeroMagnitude])
    #expect(read[doubles: "loss"] == [0.1, -.infinity])
    #expect(read[text: "recipe"] == "name: try\n")
    #expect(try Checkpoint(bytes: Checkpoint().bytes) == Checkpoint())
  }

  @Test func everyCutAndEveryFlippedBitIsDetected() {
    let bytes = checkpoint.bytes
    for length in bytes.indices {
      #expect(throws: CheckpointError.self) { try Checkpoint(bytes: Array(bytes.prefix(length))) }
    }
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1 << (index % 8)
      #expect(throws: CheckpointError.self) { try Checkpoint(bytes: damaged) }
    }
  }
}
