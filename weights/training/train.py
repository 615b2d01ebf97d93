"""Train a decoder, or a network whole, on folders (or tar archives) of photographs and of paintings.

    python -m weights.training.train --content PHOTOGRAPHS --style PAINTINGS --out FOLDER
    python -m weights.training.train --content PHOTOGRAPHS --style PAINTINGS --out FOLDER --resume

It goes on from the shipped decoder, or with --fresh-decoder begins with the encoder alone. With --train-encoder
the encoder learns, too, end to end; the losses stay those of --judge's encoder, which is how a narrow network
(narrow.py) learns what a wide one knows.

Writes to FOLDER, every --save-every steps and at the end, or when it is asked to stop (SIGINT,
SIGTERM; the step under way is finished first):

    checkpoint.pt         all that --resume needs; see checkpoint.py
    latest.safetensors    encoder and decoder, of what learns the moving average, in F32; convert.py packs it
    log.jsonl             one line every --log-every steps: mean losses, rate, seconds a step
    preview-STEP.jpg      every --preview-every steps: content, style, result

The losses are of pictures clamped to [0, 1]: the paper's two and the perceptual one (losses.py), one
against texture in step with the decoder's grid (lattice.py), one for the painting's colours (palette.py).
Needs requirements.txt.
"""

import copy
import json
import math
import signal
import sys
import time

import torch
from torch import nn

from weights.network.batched_network import make_decoder, make_encoder, stylise
from weights.network.lattice import lattice_loss
from weights.network.losses import (
    adaptive,
    bounded,
    content_losses,
    displayable,
    perceptual_loss,
    shifted,
    statistics,
    style_losses,
)
from weights.network.network_file import NetworkFileError, read_network, write_safetensors
from weights.network.palette import palette_loss
from weights.training import checkpoint
from weights.training.dataset import Dataset, DatasetError
from weights.training.pool import SHIFTS, Pool, between, generator_of, mapped
from weights.training.preview import save_sheet
from weights.training.train_options import OPTIMISERS, PRECISIONS, parse

# A batch of an odd pair of pictures may not throw the decoder far.
LARGEST_GRADIENT = 10.0
# Losses of a pair beyond these weigh no more: a content without contrast, whose target is its noise enlarged,
# would outweigh a hundred others, and so would a painting of dots alone.
LARGEST_CONTENT_LOSS, LARGEST_STYLE_LOSS = 16, 5
# The decoder's grid repeats after so many pixels.
GRID = 8
PREVIEWS = 6
# F16 rounds eight times finer than bf16, but its smallest numbers are too large for the gradients as they
# come (P. Micikevicius et al.: Mixed Precision Training, arXiv:1710.03740).
F16_LOSS_SCALE = 64


def learning_rate(step, options):
    """A linear warm-up, the peak, and half a cosine to zero over the last part of the steps."""
    tail = options.steps * (1 - options.decay_share)
    warm = min(1, (step + 1) / max(1, options.warm_up))
    if step < tail:
        return options.rate * warm
    return options.rate * warm * 0.5 * (1 + math.cos(math.pi * (step - tail) / (options.steps - tail)))


def tame(parameters, scale):
    """Gradients without the loss's scale and together no longer than LARGEST_GRADIENT. Where a scaled loss
    overflowed, none: the batch is left out."""
    gradients = [parameter.grad for parameter in parameters]
    length = torch.stack([gradient.norm() for gradient in gradients]).norm() / scale
    factor = (LARGEST_GRADIENT / length).clamp(max=1) / scale
    for gradient in gradients:
        gradient.mul_(factor)
        if scale > 1:
            gradient.copy_(torch.where(length.isfinite(), gradient, 0))


class Training:
    """Networks, optimiser and chance at one step."""

    def __init__(self, options, device):
        self.options, self.device, self.step = options, device, 0
        self.content = Dataset(options.content, device, options.limit)
        self.style = Dataset(options.style, device, options.limit)
        torch.manual_seed(options.seed)
        state = checkpoint.load(self.path("checkpoint.pt")) if options.resume else None
        if state:
            tensors = {f"{p}.{n}": v for p in ("encoder", "decoder") for n, v in state[p].items()}
            self.metadata = state["metadata"]
        else:
            tensors, self.metadata = read_network(options.init)
            if options.fresh_decoder:
                tensors = {n: v for n, v in tensors.items() if n.startswith("encoder.")}
        architecture = self.metadata["architecture"]
        self.encoder = make_encoder(tensors, architecture).to(device)
        self.decoder = make_decoder(tensors, architecture).to(device)
        learning = {"decoder": self.decoder}
        self.judge = self.encoder
        if options.train_encoder:
            learning["encoder"] = self.encoder.requires_grad_(True)
            judge, about = read_network(options.judge)
            self.judge = make_encoder(judge, about["architecture"]).to(device)
        self.learning = nn.ModuleDict(learning)
        self.average = copy.deepcopy(self.learning).requires_grad_(False)
        self.optimiser = OPTIMISERS[options.optimiser](self.learning.parameters(), lr=options.rate)
        if state:
            self.step = state["step"]
            self.average.load_state_dict(state["average"])
            self.optimiser.load_state_dict(state["optimiser"])
        self.pool = Pool(self.content, self.style, self.encode, options, self.step)
        self.sheet = None
        if options.compile:
            self.losses = torch.compile(self.losses, backend=options.compile)

    def path(self, name):
        return self.options.out / name

    def autocast(self):
        half = PRECISIONS[self.options.precision]
        return torch.autocast(self.device.type, half, enabled=half is not None)

    @torch.no_grad()
    def encode(self, pictures):
        """Feature maps by layer, in single precision: Gram matrices are products too, which bf16 would
        round."""
        with self.autocast():
            layers = self.judge(pictures.to(self.device))
        return {name: maps.float() for name, maps in layers.items()}

    def losses(self, contents, styles, shift):
        """Of a batch of the pool, by name, as tensors. The second half of the pictures is encoded moved by
        `shift` (down, right): a style that is right in one position alone, in step with the encoder's own
        grid, is none. What is compared cell by cell is of the first half."""
        target = adaptive(contents["maps"], styles["statistics"])
        still = len(target) - len(target) // 2
        with self.autocast():
            given = self.own_target(contents, styles) if self.options.train_encoder else target
            pictures = displayable(self.decoder(given))
            # In two passes: the gradient of a part of the maps would be written over all of them.
            made = self.judge(pictures[:still])
            moved = self.judge(shifted(pictures[still:], *shift)) if still < len(target) else None
        content = content_losses(made["conv4_1"], target[:still])
        style = [self.style_losses(made, styles, slice(still))]
        if moved:
            style.append(self.style_losses(moved, styles, slice(still, None)))
        losses = {
            "content": bounded(content, LARGEST_CONTENT_LOSS).mean(),
            "style": bounded(torch.cat(style), LARGEST_STYLE_LOSS).mean(),
            "lattice": lattice_loss(pictures.float()),
            "palette": palette_loss(pictures, styles["palette"]),
        }
        if contents["shallow"]:
            wanted = {name: maps[:still] for name, maps in contents["shallow"].items()}
            losses["perceptual"] = perceptual_loss(made, wanted)
        return losses

    def own_target(self, contents, styles):
        """What the decoder is given where the encoder is not the judge's: the same maps of its own."""
        photographs, paintings = (
            self.encoder(pictures["picture"])["conv4_1"].float() for pictures in (contents, styles)
        )
        wanted = zip(statistics(photographs), statistics(paintings))
        return adaptive(photographs, [between(*pair, styles["strength"]) for pair in wanted])

    def style_losses(self, made, styles, part):
        """Of a part of the batch."""
        summary = mapped(lambda values: values[part], styles["summary"])
        return style_losses(made, summary, self.options.style_loss)

    def advance(self):
        """One step; returns the losses by name, as tensors."""
        options = self.options
        weights = {
            "content": 1, "style": options.style_weight, "lattice": options.lattice_weight,
            "palette": options.palette_weight, "perceptual": options.perceptual_weight,
        }
        shift = torch.randint(GRID, (2,), generator=generator_of(options.seed, self.step, SHIFTS)).to(self.device)
        losses = self.losses(*self.pool.batch(self.step), shift)
        total = sum(weights[name] * loss for name, loss in losses.items())
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.step, options)
        self.optimiser.zero_grad(set_to_none=True)
        scale = F16_LOSS_SCALE if options.precision == "f16" else 1
        (scale * total).backward()
        tame(self.learning.parameters(), scale)
        self.optimiser.step()
        # Young averages forget faster, or the beginning would stay in them.
        keep = min(options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), self.learning.parameters()):
                mean.lerp_(value, 1 - keep)
        self.step += 1
        return {name: loss.detach() for name, loss in losses.items()}

    def save(self):
        """Checkpoint and weights file, unless what learns has come to hold what is no number."""
        if not all(bool(values.isfinite().all()) for values in self.learning.parameters()):
            raise FloatingPointError(
                f"the network holds what is no number at step {self.step}; the last checkpoint is kept"
            )
        checkpoint.save(
            self.path("checkpoint.pt"),
            {
                "metadata": self.metadata,
                "step": self.step,
                "encoder": self.encoder.state_dict(),
                "decoder": self.decoder.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
            },
        )
        tensors = {
            f"{part}.{name}": values.cpu().contiguous().numpy()
            for part, network in self.shipped().items()
            for name, values in network.state_dict().items()
        }
        write_safetensors(self.path("latest.safetensors"), tensors, self.metadata)

    def shipped(self):
        """Encoder and decoder by name; of what learns, the moving average."""
        return {"encoder": self.encoder, **self.average}

    def preview(self):
        if self.sheet is None:  # the same pictures for every run, apart from the training's chance
            generator = torch.Generator().manual_seed(0)
            size = max(self.options.size, 128)
            self.sheet = [
                data.crops(PREVIEWS, size, generator).to(self.device)
                for data in (self.content, self.style)
            ]
        results = stylise(*(self.shipped()[part] for part in ("encoder", "decoder")), *self.sheet)
        save_sheet(self.path(f"preview-{self.step:06d}.jpg"), [*self.sheet, results])


class Log:
    """Means of the losses since the last line."""

    def __init__(self, path, step, resume):
        """Lines later than `step` belong to work that was lost."""
        lines = path.read_text().splitlines() if resume and path.exists() else []
        kept = [line for line in lines if json.loads(line)["step"] <= step]
        path.write_text("".join(line + "\n" for line in kept))
        self.path, self.losses, self.began = path, [], time.monotonic()

    def add(self, losses):
        # Copies: torch's mean squares keep the memory of all squares.
        self.losses.append({name: loss.clone() for name, loss in losses.items()})

    def write(self, step, rate):
        means = {n: torch.stack([losses[n] for losses in self.losses]).mean().item() for n in self.losses[0]}
        seconds = (time.monotonic() - self.began) / len(self.losses)
        line = {
            "step": step, **{name: float(f"{mean:.5g}") for name, mean in means.items()},
            "rate": float(f"{rate:.4g}"), "seconds": round(seconds, 4),
        }
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        self.losses, self.began = [], time.monotonic()


def run(options):
    options.out.mkdir(parents=True, exist_ok=True)
    training = Training(options, torch.device(options.device))
    log = Log(training.path("log.jsonl"), training.step, options.resume)
    print(
        f"{len(training.content.pictures)} content and {len(training.style.pictures)} style"
        f" pictures; step {training.step} of {options.steps}", flush=True,
    )
    asked_to_stop = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.append(True))

    while training.step < options.steps and not asked_to_stop:
        log.add(training.advance())
        step = training.step
        if step % options.log_every == 0 or step == options.steps:
            log.write(step, learning_rate(step - 1, options))
        if step % options.preview_every == 0:
            training.preview()
        if step % options.save_every == 0 and step < options.steps:
            training.save()
    training.save()


def main(arguments=None):
    options = parse(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        run(options)
    except (
        DatasetError, NetworkFileError, checkpoint.CheckpointError, FloatingPointError, OSError,
    ) as error:
        sys.exit(f"train.py: {error}")


if __name__ == "__main__":
    main()
