"""The checks that scikit-learn has for estimators: a few fast ones, and all others."""

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

FEW = (
    "fit2d",
    "fit1d",
    "unfitted",
    "get_params",
    "set_params",
    "nan_inf",
    "mixin_order",
    "cloneable",
    "one_label",
    "tags",
    "sample_weights",
)
may_be_inexact = pytest.mark.filterwarnings("ignore::multilayer.estimators.sklearn_api.InexactFitWarning")


def is_fast(name):
    return any(part in name for part in FEW)


def checks(estimators, fast):
    """The parametrisation by scikit-learn, of the fast checks or of all others, as a list, which pytest wants."""
    mark = parametrize_with_checks(estimators)
    pairs = [pair for pair in mark.args[1] if is_fast(str(getattr(pair, "values", pair)[1])) == fast]
    return pytest.mark.parametrize(mark.args[0], pairs, ids=mark.kwargs["ids"])
