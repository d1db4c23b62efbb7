from .sklearn_api import ConvexReLUClassifier, ConvexReLURegressor, InexactFitWarning

__all__ = ["ConvexReLUClassifier", "ConvexReLURegressor", "InexactFitWarning"]
