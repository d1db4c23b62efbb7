"""This project's bound on the masks of fully connected networks, whose weights are shared (`theory.shared_bound`)."""

from itertools import count

from arrangements.second_layer.deeper_masks import sampled_masks
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import gaussian
from theory import layer_exponent, layer_joint, shared_bound, shared_exponent

LAYERS = ((2, (2,)), (2, (2, 1)), (2, (1, 2)), (2, (2, 2)), (3, (2, 2)), (2, (2, 2, 2)))


def shared_weights() -> Evidence:
    """Compare both exponents, find where the new bound is the smaller one, and draw masks that it must be above."""
    shown = []
    for r, widths in LAYERS:
        shared, copied = shared_exponent(r, widths), layer_exponent(r, widths)
        alone = all(m == 1 for m in widths[1:])
        require(shared <= copied and (shared == copied) == alone, "the exponent of shared weights is lower")
        shown.append(Evidence("r = {}, widths {}: {} against {}", (r, str(widths), shared, copied)))
    for widths in ((1, 2), (2, 2)):
        n = next(n for n in count(2) if shared_bound(n, 2, widths) < layer_joint(n, 2, widths))
        require(shared_bound(100 * n, 2, widths) < layer_joint(100 * n, 2, widths), "it stays the smaller one")
        shown.append(Evidence("r = 2, widths {}: smaller from n = {} on", (str(widths), n)))
    for widths in ((1,), (1, 1)):  # half-planes, and the bound is far below 2^n
        masks = sampled_masks(gaussian(40, 2, 0, "1").arrangement, widths, 20_000)
        require(len(masks) <= shared_bound(40, 2, widths) < 2**20, "drawn masks are at most as many")
        shown.append(Evidence("forty rows, widths {}: bound {:,}", (str(widths), shared_bound(40, 2, widths))))
    return joined([Evidence("exponents with shared and with copied weights: "), joined(shown)], "")


CLAIMS = (
    Claim(
        "Own: shared weights",
        "own",
        "",
        "over generic weights the masks of layer l of a fully connected network are O(n^f), f weights left by scaling",
        Verdict.HOLDS,
        "proof, with the constants: theory.shared_bound (Warren 1968); f <= r m_1 ... m_{l-1} - 1, and for r > 1 less "
        "as soon as a layer above the first has two neurons",
        shared_weights,
    ),
)
