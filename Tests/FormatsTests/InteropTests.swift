// The tools of netpbm and ImageMagick read what we write, and we read what they write, bit for bit.

import Basics
import Formats
import Foundation
import Ink
import Testing

/// Another program, run on bytes.
enum Tool {
  /// Whether a program is installed.
  static func isThere(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }

  /// What a program answers to a file and arguments; `IN` among them stands for the file.
  static func run(_ name: String, _ arguments: [String], on bytes: [UInt8]) throws -> [UInt8] {
    let folder = try Folder()
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

private let hasNetpbm = Tool.isThere("pamtopnm") && Tool.isThere("ppmtopgm")
private let hasMagick = Tool.isThere("convert")

/// Smooth shades with some noise: as photographs have.
private func shades(_ width: Int, _ height: Int) -> GrayImage {
  var picture = GrayImage(width: width, height: height)
  for y in 0..<height {
    for x in 0..<width { picture[x, y] = UInt8(truncatingIfNeeded: x * 5 + y * 3 + (x * y * 7) % 11) }
  }
  return picture
}

@Suite("Pictures, with the tools of others")
struct InteropTests {
  @Test(
    "netpbm reads our PGM, and we its plain and raw files", .enabled(if: hasNetpbm, "netpbm is not installed")
  )
  func netpbm() throws {
    for (width, height) in [(1, 1), (17, 5), (64, 48)] {
      let picture = shades(width, height)
      let ours = PNM.pgm(picture, comments: ["a seven"])
      #expect(try PNM.picture(Tool.run("pnmtoplainpnm", ["IN"], on: ours)) == picture)
      #expect(try PNM.picture(Tool.run("pamtopnm", ["IN"], on: ours)) == picture)
      #expect(try PNM.picture(Tool.run("pgmtoppm", ["white", "IN"], on: ours)) == picture)
    }
  }

  @Test(
    "netpbm's other depths, bits and colours come out as netpbm itself turns them to 255 greys",
    .enabled(if: hasNetpbm, "netpbm is not installed"))
  func netpbmKinds() throws {
    let picture = PNM.pgm(shades(33, 9))
    for depth in ["1", "3", "100", "1000", "65535"] {
      let deep = try Tool.run("pamdepth", [depth, "IN"], on: picture)
      let back = try Tool.run("pamdepth", ["255", "IN"], on: deep)
      #expect(try PNM.picture(deep) == PNM.picture(back), "depth \(depth)")
    }
    let bits = try Tool.run("pgmtopbm", ["-threshold", "IN"], on: picture)
    let plain = try Tool.run("pnmtoplainpnm", ["IN"], on: bits)
    #expect(try PNM.picture(bits) == PNM.picture(plain))
    let asGray = try Tool.run(
      "pamdepth", ["255", "IN"], on: Tool.run("pbmtopgm", ["1", "1", "IN"], on: bits))
    #expect(try PNM.picture(bits) == PNM.picture(asGray))
    let color = PNM.ppm(width: 33, height: 9, colors: (0..<891).map { UInt8(truncatingIfNeeded: $0 * 73) })
    #expect(try PNM.picture(color) == PNM.picture(Tool.run("ppmtopgm", ["IN"], on: color)))
    #expect(try PNM.picture(Tool.run("pnmtoplainpnm", ["IN"], on: color)) == PNM.picture(color))
  }

  @Test("ImageMagick reads our PGM, and we its PGM", .enabled(if: hasMagick, "ImageMagick is not installed"))
  func magick() throws {
    let picture = shades(40, 30)
    let ours = PNM.pgm(picture)
    #expect(try Tool.run("convert", ["pgm:IN", "-depth", "8", "gray:-"], on: ours) == picture.pixels)
    #expect(try PNM.picture(Tool.run("convert", ["pgm:IN", "pgm:-"], on: ours)) == picture)
    #expect(try PNM.picture(Tool.run("convert", ["pgm:IN", "-depth", "16", "pgm:-"], on: ours)) == picture)
    #expect(
      try PNM.picture(Tool.run("convert", ["pgm:IN", "-compress", "none", "pgm:-"], on: ours)) == picture)
  }

  #if Codecs
  @Test("both read our PNG", .enabled(if: hasMagick && hasNetpbm, "netpbm and ImageMagick are not installed"))
  func ourPNG() throws {
    let picture = shades(40, 30)
    let ours = try PNG.file(picture)
    #expect(try PNM.picture(Tool.run("pngtopnm", ["IN"], on: ours)) == picture)
    #expect(try Tool.run("convert", ["png:IN", "-depth", "8", "gray:-"], on: ours) == picture.pixels)
    let colors = (0..<3600).map { UInt8(truncatingIfNeeded: $0 * 73) }
    let colored = try PNG.file(width: 40, height: 30, colors: colors)
    #expect(try Tool.run("convert", ["png:IN", "-depth", "8", "rgb:-"], on: colored) == colors)
  }

  @Test(
    "we read their PNG: every depth, palette, interlaced, with transparency over white",
    .enabled(if: hasMagick && hasNetpbm, "netpbm and ImageMagick are not installed"))
  func theirPNG() throws {
    let picture = shades(41, 29)
    let pgm = PNM.pgm(picture)
    #expect(try PNG.picture(Tool.run("pnmtopng", ["IN"], on: pgm)) == picture)
    #expect(try PNG.picture(Tool.run("pnmtopng", ["-interlace", "IN"], on: pgm)) == picture)
    for kind in ["png:-", "png8:-", "png24:-", "png32:-", "png48:-", "png64:-"] {
      #expect(try PNG.picture(Tool.run("convert", ["pgm:IN", kind], on: pgm)) == picture, "\(kind)")
      let interlaced = try Tool.run("convert", ["pgm:IN", "-interlace", "PNG", kind], on: pgm)
      #expect(try PNG.picture(interlaced) == picture, "\(kind) interlaced")
    }
    let deep = try Tool.run("pamdepth", ["65535", "IN"], on: pgm)
    #expect(try PNG.picture(Tool.run("pnmtopng", ["IN"], on: deep)) == picture)
    for depth in ["1", "3", "15"] {
      let shallow = try Tool.run("pamdepth", [depth, "IN"], on: pgm)
      #expect(
        try PNG.picture(Tool.run("pnmtopng", ["IN"], on: shallow)) == PNM.picture(shallow), "depth \(depth)")
    }
    let color = PNM.ppm(width: 33, height: 9, colors: (0..<891).map { UInt8(truncatingIfNeeded: $0 * 73) })
    #expect(try PNG.picture(Tool.run("pnmtopng", ["IN"], on: color)) == PNM.picture(color))
    // Half transparent: half way to white.
    let faint = try Tool.run(
      "convert", ["pgm:IN", "-alpha", "set", "-channel", "A", "-evaluate", "set", "50.2%", "png32:-"], on: pgm
    )
    let wanted = picture.pixels.map { (level: UInt8) -> UInt8 in
      let mixed = Int(level) * 128 + 255 * 127
      return UInt8((mixed + 127) / 255)
    }
    #expect(try PNG.picture(faint).pixels == wanted)
  }

  @Test("a transparent colour of a PNG becomes white", .enabled(if: hasNetpbm, "netpbm is not installed"))
  func transparentColor() throws {
    let picture = GrayImage(width: 3, height: 1, pixels: [0, 100, 200])
    let file = try Tool.run("pnmtopng", ["-transparent", "rgb:64/64/64", "IN"], on: PNM.pgm(picture))
    #expect(try PNG.picture(file).pixels == [0, 255, 200])
  }

  @Test(
    "we read their JPEG: baseline, progressive, colours and inks",
    .enabled(if: hasMagick, "ImageMagick is not installed"))
  func theirJPEG() throws {
    let picture = shades(48, 32)
    let pgm = PNM.pgm(picture)
    func decoded(_ options: [String]) throws -> (ours: GrayImage, theirs: [UInt8]) {
      let file = try Tool.run("convert", ["pgm:IN"] + options + ["jpeg:-"], on: pgm)
      return (
        try JPEG.picture(file), try Tool.run("convert", ["jpeg:IN", "-depth", "8", "gray:-"], on: file)
      )
    }
    for options in [["-quality", "90"], ["-quality", "40"], ["-interlace", "JPEG"]] {
      let (ours, theirs) = try decoded(options)
      #expect(ours.pixels == theirs, "\(options)")
    }
    // Inks and colours are turned to grey by rounding on the way: near, not equal.
    for options in [["-type", "TrueColor"], ["-colorspace", "CMYK"]] {
      let (ours, _) = try decoded(options + ["-quality", "98"])
      let worst = zip(ours.pixels, picture.pixels).map { (a: UInt8, b: UInt8) -> Int in abs(Int(a) - Int(b)) }
        .max()
      #expect((worst ?? 255) <= 24, "\(options)")
    }
  }

  @Test(
    "we turn JPEG upright as ImageMagick does", .enabled(if: hasMagick, "ImageMagick is not installed"),
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
    #expect(try JPEG.picture(file) == PNM.picture(theirs))
  }

  @Test(
    "we read gzip's files, of several members too",
    .enabled(if: Tool.isThere("gzip"), "gzip is not installed"))
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
