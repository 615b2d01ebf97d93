"""Train the decoder on two folders (or tar archives) of pictures.

    python weights/train.py --content PHOTOGRAPHS --style PAINTINGS --out FOLDER
    python weights/train.py --content PHOTOGRAPHS --style PAINTINGS --out FOLDER --resume

Writes to FOLDER, every --save-every steps and at the end, or when it is asked to stop (SIGINT,
SIGTERM; the step under way is finished first):

    checkpoint.pt         all that --resume needs; see checkpoint.py
    latest.safetensors    encoder, and the moving average of the decoder, in F32; convert.py packs it
    log.jsonl             one line every --log-every steps: mean losses, rate, seconds a step
    preview-STEP.jpg      every --preview-every steps: content, style, result

The losses are the paper's (losses.py). Needs requirements.txt.
"""

import argparse
import json
import math
import pathlib
import signal
import sys
import time

import torch

import checkpoint
from batched_network import make_decoder, make_encoder
from dataset import Dataset, DatasetError
from losses import STYLE_LOSSES, adaptive, content_loss, style_loss
from network_file import NetworkFileError, read_network, write_safetensors
from pool import Pool
from preview import save_sheet, stylise
from soap import Soap

SHIPPED = pathlib.Path(__file__).resolve().parent / "adain-vgg16.safetensors"
# A batch of an odd pair of pictures may not throw the decoder far.
LARGEST_GRADIENT = 10.0
PREVIEWS = 6
OPTIMISERS = {"soap": Soap, "adam": torch.optim.Adam}


def learning_rate(step, options):
    """A linear warm-up, the peak, and half a cosine to zero over the last part of the steps."""
    tail = options.steps * (1 - options.decay_share)
    warm = min(1, (step + 1) / max(1, options.warm_up))
    if step < tail:
        return options.rate * warm
    return options.rate * warm * 0.5 * (1 + math.cos(math.pi * (step - tail) / (options.steps - tail)))


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
        self.average = make_decoder(tensors, architecture).to(device).requires_grad_(False)
        self.average.load_state_dict(self.decoder.state_dict())
        self.optimiser = OPTIMISERS[options.optimiser](self.decoder.parameters(), lr=options.rate)
        if state:
            self.step = state["step"]
            self.average.load_state_dict(state["average"])
            self.optimiser.load_state_dict(state["optimiser"])
        self.pool = Pool(self.content, self.style, self.encode, options, self.step)
        self.sheet = None

    def path(self, name):
        return self.options.out / name

    def autocast(self):
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.options.bf16)

    @torch.no_grad()
    def encode(self, pictures):
        """Feature maps by layer, in single precision: Gram matrices are products too, which bf16 would
        round."""
        with self.autocast():
            layers = self.encoder(pictures.to(self.device))
        return {name: maps.float() for name, maps in layers.items()}

    def advance(self):
        """One step; returns content and style loss, as tensors."""
        options = self.options
        contents, statistics, summary = self.pool.batch(self.step)
        target = adaptive(contents, statistics)
        with self.autocast():
            made = self.encoder(self.decoder(target))
        content = content_loss(made["conv4_1"], target)
        style = style_loss(made, summary, options.style_loss)

        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.step, options)
        self.optimiser.zero_grad(set_to_none=True)
        (content + options.style_weight * style).backward()
        torch.nn.utils.clip_grad_norm_(self.decoder.parameters(), LARGEST_GRADIENT)
        self.optimiser.step()
        # Young averages forget faster, or the beginning would stay in them.
        keep = min(options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), self.decoder.parameters()):
                mean.lerp_(value, 1 - keep)
        self.step += 1
        return content.detach(), style.detach()

    def save(self):
        """Checkpoint and weights file, unless the decoder has come to hold what is no number."""
        if not all(bool(values.isfinite().all()) for values in self.decoder.parameters()):
            raise FloatingPointError(
                f"the decoder holds what is no number at step {self.step}; the last checkpoint is kept"
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
            for part, network in (("encoder", self.encoder), ("decoder", self.average))
            for name, values in network.state_dict().items()
        }
        write_safetensors(self.path("latest.safetensors"), tensors, self.metadata)

    def preview(self):
        if self.sheet is None:  # the same pictures for every run, apart from the training's chance
            generator = torch.Generator().manual_seed(0)
            size = max(self.options.size, 128)
            self.sheet = [
                data.crops(PREVIEWS, size, generator).to(self.device)
                for data in (self.content, self.style)
            ]
        results = stylise(self.encoder, self.average, *self.sheet)
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
        self.losses.append(torch.stack(losses))

    def write(self, step, rate):
        content, style = torch.stack(self.losses).mean(0).tolist()
        seconds = (time.monotonic() - self.began) / len(self.losses)
        line = {
            "step": step, "content": round(content, 5), "style": round(style, 5),
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


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def crop_side(text):
    value = positive(text)
    if value % 8 or value < 16:
        raise argparse.ArgumentTypeError("must be a multiple of 8 and at least 16")
    return value


def parse(arguments=None):
    parser = argparse.ArgumentParser(
        description="Train the decoder on two folders or tar archives of pictures.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--content", required=True, help="folder or tar archive of photographs")
    add("--style", required=True, help="folder or tar archive of paintings")
    add("--out", required=True, type=pathlib.Path, help="folder for all that is written")
    add("--init", default=SHIPPED, type=pathlib.Path,
        help="weights file with the encoder and, if it has one, the decoder to begin with")
    add("--fresh-decoder", action="store_true", help="begin with a random decoder all the same")
    add("--resume", action="store_true", help="go on from the checkpoint in --out")
    add("--steps", type=positive, default=20000, help="steps in all, those before --resume included")
    add("--size", type=crop_side, default=256, help="side of the crops")
    add("--scales", type=float, nargs=2, default=(0.6, 1), metavar=("FROM", "TO"),
        help="crops are cut with a side of so many times --size; below 1 they are enlarged, as"
        " pictures of a few hundred pixels are less detailed than those that people stylise")
    add("--batch", type=positive, default=4, help="pairs of crops a step")
    add("--pool", type=positive, default=500, help="encoded crops that pairs are drawn from")
    add("--optimiser", choices=OPTIMISERS, default="soap")
    add("--rate", type=float, default=4e-4, help="learning rate at its peak")
    add("--warm-up", type=int, default=30, help="steps until the peak")
    add("--decay-share", type=float, default=0.6, help="last part of the steps, cosine to zero")
    add("--style-loss", choices=STYLE_LOSSES, default="stats")
    add("--style-weight", type=float, default=10.0, help="style loss against content loss")
    add("--average", type=float, default=0.99, help="the moving average's memory of itself")
    add("--bf16", action=argparse.BooleanOptionalAction, default=torch.cuda.is_available(),
        help="convolve in bfloat16; on a processor winograd.py is faster")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, default=0, help="0: torch's own number")
    add("--seed", type=int, default=0)
    add("--limit", type=positive, help="read only so many pictures of each kind")
    add("--log-every", type=positive, default=100)
    add("--save-every", type=positive, default=500)
    add("--preview-every", type=positive, default=1000)
    options = parser.parse_args(arguments)
    if not 0 < options.scales[0] <= options.scales[1]:
        parser.error("argument --scales: must be positive, the smaller first")
    if not 0 < options.decay_share < 1:
        parser.error("argument --decay-share: must lie between 0 and 1")
    return options


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
