// netpbm and ImageMagick read the images that Inkling writes, and the reverse, bit for bit.

import Basics
import Datasets
import Formats
import Foundation
import Ink
import Testing

/// A command of another project.
enum Tool {
  /// Whether a command is installed.
  static func isInstalled(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }

  /// The output of a command.
  ///
  /// `IN` in the arguments stands for a file with the bytes.
  static func run(_ name: String, _ arguments: [String], on bytes: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try File.write(bytes, to: folder["in"])
    _ = FileManager.default.createFile(atPath: folder["out"], contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(name)))
    process.arguments = arguments.map { $0.replacingOccurrences(of: "IN", with: folder["in"]) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder["out"]))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(name) \(arguments)")
    return try File.read(folder["out"])
  }
}

private let hasNetpbm = Tool.isInstalled("pamtopnm") && Tool.isInstalled("ppmtopgm")
private let hasMagick = Tool.isInstalled("convert")

/// Smooth shades with some noise, as in photographs.
private func shades(_ width: Int, _ height: Int) -> GrayImage {
  var picture = GrayImage(width: width, height: height)
  for y in 0..<height {
    for x in 0..<width { picture[x, y] = UInt8(truncatingIfNeeded: x * 5 + y * 3 + (x * y * 7) % 11) }
  }
  return picture
}

@Suite("Images of other programs")
struct InteropTests {
  @Test(
    "netpbm reads Inkling's PGM, and Inkling reads its plain and raw files",
    .enabled(if: hasNetpbm, "netpbm is not installed")
  )
  func netpbm() throws {
    for (width, height) in [(1, 1), (17, 5), (64, 48)] {
      let picture = shades(width, height)
      let ours = PNM.pgm(picture, comments: ["a seven"])
      #expect(try PNM.image(Tool.run("pnmtoplainpnm", ["IN"], on: ours)) == picture)
      #expect(try PNM.image(Tool.run("pamtopnm", ["IN"], on: ours)) == picture)
      #expect(try PNM.image(Tool.run("pgmtoppm", ["white", "IN"], on: ours)) == picture)
    }
  }

  @Test(
    "netpbm's other depths, bits and colours become the greys that netpbm itself converts them to",
    .enabled(if: hasNetpbm, "netpbm is not installed"))
  func netpbmKinds() throws {
    let picture = PNM.pgm(shades(33, 9))
    for depth in ["1", "3", "100", "1000", "65535"] {
      let deep = try Tool.run("pamdepth", [depth, "IN"], on: picture)
      let back = try Tool.run("pamdepth", ["255", "IN"], on: deep)
      #expect(try PNM.image(deep) == PNM.image(back), "depth \(depth)")
    }
    let bits = try Tool.run("pgmtopbm", ["-threshold", "IN"], on: picture)
    let plain = try Tool.run("pnmtoplainpnm", ["IN"], on: bits)
    #expect(try PNM.image(bits) == PNM.image(plain))
    let asGray = try Tool.run(
      "pamdepth", ["255", "IN"], on: Tool.run("pbmtopgm", ["1", "1", "IN"], on: bits))
    #expect(try PNM.image(bits) == PNM.image(asGray))
    let color = PNM.ppm(width: 33, height: 9, colors: (0..<891).map { UInt8(truncatingIfNeeded: $0 * 73) })
    #expect(try PNM.image(color) == PNM.image(Tool.run("ppmtopgm", ["IN"], on: color)))
    #expect(try PNM.image(Tool.run("pnmtoplainpnm", ["IN"], on: color)) == PNM.image(color))
  }

  @Test(
    "ImageMagick reads Inkling's PGM, and the reverse",
    .enabled(if: hasMagick, "ImageMagick is not installed"))
  func magick() throws {
    let picture = shades(40, 30)
    let ours = PNM.pgm(picture)
    #expect(try Tool.run("convert", ["pgm:IN", "-depth", "8", "gray:-"], on: ours) == picture.pixels)
    #expect(try PNM.image(Tool.run("convert", ["pgm:IN", "pgm:-"], on: ours)) == picture)
    #expect(try PNM.image(Tool.run("convert", ["pgm:IN", "-depth", "16", "pgm:-"], on: ours)) == picture)
    #expect(
      try PNM.image(Tool.run("convert", ["pgm:IN", "-compress", "none", "pgm:-"], on: ours)) == picture)
  }

  #if Codecs
  @Test(
    "both read Inkling's PNG",
    .enabled(if: hasMagick && hasNetpbm, "netpbm and ImageMagick are not installed"))
  func ourPNG() throws {
    let picture = shades(40, 30)
    let ours = try PNG.file(picture)
    #expect(try PNM.image(Tool.run("pngtopnm", ["IN"], on: ours)) == picture)
    #expect(try Tool.run("convert", ["png:IN", "-depth", "8", "gray:-"], on: ours) == picture.pixels)
    let colors = (0..<3600).map { UInt8(truncatingIfNeeded: $0 * 73) }
    let colored = try PNG.file(width: 40, height: 30, colors: colors)
    #expect(try Tool.run("convert", ["png:IN", "-depth", "8", "rgb:-"], on: colored) == colors)
  }

  @Test(
    "PNG of every depth, with a palette, interlaced or with transparency are read",
    .enabled(if: hasMagick && hasNetpbm, "netpbm and ImageMagick are not installed"))
  func theirPNG() throws {
    let picture = shades(41, 29)
    let pgm = PNM.pgm(picture)
    #expect(try PNG.image(Tool.run("pnmtopng", ["IN"], on: pgm)) == picture)
    #expect(try PNG.image(Tool.run("pnmtopng", ["-interlace", "IN"], on: pgm)) == picture)
    for kind in ["png:-", "png8:-", "png24:-", "png32:-", "png48:-", "png64:-"] {
      #expect(try PNG.image(Tool.run("convert", ["pgm:IN", kind], on: pgm)) == picture, "\(kind)")
      let interlaced = try Tool.run("convert", ["pgm:IN", "-interlace", "PNG", kind], on: pgm)
      #expect(try PNG.image(interlaced) == picture, "\(kind) interlaced")
    }
    let deep = try Tool.run("pamdepth", ["65535", "IN"], on: pgm)
    #expect(try PNG.image(Tool.run("pnmtopng", ["IN"], on: deep)) == picture)
    for depth in ["1", "3", "15"] {
      let shallow = try Tool.run("pamdepth", [depth, "IN"], on: pgm)
      #expect(
        try PNG.image(Tool.run("pnmtopng", ["IN"], on: shallow)) == PNM.image(shallow), "depth \(depth)")
    }
    let color = PNM.ppm(width: 33, height: 9, colors: (0..<891).map { UInt8(truncatingIfNeeded: $0 * 73) })
    #expect(try PNG.image(Tool.run("pnmtopng", ["IN"], on: color)) == PNM.image(color))
    // Half transparent: half of the level and half of white.
    let faint = try Tool.run(
      "convert", ["pgm:IN", "-alpha", "set", "-channel", "A", "-evaluate", "set", "50.2%", "png32:-"], on: pgm
    )
    let wanted = picture.pixels.map { (level: UInt8) -> UInt8 in
      let mixed = Int(level) * 128 + 255 * 127
      return UInt8((mixed + 127) / 255)
    }
    #expect(try PNG.image(faint).pixels == wanted)
  }

  @Test("a transparent colour of a PNG becomes white", .enabled(if: hasNetpbm, "netpbm is not installed"))
  func transparentColor() throws {
    let picture = GrayImage(width: 3, height: 1, pixels: [0, 100, 200])
    let file = try Tool.run("pnmtopng", ["-transparent", "rgb:64/64/64", "IN"], on: PNM.pgm(picture))
    #expect(try PNG.image(file).pixels == [0, 255, 200])
  }

  @Test(
    "JPEG of every kind are read: baseline, progressive, colours and inks",
    .enabled(if: hasMagick, "ImageMagick is not installed"))
  func theirJPEG() throws {
    let picture = shades(48, 32)
    let pgm = PNM.pgm(picture)
    func decoded(_ options: [String]) throws -> (ours: GrayImage, theirs: [UInt8]) {
      let file = try Tool.run("convert", ["pgm:IN"] + options + ["jpeg:-"], on: pgm)
      return (
        try JPEG.image(file), try Tool.run("convert", ["jpeg:IN", "-depth", "8", "gray:-"], on: file)
      )
    }
    for options in [["-quality", "90"], ["-quality", "40"], ["-interlace", "JPEG"]] {
      let (ours, theirs) = try decoded(options)
      #expect(ours.pixels == theirs, "\(options)")
    }
    // Inks and colours are rounded in between: the greys are close, not equal.
    for options in [["-type", "TrueColor"], ["-colorspace", "CMYK"]] {
      let (ours, _) = try decoded(options + ["-quality", "98"])
      let worst = zip(ours.pixels, picture.pixels).map { (a: UInt8, b: UInt8) -> Int in abs(Int(a) - Int(b)) }
        .max()
      #expect((worst ?? 255) <= 24, "\(options)")
    }
  }

  @Test(
    "JPEG are turned upright as by ImageMagick", .enabled(if: hasMagick, "ImageMagick is not installed"),
    arguments: 1...8)
  func orientation(_ orientation: Int) throws {
    let plain = try Tool.run("convert", ["pgm:IN", "-quality", "95", "jpeg:-"], on: PNM.pgm(shades(24, 16)))
    let tag: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation), 0, 0]
    var tiff = Array("Exif\0\0MM\0*".utf8)
    tiff += [0, 0, 0, 8, 0, 1]
    tiff += tag
    tiff += [0, 0, 0, 0]
    var file = Array(plain[..<2])
    file += [0xFF, 0xE1, 0, UInt8(tiff.count + 2)]
    file += tiff
    file += plain[2...]
    let theirs = try Tool.run("convert", ["jpeg:IN", "-auto-orient", "pgm:-"], on: file)
    #expect(try JPEG.image(file) == PNM.image(theirs))
  }

  @Test(
    "gzip files are read, also with several members",
    .enabled(if: Tool.isInstalled("gzip"), "gzip is not installed"))
  func gzip() throws {
    let idx = IDX(shape: [100, 28, 28], bytes: (0..<78_400).map { UInt8(truncatingIfNeeded: $0 / 7) })
    let packed = try Tool.run("gzip", ["-c", "IN"], on: idx.file)
    #expect(try IDX(file: packed) == idx)
    let halves =
      try Tool.run("gzip", ["-c", "IN"], on: Array(idx.file[..<1000]))
      + Tool.run("gzip", ["-c", "IN"], on: Array(idx.file[1000...]))
    #expect(try IDX(file: halves) == idx)
    #expect(throws: FormatError.self) { try IDX(file: Array(packed.dropLast(20))) }
    #expect(throws: FormatError.self) { try IDX(file: packed + [1, 2, 3]) }
  }
  #endif
}
