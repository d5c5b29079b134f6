// The style and the script of the report on checked pages.

import Graphics

/// The style and the script of the report on checked pages.
enum CheckReportStyle {
  /// The rules, for light and dark screens and for print.
  static let css = """
    :root{color-scheme:light dark;\(variables(.light, .light))}
    @media (prefers-color-scheme:dark){:root{\(variables(.dark, .dark))}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
    main{max-width:1160px;margin:0 auto;padding:40px 28px 56px}
    h1{font-size:34px;line-height:1.2;margin:0 0 8px}h2{font-size:22px;margin:44px 0 10px;overflow-wrap:anywhere}
    p{margin:8px 0}.lead{font-size:18px}.soft{color:var(--soft);font-weight:400}
    .card{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:14px 18px;margin:16px 0}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}
    th,td{padding:6px 10px;text-align:right;vertical-align:top}th{font-size:13px;color:var(--soft);font-weight:600}
    tr+tr td{border-top:1px solid var(--rule)}.left{text-align:left}
    a{color:var(--accent)}.right{color:var(--right)}.wrong{color:var(--wrong)}.unsure{color:var(--unsure)}
    th.right,th.wrong{color:var(--soft)}.text{font-size:17px;overflow-wrap:anywhere;color:var(--text)}
    .items{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:16px}
    .item{margin:0;display:flex;flex-direction:column}.item ul{margin:4px 0;padding-left:20px}
    .decide{margin-top:auto;padding-top:8px;display:flex;flex-wrap:wrap;gap:4px 16px}
    .decide label{white-space:nowrap;padding:4px 0}
    img{max-width:100%;height:auto;display:block;border-radius:4px;background:#fff}
    td img{margin-top:6px;max-width:260px}
    .both{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:20px;align-items:start}.both .card{margin:0}
    .sheet{border:1px solid var(--rule)}
    button{font:inherit;padding:8px 16px;border-radius:8px;border:1px solid var(--rule);background:var(--card);color:var(--text)}
    code{font:13px ui-monospace,"DejaVu Sans Mono",monospace}
    @media (max-width:820px){.both{grid-template-columns:minmax(0,1fr)}main{padding:24px 14px}}
    @media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#444;--rule:#ccc}main{max-width:none;padding:0}
    .item,tr{break-inside:avoid}.page{break-before:page}button{display:none}}

    """

  /// Palettes as CSS variables.
  private static func variables(_ page: ReportPalette, _ marks: MarkPalette) -> String {
    [
      ("page", page.page), ("card", page.card), ("text", page.text), ("soft", page.soft), ("rule", page.rule),
      ("accent", page.accent), ("right", marks.right), ("wrong", marks.wrong), ("unsure", marks.unsure),
    ].map { "--\($0.0):\($0.1.hexadecimal)" }.joined(separator: ";")
  }

  /// Keeps the decisions and lets the scores follow them.
  ///
  /// Without it the report can still be read.
  static let script = """
    'use strict';
    const items = [...document.querySelectorAll('.item')];
    const rows = [...document.querySelectorAll('tr[data-page]')].map(row => {
      const [right, wrong, unsure, open] = ['right', 'wrong', 'unsure', 'open'].map(name => row.querySelector('td.' + name));
      return {right, wrong, unsure, open, counts: [right, wrong, unsure, open].map(cell => Number(cell.textContent)),
        scores: document.querySelectorAll(`[data-page="${row.dataset.page}"] .score, .score[data-page="${row.dataset.page}"]`)};
    });
    const key = item => `inkling ${location.pathname} ${item.dataset.file} ${item.dataset.item}`;
    const decision = item => item.querySelector('input:checked')?.value;
    function update() {
      rows.forEach((row, page) => {
        let [right, wrong, unsure, open] = row.counts;
        for (const item of items) {
          if (Number(item.dataset.page) !== page || !decision(item)) continue;
          unsure -= 1;
          if (decision(item) === 'right') right += 1;
          if (decision(item) === 'wrong') wrong += 1;
        }
        row.right.textContent = right; row.wrong.textContent = wrong; row.unsure.textContent = unsure;
        row.scores.forEach(score => { score.textContent = `${right} of ${right + wrong + unsure + open}`; });
      });
    }
    for (const item of items) {
      let kept = null;
      try { kept = localStorage.getItem(key(item)); } catch { }
      for (const input of item.querySelectorAll('input')) {
        if (input.value === kept) input.checked = true;
        input.addEventListener('change', () => {
          try { localStorage.setItem(key(item), input.value); } catch { }
          update();
        });
      }
    }
    update();
    document.getElementById('save')?.addEventListener('click', () => {
      const quoted = text => '"' + text.replaceAll('"', '""') + '"';
      const lines = items.filter(decision).map(item => [quoted(item.dataset.file), item.dataset.item, decision(item)].join(','));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['page,item,decision\\n' + lines.join('\\n') + '\\n'], {type: 'text/csv'}));
      link.download = 'decisions.csv';
      link.click();
    });

    """
}
