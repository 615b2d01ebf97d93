// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "stylise",
  dependencies: [
    // Here by path; of a package elsewhere by branch or revision:
    //     .package(url: "https://…/adain.git", branch: "main")
    // Not by version (`from:`): SwiftPM takes no package with compiler flags of its own in that way.
    .package(name: "adain", path: "../..")
  ],
  targets: [
    .executableTarget(name: "stylise", dependencies: [.product(name: "AdaIN", package: "adain")])
  ]
)
