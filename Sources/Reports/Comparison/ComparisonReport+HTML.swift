// The comparison as one HTML page without scripts or links: for light and dark screens, and for print.

import Basics
import CLibrary
import ClassicalMethods
import Evaluation
import Graphics

extension ComparisonReport {
  /// The page.
  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>How methods read digits: a comparison</title>
    <style>
    \(ChartStyle.page)\(ComparisonPageStyle.css)</style>
    </head>
    <body><main>
    \(headSection)\(resultTable)\(chartSections)\(parameterSections)\(hardestSection)\(methodSections)\(footSection)</main></body>
    </html>

    """
  }

  private var headSection: String {
    let best =
      entries.first.map { "\($0.title) reads \(NumberText.percent($0.measures.accuracy)) % of them right" }
      ?? ""
    let quick =
      comparison.isQuick
      ? "<p class=\"note\">This is the quick comparison, with fewer pictures to learn from and to be tested on: its "
        + "figures are worse, and less certain, than those of the whole one. The networks are those that ship, and had "
        + "learnt from more.</p>"
      : ""
    return """
      <h1>\(entries.count) ways to read a digit</h1>
      <p class="lead">Each method learnt from \(NumberText.count(comparison.train.count)) handwritten digits of MNIST and then read \
      \(NumberText.count(test.count)) that it had never seen. \(MarkupText.escaped(best)).</p>
      \(quick)
      """
  }

  private var resultTable: String {
    let rows = entries.enumerated().map { index, entry in
      let result = entry.result
      return """
        <tr><td class="left"><b>\(MarkupText.escaped(entry.title))</b><br><code>\(MarkupText.escaped(result.method))</code></td>
        <td>\(percent(entry)) % <span class="error">± \(errorPercent(entry))</span>\
        <span class="meter"><i style="width:\(NumberText.fixed(meterPercent(entry), 0))%"></i></span></td>
        <td data-name="training">\(trainingTime(result))</td>\
        <td data-name="reading">\(NumberText.seconds(result.predictSeconds))</td>
        <td data-name="model">\(NumberText.bytes(result.bytes))</td>\
        <td data-name="memory">\(memory(result))</td>
        <td data-name="chance">\(chanceText(at: index))</td></tr>

        """
    }
    return """
      <section class="card wide"><table class="main">
      <tr><th class="left">Method</th><th>Accuracy<br>± standard error</th><th>Training</th>\
      <th>Reading all<br>\(NumberText.count(test.count))</th><th>Model</th><th>Memory</th><th>Chance, against<br>the row above</th></tr>
      \(rows.joined())</table></section>
      <p class="note">Accuracy is the share of test digits read right; its standard error, √(p(1 − p)/n), is what chance alone \
      does to it. The bar shows the logarithm of the error, so that each quarter of its length is ten times fewer mistakes. \
      Training is with the chosen settings, after choosing them. Model is what must be kept in order to read, memory the \
      most that the process held meanwhile, data and all. The last column is McNemar’s test: the probability that two methods \
      equally good would differ as much as this row and the one above it; below 0.05 the difference is hardly chance.</p>

      """
  }

  /// The length of an entry's bar: 0 for an error of 1, 100 for one of 0.0001.
  private func meterPercent(_ entry: Entry) -> Double {
    let error = max(1e-4, 1 - entry.measures.accuracy)
    return min(100, max(2, 25 * log10(1 / error)))
  }

  private var chartSections: String {
    figures.map { figure in
      """
      <section class="part"><h2>\(figure.title)</h2>
      <p>\(MarkupText.escaped(figure.caption))</p>
      <div class="card wide">\(figure.chart.svg(figure.description))</div></section>

      """
    }.joined()
  }

  private func section(_ title: String, _ text: String, _ pictures: [MethodResult.Picture], columns: Int)
    -> String
  {
    guard let first = pictures.first else { return "" }
    let side = Int(clamping: Double(first.levels.count).squareRoot())
    let rows = (pictures.count + columns - 1) / columns
    var sheet = PaletteImage(
      width: min(columns, pictures.count) * (side + 2) - 2, height: rows * (side + 2) - 2,
      palette: first.isSigned ? .signed : .ink(0))
    for (index, picture) in pictures.enumerated() {
      sheet.draw(
        picture.levels, width: side, x: index % columns * (side + 2), y: index / columns * (side + 2))
    }
    // An integer scale keeps pixels square; the sheet is at most about as wide as the page.
    let scale = max(1, min(12, 880 / sheet.width))
    return """
      <section class="part"><h3>\(title)</h3><p class="note">\(text)</p>
      <div class="card"><img class="gallery\(first.isSigned ? "" : " ink")" style="--w:\(sheet.width * scale)px" \
      alt="\(title)" width="\(sheet.width)" height="\(sheet.height)" src="\(sheet.dataURI)"></div></section>

      """
  }

  private var parameterSections: String {
    func pictures(_ method: String) -> [MethodResult.Picture] {
      entries.first { $0.result.method == method }?.result.pictures ?? []
    }
    let components = pictures("pca-knn").isEmpty ? pictures("pca-nearest-mean") : pictures("pca-knn")
    let sections = [
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
          + "counts for, blue where it counts against.", Array(components.prefix(40)), columns: 20),
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
    return sections.isEmpty ? "" : "<h2>A look inside</h2>\n" + sections
  }

  private var hardestSection: String {
    let hardest = hardestPictures(16)
    guard !hardest.isEmpty else { return "" }
    let side = Int(clamping: Double(test.pictures.columns).squareRoot())
    let images = hardest.map { index in
      var image = PaletteImage(width: side, height: side, palette: .ink(0))
      image.draw(levels(index), width: side, x: 0, y: 0)
      return
        "<th><img class=\"ink\" width=\"\(side)\" height=\"\(side)\" alt=\"\(test.labels[index])\" src=\"\(image.dataURI)\"></th>"
    }
    let labels = hardest.map { "<td><b>\(test.labels[$0])</b></td>" }
    let rows = entries.map { entry in
      let cells = hardest.map { index in
        "<td class=\"\(isCorrect(entry, index) ? "right" : "wrong")\">\(entry.result.answers[index])</td>"
      }
      return "<tr><th class=\"left\">\(MarkupText.escaped(entry.result.method))</th>\(cells.joined())</tr>\n"
    }
    return """
      <section class="part"><h2>The hardest digits</h2>
      <p>The test digits that most methods misread, with each method’s answer; the wrong ones stand out. Numbers, counted \
      from 0: \(hardest.map(String.init).joined(separator: ", ")).</p>
      <div class="card wide"><table class="hard"><tr><th></th>\(images.joined())</tr>
      <tr><th class="left">label</th>\(labels.joined())</tr>
      \(rows.joined())</table></div></section>

      """
  }

  private var methodSections: String {
    "<h2>Method by method</h2>\n" + entries.map(methodSection).joined()
  }

  private func methodSection(_ entry: Entry) -> String {
    let trials = entry.result.trials.map { trial in
      "\(settingsText(trial.parameters, " ")): \(NumberText.percent(trial.accuracy)) %"
    }
    let trialsNote =
      trials.isEmpty ? "" : "<p class=\"note\">Tried on validation: \(trials.joined(separator: "; ")).</p>"
    return """
      <section class="card"><h3>\(MarkupText.escaped(entry.title))</h3>
      <div class="method"><div><p>\(MarkupText.escaped(entry.about))</p>
      <p class="facts">\(percent(entry)) % ± \(errorPercent(entry)) · \
      \(MarkupText.escaped(settingsText(entry.result.parameters)))</p>\(trialsNote)</div>
      \(confusionTable(entry.measures))</div></section>

      """
  }

  /// A table of labels (rows) and answers (columns); mistakes are tinted by their number.
  private func confusionTable(_ measures: Measures) -> String {
    var rows = "<tr><th></th>" + (0..<10).map { "<th>\($0)</th>" }.joined() + "<th>recall</th></tr>"
    for row in 0..<10 {
      rows += "<tr><th>\(row)</th>"
      let support = Double(max(1, measures.support(of: row)))
      for (column, count) in measures.confusions(of: row).enumerated() {
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

  private var footSection: String {
    """
    <h2>How it was done</h2>
    <p>Settings were chosen on the first \(NumberText.count(comparison.choosingCount)) training pictures: each setting was learnt from the first \
    \(NumberText.count(comparison.choosingTrainCount)) of them and judged on the rest. Nothing was ever chosen by the test pictures. The networks are \
    the models that ship with Inkling, read as they are; their training time is that of their card, where it is known. In the \
    confusion tables a row is what a digit is, a column what it was read as; precision is the share of answers with a \
    digit that are right, recall the share of a digit’s pictures that are found, both in percent.</p>
    <p class="note">Machine: \(MarkupText.escaped(machine)). Made by <code>inkling compare\(comparison.isQuick ? " --quick" : "")</code>; the same figures \
    are in <code>compare.json</code>.</p>

    """
  }
}
