import Basics
import Explanation
import Graphics
import Ink
import NeuralNetwork
import Recognition
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite struct ExplanationTests {
  private func explanation(_ text: String) throws -> Explanation {
    let network = Network(try Architecture(text), seed: 3)
    let model = try Model(name: "made", networks: [network], classes: .digits)
    let input = (0..<784).map { Float($0 % 28 == 14 ? 1 : 0) }
    let answer = try model.answer(probabilities: Inference(network).probabilities(input))
    let symbol = Symbol(
      box: Box(x: 0, y: 0, width: 1, height: 1), candidates: answer.candidates(of: .digits), background: 0,
      refused: false, input: input)
    return try #require(try Explainer(model)?.explanation(of: symbol))
  }

  @Test(arguments: [("784-12s-10", 2), ("4C3-P2-8C5-P2-16-10", 6), ("8C3n-8C3n-P2-G-10", 5)])
  func explainsEveryLayer(architecture: String, layers: Int) throws {
    let explanation = try explanation(architecture)
    #expect(explanation.layers.count == layers)
    #expect(explanation.layers.last?.values.count == 10)
  }

  @Test func emptyPixelsHaveNoInfluence() throws {
    let explanation = try explanation("784-12s-10")
    for (index, influence) in explanation.influence.enumerated() where index % 28 != 14 {
      #expect(influence == 0)
    }
    #expect(explanation.influence.contains { $0 != 0 })
  }

  #if !DEBUG
  /// The window explains each frame of a drawing; it must take less than a thirtieth of a second of this thread's time.
  @Test func anExplanationTakesLessThanAThirtiethOfASecond() throws {
    let network = Network(try Architecture("28x28-32C5-32C5-P2-64C3-64C3-P2-256-D0.4-11"), seed: 3)
    let model = try Model(name: "made", networks: [network], classes: .digitsOrNone)
    let explainer = try #require(Explainer(model))
    let input = (0..<784).map { Float($0 % 28 == 14 ? 1 : 0) }
    let symbol = Symbol(
      box: Box(x: 0, y: 0, width: 1, height: 1), candidates: [], background: 0, refused: false, input: input)
    let textRenderer = TextRenderer()
    let times = try (0..<15).map { _ in
      let start = threadSeconds()
      let picture = ExplanationPicture(try #require(try explainer.explanation(of: symbol)))
      #expect(picture.bitmap(textRenderer).height == picture.height)
      return threadSeconds() - start
    }
    #expect(times.sorted()[7] < 1.0 / 30, "\(times)")
  }

  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  #endif

  @Test(arguments: [320, 960, 1400]) func thePictureContainsAllLayers(width: Int) throws {
    let picture = ExplanationPicture(try explanation("4C3-P2-8C5-P2-16-10"), width: width)
    let bitmap = picture.bitmap(TextRenderer(builtIn: true))
    #expect(bitmap.width == picture.width && bitmap.height == picture.height)
    for case .levels(_, let area, _, _) in picture.commands { #expect(bitmap.bounds.contains(area)) }
    #expect(picture.svg.hasPrefix("<svg") && picture.svg.contains("<image"))
  }

  /// All texts of a picture.
  private func texts(_ picture: ExplanationPicture) -> [String] {
    picture.commands.compactMap { command in
      if case .text(let text, _, _, _) = command { text } else { nil }
    }
  }

  /// The sizes of the window's inspection at 480×360, 960×680 and 1366×768, and of the last at scale 2.
  @Test(arguments: [(243, 223, 10.5), (479, 464, 12.0), (699, 538, 12.5), (704, 500, 21.0)])
  func captionsLegendAndAllAnswersAreInTheSpaceBesideAPage(size: (Int, Int, Double)) throws {
    let explanation = try explanation("28x28-32C3-32C3-P2-64C3-64C3-P2-128C3-G-10")
    let picture = ExplanationPicture(explanation, width: size.0, height: size.1, textSize: size.2)
    let all = texts(picture)
    for caption in ["input", "influence", "for it, above 0", "against it, below 0"] {
      #expect(all.contains(caption), "\(caption) at \(size)")
    }
    #expect(all.contains { $0.hasPrefix("output sums") })
    let labels = (0..<10).map(String.init).filter(all.contains)
    #expect(labels.count == 10 && all.contains("none") || all.contains("others"), "\(labels) at \(size)")
    let renderer = TextRenderer()
    for command in picture.commands {
      switch command {
      case .text(let text, let spot, let textSize, _):
        let right = spot.x + renderer.width(of: text, size: textSize)
        #expect(right <= Double(size.0) + 1, "'\(text)' ends at \(right) of \(size)")
        #expect(spot.y <= Double(size.1) && spot.y - textSize * 0.8 >= -1, "'\(text)' at \(spot.y)")
      case .fill(let area, _), .levels(_, let area, _, _):
        #expect(area.bottom <= size.1 && area.right <= size.0, "\(area) of \(size)")
      default: break
      }
    }
  }

  @Test func theTextsOfThePictureAreTranslated() throws {
    let picture = ExplanationPicture(
      try explanation("4C3-P2-8C5-P2-16-10"), width: 700, height: 540, textSize: 12,
      texts: { text, values in "<\(text)|\(values.joined(separator: ","))>" })
    let foreign = texts(picture).filter { !$0.hasPrefix("<") && !$0.contains("%") && $0.count > 1 }
    #expect(foreign.isEmpty, "\(foreign)")
  }
}
