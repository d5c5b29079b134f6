// The demonstration: synthetic input draws a digit in the window, and clicks Predict and Save.

import Basics
import CLibrary
import Formats
import Graphics
package import Ink
import Recognition
import Synchronization
import X11

/// A demonstration of the window, step by step.
///
/// Each step begins on the window's thread, after the frame that shows the result of the step before. The pointer is
/// moved on another thread, through the X server.
package final class Demonstration {
  /// The result of a demonstration.
  package struct Outcome: Sendable, Equatable {
    /// The text that was read.
    package let text: String
    /// The confidence of the reading.
    package let confidence: Double
    /// The path of the saved page.
    package let page: String
    /// The path of the picture of the window.
    package let screenshot: String
    /// Whether the pointer was that of the server.
    package let isReal: Bool
  }

  /// The reason why a demonstration has failed.
  package struct Problem: Error, Sendable {
    /// The reason, in a sentence.
    package let reason: String
  }

  /// What the thread of the synthetic input reports.
  private final class Report: Sendable {
    let isInputReal = Mutex(true)
  }

  private enum Step {
    case drawing, predicting, saving
  }

  private struct Position {
    let x: Int
    let y: Int
  }

  private let strokes: [Stroke]
  private let queue = BackgroundQueue()
  private let report = Report()
  private var step: Step?
  private var deadline = ContinuousClock.now
  private(set) var result: Result<Outcome, Problem>?

  /// The time limit of each step.
  private static let stepLimit = Duration.seconds(20)
  /// The time between two positions of the pointer, in microseconds.
  private static let pace: UInt32 = 8000

  /// Prepares to draw strokes.
  package init(strokes: [Stroke]) { self.strokes = strokes }

  /// Begins the next step where the state shows that the last one has succeeded; returns false at the end.
  func advance(
    _ state: WindowState, _ layout: Layout, _ picture: Bitmap, window: UInt, display: String
  ) -> Bool {
    switch step {
    case nil:
      let paths = positions(in: layout)
      begin(.drawing, window, display) { input in
        for path in paths {
          guard let first = path.first else { continue }
          input.move(toX: first.x, y: first.y)
          input.press()
          for position in path.dropFirst() {
            usleep(Self.pace)
            input.move(toX: position.x, y: position.y)
          }
          input.release()
        }
      }
    case .drawing where state.page.drawing.strokes.count == strokes.count && !state.hasGesture:
      click(layout[.predict], .predicting, window, display)
    case .predicting
    where state.currentReading != nil && state.focus.hovered == .predict && state.focus.pressed == nil:
      click(layout[.save], .saving, window, display)
    case .saving where state.message?.path != nil: end(state, picture)
    case .saving where state.message?.kind == .failure, .predicting where state.message?.kind == .failure:
      result = .failure(Problem(reason: state.message?.text ?? ""))
    default: break
    }
    if result == nil, .now > deadline {
      let seconds = Self.stepLimit.components.seconds
      result = .failure(Problem(reason: "the window did not follow the pointer within \(seconds) s"))
    }
    return result == nil
  }

  private func end(_ state: WindowState, _ picture: Bitmap) {
    guard let path = state.message?.path, let reading = state.currentReading else { return }
    let screenshot = path.replacingSuffix(".pgm", with: ".png")
    do throws(FileError) {
      try File.write(PNGEncoder.encode(picture), to: screenshot)
      result = .success(
        Outcome(
          text: reading.text, confidence: reading.confidence, page: path, screenshot: screenshot,
          isReal: report.isInputReal.withLock { $0 }))
    } catch {
      result = .failure(Problem(reason: "\(error)"))
    }
  }

  private func click(_ area: Rectangle, _ step: Step, _ window: UInt, _ display: String) {
    begin(step, window, display) { input in
      input.click(atX: area.x + area.width / 2, y: area.y + area.height / 2)
    }
  }

  private func begin(
    _ step: Step, _ window: UInt, _ display: String, _ action: @escaping @Sendable (SyntheticInput) -> Void
  ) {
    self.step = step
    deadline = .now + Self.stepLimit
    queue.submit { [report] in
      guard let input = try? SyntheticInput(on: window, display: display) else { return }
      if !input.usesServer { report.isInputReal.withLock { $0 = false } }
      action(input)
      input.settle()
    }
  }

  private func positions(in layout: Layout) -> [[Position]] {
    let scale = Double(layout.page.width) / Page.longerSide
    return strokes.map { stroke in
      stroke.samples.map { sample in
        Position(
          x: layout.page.x + Int(clamping: sample.point.x * scale),
          y: layout.page.y + Int(clamping: sample.point.y * scale))
      }
    }
  }
}
