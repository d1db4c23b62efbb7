"""What the estimators use of scikit-learn, from 1.4 on; one message where it is missing."""

from typing import Any

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, is_classifier
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.model_selection import check_cv
    from sklearn.utils import check_random_state
    from sklearn.utils.metaestimators import available_if
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import _check_sample_weight, check_is_fitted
except ImportError as error:
    raise ImportError('scikit-learn is missing: pip install ".[sklearn]" in a clone of the project') from error

try:
    from sklearn.utils.validation import validate_data
except ImportError:  # before scikit-learn 1.6

    def validate_data(estimator: Any, *args: Any, **kwargs: Any) -> Any:
        """The same as a method, as it was."""
        return estimator._validate_data(*args, **kwargs)


__all__ = [
    "BaseEstimator",
    "ClassifierMixin",
    "ConvergenceWarning",
    "RegressorMixin",
    "_check_sample_weight",
    "available_if",
    "check_classification_targets",
    "check_cv",
    "check_is_fitted",
    "check_random_state",
    "is_classifier",
    "validate_data",
]
