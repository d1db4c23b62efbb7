"""The two estimators for scikit-learn: `ConvexReLURegressor` and `ConvexReLUClassifier`.

    pip install ".[sklearn]" in a clone of the project

    from multilayer.estimators import ConvexReLURegressor
    model = ConvexReLURegressor(width=2, beta=0.1).fit(X, y)
    model.method_, model.status_, model.lower_, model.upper_

Both train parallel three-layer ReLU networks with weight decay (Ergen and Pilanci 2021, (4)), by
`multilayer.estimators.fitting`: to a proven gap where a stated time allows, over random draws elsewhere. `method_`
says which, and a fit that is not proven optimal though it was to be warns. Importing this module needs scikit-learn;
nothing else in the project does.
"""

from collections.abc import Callable
from typing import Any, ClassVar
from warnings import warn

import numpy as np
from scipy.special import expit

from arrangements.arguments import is_whole
from arrangements.errors import InputError, shown
from arrangements.exact.directed_rounding import float_above, float_below, text_above
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from arrangements.proofs.cell_certificates import Json
from convex.networks.export import matrices
from convex.problem.losses import read_loss
from convex.proofs.optimum_certificate import Names, certificate_json
from multilayer.estimators.fitting import fit_outputs
from multilayer.estimators.row_weights import class_weights, sample_weights, weighted_rows
from multilayer.estimators.settings import LIMIT, TIME_LIMIT, Settings
from multilayer.estimators.sklearn_parts import (
    BaseEstimator,
    ClassifierMixin,
    ConvergenceWarning,
    RegressorMixin,
    _check_sample_weight,
    available_if,
    check_classification_targets,
    check_is_fitted,
    check_random_state,
    validate_data,
)

_PARAMETERS = """
    Args:
        width: neurons allowed in the first layer of one sub-network, or "unlimited". Draws for unlimited width have 4.
        beta: weight of the penalty, above 0; a float is read as the decimal that its repr spells, 0.1 as 1/10.
        loss: see above.
        fit_bias: append a column of ones to the data. Its weights are penalised like all others.
        method: "exact" proves a lower bound and may take long. "sampled" draws sub-networks at random: an upper bound,
            about which no more is known. "auto" is exact as far as `time_limit` goes, and draws elsewhere: where the
            search would be too long it is not begun, and where it ends with a gap the better network stays.
        draws: sub-networks drawn for each output; fewer where the data are many, such that
            draws * width * rows * columns <= 60000 (the ones are a column), but one.
        limit: steps of the exact search for each output.
        tolerance: relative gap up to which `status_` is "optimal"; a float is read like beta.
        random_state: of the draws; an integer makes fits repeatable. The exact search does not draw.
        time_limit: seconds for the exact search of "auto", all outputs together; None for any time. It is begun where
            regions of the first layer * rows * outputs are at most 2500 a second (regions are counted exactly without
            listing them), and ends at the time or little later. What is drawn afterwards takes some seconds more. Fits
            that time has ended are not repeatable; `limit` counts what does not depend on the machine.
        verbose: 1 prints what is going on, 0 nothing.
        warm_start: begin with what the last fit of this object found, at another beta for example. The regions serve
            again where the rows are the same, and the search begins with the last networks, so that the objective is
            never above theirs. The gap that is proven is within `tolerance` with and without; the last digits differ.

    Attributes:
        method_: "exact" or "sampled".
        status_: "optimal" or "gap-above-tolerance" for an exact fit, "upper-bound" for draws.
        upper_: objective of the networks, summed over the outputs.
        lower_: proven lower bound on it for every network of this width; nan for draws.
        gap_: upper_ - lower_ relative to upper_, proven; nan for draws.
        draws_: draws made for each output; 0 where the exact search was enough.
        networks_: one `convex.Network` for each output, with rational weights; the ones are the last column.
        n_features_in_: columns of the data that was fitted, without the ones.
        feature_names_in_: their names, where they all are text.

    Warns:
        InexactFitWarning: method "exact" or "auto", and the fit is not proven optimal up to the tolerance.
"""

_CLASS_WEIGHT = """\
        class_weight: weights of the rows of each class, by which `sample_weight` is multiplied: a dictionary of numbers
            of at least 0, read like beta, 1 for a class that is not in it; "balanced" for W / (k W_c), W the weight of
            all rows, W_c that of the rows of one of k classes, exactly; None for 1.
"""


def with_class_weight(parameters: str) -> str:
    """Add the parameter class_weight to the documentation of parameters: the last one, before the attributes."""
    before, attributes, after = parameters.partition("\n    Attributes:")
    return before + _CLASS_WEIGHT + attributes + after


class InexactFitWarning(ConvergenceWarning):  # type: ignore[misc]
    """A fit that was to be exact is not proven optimal: the message says why, and what to change."""


if_logistic: Callable[[Any], Any] = available_if(lambda self: self.loss == "logistic")


def certificate_names(model: Any) -> Names:
    """What a certificate calls the columns and classes of a fitted estimator; columns only where the data had names."""
    columns, classes = getattr(model, "feature_names_in_", None), getattr(model, "classes_", None)
    ones = ("1",) if model.fit_bias else ()
    return Names(
        None if columns is None else (*map(str, columns), *ones),
        None,
        None if classes is None else tuple(map(str, classes)),
    )


class _ConvexReLU(BaseEstimator):  # type: ignore[misc]
    """The common part of both estimators; `_PARAMETERS` is appended to the docstring of each."""

    _LOSSES: ClassVar[tuple[str, ...]]
    _DOCUMENTED: ClassVar[str] = _PARAMETERS

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.__doc__ = (cls.__doc__ or "") + cls._DOCUMENTED

    def __init__(
        self,
        width: int | str = 2,
        beta: float | str = 0.1,
        loss: str = "squared",
        fit_bias: bool = True,
        method: str = "auto",
        draws: int = 200,
        limit: int = LIMIT,
        tolerance: float | str = 1e-8,
        random_state: Any = None,
        time_limit: float | None = TIME_LIMIT,
        verbose: int = 0,
        warm_start: bool = False,
    ) -> None:
        self.width = width
        self.beta = beta
        self.loss = loss
        self.fit_bias = fit_bias
        self.method = method
        self.draws = draws
        self.limit = limit
        self.tolerance = tolerance
        self.random_state = random_state
        self.time_limit = time_limit
        self.verbose = verbose
        self.warm_start = warm_start

    def certificate(self) -> Json:
        """Make the certificate of an exact fit, as one JSON object; `multilayer verify` checks it.

        The data in it has the column of ones, where one was appended. Where rows are repeated or weighted, each
        different row stands once, with its weight in all.

        Raises:
            NotFittedError: there was no fit.
            InputError: the fit proved nothing: its networks come from draws, or every row of the data is zero.
        """
        check_is_fitted(self)
        if self._found.joint is None:
            raise InputError(f"there is no proof to write: the fit is {self.method_} ({self.status_})")
        from multilayer.pipeline.certificates import SOFTWARE

        names = ("width", "beta", "loss", "tolerance")
        parameters = {name: str(getattr(self, name)) for name in names}
        return certificate_json(self._found.joint.solutions, SOFTWARE, parameters, names=certificate_names(self))

    def _settings(self) -> Settings:
        loss = read_loss(str(self.loss))
        if loss.name not in self._LOSSES:
            raise InputError(f"loss is {self.loss!r}; choose one of {', '.join(self._LOSSES)}")
        for name in ("fit_bias", "verbose", "warm_start"):
            value = getattr(self, name, False)  # there is no warm_start where beta is chosen along a path
            if not isinstance(value, bool | np.bool_) and not (is_whole(value) and value >= 0):
                raise InputError(f"{name} is {shown(value)}; it must be True or False, 1 or 0")
            if name != "verbose" and value > 1:  # more words are welcome, a second bias is not made
                raise InputError(f"{name} is {shown(value)}; it must be True or False, 1 or 0")
        return Settings.read(
            loss, self.width, self._weight(), self.method, self.draws, self.limit, self.tolerance, self.time_limit
        )

    def _weight(self) -> float | str:
        return self.beta

    def _train(self, x: Floats, columns: Floats, weights: Vector, settings: Settings) -> None:
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        last = getattr(self, "_found", None) if self.warm_start else None
        rows = weighted_rows(self._rows(x), columns, weights)
        found = fit_outputs(
            rows.x, rows.targets, settings, seed, progress=self._report, last=last, weights=rows.weights
        )
        self._report(f"{found.method}, {found.status}: the objective is at most {text_above(found.upper, 8)}")
        self.method_, self.status_ = found.method, found.status
        self.upper_ = float_above(found.upper)
        self.lower_ = float("nan") if found.lower is None else float_below(found.lower)
        self.gap_ = (
            float("nan") if found.lower is None else float_above((found.upper - found.lower) / (found.upper or 1))
        )
        self.draws_ = found.draws
        self.networks_ = found.networks
        self._found = found
        self._layers = [matrices(network, x.shape[1] + bool(self.fit_bias)) for network in found.networks]
        if found.reason is not None:
            hint = "raise time_limit, limit or tolerance, or take method='sampled' if an upper bound is enough"
            warn(f"{type(self).__name__}: {found.reason}; {hint}", InexactFitWarning, stacklevel=3)

    def _outputs(self, X: Any) -> Floats:
        """Compute all outputs in floating point, n x k."""
        check_is_fitted(self)
        x = self._rows(validate_data(self, X, dtype=np.float64, reset=False))
        columns = [np.maximum(np.maximum(x @ a.T, 0) @ b.T, 0) @ c for a, b, c in self._layers]
        return np.stack(columns, axis=1)

    def _report(self, message: str) -> None:
        if self.verbose:
            print(f"[{type(self).__name__}] {message}", flush=True)

    def _rows(self, x: Floats) -> Floats:
        return np.hstack([x, np.ones((len(x), 1))]) if self.fit_bias else x


class ConvexReLURegressor(RegressorMixin, _ConvexReLU):  # type: ignore[misc]
    """Three-layer ReLU networks for regression, one output for each column of targets.

    The loss is "squared", 1/2 (f - y)^2, or "huber" or "huber:THRESHOLD", summed over the rows, each times its
    `sample_weight`.
    """

    _LOSSES = ("squared", "huber")

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "ConvexReLURegressor":
        """Train one network for each column of targets.

        Args:
            X: n x d finite numbers.
            y: n targets, or n x k for k outputs.
            sample_weight: n numbers of at least 0, read exactly; a row of weight 2 counts as two equal rows, one of
                weight 0 is left out. None if every row counts once.

        Returns:
            The estimator itself.

        Raises:
            ValueError: parameters or data that cannot be used.
            SolverError: the solver returned no point.

        Example:
            >>> model = ConvexReLURegressor(width=1, beta=0.5, fit_bias=False).fit([[1.0], [-1.0]], [1.0, 1.0])
            >>> model.status_, round(model.upper_, 6), model.predict([[1.0], [2.0]]).round(4).tolist()
            ('optimal', 0.75, [0.5, 1.0])
        """
        settings = self._settings()
        x, targets = validate_data(self, X, y, dtype=np.float64, multi_output=True, y_numeric=True)
        targets = np.asarray(targets, np.float64)
        self._single = targets.ndim == 1
        weights = sample_weights(_check_sample_weight(sample_weight, x, dtype=np.float64))
        self._train(x, targets.reshape(len(targets), -1), weights, settings)
        return self

    def predict(self, X: Any) -> Floats:
        """Compute the outputs in floating point.

        Args:
            X: n x d finite numbers.

        Returns:
            n numbers, or n x k where the targets had two axes.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data that cannot be used.
        """
        outputs = self._outputs(X)
        return outputs[:, 0] if self._single else outputs

    def _more_tags(self) -> dict[str, bool]:  # before scikit-learn 1.6
        return {"multioutput": True}

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags


class ConvexReLUClassifier(ClassifierMixin, _ConvexReLU):  # type: ignore[misc]
    """Three-layer ReLU networks for classes: one output for two classes, and one a class for more.

    The loss is "logistic", "hinge" or "squared", of labels -1 and 1 at each output, summed over the rows, each times
    its `sample_weight` and the weight of its class. `classes_` are the classes, sorted; of two, the second is where the
    output is above 0.
    """

    _LOSSES = ("logistic", "hinge", "squared")
    _DOCUMENTED = with_class_weight(_PARAMETERS)

    def __init__(
        self,
        width: int | str = 2,
        beta: float | str = 0.1,
        loss: str = "logistic",
        fit_bias: bool = True,
        method: str = "auto",
        draws: int = 200,
        limit: int = LIMIT,
        tolerance: float | str = 1e-8,
        random_state: Any = None,
        time_limit: float | None = TIME_LIMIT,
        verbose: int = 0,
        warm_start: bool = False,
        class_weight: Any = None,
    ) -> None:
        super().__init__(
            width,
            beta,
            loss,
            fit_bias,
            method,
            draws,
            limit,
            tolerance,
            random_state,
            time_limit,
            verbose,
            warm_start,
        )
        self.class_weight = class_weight

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "ConvexReLUClassifier":
        """Train one network for two classes, or one network a class for more.

        Args:
            X: n x d finite numbers.
            y: n classes, numbers or text, at least two different ones.
            sample_weight: n numbers of at least 0, read exactly; a row of weight 2 counts as two equal rows, one of
                weight 0 is left out. None if every row counts once.

        Returns:
            The estimator itself.

        Raises:
            ValueError: parameters or data that cannot be used, or one class only.
            SolverError: the solver returned no point.

        Example:
            >>> x, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], ["no", "yes", "yes", "no"]  # exclusive or
            >>> model = ConvexReLUClassifier(width=2, beta=0.05, loss="hinge").fit(x, y)
            >>> model.status_, model.predict(x).tolist()
            ('optimal', ['no', 'yes', 'yes', 'no'])
        """
        settings = self._settings()
        x, labels = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(labels)
        weights = sample_weights(_check_sample_weight(sample_weight, x, dtype=np.float64))
        classes, codes = np.unique(labels, return_inverse=True)
        weights = class_weights(self.class_weight, classes.tolist(), codes, weights)
        self.classes_ = classes[sorted({k for k, w in zip(codes.tolist(), weights, strict=True) if w})]
        if len(self.classes_) < 2:
            raise InputError(f"y has one class only, {_only(classes, self.classes_)}; there is nothing to tell apart")
        own = self.classes_[len(self.classes_) == 2 :]
        self._train(x, np.where(labels[:, None] == own, 1.0, -1.0), weights, settings)
        return self

    def decision_function(self, X: Any) -> Floats:
        """Compute the outputs in floating point.

        Args:
            X: n x d finite numbers.

        Returns:
            n numbers for two classes, above 0 for the second; n x k for k > 2.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data that cannot be used.
        """
        outputs = self._outputs(X)
        return outputs[:, 0] if outputs.shape[1] == 1 else outputs

    def predict(self, X: Any) -> Any:
        """Predict the classes: by the sign of the output for two, by the largest output for more.

        Args:
            X: n x d finite numbers.

        Returns:
            n classes.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data that cannot be used.
        """
        return self._classes(self._outputs(X))

    @if_logistic
    def predict_proba(self, X: Any) -> Floats:
        """Compute probabilities by the logistic function of the outputs, made to sum to 1 for more than two classes.

        Only with the logistic loss.

        Args:
            X: n x d finite numbers.

        Returns:
            n x k numbers for k classes.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data that cannot be used.
        """
        return probabilities(self._outputs(X))

    def _classes(self, outputs: Floats) -> Any:
        return self.classes_[outputs.argmax(axis=1) if outputs.shape[1] > 1 else (outputs[:, 0] > 0).astype(np.intp)]


def probabilities(outputs: Floats) -> Floats:
    """Compute the probabilities of classes by the logistic function of the outputs, n x k.

    Args:
        outputs: n x 1 for two classes, n x k for k > 2.

    Example:
        >>> probabilities(np.zeros((1, 1))).tolist(), probabilities(np.zeros((1, 4))).tolist()
        ([[0.5, 0.5]], [[0.25, 0.25, 0.25, 0.25]])
    """
    if outputs.shape[1] == 1:
        return np.hstack([expit(-outputs), expit(outputs)])
    logs = -np.logaddexp(0, -outputs)
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _only(classes: Any, kept: Any) -> str:
    """The class of all rows; or of those whose weight is not 0."""
    some = len(kept) < len(classes)
    return f"{kept[0]}{', among the rows of weight above zero' * some}"
