// A drawing with what its file says about it.

public import Ink

/// A drawing with what its file says about it: what was to be written, by whom, and on what page.
public struct LabelledDrawing: Sendable, Equatable {
  /// What the drawing says, or nil where nobody said it.
  public var label: String?
  /// The writer's number in its collection, or nil.
  public var writer: Int?
  /// The strokes, in page units.
  public var drawing: Drawing
  /// The page's width in page units.
  public var pageWidth: Double
  /// The page's height in page units.
  public var pageHeight: Double

  /// Makes a labelled drawing, on a square page unless told otherwise.
  public init(
    _ drawing: Drawing, label: String? = nil, writer: Int? = nil, pageWidth: Double = Page.longerSide,
    pageHeight: Double = Page.longerSide
  ) {
    self.drawing = drawing
    self.label = label
    self.writer = writer
    self.pageWidth = pageWidth
    self.pageHeight = pageHeight
  }

  /// Makes a labelled drawing of what is drawn on a page.
  public init(_ page: Page, label: String? = nil) {
    self.init(page.drawing, label: label, pageWidth: page.width, pageHeight: page.height)
  }

  /// The page with the drawing on it.
  public var page: Page { Page(proportion: pageWidth, to: pageHeight, drawing: drawing) }
}
