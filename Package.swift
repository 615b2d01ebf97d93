// swift-tools-version: 6.0
import PackageDescription

// ---- Flags -------------------------------------------------------------------------
// Kernels are written once, generically, in AdaINKernels and instantiated in one thin target
// for each instruction set; only that target may hold that set's instructions. They index
// raw memory whose bounds their callers have checked, hence -Ounchecked.

let kernelFlags = ["-Ounchecked", "-enforce-exclusivity=unchecked", "-wmo"]

/// The flags are clang's, which takes each for its own architecture alone.
func instructionSet(_ flags: [String]) -> [SwiftSetting] {
  [
    .unsafeFlags(
      kernelFlags + flags.flatMap { ["-Xcc", "-Xarch_x86_64", "-Xcc", $0] } + ["-Xcc", "-Qunused-arguments"])
  ]
}

let engineSettings: [SwiftSetting] = [.unsafeFlags(["-O"])]

// What is linked carries its own Swift runtime, so that C programs need none. The linker is the toolchain's
// own, the same on every system: Debian 13 has no gold any more.
func linkerFlags(_ flags: [String]) -> [LinkerSetting] {
  [
    .unsafeFlags(
      ["-use-ld=lld", "-static-stdlib", "-l_FoundationCollections", "-l_FoundationCShims"]
        + (["-z", "relro", "-z", "now", "-z", "noexecstack"] + flags).flatMap { ["-Xlinker", $0] },
      .when(platforms: [.linux]))
  ]
}

// The library shows only the C interface. Once loaded it stays: its worker threads, and what each thread
// keeps until it ends, would outlive dlclose(). The soname's number is the Makefile's, as Tests/install.sh
// checks.
let libraryLinkerFlags = [
  "--version-script=\(Context.packageDirectory)/Sources/AdaINC/adain.map", "-soname=libadain.so.1", "-z",
  "nodelete",
]

// The tool links the same objects; but it shows nothing, and has no soname: an installed module must find the
// functions of its own libadain.so.
let toolLinkerFlags = ["--no-export-dynamic"]

// ---- Targets -----------------------------------------------------------------------

let package = Package(
  name: "adain",
  products: [
    .library(name: "AdaIN", targets: ["AdaIN"]),
    .library(name: "adain", type: .dynamic, targets: ["AdaINShared"]),
    // The command `adain`: two products cannot share a name, so `make` gives it its own.
    .executable(name: "adain-tool", targets: ["AdaINTool"]),
  ],
  dependencies: [
    // For the tool alone.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // The public C header's types, for Swift.
    .systemLibrary(name: "CAdaIN", path: "include"),

    // What Swift cannot say: CPUID, the embedded weights file, prefetch.
    .target(
      name: "CSupport",
      cSettings: [.unsafeFlags(["-std=gnu2x", "-Wno-c23-extensions"])]),

    // The network's kernels, generic over the vector unit, each beside its naive reference.
    .target(
      name: "AdaINKernels", dependencies: ["CSupport"], exclude: ["README.md", "layers.svg"],
      swiftSettings: instructionSet([])),
    .target(
      name: "AdaINKernelsAVX512", dependencies: ["AdaINKernels", "CSupport"],
      swiftSettings: instructionSet(["-mavx512f", "-mavx512vl", "-mavx512dq", "-mavx2", "-mfma"])),
    .target(
      name: "AdaINKernelsAVX2", dependencies: ["AdaINKernels", "CSupport"],
      swiftSettings: instructionSet(["-mavx2", "-mfma"])),
    .target(
      name: "AdaINKernelsNEON", dependencies: ["AdaINKernels", "CSupport"],
      swiftSettings: instructionSet([])),
    .target(
      name: "AdaINKernelsBaseline", dependencies: ["AdaINKernels", "CSupport"],
      swiftSettings: instructionSet([])),

    // The engine: pixels → encoder → statistics → affine → decoder → pixels.
    .target(
      name: "AdaIN",
      dependencies: [
        "CSupport", "AdaINKernels", "AdaINKernelsAVX512", "AdaINKernelsAVX2", "AdaINKernelsNEON",
        "AdaINKernelsBaseline",
      ],
      swiftSettings: engineSettings),

    // LAPACK, for the optimiser's decompositions.
    .systemLibrary(
      name: "CLapack", path: "Sources/CLapack", providers: [.apt(["liblapack-dev"])]),

    // Decoders that learn: gradients, losses, optimiser. Not in libadain.so.
    .target(
      name: "AdaINTraining", dependencies: ["AdaIN", "AdaINKernels", "CLapack"], swiftSettings: engineSettings
    ),

    // include/adain.h on the engine.
    .target(
      name: "AdaINC", dependencies: ["AdaIN", "CAdaIN"],
      exclude: ["adain.map", "Doxyfile"], swiftSettings: engineSettings),

    // libadain.so: how it is linked. Apart from AdaINC, as settings reach whatever depends on a target.
    .target(
      name: "AdaINShared", dependencies: ["AdaINC"], linkerSettings: linkerFlags(libraryLinkerFlags)),

    // libvips itself: only its compiler and linker flags, as its variadic calls are C's.
    .systemLibrary(
      name: "CLibvips", path: "Sources/CLibvips", pkgConfig: "vips",
      providers: [.apt(["libvips-dev"])]),

    // The libvips operation's sources once more, inside the tool. Its types have names of their
    // own there: libvips also loads the installed module, and a type can be registered only once.
    .target(
      name: "VipsAdain", dependencies: ["CLibvips"], exclude: ["Manual", "module.c"],
      publicHeadersPath: ".",
      cSettings: [
        .headerSearchPath("../../include"),
        .define("VipsAdain", to: "VipsAdainTool"),
        .define("VipsAdainClass", to: "VipsAdainToolClass"),
        .define("VipsAdainStyle", to: "VipsAdainStyleTool"),
        .define("VipsAdainStyleClass", to: "VipsAdainStyleToolClass"),
      ]),

    // What the tool wants of libvips, as plain C functions.
    .target(
      name: "CVips", dependencies: ["VipsAdain", "CLibvips"],
      cSettings: [
        .headerSearchPath("../../include"),
        .define("VipsAdain", to: "VipsAdainTool"),
        .define("VipsAdainClass", to: "VipsAdainToolClass"),
      ]),

    .executableTarget(
      name: "AdaINTool",
      dependencies: [
        "AdaIN", "AdaINC", "AdaINTraining", "CVips",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Manual"],
      swiftSettings: engineSettings,
      linkerSettings: linkerFlags(toolLinkerFlags)),

    // The time of each layer, for `make benchmark`.
    .executableTarget(
      name: "adain-layers", dependencies: ["AdaIN"], path: "Benchmarks/layers",
      swiftSettings: engineSettings),

    // The time of a training step, for `make benchmark`.
    .executableTarget(
      name: "adain-training", dependencies: ["AdaINTraining"], path: "Benchmarks/training",
      exclude: ["steps.py"], swiftSettings: engineSettings),

    // The Swift interface as a program, for the test that compares all doors.
    .executableTarget(
      name: "adain-door", dependencies: ["AdaIN"], path: "Tests/Doors", swiftSettings: engineSettings),

    .testTarget(name: "AdaINTrainingTests", dependencies: ["AdaINTraining"], resources: [.copy("Dumps")]),
    .testTarget(name: "AdaINTests", dependencies: ["AdaIN"], resources: [.copy("Dumps")]),
  ],
  swiftLanguageModes: [.v6]
)
