// The fields of a form, as a JSON file describes them.

public import Basics
public import Ink

/// The fields of a form.
public struct FormFields: Sendable, Hashable {
  /// The fields in the order of the file.
  public let fields: [FormField]
  /// The width of the sheet to which the boxes refer; nil for pixels of each picture.
  public let sheetWidth: Double?
  /// The height of the sheet to which the boxes refer; nil for that of the width's scale.
  public let sheetHeight: Double?

  /// Creates fields.
  ///
  /// - Parameters:
  ///   - fields: the fields.
  ///   - sheetWidth: the width of the sheet to which the boxes refer; nil for pixels of each picture.
  ///   - sheetHeight: the height of the sheet; nil for that of the width's scale.
  public init(_ fields: [FormField], sheetWidth: Double? = nil, sheetHeight: Double? = nil) {
    self.fields = fields
    self.sheetWidth = sheetWidth
    self.sheetHeight = sheetHeight
  }

  /// Reads a file: an object with a list of fields, and perhaps the sides of the sheet.
  ///
  /// - Parameter json: the bytes of the file.
  /// - Throws: `FormatError` if it is no such object, a box is empty, or two fields have one name.
  public init(json: [UInt8]) throws(FormatError) {
    var fields: [FormField] = []
    var names: Set<String> = []
    var (width, height): (Double?, Double?) = (nil, nil)
    var cursor = JSONCursor(json, format: "form")
    try cursor.object { (name, value) throws(FormatError) in
      switch name {
      case "width": width = try Self.side(&value)
      case "height": height = try Self.side(&value)
      case "fields":
        try value.array { (element) throws(FormatError) in
          let start = element
          let field = try Self.field(&element)
          guard names.insert(field.name).inserted else {
            throw start.error(expected: "another name for each field", found: "'\(field.name)' twice")
          }
          fields.append(field)
        }
      default: try value.skip()
      }
    }
    let end = cursor
    try cursor.finish()
    if fields.isEmpty {
      throw end.error(
        expected: "\"fields\": a list of fields with name, x, y, width and height", found: "none")
    }
    self.init(fields, sheetWidth: width, sheetHeight: height)
  }

  private static func side(_ value: inout JSONCursor) throws(FormatError) -> Double {
    let start = value
    let number = try value.number()
    guard number > 0, number < 1e6 else {
      throw start.error(expected: "a side above 0 and below 1000000", found: "\(number)")
    }
    return number
  }

  private static func field(_ element: inout JSONCursor) throws(FormatError) -> FormField {
    let start = element
    var (name, content): (String?, FormField.Content) = (nil, .digits)
    var numbers: [String: Double] = [:]
    try element.object { (key, value) throws(FormatError) in
      let before = value
      switch key {
      case "name": name = try value.string()
      case "content":
        let word = try value.string()
        guard let known = FormField.Content(rawValue: word) else {
          let words = FormField.Content.allCases.map(\.rawValue).joined(separator: ", ")
          throw before.error(expected: "a content: \(words)", found: "'\(word)'")
        }
        content = known
      case "x", "y", "width", "height":
        let number = try value.number()
        guard number >= 0, number < 1e6, number > 0 || key == "x" || key == "y" else {
          throw before.error(expected: "a \(key) within a sheet", found: "\(number)")
        }
        numbers[key] = number
      default: try value.skip()
      }
    }
    guard let name, !name.isEmpty, let x = numbers["x"], let y = numbers["y"],
      let width = numbers["width"], let height = numbers["height"]
    else {
      throw start.error(
        expected: "a field with name, x, y, width and height",
        found: name.map { "'\($0)' without one of them" } ?? "one without a name")
    }
    return FormField(name: name, box: Box(x: x, y: y, width: width, height: height), content: content)
  }

  /// The part of a picture in which a field is.
  ///
  /// - Parameters:
  ///   - field: a field.
  ///   - picture: the picture of a sheet.
  /// - Returns: its pixels; without any where the field lies outside the picture.
  public func area(of field: FormField, in picture: GrayImage) -> Rectangle {
    let across = sheetWidth.map { Double(picture.width) / $0 } ?? 1
    let down = sheetHeight.map { Double(picture.height) / $0 } ?? across
    let left = Int(clamping: (field.box.x * across).rounded(.down))
    let top = Int(clamping: (field.box.y * down).rounded(.down))
    return Rectangle(
      columns: left..<max(left, Int(clamping: (field.box.right * across).rounded(.up))),
      rows: top..<max(top, Int(clamping: (field.box.bottom * down).rounded(.up)))
    ).intersection(Rectangle(x: 0, y: 0, width: picture.width, height: picture.height))
  }
}
