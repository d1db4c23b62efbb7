"""The checks that scikit-learn has for estimators, all of them or a few fast ones."""

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


def checks(estimators, chosen):
    """The parametrisation by scikit-learn, of the checks whose names are chosen, as a list, which pytest wants."""
    mark = parametrize_with_checks(estimators)
    pairs = [pair for pair in mark.args[1] if chosen(str(getattr(pair, "values", pair)[1]))]
    return pytest.mark.parametrize(mark.args[0], pairs, ids=mark.kwargs["ids"])
