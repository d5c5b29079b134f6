// The colours and shapes of charts, for light and dark screens.

import Graphics

/// The colours and shapes of charts.
enum ChartStyle {
  /// CSS for charts inside a page, which may use the colours too.
  static let page = """
    :root{color-scheme:light dark;\(light)}
    @media (prefers-color-scheme:dark){:root{\(dark)}}
    \(rules)
    """

  /// CSS for a chart in its own file, without variables, which many image viewers do not know.
  static let standalone = """
    \(resolved(light))
    @media (prefers-color-scheme:dark){
    \(resolved(dark))}

    """

  private static let light = variables(.light)
  private static let dark = variables(.dark)

  /// A palette as CSS variables.
  private static func variables(_ palette: ReportPalette) -> String {
    let named = [
      ("page", palette.page), ("card", palette.card), ("text", palette.text), ("soft", palette.soft),
      ("rule", palette.rule), ("accent", palette.accent),
    ]
    let series = palette.series.enumerated().map { ("s\($0.offset)", $0.element) }
    return (named + series).map { "--\($0.0):\($0.1.hexadecimal)" }.joined(separator: ";")
  }

  private static let rules =
    """
    svg.plot{font:12px system-ui,"DejaVu Sans",sans-serif;fill:var(--text)}
    .grid{stroke:var(--rule);fill:none}.tick{fill:var(--soft)}.axis{fill:var(--soft);font-size:13px}
    .line{fill:none;stroke-width:2;stroke-linejoin:round}.bar{stroke-width:1.5;fill:none}
    .name{font-size:12px;paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}.digit{font-size:10px;text-anchor:middle}

    """
    + (0..<Chart.colorCount).map { index in
      ".line.s\(index),.bar.s\(index){stroke:var(--s\(index))}.dot.s\(index),.name.s\(index)"
        + (index < 10 ? ",.c\(index)" : "") + "{fill:var(--s\(index))}"
    }.joined(separator: "\n") + "\n"

  /// The rules with a palette's colours in place of its variables.
  private static func resolved(_ palette: String) -> String {
    let variables = palette.split { $0 == ";" || $0.isNewline }.map { $0.split(separator: ":") }
    return variables.reduce(rules + "svg.plot{background:var(--card)}.heading{font-size:15px}\n") {
      $0.replacing("var(\($1[0]))", with: $1[1])
    }
  }
}
