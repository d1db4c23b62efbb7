from .dataset import Dataset, open
from .enumeration import Limits
from .filling import Filled, enumerate_regions

__all__ = ["Dataset", "Filled", "Limits", "enumerate_regions", "open"]
