"""Style transfer by optimising the pixels (L. Gatys, A. Ecker, M. Bethge: Image Style Transfer Using
Convolutional Neural Networks, CVPR 2016), with the losses that the decoder is trained on: what the
decoder approaches, at hundreds of times its cost.
"""

import torch

from weights.network.losses import adaptive, content_loss, statistics, style_loss, style_summary


def optimise(encoder, content, style, steps, style_weight, kept, seed=0):
    """{n: picture after n steps} for each n of `kept`, from noise, by L-BFGS.

    `content`, `style`: (1, 3, H, W) in [0, 1]. The content's target is the AdaIN of its feature map,
    as the decoder's is. A step is one evaluation of the losses and one move, without line search, as
    in J. Johnson's neural-style, which counts iterations so. Pictures are clamped to [0, 1] only when
    they are kept.
    """
    with torch.no_grad():
        layers = encoder(style)
        summary = style_summary(layers, "stats")
        target = adaptive(encoder(content)["conv4_1"], statistics(layers["conv4_1"]))
    noise = torch.rand(content.shape, generator=torch.Generator().manual_seed(seed))
    picture = noise.requires_grad_()
    optimiser = torch.optim.LBFGS(
        [picture], max_iter=1, history_size=20, tolerance_grad=0, tolerance_change=0
    )

    def losses():
        optimiser.zero_grad()
        made = encoder(picture)
        loss = content_loss(made["conv4_1"], target) + style_weight * style_loss(made, summary, "stats")
        loss.backward()
        return loss

    result = {}
    for step in range(1, steps + 1):
        optimiser.step(losses)
        if step in kept:
            result[step] = picture.detach().clamp(0, 1).clone()
    return result
