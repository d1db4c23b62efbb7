"""Estimators with scikit-learn's conventions, which need the extra `sklearn`, and training on arrays, which does not.

`ConvexReLURegressor` and `ConvexReLUClassifier`, and `...CV`, which choose beta along a proven path, are loaded, and
scikit-learn with them, when they are used first. `multilayer.estimators.fitting` trains on arrays,
`multilayer.estimators.path_fitting` for every beta of an interval; `multilayer.estimators.time_budget` keeps the time.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
