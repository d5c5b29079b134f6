// The window shown at work: a hand draws a digit, clicks Predict and Save, and a picture of the window is kept.

import Basics
import Formats
import Glibc
import Graphics
package import Ink
import Recognition
import Synchronization
import X11

/// What a demonstration does, step by step, as the window comes along.
///
/// The steps run on the window's thread, after each frame; the hand moves on a thread of its own, through the server,
/// as any person's would.
package final class Demonstration {
  /// What came of it.
  package struct Outcome: Sendable, Equatable {
    /// What was read.
    package let text: String
    /// How sure the model was.
    package let confidence: Double
    /// The page as it was saved.
    package let page: String
    /// The picture of the window.
    package let screenshot: String
    /// Whether the pointer was the server's own.
    package let isReal: Bool
  }

  /// Why it came to nothing, in a sentence.
  package struct Problem: Error, Sendable {
    /// The sentence.
    package let reason: String
  }

  /// What the hand's thread has to tell.
  private final class Report: Sendable {
    let isHandReal = Mutex(true)
  }

  private enum Step {
    case drawing
    case predicting
    case saving
  }

  private let strokes: [Stroke]
  private let worker = BackgroundQueue()
  private let report = Report()
  private var step: Step?
  private var deadline = ContinuousClock.now
  private(set) var result: Result<Outcome, Problem>?

  /// So long each step may take.
  private static let patience = Duration.seconds(20)

  /// Prepares to draw strokes.
  package init(strokes: [Stroke]) { self.strokes = strokes }

  /// Looks at the window after a frame; true while it is to go on.
  func goOn(_ session: WindowState, _ picture: Bitmap, window: UInt, display: String) -> Bool {
    switch step {
    case nil:
      let strokes = places(in: session.layout)
      begin(.drawing, window, display) { hand in
        for stroke in strokes {
          guard let first = stroke.first else { continue }
          hand.move(toX: first.x, y: first.y)
          hand.press()
          for place in stroke.dropFirst() {
            usleep(8000)
            hand.move(toX: place.x, y: place.y)
          }
          hand.release()
        }
      }
    case .drawing where session.page.drawing.strokes.count == strokes.count && session.gesture == .none:
      click(.predict, .predicting, session, window, display)
    case .predicting
    where session.currentReading != nil && session.hovered == .predict && session.pressed == nil:
      click(.save, .saving, session, window, display)
    case .saving where session.message?.path != nil: return end(session, picture)
    case .saving where session.message?.kind == .failure, .predicting where session.message?.kind == .failure:
      result = .failure(Problem(reason: session.message?.text ?? ""))
    default: break
    }
    if result == nil, .now > deadline {
      result = .failure(
        Problem(reason: "the window did not follow the pointer within \(Self.patience.components.seconds) s"))
    }
    return result == nil
  }

  private func end(_ session: WindowState, _ picture: Bitmap) -> Bool {
    guard let path = session.message?.path, let reading = session.currentReading else { return true }
    let screenshot = path.replacingSuffix(".pgm", with: ".png")
    do throws(FileError) {
      try File.write(PNGEncoder.encode(picture), to: screenshot)
      result = .success(
        Outcome(
          text: reading.text, confidence: reading.confidence, page: path, screenshot: screenshot,
          isReal: report.isHandReal.withLock { $0 }))
    } catch {
      result = .failure(Problem(reason: "\(error)"))
    }
    return false
  }

  private func click(
    _ control: Control, _ step: Step, _ session: WindowState, _ window: UInt, _ display: String
  ) {
    let area = session.layout[control]
    begin(step, window, display) { hand in
      hand.click(atX: area.x + area.width / 2, y: area.y + area.height / 2)
    }
  }

  private func begin(
    _ step: Step, _ window: UInt, _ display: String, _ act: @escaping @Sendable (SyntheticInput) -> Void
  ) {
    self.step = step
    deadline = .now + Self.patience
    worker.submit { [report] in
      guard let hand = try? SyntheticInput(on: window, display: display) else { return }
      if !hand.usesServer { report.isHandReal.withLock { $0 = false } }
      act(hand)
      hand.settle()
    }
  }

  private func places(in layout: Layout) -> [[(x: Int, y: Int)]] {
    let scale = Double(layout.page.width) / Page.longerSide
    return strokes.map { stroke in
      stroke.samples.map { sample in
        (
          layout.page.x + Int(clamping: sample.point.x * scale),
          layout.page.y + Int(clamping: sample.point.y * scale)
        )
      }
    }
  }
}
