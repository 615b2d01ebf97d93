"""A picture's colours as the mean and the covariance of its RGB values."""

import torch

# What squared distances of means and of covariances count for in the loss. A covariance of colours in [0, 1]
# is seldom above 0.1.
MEAN_WEIGHT, COVARIANCE_WEIGHT = 50, 500


def palette(pictures):
    """Means (N, 3) and covariances (N, 3, 3) of pictures (N, 3, H, W)."""
    colours = pictures.float().flatten(2)
    mean = colours.mean(2)
    centred = colours - mean[..., None]
    return mean, centred @ centred.transpose(1, 2) / colours.shape[2]


def palette_loss(pictures, wanted):
    """`wanted`: what `palette` told of the paintings."""
    mean, covariance = palette(pictures)
    of_means = (mean - wanted[0]).square().sum(1)
    of_covariances = (covariance - wanted[1]).square().sum((1, 2))
    return (MEAN_WEIGHT * of_means + COVARIANCE_WEIGHT * of_covariances).mean()


def root(matrix):
    """Of a symmetric matrix without negative eigenvalues."""
    values, vectors = torch.linalg.eigh(matrix)
    return vectors @ torch.diag(values.clamp(min=0).sqrt()) @ vectors.T


def palette_distance(one, other):
    """Between two pictures (1, 3, H, W): how far colours must move, as a root mean square of RGB in [0, 1],
    if both palettes are normal distributions (D. Dowson, B. Landau: The Fréchet distance between multivariate
    normal distributions, 1982)."""
    (mean, covariance), (other_mean, other_covariance) = (
        [values[0].double() for values in palette(picture)] for picture in (one, other)
    )
    half = root(covariance)
    shared = root(half @ other_covariance @ half)
    spread = torch.trace(covariance + other_covariance - 2 * shared).clamp(min=0)
    return ((mean - other_mean).square().sum() + spread).sqrt().item()
