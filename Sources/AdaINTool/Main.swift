import ArgumentParser
import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The command `adain`.
@main
enum Main {
  static func main() {
    Terminal.keepOutput()
    Termination.prepare()
    guard cvips_start("adain") == 0 else {
      fail(Failure("libvips: " + Failure.fromVips().sentence), status: 1)
    }
    var arguments: [String] = []
    while let argument = cvips_argument(Int32(arguments.count + 1)) {
      arguments.append(String(native: argument))
    }
    if arguments.first == "help" { arguments = arguments.dropFirst() + ["--help"] }
    // A subcommand has options that the main command has, too: whoever comes first in
    // ArgumentParser would take them, so the subcommand is parsed alone.
    if let command = Adain.configuration.subcommands.first(where: {
      $0.configuration.commandName == arguments.first
    }) {
      run(command, Array(arguments.dropFirst()))
    } else {
      run(Adain.self, arguments)
    }
  }

  private static func run<Command: ParsableCommand>(_ type: Command.Type, _ arguments: [String]) {
    do {
      var command = try type.parseAsRoot(arguments)
      try command.run()
    } catch let failure as Failure {
      fail(failure, status: 1)
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      guard type.exitCode(for: error) == .validationFailure else {
        // Help, versions, completions.
        Terminal.print(type.fullMessage(for: error))
        exit(type.exitCode(for: error).rawValue)
      }
      let message = type.message(for: error).split(separator: "\n").joined(separator: " ")
      let sentence = message.last == "." ? message.dropLast() : message[...]
      fail(Failure(sentence + "; see adain --help"), status: 2)
    }
  }

  private static func fail(_ failure: Failure, status: Int32) -> Never {
    Terminal.writeError(failure.line)
    exit(status)
  }
}
