import AdaINTraining
import ArgumentParser

/// The numbers of a training. What is not given is as the training's purpose has it.
struct TrainingArguments: ParsableArguments {
  @Option(help: "Steps in all.")
  var steps = TrainingOptions().steps

  @Option(help: ArgumentHelp("Side of the crops.", valueName: "pixels"))
  var size = TrainingOptions().size

  @Option(help: "Pairs of crops in a step.")
  var batch = TrainingOptions().batch

  @Option(
    help: ArgumentHelp(
      "Encoded crops that pairs are drawn from; default 48, with --general 96; at 256 pixels 17 MB each.",
      valueName: "crops"))
  var pool: Int?

  @Option(help: "How far a step goes at most.")
  var rate = TrainingOptions().rate

  @Option(help: ArgumentHelp("Steps until the rate is there.", valueName: "steps"))
  var warmUp = TrainingOptions().warmUp

  @Option(
    help: ArgumentHelp("The last part of the steps, over which the rate falls to zero.", valueName: "share"))
  var decayShare = TrainingOptions().decayShare

  @Option(
    help: ArgumentHelp(
      "What the paintings' statistics weigh beside the photographs' content; default 6, with --general 10.",
      valueName: "number"))
  var styleWeight: Double?

  @Option(help: ArgumentHelp("The same of texture in step with the decoder's grid.", valueName: "number"))
  var latticeWeight = TrainingOptions().losses.lattice

  @Option(help: ArgumentHelp("The same of the distance to the painting's colours.", valueName: "number"))
  var paletteWeight = TrainingOptions().losses.palette

  @Option(help: ArgumentHelp("The same of the photograph's lines.", valueName: "number"))
  var perceptualWeight = TrainingOptions().losses.perceptual

  @Option(help: "Of crops and pairs: the same seed, pictures and options make the same file.")
  var seed: UInt64 = 0

  func change(_ options: inout TrainingOptions) {
    (options.steps, options.size, options.batch, options.rate, options.seed) = (
      steps, size, batch, rate, seed
    )
    (options.warmUp, options.decayShare) = (warmUp, decayShare)
    if let pool { options.pool = pool }
    if let styleWeight { options.losses.style = styleWeight }
    (options.losses.lattice, options.losses.palette, options.losses.perceptual) = (
      latticeWeight, paletteWeight, perceptualWeight
    )
  }
}
