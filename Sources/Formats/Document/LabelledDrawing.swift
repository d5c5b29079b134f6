// A drawing with its label, its writer and its page.

public import Ink

/// A drawing with its label, its writer and its page.
public struct LabelledDrawing: Sendable, Equatable {
  /// The text that is written, or nil if it is unknown.
  public var label: String?
  /// The writer's number in the collection, or nil if it is unknown.
  public var writer: Int?
  /// The strokes, in page units.
  public var drawing: Drawing
  /// The page's width in page units.
  public var pageWidth: Double
  /// The page's height in page units.
  public var pageHeight: Double

  /// Makes a labelled drawing.
  ///
  /// - Parameters:
  ///   - drawing: The strokes, in page units.
  ///   - label: The text that is written, or nil if it is unknown.
  ///   - writer: The writer's number in the collection, or nil if it is unknown.
  ///   - pageWidth: The page's width in page units.
  ///   - pageHeight: The page's height in page units.
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

  /// Makes a labelled drawing from the strokes on a page.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - label: The text that is written, or nil if it is unknown.
  public init(_ page: Page, label: String? = nil) {
    self.init(page.drawing, label: label, pageWidth: page.width, pageHeight: page.height)
  }

  /// A page with the drawing on it.
  public var page: Page { Page(proportion: pageWidth, to: pageHeight, drawing: drawing) }
}
