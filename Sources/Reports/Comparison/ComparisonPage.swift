// The comparison as a page that needs nothing else: no network, no script, light and dark, on paper too.

import Basics
import ClassicalMethods
import Datasets
import Evaluation
import Graphics
import NeuralNetwork

extension Comparison {
  /// The page.
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>How methods read digits: a comparison</title>
    <style>
    \(ComparisonStyle.plot)\(ComparisonStyle.page)</style>
    </head>
    <body><main>
    \(head)\(table)\(plots)\(lookInside)\(hard)\(methods)\(foot)</main></body>
    </html>

    """
  }

  private var head: String {
    let best =
      entries.first.map { "\($0.title) reads \(NumberText.percent($0.measures.accuracy)) % of them right" }
      ?? ""
    let quick =
      isQuick
      ? "<p class=\"note\">This is the quick comparison, with fewer pictures to learn from and to be tested on: its "
        + "figures are worse, and less certain, than those of the whole one. The networks are those that ship, and had "
        + "learnt from more.</p>"
      : ""
    return """
      <h1>\(entries.count) ways to read a digit</h1>
      <p class="lead">Each method learnt from \(NumberText.count(trainCount)) handwritten digits of MNIST and then read \
      \(NumberText.count(test.count)) that it had never seen. \(NumberText.escaped(best)).</p>
      \(quick)
      """
  }

  private var table: String {
    var rows = ""
    for (place, entry) in entries.enumerated() {
      let finding = entry.finding
      rows += """
        <tr><td class="left"><b>\(NumberText.escaped(entry.title))</b><br><code>\(NumberText.escaped(finding.method))</code></td>
        <td>\(NumberText.percent(entry.measures.accuracy)) % <span class="error">± \(NumberText.percent(entry.measures.standardError))</span>\
        <span class="meter"><i style="width:\(NumberText.fixed(meter(entry), 0))%"></i></span></td>
        <td data-name="training">\(finding.trainSeconds.map(NumberText.seconds) ?? "–")</td>\
        <td data-name="reading">\(NumberText.seconds(finding.predictSeconds))</td>
        <td data-name="model">\(NumberText.bytes(finding.bytes))</td>\
        <td data-name="memory">\(finding.memory.map(NumberText.bytes) ?? "–")</td>
        <td data-name="chance">\(chance(at: place).map(NumberText.probability) ?? "")</td></tr>

        """
    }
    return """
      <section class="card wide"><table class="main">
      <tr><th class="left">Method</th><th>Accuracy<br>± standard error</th><th>Training</th>\
      <th>Reading all<br>\(NumberText.count(test.count))</th><th>Model</th><th>Memory</th><th>Chance, against<br>the row above</th></tr>
      \(rows)</table></section>
      <p class="note">Accuracy is the share of test digits read right; its standard error, √(p(1 − p)/n), is what chance alone \
      does to it. The bar shows the logarithm of the error, so that each quarter of its length is ten times fewer mistakes. \
      Training is with the chosen settings, after choosing them. Model is what must be kept in order to read, memory the \
      most that the process held meanwhile, data and all. The last column is McNemar’s test: the probability that two methods \
      equally good would differ as much as this row and the one above it; below 0.05 the difference is hardly chance.</p>

      """
  }

  /// From 0 for no better than guessing to 100 at one mistake in ten thousand.
  private func meter(_ entry: Entry) -> Double {
    let error = max(1e-4, 1 - entry.measures.accuracy)
    return min(100, max(2, 25 * tenfold(1 / error)))
  }

  private var plots: String {
    figures.map { figure in
      """
      <section class="part"><h2>\(figure.title)</h2>
      <p>\(NumberText.escaped(figure.caption))</p>
      <div class="card wide">\(figure.svg)</div></section>

      """
    }.joined()
  }

  private func section(_ title: String, _ text: String, _ pictures: [MethodResult.Picture], columns: Int)
    -> String
  {
    guard let first = pictures.first else { return "" }
    let side = first.levels.count == 784 ? 28 : Int(clamping: Double(first.levels.count).squareRoot())
    let rows = (pictures.count + columns - 1) / columns
    var sheet = PaletteImage(
      width: min(columns, pictures.count) * (side + 2) - 2, height: rows * (side + 2) - 2,
      palette: first.isSigned ? .signed : .ink(0))
    for (index, picture) in pictures.enumerated() {
      sheet.draw(
        picture.levels, width: side, x: index % columns * (side + 2), y: index / columns * (side + 2))
    }
    // Whole pixels, in about the width of the page; a few small pictures need not fill it.
    let scale = max(1, min(12, 880 / sheet.width))
    return """
      <section class="part"><h3>\(title)</h3><p class="note">\(text)</p>
      <div class="card"><img class="gallery\(first.isSigned ? "" : " ink")" style="--w:\(sheet.width * scale)px" \
      alt="\(title)" width="\(sheet.width)" height="\(sheet.height)" src="\(sheet.dataURI)"></div></section>

      """
  }

  private var lookInside: String {
    func pictures(_ method: String) -> [MethodResult.Picture] {
      entries.first { $0.finding.method == method }?.finding.pictures ?? []
    }
    let parts = [
      section(
        "The centroids of k-means, ten",
        "Ten typical pictures, found without labels: some digits share one, some have none.",
        pictures("k-means-10"), columns: 10),
      section(
        "The centroids of k-means, 256",
        "With more of them, every way to write a digit gets its own, which is why so many "
          + "more are read right.", pictures("k-means-256"), columns: 32),
      section(
        "The principal components",
        "The directions in which digits differ most, the first at the top left: orange where ink "
          + "counts for, blue where it counts against.",
        Array((pictures("pca-knn").isEmpty ? pictures("pca-nearest-mean") : pictures("pca-knn")).prefix(40)),
        columns: 20),
      section(
        "The weights of softmax regression",
        "For each digit from 0 to 9, where ink speaks for it (orange) and against it (blue).",
        pictures("softmax"), columns: 10),
      section(
        "The first layer of the network mlp",
        "What each hidden unit looks for. None looks like a digit: together they tell "
          + "them apart.", pictures("mlp"), columns: 20),
      section(
        "The first layer of the flagship",
        "What its first filters look for, window by window: edges and strokes.",
        pictures("inkling"), columns: 16),
    ].joined()
    return parts.isEmpty ? "" : "<h2>A look inside</h2>\n" + parts
  }

  private var hard: String {
    let hardest = hardest(16)
    guard !hardest.isEmpty else { return "" }
    var rows = "<tr><th></th>"
    for (index, _) in hardest {
      var picture = PaletteImage(width: 28, height: 28, palette: .ink(0))
      picture.draw(levels(index), width: 28, x: 0, y: 0)
      rows +=
        "<th><img class=\"ink\" width=\"28\" height=\"28\" alt=\"\(test.labels[index])\" src=\"\(picture.dataURI)\"></th>"
    }
    rows += "</tr>\n<tr><th class=\"left\">label</th>"
    for (index, _) in hardest { rows += "<td><b>\(test.labels[index])</b></td>" }
    rows += "</tr>\n"
    for entry in entries {
      rows += "<tr><th class=\"left\">\(NumberText.escaped(entry.finding.method))</th>"
      for (index, _) in hardest {
        let answer = entry.finding.answers[index]
        rows += "<td class=\"\(answer == test.labels[index] ? "right" : "wrong")\">\(answer)</td>"
      }
      rows += "</tr>\n"
    }
    return """
      <section class="part"><h2>The hardest digits</h2>
      <p>The test digits that most methods misread, with each method’s answer; the wrong ones stand out. Numbers, counted \
      from 0: \(hardest.map { "\($0.index)" }.joined(separator: ", ")).</p>
      <div class="card wide"><table class="hard">\(rows)</table></div></section>

      """
  }

  private var methods: String {
    "<h2>Method by method</h2>\n" + entries.map(card).joined()
  }

  private func card(_ entry: Entry) -> String {
    let finding = entry.finding
    let parameters = finding.parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let trials = finding.trials.map { trial in
      trial.parameters.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        + ": \(NumberText.percent(trial.accuracy)) %"
    }
    let tried =
      trials.isEmpty ? "" : "<p class=\"note\">Tried on validation: \(trials.joined(separator: "; ")).</p>"
    return """
      <section class="card"><h3>\(NumberText.escaped(entry.title))</h3>
      <div class="method"><div><p>\(NumberText.escaped(entry.about))</p>
      <p class="facts">\(NumberText.percent(entry.measures.accuracy)) % ± \(NumberText.percent(entry.measures.standardError)) · \
      \(NumberText.escaped(parameters))</p>\(tried)</div>
      \(confusion(entry))</div></section>

      """
  }

  /// Rows what it is, columns what was read; mistakes are tinted by how many there are.
  private func confusion(_ entry: Entry) -> String {
    let measures = entry.measures
    var rows = "<tr><th></th>" + (0..<10).map { "<th>\($0)</th>" }.joined() + "<th>recall</th></tr>"
    for row in 0..<10 {
      rows += "<tr><th>\(row)</th>"
      let support = Double(max(1, measures.support(of: row)))
      for column in 0..<10 {
        let count = measures.confusion[row * 10 + column]
        if row == column {
          rows += "<td><b>\(count)</b></td>"
        } else if count == 0 {
          rows += "<td></td>"
        } else {
          let tint = NumberText.fixed(min(70, 12 + 900 * Double(count) / support), 0)
          rows +=
            "<td style=\"background:color-mix(in srgb,var(--s1) \(tint)%,transparent)\">\(count)</td>"
        }
      }
      rows += "<th>\(NumberText.fixed(measures.recall(of: row) * 100, 1))</th></tr>"
    }
    rows += "<tr class=\"sums\"><th>precision</th>"
    for column in 0..<10 { rows += "<th>\(NumberText.fixed(measures.precision(of: column) * 100, 1))</th>" }
    return "<table class=\"confusion\" aria-label=\"confusion\">\(rows)<th>%</th></tr></table>"
  }

  private var foot: String {
    """
    <h2>How it was done</h2>
    <p>Settings were chosen on the first \(NumberText.count(choosing.count)) training pictures: each setting was learnt from the first \
    \(NumberText.count(choosing.train)) of them and judged on the rest. Nothing was ever chosen by the test pictures. The networks are \
    the models that ship with Inkling, read as they are; their training time is that of their card, where it is known. In the \
    confusion tables a row is what a digit is, a column what it was read as; precision is the share of answers with a \
    digit that are right, recall the share of a digit’s pictures that are found, both in percent.</p>
    <p class="note">Machine: \(NumberText.escaped(machine)). Made by <code>inkling compare\(isQuick ? " --quick" : "")</code>; the same figures \
    are in <code>compare.json</code>.</p>

    """
  }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The logarithm to base ten.
private func tenfold(_ value: Double) -> Double { log10(value) }
