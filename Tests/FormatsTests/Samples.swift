// Small files that other programs wrote, for the tests with damaged files.

import Foundation

extension Reader {
  /// A PNG of 5 × 4 pixels, four colours, interlaced, by ImageMagick.
  static let interlaced = decoded(
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAMAAAEG6jXkAAAADFBMVEUAAABQUFCgoKDw8PAJ3ZudAAAAHElEQVQI12"
      + "NgAAImMGRkZmBmZGBkYmZgZGAG0QABbAAfJp6RDwAAAABJRU5ErkJggg==")

  /// A JPEG of 9 × 7 pixels, by ImageMagick.
  static let jpeg = decoded(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRT"
      + "c4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAHAAkBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAwT/xAAZEAEAAgMA"
      + "AAAAAAAAAAAAAAACAFIDBhb/2gAIAQEAAD8ATBpgqZTxgqZ//9k=")

  /// The same, progressive.
  static let progressive = decoded(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRT"
      + "c4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wgALCAAHAAkBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAgP/2gAIAQEAAAAB"
      + "VP/EABcQAQADAAAAAAAAAAAAAAAAAAABBBT/2gAIAQEAAQUCimxv/8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQ"
      + "AGPwI//8QAFxAAAwEAAAAAAAAAAAAAAAAAAAFREf/aAAgBAQABPyFcRmI//9oACAEBAAAAEH//xAAUEAEAAAAAAAAA"
      + "AAAAAAAAAAAQ/9oACAEBAAE/EDmf/9k=")

  /// An IDX file of 2 × 3 bytes, by gzip.
  static let gzip = decoded(
    "H4sIAAAAAAACA2Ng4GBiYGAAYWZGJmYWVjYASJQ+5RIAAAA=")

  /// An archive of two arrays, by NumPy.
  static let npz = decoded(
    "UEsDBC0AAAAIAAAAIQB+ntfP//////////8FABQAYS5ucHkBABAAhgAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQrZ"
      + "6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgZGJmYWVgBQSwME"
      + "LQAAAAgAAAAhALbtRLP//////////wUAFABuLm5weQEAEACQAAAAAAAAAEoAAAAAAAAAm+wX6hsQychQxlCtnpJanF"
      + "ykbqWgbhNqpK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQArgoGCKiEYgBQSwECLQMtAAAA"
      + "CAAAACEAfp7Xz0wAAACGAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5ucHlQSwECLQMtAAAACAAAACEAtu1Es0oAAACQAA"
      + "AABQAAAAAAAAAAAAAAgAGDAAAAbi5ucHlQSwUGAAAAAAIAAgBmAAAABAEAAAAA")

  private static func decoded(_ text: String) -> [UInt8] {
    Data(base64Encoded: text).map { [UInt8]($0) } ?? []
  }
}
