// The symbols of a drawing as drawings of their own.

import Ink

extension LabelledDrawing {
  /// The symbols as drawings of their own, each fitted onto a page as the drawing of a single symbol is.
  ///
  /// They have the writer and the source of this drawing, and its source's units. Indices that are no stroke are left out.
  public var symbolDrawings: [LabelledDrawing] {
    symbols.map { symbol in
      let ink = SourceStrokes(
        symbol.strokes.filter(drawing.strokes.indices.contains).map { drawing.strokes[$0] })
      let (fitted, scale) = ink.fitted()
      var result = LabelledDrawing(fitted, label: symbol.label, writer: writer)
      result.source = source
      result.sourceScale = sourceScale.map { $0 * scale }
      return result
    }
  }
}
