import ArgumentParser

/// `--page`: one page of several.
struct PageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Of animations and files with several pages this one, from 1; default all, on a sheet the first.",
      valueName: "number"))
  var page: Int?

  func validate() throws {
    if let page, !(1...100_000).contains(page) {
      throw ValidationError("--page: \(page) is not between 1 and 100000.")
    }
  }
}
