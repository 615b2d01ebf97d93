import AdaINTraining
import ArgumentParser

/// The numbers of a training. What is not given is as the training's purpose has it.
struct TrainingArguments: ParsableArguments {
  @Option(help: "Steps in all.")
  var steps = 300

  @Option(help: ArgumentHelp("Side of the crops.", valueName: "pixels"))
  var size = 256

  @Option(help: "Pairs of crops in a step.")
  var batch = 4

  @Option(
    help: ArgumentHelp(
      "Encoded crops that pairs are drawn from; default 48, with --general 96; at 256 pixels 17 MB each.",
      valueName: "crops"))
  var pool: Int?

  @Option(help: "How far a step goes at most.")
  var rate = 3e-4

  @Option(help: ArgumentHelp("Steps until the rate is there.", valueName: "steps"))
  var warmUp = 10

  @Option(
    help: ArgumentHelp("The last part of the steps, over which the rate falls to zero.", valueName: "share"))
  var decayShare = 0.6

  @Option(
    help: ArgumentHelp(
      "What the paintings' statistics weigh beside the photographs' content; default 6, with --general 10.",
      valueName: "number"))
  var styleWeight: Double?

  @Option(help: ArgumentHelp("The same of texture in step with the decoder's grid.", valueName: "number"))
  var latticeWeight = LossWeights().lattice

  @Option(help: ArgumentHelp("The same of the distance to the painting's colours.", valueName: "number"))
  var paletteWeight = LossWeights().palette

  @Option(help: ArgumentHelp("The same of the photograph's lines.", valueName: "number"))
  var perceptualWeight = LossWeights().perceptual

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
