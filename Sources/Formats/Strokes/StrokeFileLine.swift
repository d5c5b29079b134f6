// The reading of one line of a stroke file.

import Basics
import Ink

/// The members of a line of a stroke file, as far as they have been read.
struct StrokeFileLine {
  private var labelled = LabelledDrawing(Drawing())
  private var ink: SourceStrokes?
  private var latex: String?
  private var page: [Double] = []
  private var widths: [Double] = []
  private var scale: Double?

  /// Reads a line.
  static func drawing(_ start: JSONCursor) throws(FormatError) -> LabelledDrawing {
    var cursor = start
    var line = StrokeFileLine()
    try cursor.object { (name, value) throws(FormatError) in try line.read(name, &value) }
    try cursor.finish()
    return try line.drawing(start)
  }

  private mutating func read(_ name: String, _ value: inout JSONCursor) throws(FormatError) {
    switch name {
    case "strokes": ink = try Self.strokes(&value)
    case "label": labelled.label = try Self.text(&value)
    case "writer": labelled.writer = try Self.writer(&value)
    // Other programs may use the following names for anything.
    case "source": labelled.source = try Self.string(&value)
    case "kind": labelled.kind = try Self.string(&value)
    case "latex": latex = try Self.string(&value)
    case "symbols":
      var attempt = value
      if let symbols = try? Self.symbols(&attempt) {
        labelled.symbols = symbols
        value = attempt
      } else {
        try value.skip()
      }
    case "page":
      let start = value
      page = try Self.numbers(&value)
      guard page.count == 2, page.allSatisfy(Page.sides.contains) else {
        throw start.error(expected: "a page's width and height, \(SourceStrokes.text(of: Page.sides))")
      }
    case "width", "widths":
      let start = value
      widths = value.isAtArray() ? try Self.numbers(&value) : [try value.number()]
      guard widths.allSatisfy(Stroke.widths.contains) else {
        throw start.error(expected: "a pen's width \(SourceStrokes.text(of: Stroke.widths))")
      }
    case "scale":
      var attempt = value
      scale = (try? attempt.number()).flatMap { $0 > 0 ? $0 : nil }
      try value.skip()
    default: try value.skip()
    }
  }

  private func drawing(_ start: JSONCursor) throws(FormatError) -> LabelledDrawing {
    guard let ink else { throw start.error(expected: "an object with 'strokes'", found: "one without") }
    var result = labelled
    if result.label == nil { result.label = latex }
    if page.count == 2 {
      guard ink.isWithinPoints else {
        throw start.error(
          expected: "coordinates \(SourceStrokes.text(of: Point.range)) on a page", found: "others")
      }
      (result.pageWidth, result.pageHeight) = (page[0], page[1])
      result.drawing = ink.unchanged(widths: widths)
      result.sourceScale = scale
    } else {
      let fitted = ink.fitted()
      (result.drawing, result.sourceScale) = (fitted.drawing, fitted.scale)
    }
    return result
  }

  /// A string, an integer as text, or nil for null.
  private static func text(_ value: inout JSONCursor) throws(FormatError) -> String? {
    if value.null() { return nil }
    return value.isAtString() ? try value.string() : "\(try value.integer())"
  }

  /// A number, a name, or nil for null and an empty name.
  private static func writer(_ value: inout JSONCursor) throws(FormatError) -> Writer? {
    if value.null() { return nil }
    guard value.isAtString() else { return Writer(try value.integer()) }
    let name = try value.string()
    return name.isEmpty ? nil : Writer(name)
  }

  /// A string, or nil for any other value.
  private static func string(_ value: inout JSONCursor) throws(FormatError) -> String? {
    if value.isAtString() { return try value.string() }
    try value.skip()
    return nil
  }

  private static func numbers(_ value: inout JSONCursor) throws(FormatError) -> [Double] {
    var numbers: [Double] = []
    try value.array { (element) throws(FormatError) in numbers.append(try element.number()) }
    return numbers
  }

  /// A list of `[label, [stroke, …]]`.
  private static func symbols(_ value: inout JSONCursor) throws(FormatError) -> [LabelledDrawing.Symbol] {
    var symbols: [LabelledDrawing.Symbol] = []
    try value.array { (pair) throws(FormatError) in
      var symbol = LabelledDrawing.Symbol("", strokes: [])
      var index = 0
      try pair.array { (element) throws(FormatError) in
        switch index {
        case 0: symbol.label = try element.string()
        case 1:
          try element.array { (stroke) throws(FormatError) in symbol.strokes.append(try stroke.integer()) }
        default: try element.skip()
        }
        index += 1
      }
      if index < 2 { throw pair.error(expected: "a symbol's label and its strokes") }
      symbols.append(symbol)
    }
    return symbols
  }

  private static func strokes(_ value: inout JSONCursor) throws(FormatError) -> SourceStrokes {
    var ink = SourceStrokes()
    var count = 0
    /// Counts a sample or a stroke.
    func expectSpace(_ value: JSONCursor) throws(FormatError) {
      count += 1
      if count > SizeLimit.drawingSamples {
        throw value.error(expected: "at most \(SizeLimit.drawingSamples) samples in a drawing", found: "more")
      }
    }
    try value.array { (stroke) throws(FormatError) in
      try expectSpace(stroke)
      var samples: [SourceStrokes.Sample] = []
      samples.reserveCapacity(32)
      try stroke.array { (sample) throws(FormatError) in
        try expectSpace(sample)
        samples.append(try Self.sample(&sample))
      }
      ink.strokes.append(samples)
    }
    return ink
  }

  private static func sample(_ cursor: inout JSONCursor) throws(FormatError) -> SourceStrokes.Sample {
    var values = SIMD4<Double>(repeating: .nan)
    // Pressure, tilt and so on may follow the time.
    let (count, start) = try cursor.numbers(into: &values)
    guard count >= 2, !values[0].isNaN, !values[1].isNaN else {
      throw cursor.error(at: start, expected: "a sample, [x, y] or [x, y, t]")
    }
    // NaN, a missing time, passes.
    guard
      !(abs(values[0]) > SourceStrokes.maximumCoordinate || abs(values[1]) > SourceStrokes.maximumCoordinate
        || abs(values[2]) > SourceStrokes.maximumCoordinate)
    else {
      throw cursor.error(
        at: start, expected: "coordinates and times up to \(SourceStrokes.maximumCoordinate)", found: "others"
      )
    }
    return SourceStrokes.Sample(x: values[0], y: values[1], time: values[2].isNaN ? nil : values[2])
  }
}
