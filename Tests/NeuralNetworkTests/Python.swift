import Foundation

/// Python with the reference packages, where the machine has them.
enum Python {
  static func has(_ modules: String...) -> Bool {
    (try? run("import " + modules.joined(separator: ", ") + "; print('yes')")) == "yes"
  }

  /// What a program prints, without the last line's end.
  static func run(_ program: String, input: [UInt8] = []) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let output = Pipe()
    let source = Pipe()
    process.standardInput = source
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    DispatchQueue.global().async {
      try? source.fileHandleForWriting.write(contentsOf: Data(input))
      try? source.fileHandleForWriting.close()
    }
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
