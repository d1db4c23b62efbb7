"""Remark 4 on convolutions, Remark 5 and Corollary 1 on deeper networks.

N, r_c  patches of all images together, and the rank of their table;  m_k  width of layer k;  M = m_1 ... m_{l-1}
"""

from importlib.resources import files

import numpy as np

from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.region_counting import count_regions
from arrangements.second_layer.deeper_masks import decoupled_masks, sampled_masks
from arrangements.second_layer.patches import image_patches
from arrangements.second_layer.pooling import count_pooled
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import gaussian
from theory import Plane, cover, joint, layer_exponent, layer_joint, plane_masks, region_number, two_to_n


def digit_images(count: int) -> np.ndarray:
    """Read the first handwritten digits of the bundled file, 8 x 8 integers."""
    text = (files("multilayer") / "data" / "digits.csv").read_text(encoding="utf-8")
    rows = [[int(value) for value in line.split(",")[:64]] for line in text.splitlines()[1 : count + 1]]
    return np.array(rows).reshape(-1, 8, 8)


def convolutions() -> Evidence:
    """Count regions of patches of handwritten digits exactly, and compare with the bound in patches and in images."""
    shown = []
    for images, size, stride in ((3, 2, 2), (5, 2, 2), (10, 2, 2), (3, 2, 1)):
        patches = image_patches(digit_images(images), size, stride=stride)
        arrangement = patches.arrangement
        n, r = len(patches.rows), arrangement.rank
        found = region_number(arrangement)
        require(r <= size * size, "the rank is at most the size of a patch")
        require(cover(images, min(r, images)) < found <= cover(n, r), "bounded by the patches, not by the images")
        shown.append(
            Evidence(
                "{} images, {} patches of 2 x 2 at stride {}, r_c = {}: {:,} <= {:,}",
                (images, n, stride, r, found, cover(n, r)),
            )
        )
    small = image_patches(digit_images(2)[:, 2:5, 2:5], (1, 2))
    layer = FirstLayer.of(small.arrangement)
    require(count_regions(small.arrangement) == region_number(small.arrangement), "listed and counted")
    pooled = count_pooled(layer, small.groups, 2)
    require(pooled.masks == two_to_n(2) <= pooled.pairs, "pooled masks")
    crops = "two 3 x 3 crops pooled by sums, width 2: {} pairs, {} masks"
    return joined([*shown, Evidence(crops, (pooled.pairs, pooled.masks))])


SANDWICHES = (((1, 2), 6), ((2, 1), 6), ((1, 1, 2), 5), ((2, 2), 5))


def deeper() -> Evidence:
    """Compare masks of layer l: drawn with shared neurons, listed with copied ones, and the formula."""
    shown = []
    for widths, n in SANDWICHES:
        arrangement = gaussian(n, 2, 0, "1").arrangement
        drawn, listed = sampled_masks(arrangement, widths, 20_000), decoupled_masks(arrangement, widths)
        bound = layer_joint(n, 2, widths)
        require(drawn <= listed, "drawn masks are among the listed ones")
        require(len(listed) <= min(bound, two_to_n(n)), "the formula bounds what is listed")
        counts = (len(drawn), len(listed), min(bound, two_to_n(n)), bound)
        shown.append(Evidence("widths {}, n = {}: {} <= {} <= {} ({:,})", (str(widths), n, *counts)))
    for r, widths in ((2, (2, 2)), (3, (1, 2)), (2, (1, 2, 2))):
        order = r * int(np.prod(widths))
        require(layer_exponent(r, widths) == order - 1, "the exponent of the layer's joint bound")
    heading = "rank 2, drawn with shared neurons <= listed with copied ones <= 2^n or the joint bound of the layer (): "
    return joined([Evidence(heading), joined(shown)], "")


def depth_polynomial() -> Evidence:
    """Compare one shared first neuron with two copies: what decoupling adds."""
    shown = []
    for n in (4, 5, 6):
        arrangement = gaussian(n, 2, 0, "1").arrangement
        layer = FirstLayer.of(arrangement)
        shared, copies = sampled_masks(arrangement, (1, 2), 20_000), decoupled_masks(arrangement, (1, 2))
        half_planes = {tuple(int(s <= 0) for s in cell.signs) for cell in layer.cells} | {(1,) * n}
        require(shared == half_planes, "one shared neuron makes half-planes, and all rows")
        require(len(copies) == plane_masks(Plane.of(arrangement)), "two copies are a layer of width 2")
        shown.append(Evidence("n = {}: {} shared, {} copied", (n, len(shared), len(copies))))
    require(layer_joint(5, 2, (2,)) == joint(5, 2, 2), "one layer below: the joint bound")
    return joined([Evidence("layers of widths 1, 2 on plane rows, masks: "), joined(shown)], "")


CLAIMS = (
    Claim(
        "Remark 4",
        "2.1, Remark 4",
        "O(n^(r_c)), r_c := rank([X_1; ...; X_B]) <= h << d",
        "for convolutions the rank is that of the patch matrices, r_c <= the patch size, and P1 = O(n^(r_c))",
        Verdict.CONDITION,
        "n counts the patches of all images, not the images; then (13) applies to their table, with O(n^(r_c - 1))",
        convolutions,
    ),
    Claim(
        "Remark 5",
        "2.1, Remark 5",
        "P_l <= O(n^(r prod_{j=1}^{l-1} m_j))",
        "the masks of layer l number O(n^(r m_1 ... m_{l-1}))",
        Verdict.HOLDS,
        "even with exponent r M - 1 (proof: theory.layer_joint), for complete patterns too",
        deeper,
    ),
    Claim(
        "Corollary 1, size",
        "2.2, Corollary 1",
        "L-layer architectures can be globally optimized with O(d^3 (prod_{j=1}^{L-2} m_j^3) n^(3 r (1 + "
        "sum_{l=1}^{L-2} prod_{j=1}^{l} m_j)))",
        "for fixed widths and rank a program over the patterns of all layers has polynomial size, for any depth",
        Verdict.CONDITION,
        "the size is (Remark 5); the program is exact if every neuron has a lower network of its own. Where neurons "
        "are shared, it decouples the copies: a relaxation, with more masks already for widths 1, 2",
        depth_polynomial,
    ),
)
