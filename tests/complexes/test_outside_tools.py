"""Generic networks beside regioncam and relucent, where these are installed; the degenerate ones of the benchmark."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.plain_complexes import plain_faces, plain_regions
from support.small_networks import generic

from arrangements import LayeredNetwork, count_activation_regions, list_activation_regions, network_complex

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from network_complexes import DEGENERATE, network_of
from outside.network_regions import regioncam_regions, relucent_regions


def needs(package):
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package} is not installed: pip install {package}")


@needs("regioncam")
@pytest.mark.parametrize("size", ["2-5-1", "2-8-8-1", "2-16-16-1", "2-6-6-6-1"])
def test_regioncam_finds_as_many_in_a_square(size):
    network = network_of(size)
    assert regioncam_regions(network, 4) == count_activation_regions(network, box=[(-4, 4)] * 2)


@needs("relucent")
@pytest.mark.parametrize("sizes", [(2, 5, 1), (2, 5, 4, 1), (3, 4, 3, 1), (1, 5, 5, 1)])
def test_relucent_finds_as_many(sizes):
    network = generic(*sizes)
    assert relucent_regions(network) == count_activation_regions(network)


@pytest.mark.parametrize("name", DEGENERATE)
def test_brute_force_on_the_degenerate_networks(name):
    network = LayeredNetwork.read(DEGENERATE[name])
    for box in (None, [(-4, 4)] * 2):
        assert {region.signs for region in list_activation_regions(network, box=box)} == plain_regions(network, box)
        if sum(len(layer.biases) for layer in network.layers) < 8:
            assert network_complex(network, box=box).f_vector == tuple(
                list(plain_faces(network, box).values()).count(k) for k in range(3)
            )
