// A drawing with its label, its writer, its page and its symbols.

public import Ink

/// A drawing with its label, its writer, its page and its symbols.
public struct LabelledDrawing: Sendable, Equatable {
  /// A symbol of a drawing with several symbols.
  public struct Symbol: Sendable, Equatable {
    /// The text of the symbol.
    public var label: String
    /// The indices of its strokes in the drawing.
    public var strokes: [Int]

    /// Makes a symbol.
    ///
    /// - Parameters:
    ///   - label: The text of the symbol.
    ///   - strokes: The indices of its strokes in the drawing.
    public init(_ label: String, strokes: [Int]) {
      self.label = label
      self.strokes = strokes
    }
  }

  /// The text that is written, or nil if it is unknown.
  public var label: String?
  /// The writer, or nil if the writer is unknown.
  public var writer: Writer?
  /// Where the collection has the drawing from, for example a contributor; nil if it does not say so.
  public var source: String?
  /// The kind of the text, for example "date"; nil if the collection does not say so.
  public var kind: String?
  /// The symbols with the grouping of the strokes; empty if the collection does not have it.
  public var symbols: [Symbol] = []
  /// The strokes, in page units.
  public var drawing: Drawing
  /// The page's width in page units.
  public var pageWidth: Double
  /// The page's height in page units.
  public var pageHeight: Double
  /// The page units in one unit of the source, or nil if the drawing was made on the page.
  ///
  /// The ink of a collection is fitted onto the page. Divided by this, its size is that in the collection again.
  public var sourceScale: Double?

  /// Makes a labelled drawing.
  ///
  /// - Parameters:
  ///   - drawing: The strokes, in page units.
  ///   - label: The text that is written, or nil if it is unknown.
  ///   - writer: The writer, or nil if the writer is unknown.
  ///   - pageWidth: The page's width in page units.
  ///   - pageHeight: The page's height in page units.
  public init(
    _ drawing: Drawing, label: String? = nil, writer: Writer? = nil, pageWidth: Double = Page.longerSide,
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
