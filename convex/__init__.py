"""The convex program over enumerated cells: solve, map back, certify."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
