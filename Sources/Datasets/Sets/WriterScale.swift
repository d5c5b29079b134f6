// How large each writer of a set of strokes writes.

package import Formats
import Ink

/// The height of each writer's capitals and digits, estimated from all symbols of the writer.
package struct WriterScale: Sendable {
  /// Capitals and digits are this many times as high as the median symbol's longer side.
  ///
  /// In the 90,000 symbols of `unipen-chars`, whose capitals and digits are 200 units high, the median over the writers
  /// is 188.
  private static let ofMedian = 200.0 / 188
  /// With fewer symbols, a writer's scale is that of all writers of the set.
  private static let minSymbols = 10

  private var medians: [Writer: Double] = [:]
  private let common: Double

  /// Measures the symbols of a set.
  ///
  /// - Parameter drawings: The symbols of all labels: of dots and commas alone no scale is found.
  package init(_ drawings: [LabelledDrawing]) {
    var sizes: [Writer: [Double]] = [:]
    for drawing in drawings {
      if let size = Self.size(of: drawing), let writer = drawing.writer {
        sizes[writer, default: []].append(size)
      }
    }
    medians = sizes.filter { $0.value.count >= Self.minSymbols }.mapValues(Self.median)
    common = Self.median(drawings.compactMap(Self.size))
  }

  /// The longer side of a symbol as a share of the height of its writer's capitals and digits.
  ///
  /// - Parameter drawing: A symbol of the set.
  /// - Returns: The share; nil without ink.
  package func relativeSize(of drawing: LabelledDrawing) -> Float? {
    Self.size(of: drawing).map { Float($0 / height(of: drawing.writer)) }
  }

  /// The height of a writer's capitals and digits, in the unit of the collection.
  package func height(of writer: Writer?) -> Double {
    max((writer.flatMap { medians[$0] } ?? common) * Self.ofMedian, 1e-9)
  }

  private static func size(of drawing: LabelledDrawing) -> Double? {
    drawing.drawing.bounds.map { max($0.width, $0.height) / (drawing.sourceScale ?? 1) }
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 1 : values.sorted()[values.count / 2]
  }
}
