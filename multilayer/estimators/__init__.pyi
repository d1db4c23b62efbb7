from .sklearn_api import ConvexReLUClassifier, ConvexReLURegressor, InexactFitWarning
from .sklearn_paths import ConvexReLUClassifierCV, ConvexReLURegressorCV

__all__ = [
    "ConvexReLUClassifier",
    "ConvexReLUClassifierCV",
    "ConvexReLURegressor",
    "ConvexReLURegressorCV",
    "InexactFitWarning",
]
