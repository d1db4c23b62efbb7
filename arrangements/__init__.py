"""Exact arrangements of hyperplanes and their cells; knows nothing of losses or training."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
