// The colours and shapes of charts, for light and dark screens.

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

  private static let light = """
    --page:#fbfaf7;--card:#ffffff;--text:#1d2026;--soft:#5c6370;--rule:#e4e1d9;
    --accent:#1f6fb4;--s0:#1b6ec2;--s1:#c4511a;--s2:#23854a;--s3:#8a4fbf;--s4:#b8336a;--s5:#8a6d00;--s6:#0f8793;
    --s7:#6b5b4b;--s8:#4c5fd5;--s9:#a63d2f;--s10:#4d7c0f;--s11:#7a7f87
    """

  private static let dark = """
    --page:#14161a;--card:#1c1f25;--text:#e8e6e1;--soft:#a2a9b4;--rule:#31363f;
    --accent:#6db3f2;--s0:#6db3f2;--s1:#f39a63;--s2:#63cf8d;--s3:#c49bf0;--s4:#f28bb3;--s5:#e0c04a;--s6:#55ccd8;
    --s7:#c3b09b;--s8:#9aa7ff;--s9:#f08a7c;--s10:#a5d65c;--s11:#b3b8c0
    """

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
