"""LPIPS with AlexNet (R. Zhang et al.: The Unreasonable Effectiveness of Deep Features as a Perceptual
Metric, CVPR 2018, arXiv:1801.03924): how different two pictures look, by a network that no part of
training has seen. 0 is the same picture.
"""

import torch
import torch.nn.functional as F

from weights.network import lpips_archive

# From [−1, 1] to what AlexNet was trained on.
SHIFT = torch.tensor([-0.030, -0.088, -0.188]).view(1, 3, 1, 1)
SCALE = torch.tensor([0.458, 0.448, 0.450]).view(1, 3, 1, 1)
# (stride, padding) of each convolution; pooling 3×3 with stride 2 follows the first two.
CONVOLUTIONS = [(4, 2), (1, 2), (1, 1), (1, 1), (1, 1)]
POOLED = {0, 1}


class Lpips:
    def __init__(self, archive=None):
        """`archive`: see lpips_archive.load."""
        arrays = lpips_archive.load("alexnet", archive)
        layers = [arrays["AlexNet_0"][f"Conv_{i}"] for i in range(5)]
        heads = [arrays[f"NetLinLayer_{i}"]["Conv_0"] for i in range(5)]
        self.layers = [
            tuple(torch.from_numpy(v.copy()) for v in lpips_archive.convolution(layer))
            for layer in layers
        ]
        self.heads = [
            torch.from_numpy(lpips_archive.convolution(head)[0].copy()) for head in heads
        ]

    def _features(self, pictures):
        features, result = (pictures * 2 - 1 - SHIFT) / SCALE, []
        for i, ((weight, bias), (stride, padding)) in enumerate(zip(self.layers, CONVOLUTIONS)):
            features = F.relu(F.conv2d(features, weight, bias, stride, padding))
            result.append(features / (features.square().sum(1, keepdim=True).sqrt() + 1e-10))
            if i in POOLED:
                features = F.max_pool2d(features, 3, 2)
        return result

    @torch.no_grad()
    def distance(self, a, b):
        """Of two pictures (1, 3, H, W) in [0, 1] of one size."""
        pairs = zip(self.heads, self._features(a), self._features(b))
        return sum(F.conv2d((x - y).square(), head).mean().item() for head, x, y in pairs)
