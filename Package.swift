// swift-tools-version: 6.2

// Inkling's targets are the layers of the house, ground floor first: a target depends only on those
// listed before it. Two traits add what libx11-dev and libxext-dev alone do not bring:
// `Fonts` (FreeType, Fontconfig) and `Codecs` (libpng, libjpeg, zlib).

import Foundation
import PackageDescription

/// Whether every one of these headers is installed where Debian and its kin keep them.
func machineHas(_ headers: String...) -> Bool {
  headers.allSatisfy { header in
    ["/usr/include", "/usr/local/include", "/usr/include/x86_64-linux-gnu"].contains {
      FileManager.default.fileExists(atPath: "\($0)/\(header)")
    }
  }
}

// The defaults are the traits whose headers the machine has, so that plain `swift build` always works.
var defaultTraits: Set<String> = []
if machineHas("freetype2/ft2build.h", "fontconfig/fontconfig.h") { defaultTraits.insert("Fonts") }
if machineHas("png.h", "jpeglib.h", "zlib.h") { defaultTraits.insert("Codecs") }

// The kernels, built once a level from the same folder (the others are links to it) and chosen at run time.
// They are optimized, unchecked and as one module in debug builds too, where a network would crawl otherwise.
func kernels(_ name: String, _ flags: String...) -> Target {
  .target(
    name: name, dependencies: ["KernelJobs"],
    swiftSettings: [
      .unsafeFlags(
        [
          "-Ounchecked", "-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode",
          "-Xllvm", "-sil-disable-pass=function-signature-opts",
        ] + flags)
    ])
}
#if arch(x86_64)
let kernelLevels = [
  kernels("KernelsBaseline"),
  kernels("KernelsV3", "-DKERNELS_V3", "-Xcc", "-march=x86-64-v3"),
  kernels("KernelsV4", "-DKERNELS_V4", "-Xcc", "-march=x86-64-v4"),
]
#else
let kernelLevels = [kernels("KernelsBaseline")]
#endif

let package = Package(
  name: "Inkling",
  products: [
    .executable(name: "inkling", targets: ["inkling"]),
    .library(name: "Inkling", targets: ["Ink", "Formats", "Neural", "Preprocessing", "Recognition"]),
  ],
  traits: [
    .trait(name: "Fonts", description: "Text in the desktop's fonts, by FreeType and Fontconfig"),
    .trait(name: "Codecs", description: "PNG, JPEG and gzip, by libpng, libjpeg and zlib"),
    .default(enabledTraits: defaultTraits),
  ],
  targets: [
    .systemLibrary(name: "CFreeType"),
    .systemLibrary(name: "CFontconfig"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CPNG"),
    .systemLibrary(name: "CJPEG"),
    .target(name: "Basics"),
    .target(name: "Ink", dependencies: ["Basics"]),
    .target(
      name: "Formats",
      dependencies: [
        "Basics", "Ink", .target(name: "CZlib", condition: .when(traits: ["Codecs"])),
        .target(name: "CPNG", condition: .when(traits: ["Codecs"])),
        .target(name: "CJPEG", condition: .when(traits: ["Codecs"])),
      ]),
    .target(name: "Preprocessing", dependencies: ["Basics", "Ink"]),
    .target(name: "KernelJobs"),
    .target(name: "CProcessor"),
    .target(
      name: "Kernels",
      dependencies: ["KernelJobs", "CProcessor"] + kernelLevels.map { .init(stringLiteral: $0.name) }),
    .target(name: "Neural", dependencies: ["Basics", "Kernels"]),
    .target(name: "Recognition", dependencies: ["Basics", "Ink", "Neural", "Preprocessing"]),
    .target(
      name: "Paint",
      dependencies: [
        "Basics", "Ink", .target(name: "CFreeType", condition: .when(traits: ["Fonts"])),
        .target(name: "CFontconfig", condition: .when(traits: ["Fonts"])),
      ]),
    .systemLibrary(name: "CX11"),
    .target(name: "Screen", dependencies: ["Basics", "CX11", "Ink"]),
    .target(
      name: "Learning",
      dependencies: ["Basics", "Formats", "Ink", "Kernels", "Neural", "Preprocessing", "Recognition"]),
    .target(name: "Reports", dependencies: ["Basics", "Ink", "Learning", "Neural", "Paint", "Recognition"]),
    .target(name: "Studio", dependencies: ["Basics", "Ink", "Formats", "Recognition", "Paint", "Screen"]),
    .executableTarget(
      name: "inkling-bench", dependencies: ["Basics", "Formats", "Kernels", "Learning", "Neural"]),
    .executableTarget(
      name: "inkling",
      dependencies: [
        "Basics", "Formats", "Ink", "Learning", "Neural", "Paint", "Preprocessing", "Recognition", "Reports",
        "Screen", "Studio",
      ]),
    .testTarget(
      name: "CommandTests", dependencies: ["inkling", "Formats", "Learning", "Neural", "Recognition"]),
    .testTarget(name: "WindowTests", dependencies: ["CX11", "Screen", "inkling"]),
    .testTarget(name: "ScreenTests", dependencies: ["CX11", "Ink", "Screen"]),
    .executableTarget(
      name: "ink-benchmark", dependencies: ["Ink", "Preprocessing"], path: "Benchmarks/Ink"),
    .testTarget(name: "BasicsTests", dependencies: ["Basics"]),
    .testTarget(name: "InkTests", dependencies: ["Ink"]),
    .testTarget(name: "PreprocessingTests", dependencies: ["Ink", "Preprocessing"]),
    .testTarget(name: "FormatsTests", dependencies: ["Formats", "Ink"]),
    .testTarget(name: "NeuralTests", dependencies: ["Neural", "inkling-bench"], exclude: ["Fixtures"]),
    .testTarget(
      name: "LearningTests",
      dependencies: ["Formats", "Ink", "Learning", "Neural", "Paint", "Recognition", "Reports"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "RecognitionTests", dependencies: ["Formats", "Ink", "Neural", "Preprocessing", "Recognition"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "inkling", "inkling-bench"]),
    .testTarget(name: "PaintTests", dependencies: ["Paint"]),
    .testTarget(
      name: "StudioTests", dependencies: ["Formats", "Ink", "Paint", "Recognition", "Screen", "Studio"],
      exclude: ["References"]),
  ],
  swiftLanguageModes: [.v6]
)
package.targets += kernelLevels

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      // Among them the conversions that `Basics` hides because they trap.
      .treatWarning("DeprecatedDeclaration", as: .error),
      // FreeType's headers include each other from here; where they are missing, nothing asks for them.
      .unsafeFlags(["-Xcc", "-I/usr/include/freetype2"]),
    ]
}
