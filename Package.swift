// swift-tools-version: 6.2

// The targets are layers: a target depends only on those listed above it.
// Two traits add what libx11-dev and libxext-dev alone do not offer: `Fonts` (FreeType, Fontconfig) and
// `Codecs` (libpng, libjpeg, zlib).

import Foundation
import PackageDescription

// SwiftPM's build plan cannot hold such a path, and would fail without naming the reason.
if Context.packageDirectory.contains(where: { "\"\\".contains($0) }) {
  fatalError(
    "Move this folder: its path has a quotation mark or a backslash, with which SwiftPM cannot build.")
}

/// Whether all of these headers are installed where Debian and its derivatives keep them.
func machineHas(_ headers: String...) -> Bool {
  headers.allSatisfy { header in
    ["/usr/include", "/usr/local/include", "/usr/include/x86_64-linux-gnu"].contains {
      FileManager.default.fileExists(atPath: "\($0)/\(header)")
    }
  }
}

// The default traits are those whose headers the machine has, so that plain `swift build` always works.
var defaultTraits: Set<String> = []
if machineHas("freetype2/ft2build.h", "fontconfig/fontconfig.h") { defaultTraits.insert("Fonts") }
if machineHas("png.h", "jpeglib.h", "zlib.h") { defaultTraits.insert("Codecs") }

/// A dependency that exists only with a trait.
func library(_ name: String, trait: String) -> Target.Dependency {
  .target(name: name, condition: .when(traits: [trait]))
}

/// Targets whose run time nobody notices.
///
/// They are not optimized in release builds either, which makes them compile three to six times faster.
let unoptimized: Set = [
  "X11", "App", "Panel", "CommandSupport", "Reports", "inkling", "inkling-training",
]

/// The kernels for one instruction set.
///
/// All are built from the same folder (the others are links to it) and chosen at
/// run time. They are optimized, unchecked and one module in debug builds too: networks would be too slow otherwise.
func kernels(_ name: String, _ flags: String...) -> Target {
  .target(
    name: name, dependencies: ["KernelArguments"],
    swiftSettings: [
      .unsafeFlags(
        [
          "-Ounchecked", "-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode",
          "-Xllvm", "-sil-disable-pass=function-signature-opts",
        ] + flags)
    ])
}
#if arch(x86_64)
let kernelTargets = [
  kernels("KernelsBaseline"),
  kernels("KernelsV3", "-DKERNELS_V3", "-Xcc", "-march=x86-64-v3"),
  kernels("KernelsV4", "-DKERNELS_V4", "-Xcc", "-march=x86-64-v4"),
]
#else
let kernelTargets = [kernels("KernelsBaseline")]
#endif

let libraries: [Target] =
  [
    .systemLibrary(name: "CFreeType"),
    .systemLibrary(name: "CFontconfig"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CPNG"),
    .systemLibrary(name: "CJPEG"),
    .systemLibrary(name: "CX11"),
    .target(name: "CProcessor", cSettings: [.treatAllWarnings(as: .error)]),
    .target(name: "CLibrary"),
    .target(name: "Basics", dependencies: ["CLibrary"]),
    .target(name: "Ink", dependencies: ["Basics"]),
    .target(
      name: "Formats",
      dependencies: [
        "Basics", "CLibrary", "Ink", library("CZlib", trait: "Codecs"), library("CPNG", trait: "Codecs"),
        library("CJPEG", trait: "Codecs"),
      ]),
    .target(name: "KernelArguments"),
  ] + kernelTargets + [
    .target(
      name: "Kernels",
      dependencies: ["CLibrary", "KernelArguments", "CProcessor"]
        + kernelTargets.map { .init(stringLiteral: $0.name) }),
    .target(name: "NeuralNetwork", dependencies: ["Basics", "CLibrary", "Kernels"]),
    .target(name: "Preprocessing", dependencies: ["Basics", "Ink"]),
    .target(name: "Arithmetic", dependencies: ["Basics", "Ink"]),
    .target(
      name: "Recognition", dependencies: ["Basics", "CLibrary", "Ink", "NeuralNetwork", "Preprocessing"]),
    .target(
      name: "Exercises", dependencies: ["Arithmetic", "Basics", "CLibrary", "Formats", "Ink", "Recognition"]),
    .target(
      name: "Graphics",
      dependencies: [
        "Basics", "Ink", library("CFreeType", trait: "Fonts"), library("CFontconfig", trait: "Fonts"),
      ]),
    .target(
      name: "Datasets", dependencies: ["Basics", "CLibrary", "Formats", "Ink"]),
    .target(
      name: "Explanation",
      dependencies: ["Basics", "Graphics", "Ink", "NeuralNetwork", "Preprocessing", "Recognition"]),
    .target(name: "Augmentation", dependencies: ["Basics", "CLibrary"]),
    .target(
      name: "Evaluation",
      dependencies: [
        "Arithmetic", "Basics", "CLibrary", "Datasets", "Exercises", "Formats", "Graphics", "Ink",
        "NeuralNetwork", "Preprocessing", "Recognition",
      ]),
    .target(
      name: "Training",
      dependencies: [
        "Augmentation", "Basics", "CLibrary", "Datasets", "Evaluation", "Formats", "Ink", "NeuralNetwork",
        "Preprocessing",
        "Recognition",
      ]),
    .target(
      name: "ClassicalMethods",
      dependencies: ["Basics", "CLibrary", "Datasets", "Evaluation", "Kernels", "NeuralNetwork"]),
    .target(
      name: "Reports",
      dependencies: [
        "Basics", "CLibrary", "ClassicalMethods", "Evaluation", "Formats", "Graphics", "Ink", "NeuralNetwork",
        "Preprocessing", "Recognition", "Training",
      ]),
    .target(
      name: "ExerciseReports",
      dependencies: ["Arithmetic", "Basics", "Exercises", "Graphics", "Ink", "Recognition"]),
    .target(name: "Gestures", dependencies: ["Basics", "Ink"]),
    .target(name: "X11", dependencies: ["Basics", "CLibrary", "CX11", "Graphics"]),
    .target(
      name: "App",
      dependencies: [
        "Arithmetic", "Basics", "CLibrary", "ExerciseReports", "Exercises", "Formats", "Graphics", "Ink",
        "Preprocessing", "Recognition", "X11",
      ]),
    .target(
      name: "Panel",
      dependencies: [
        "App", "Basics", "CLibrary", "Formats", "Gestures", "Graphics", "Ink", "Recognition", "X11",
      ]),
    .target(
      name: "CommandSupport",
      dependencies: ["Basics", "CLibrary", "Formats", "Ink", "NeuralNetwork", "Recognition"]),
  ]

let executables: [Target] = [
  .executableTarget(
    name: "inkling",
    dependencies: [
      "App", "Arithmetic", "Basics", "CLibrary", "CommandSupport", "ExerciseReports", "Exercises",
      "Explanation", "Formats",
      "Gestures", "Graphics", "Ink", "NeuralNetwork", "Panel", "Preprocessing", "Recognition", "X11",
    ]),
  .executableTarget(
    name: "inkling-training",
    dependencies: [
      "Basics", "ClassicalMethods", "CommandSupport", "Datasets", "Evaluation", "Formats", "Ink",
      "NeuralNetwork", "Preprocessing", "Recognition", "Reports", "Training",
    ]),
  .executableTarget(
    name: "inkling-bench",
    dependencies: [
      "Augmentation", "Basics", "CLibrary", "ClassicalMethods", "Datasets", "Formats", "Kernels",
      "NeuralNetwork",
      "Training",
    ]),
  .executableTarget(
    name: "ink-benchmark", dependencies: ["Ink", "Preprocessing"], path: "Benchmarks/Ink"),
]

let tests: [Target] = [
  .testTarget(name: "StructureTests"),
  .target(name: "TestSupport", path: "Tests/TestSupport"),
  .target(
    name: "X11TestSupport", dependencies: ["CX11", "TestSupport", "X11"], path: "Tests/X11TestSupport"),
  .testTarget(name: "BasicsTests", dependencies: ["Basics"]),
  .testTarget(name: "InkTests", dependencies: ["Basics", "Ink"]),
  .testTarget(name: "FormatsTests", dependencies: ["Basics", "Datasets", "Formats", "Ink"]),
  .testTarget(
    name: "KernelsTests",
    dependencies: ["Kernels", "TestSupport", "inkling", "inkling-bench", "inkling-training"]),
  .testTarget(
    name: "NeuralNetworkTests",
    dependencies: ["Basics", "NeuralNetwork", "inkling-bench", "TestSupport"],
    exclude: ["Fixtures"]),
  .testTarget(name: "PreprocessingTests", dependencies: ["Basics", "Ink", "Preprocessing", "TestSupport"]),
  .testTarget(name: "ArithmeticTests", dependencies: ["Arithmetic", "Basics", "Ink", "TestSupport"]),
  .testTarget(
    name: "RecognitionTests",
    dependencies: ["Basics", "Formats", "Ink", "NeuralNetwork", "Preprocessing", "Recognition"]),
  .testTarget(
    name: "ExercisesTests",
    dependencies: ["Arithmetic", "Basics", "Exercises", "Ink", "NeuralNetwork", "Recognition", "TestSupport"]),
  .testTarget(
    name: "ExerciseReportsTests",
    dependencies: [
      "Arithmetic", "Basics", "ExerciseReports", "Exercises", "Graphics", "Ink", "Recognition",
    ]),
  .testTarget(name: "GraphicsTests", dependencies: ["Basics", "Formats", "Graphics", "Ink"]),
  .testTarget(name: "DatasetsTests", dependencies: ["Basics", "Datasets", "Formats", "Ink", "TestSupport"]),
  .testTarget(name: "AugmentationTests", dependencies: ["Augmentation", "Basics", "Preprocessing"]),
  .testTarget(
    name: "EvaluationTests",
    dependencies: [
      "Arithmetic", "Basics", "Datasets", "Evaluation", "Exercises", "Formats", "Ink", "NeuralNetwork",
      "Preprocessing", "Recognition", "TestSupport",
    ]),
  .testTarget(
    name: "TrainingTests",
    dependencies: [
      "Augmentation", "Basics", "Datasets", "Formats", "NeuralNetwork", "Preprocessing", "Recognition",
      "Training",
    ]),
  .testTarget(
    name: "ClassicalMethodsTests", dependencies: ["Basics", "ClassicalMethods", "Evaluation"],
    exclude: ["Fixtures"]),
  .testTarget(
    name: "ExplanationTests",
    dependencies: ["Basics", "Explanation", "Graphics", "Ink", "NeuralNetwork", "Recognition"]),
  .testTarget(
    name: "ReportsTests",
    dependencies: [
      "ClassicalMethods", "Formats", "Ink", "NeuralNetwork", "Recognition", "Reports", "Training",
    ]),
  .testTarget(
    name: "X11Tests", dependencies: ["Basics", "Graphics", "TestSupport", "X11", "X11TestSupport"]),
  .testTarget(name: "GesturesTests", dependencies: ["Basics", "Formats", "Gestures", "Ink"]),
  .testTarget(
    name: "PanelTests",
    dependencies: ["App", "Basics", "Gestures", "Ink", "Panel", "Recognition", "X11"]),
  .testTarget(
    name: "AppTests",
    dependencies: [
      "App", "Basics", "Exercises", "Formats", "Graphics", "Ink", "NeuralNetwork", "Preprocessing",
      "Recognition", "TestSupport", "X11",
    ],
    exclude: ["References"]),
  .testTarget(
    name: "CommandTests",
    dependencies: [
      "Datasets", "Formats", "NeuralNetwork", "Recognition", "TestSupport", "Training", "inkling",
      "inkling-training",
    ], exclude: ["Help"]),
  .testTarget(
    name: "WindowTests",
    dependencies: [
      "App", "Basics", "Gestures", "Graphics", "Ink", "Panel", "TestSupport", "X11", "X11TestSupport",
      "inkling",
    ]),
]

let package = Package(
  name: "Inkling",
  products: [
    .executable(name: "inkling", targets: ["inkling"]),
    .executable(name: "inkling-training", targets: ["inkling-training"]),
    .library(
      name: "Inkling",
      targets: ["Arithmetic", "Basics", "Ink", "Formats", "NeuralNetwork", "Preprocessing", "Recognition"]),
  ],
  traits: [
    .trait(name: "Fonts", description: "Text in the desktop's fonts, by FreeType and Fontconfig"),
    .trait(name: "Codecs", description: "PNG, JPEG and gzip, by libpng, libjpeg and zlib"),
    .default(enabledTraits: defaultTraits),
  ],
  targets: libraries + executables + tests,
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? [])
    + (unoptimized.contains(target.name) ? [.unsafeFlags(["-Onone"], .when(configuration: .release))] : [])
    + [
      // A warning is an error. One of them marks the conversions that `Basics` hides because they trap.
      .treatAllWarnings(as: .error),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      // Among them the conversions that `Basics` hides because they trap.
      .treatWarning("DeprecatedDeclaration", as: .error),
      // FreeType's headers include each other from here; where they are missing, nothing asks for them.
      .unsafeFlags(["-Xcc", "-I/usr/include/freetype2"]),
    ]
}
