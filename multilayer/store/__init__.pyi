from .dataset import Dataset, open
from .enumeration import Limits
from .filling import Filled, enumerate_pairs, enumerate_regions

__all__ = ["Dataset", "Filled", "Limits", "enumerate_pairs", "enumerate_regions", "open"]
