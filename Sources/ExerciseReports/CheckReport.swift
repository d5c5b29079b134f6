// The report on checked pages: one HTML page with all pictures inside it, for light and dark screens and for print.

import Arithmetic
import Basics
import Exercises
import Ink
import Recognition

/// The report on checked pages.
package struct CheckReport: Sendable {
  /// The pages in their order.
  private let pages: [ReportPage]

  /// Makes a report.
  package init(_ pages: [ReportPage]) { self.pages = pages }

  /// The page.
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Checked exercises</title>
    <style>
    \(CheckReportStyle.css)</style>
    </head>
    <body><main>
    \(head)\(pageTable)\(doubtful)\(pages.indices.map(section).joined())\(foot)</main>
    <script>
    \(CheckReportStyle.script)</script>
    </body>
    </html>

    """
  }

  private func total(_ kind: VerdictKind) -> Int { pages.reduce(0) { $0 + $1.page.count(kind) } }

  private var head: String {
    let exercises = pages.reduce(0) { $0 + $1.page.exercises.count } - total(.noExercise)
    return """
      <h1>Checked exercises</h1>
      <p class="lead">\(Self.plural(exercises, "exercise")) on \(Self.plural(pages.count, "page")): \
      <b class="right">\(total(.right)) right</b>, <b class="wrong">\(total(.wrong)) wrong</b>, \
      <b class="unsure">\(total(.unsure)) to look at</b>, \(total(.open)) without an answer.</p>

      """
  }

  private static func plural(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: - Scores

  private var pageTable: String {
    let rows = pages.enumerated().map { index, page in
      """
      <tr data-page="\(index)"><td class="left"><a href="#page-\(index + 1)">\(Self.escaped(page.page.file))</a></td>\
      <td><b class="score">\(Self.score(page.page))</b></td>\(Self.cells(page.page))</tr>

      """
    }.joined()
    return """
      <section class="card wide"><table class="pages">
      <tr><th class="left">page</th><th>score</th><th>right</th><th>wrong</th><th>to look at</th><th>no answer</th></tr>
      \(rows)</table></section>

      """
  }

  private static func score(_ page: CheckedPage) -> String {
    "\(page.count(.right)) of \(page.exercises.count - page.count(.noExercise))"
  }

  private static func cells(_ page: CheckedPage) -> String {
    [VerdictKind.right, .wrong, .unsure, .open].map {
      "<td class=\"\($0.rawValue)\">\(page.count($0))</td>"
    }.joined()
  }

  // MARK: - What a person must decide

  /// An exercise by its page and its index.
  private struct Place {
    let page: Int
    let index: Int
  }

  private var doubtful: String {
    let places = pages.enumerated().flatMap { number, page in
      page.page.exercises.indices.filter { page.page.exercises[$0].verdict.kind == .unsure }.map {
        Place(page: number, index: $0)
      }
    }
    if places.isEmpty { return "" }
    return """
      <h2>Look at these first</h2>
      <p class="soft">Inkling is not sure about these. Decide for each; the scores above follow, and your decisions are kept \
      in this browser.</p>
      <div class="items">
      \(places.map(card).joined())</div>
      <p><button type="button" id="save">Save the decisions as CSV</button></p>

      """
  }

  private func card(_ place: Place) -> String {
    let page = pages[place.page]
    let exercise = page.page.exercises[place.index]
    let name = "d-\(place.page)-\(place.index)"
    let candidates = exercise.doubtedSymbols.map { symbol in
      "<li>"
        + symbol.candidates.map {
          "<b>\(Self.escaped($0.label))</b> \(NumberText.fixed($0.probability * 100, 0)) %"
        }.joined(separator: " · ") + "</li>"
    }.joined()
    let choices = [("right", "right"), ("wrong", "wrong"), ("none", "no exercise")].map { value, title in
      "<label><input type=\"radio\" name=\"\(name)\" value=\"\(value)\"> \(title)</label>"
    }.joined()
    return """
      <section class="card item" data-page="\(place.page)" data-file="\(Self.escaped(page.page.file))" \
      data-item="\(place.index + 1)">
      \(crop(place))
      <p><span class="soft">\(Self.escaped(page.page.file)), \(place.index + 1)</span><br>\
      <span class="text">\(Self.escaped(exercise.text))</span></p>
      <p>\(Self.escaped(exercise.reason ?? "a symbol is not clear"))\(Self.expected(exercise))</p>
      \(candidates.isEmpty ? "" : "<ul>\(candidates)</ul>")
      <div class="decide">\(choices)</div>
      </section>

      """
  }

  private func crop(_ place: Place) -> String {
    guard let crop = pages[place.page].crops[place.index] else { return "" }
    let number = place.index + 1
    return
      "<img alt=\"exercise \(number)\" width=\"\(crop.width)\" height=\"\(crop.height)\" src=\"\(crop.address)\">"
  }

  private static func expected(_ exercise: CheckedExercise) -> String {
    exercise.expected.map { "<br>expected: <b>\(escaped(AnswerText.written($0)))</b>" } ?? ""
  }

  // MARK: - Pages

  private func section(_ number: Int) -> String {
    let page = pages[number]
    let rows = page.page.exercises.enumerated().map { index, exercise in
      let kind = exercise.verdict.kind
      let picture = kind == .wrong ? crop(Place(page: number, index: index)) : ""
      return """
        <tr><td>\(index + 1)</td><td class="left text">\(Self.escaped(exercise.text))\(picture)</td>\
        <td class="left \(kind.rawValue)">\(Self.title(exercise))</td>\
        <td class="left">\(Self.escaped(exercise.expected.map(AnswerText.written) ?? ""))</td>\
        <td>\(NumberText.fixed(exercise.confidence * 100, 0)) %</td></tr>

        """
    }.joined()
    return """
      <section class="page" id="page-\(number + 1)"><h2>\(Self.escaped(page.page.file)) \
      <span class="soft score" data-page="\(number)">\(Self.score(page.page))</span></h2>
      <div class="both"><img class="sheet" alt="the page with its marks" width="\(page.width)" height="\(page.height)" \
      src="\(page.picture)">
      <div class="card wide"><table>
      <tr><th></th><th class="left">exercise</th><th class="left">verdict</th><th class="left">expected</th><th>sure</th></tr>
      \(rows)</table></div></div></section>

      """
  }

  private static func title(_ exercise: CheckedExercise) -> String {
    let mark: String
    switch exercise.verdict {
    case .right(.reducible(let value)):
      return "✓ right, can be reduced to \(escaped(AnswerText.written(Formula(value).description)))"
    case .right: mark = "✓ right"
    case .wrong(_, let step): mark = step > 1 ? "✗ wrong from step \(step)" : "✗ wrong"
    case .open: mark = "no answer"
    case .unsure: mark = "? to look at"
    case .noExercise: mark = "no exercise"
    }
    guard let keyed = exercise.keyed else { return mark }
    return mark
      + "<br><span class=\"soft\">key \(escaped(keyed.answer)): \(keyed.verdict.kind.rawValue)</span>"
  }

  private var foot: String {
    """
    <p class="soft">An answer is read from its ink alone: what is expected never decides what was written. \
    Made by <code>inkling check</code>; the same figures are in <code>items.csv</code> and <code>items.json</code>.</p>

    """
  }

  private static func escaped(_ text: String) -> String { MarkupText.escaped(text) }
}
