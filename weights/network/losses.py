"""The losses of training, optimisation and evaluation, as plainly as PyTorch has them, on batches (N, C, H, W).

X. Huang, S. Belongie: Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization
(ICCV 2017, arXiv:1703.06868), whose equations the numbers below are. Conventions are the engine's:
variance with n − 1, plus epsilon; Gram matrices divided by C H W.
"""

import torch

from weights.network.reference import EPSILON

# Where the style is compared: the first layer of each block.
STYLE_LAYERS = ("conv1_1", "conv2_1", "conv3_1", "conv4_1")
SHALLOW_LAYERS = STYLE_LAYERS[:-1]


class Displayable(torch.autograd.Function):
    """Clamp to [0, 1], as every picture is that is written: the losses are of what is seen. A pixel outside
    keeps the gradient that leads it back and loses the one that leads it further out, where a plain clamp
    would leave it without any."""

    @staticmethod
    def forward(context, pictures):
        context.save_for_backward(pictures)
        return pictures.clamp(0, 1)

    @staticmethod
    def backward(context, gradient):
        (pictures,) = context.saved_tensors
        outside = pictures - pictures.clamp(0, 1)
        return torch.where(gradient * outside >= 0, gradient, 0)


def displayable(pictures):
    return Displayable.apply(pictures)


def statistics(features):
    """Means and standard deviations, (N, C, 1, 1) each, of maps of at least two cells."""
    mean = features.mean((2, 3), keepdim=True)
    return mean, (features.var((2, 3), keepdim=True) + EPSILON).sqrt()


def adaptive(content, style):
    """Equation 8: the content's feature map with the style's statistics, the decoder's target."""
    mean, deviation = statistics(content)
    style_mean, style_deviation = style
    return (content - mean) / deviation * style_deviation + style_mean


def content_losses(features, target):
    """Equation 12, as a mean over the values of each picture: (N)."""
    return (features - target).square().mean((1, 2, 3))


def content_loss(features, target):
    """Equation 12, as a mean over all values."""
    return content_losses(features, target).mean()


def bounded(losses, largest):
    """Losses above the largest are scaled down to it, with their gradients: none outweighs the others."""
    return losses * (largest / losses.detach()).clamp(max=1)


def shifted(pictures, down, right):
    """Moved by so many pixels; what comes in at the edges is mirrored."""
    rows, columns = (
        (torch.arange(side) - by).abs() for side, by in zip(pictures.shape[2:], (down, right))
    )
    return pictures.index_select(2, rows).index_select(3, columns)


def gram(features):
    """Gram matrices (N, C, C), divided by C H W (Johnson et al., arXiv:1603.08155, equation 3)."""
    flat = features.flatten(2)
    return flat @ flat.transpose(1, 2) / (flat.shape[1] * flat.shape[2])


def statistics_terms(features, wanted):
    """One layer of equation 13, as means over the channels: (N)."""
    return sum((a - b).square().mean((1, 2, 3)) for a, b in zip(statistics(features), wanted))


def gram_terms(features, wanted):
    """One layer of Johnson's style loss (equation 4), squared Frobenius norms: (N)."""
    return (gram(features) - wanted).square().sum((1, 2))


# Name: (what is kept of a style's layer, the layer's term of the loss).
STYLE_LOSSES = {"stats": (statistics, statistics_terms), "gram": (gram, gram_terms)}


def style_summary(layers, kind):
    """What `style_loss` compares with: for each layer its statistics or its Gram matrices."""
    return {name: STYLE_LOSSES[kind][0](layers[name]) for name in STYLE_LAYERS}


def style_losses(layers, summary, kind):
    """Sums over the style layers of the distance to a style's summary: (N)."""
    return sum(STYLE_LOSSES[kind][1](layers[name], summary[name]) for name in STYLE_LAYERS)


def style_loss(layers, summary, kind):
    """The mean of `style_losses`."""
    return style_losses(layers, summary, kind).mean()


def directions(features):
    """Maps whose cells are scaled to length 1."""
    return features / (features.square().sum(1, keepdim=True) + EPSILON).sqrt()


def shallow_directions(layers):
    """What `perceptual_loss` compares with: directions of the style layers before the content's, (N, C, H, W)
    each, in F16."""
    return {name: directions(layers[name]).half() for name in SHALLOW_LAYERS}


def perceptual_loss(layers, wanted):
    """R. Zhang et al.: The Unreasonable Effectiveness of Deep Features as a Perceptual Metric
    (arXiv:1801.03924), equation 1 with equal weights: between 0 and 2 a layer, as nothing is negative."""
    return sum(
        (directions(layers[name]) - wanted[name].float()).square().sum(1).mean() for name in SHALLOW_LAYERS
    )
