// The style of the comparison's page, for light and dark screens and for print.

/// The style of the comparison's page.
enum ComparisonPageStyle {
  /// The rules beside those of `ChartStyle`.
  static let css = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,"DejaVu Sans",sans-serif}
    main{max-width:1040px;margin:0 auto;padding:48px 32px 64px}
    h1{font-size:40px;line-height:1.15;letter-spacing:-.02em;margin:0 0 14px}
    h2{font-size:25px;letter-spacing:-.01em;margin:56px 0 8px}h3{font-size:18px;margin:0 0 4px}
    p{margin:8px 0;max-width:72ch}.lead{font-size:18px;color:var(--soft)}.note{color:var(--soft);font-size:14px}
    .card{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:20px 22px;margin:18px 0}
    .wide{overflow-x:auto}svg.plot{width:100%;height:auto;display:block}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    table.main{width:100%;font-size:15px}table.main th{font-weight:600;font-size:13px;color:var(--soft);vertical-align:bottom}
    th,td{padding:7px 9px;text-align:right;white-space:nowrap}td.left,th.left{text-align:left}
    table.main tr+tr td{border-top:1px solid var(--rule)}td .error{color:var(--soft);font-size:13px}
    .meter{display:block;height:4px;border-radius:2px;background:var(--rule);margin-top:4px;min-width:110px}
    .meter i{display:block;height:4px;border-radius:2px;background:var(--accent)}
    .method{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:8px 28px;align-items:start}
    .facts{color:var(--soft);font-size:14px;margin:6px 0 10px;overflow-wrap:anywhere}
    .confusion{font-size:12px}.confusion td,.confusion th{padding:2px 1px;min-width:33px;text-align:center;font-weight:400}
    .confusion th{color:var(--soft)}.confusion td{border-radius:4px}.confusion tr>:last-child{padding-left:8px}
    .confusion tr>:first-child{padding-right:5px}    .confusion .sums th{font-size:10px;padding-top:6px}
    img{image-rendering:pixelated;display:block}img.ink{filter:none}
    .gallery{width:100%;max-width:var(--w);height:auto}
    .hard td,.hard th{padding:3px 4px;text-align:center;font-size:13px}.hard th{font-weight:400;color:var(--soft)}
    .hard th.left{text-align:left;color:var(--text)}.right{color:var(--soft);opacity:.55}.wrong{font-weight:700;color:var(--s1)}
    code{font:13px ui-monospace,"DejaVu Sans Mono",monospace}
    @media (prefers-color-scheme:dark){img.ink{filter:invert(1)}}
    @media (max-width:900px){table.main{font-size:13px}table.main th{font-size:11px}table.main th,table.main td{padding:6px 4px}
    table.main td.left{white-space:normal}.meter{min-width:80px}}
    @media (max-width:760px){.method{grid-template-columns:minmax(0,1fr)}main{padding:28px 16px}h1{font-size:30px}}
    @media screen and (max-width:620px){.card{padding:14px 12px}svg.plot{min-width:640px}
    table.main,table.main tbody{display:block}table.main tr{display:grid;grid-template-columns:repeat(4,1fr);padding:8px 0}
    table.main tr:first-child{display:none}table.main tr+tr{border-top:1px solid var(--rule)}
    table.main tr+tr td{border:none;padding:2px 0;text-align:left}table.main td:nth-child(-n+2){grid-column:span 2}
    table.main td[data-name]::before{content:attr(data-name);display:block;color:var(--soft);font-size:11px}
    table.main td[data-name=chance]{grid-column:span 4}td[data-name=chance]:empty{display:none}
    td[data-name=chance]::before{content:"chance, against the row above"!important;display:inline!important;margin-right:8px}
    .confusion{font-size:10px}.confusion td,.confusion th{min-width:0;width:25px}.confusion tr>:last-child{padding-left:3px}
    .confusion .sums th{font-size:8px}.hard td,.hard th{padding:2px 0;font-size:11px;width:14px}.hard th.left{font-size:10px}
    .hard img{width:14px;height:14px}}
    @media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#444;--rule:#ccc}body{font-size:10.5pt;print-color-adjust:exact}
    main{max-width:none;padding:0}.card,.part{break-inside:avoid}.card{border:none;padding:4px 0;margin:8px 0}
    h2{break-after:avoid;margin-top:26px}table.main{font-size:9pt}th,td{padding:3px 5px}p{max-width:none}
    .method{grid-template-columns:minmax(0,1fr) auto}.confusion{font-size:8pt}
    .confusion td,.confusion th{min-width:0;width:27px}.confusion .sums th{font-size:6.5pt}}

    """
}
