"""Estimators for scikit-learn that choose beta: `ConvexReLURegressorCV` and `ConvexReLUClassifierCV`.

    from multilayer.estimators import ConvexReLURegressorCV
    model = ConvexReLURegressorCV(width=2).fit(X, y)
    model.beta_, model.predict(X), model.predict(X, beta=0.5), model.path_.lower_at("0.5")

As scikit-learn's `LassoCV` does along its path, they train for every beta of an interval, choose one by
cross-validation, and keep the path. Here the path is proven: `path_` is a `convex.BetaPath` with curves below and above
the optimum at every beta of the interval (`multilayer.estimators.path_fitting`).
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from time import perf_counter
from typing import Any, ClassVar
from warnings import warn

import numpy as np

from arrangements.errors import InputError, shown
from arrangements.exact.directed_rounding import float_above, float_below, text_above, text_below
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from arrangements.proofs.cell_certificates import Json
from convex.paths.beta_path import read_interval
from convex.proofs.optimum_certificate import certificate_json
from multilayer.estimators.path_fitting import (
    Indices,
    Interval,
    PathFit,
    default_betas,
    fit_path,
    outputs_of,
    validation_losses,
)
from multilayer.estimators.row_weights import WeightedRows, weighted_rows
from multilayer.estimators.settings import LIMIT, Settings, decimal
from multilayer.estimators.sklearn_api import (
    ConvexReLUClassifier,
    ConvexReLURegressor,
    InexactFitWarning,
    certificate_names,
    if_logistic,
    probabilities,
    with_class_weight,
)
from multilayer.estimators.sklearn_parts import (
    BaseEstimator,
    check_cv,
    check_is_fitted,
    check_random_state,
    is_classifier,
    validate_data,
)

TIME_LIMIT = 60.0  # seconds

_PARAMETERS = """
    Args:
        width: neurons allowed in the first layer of one sub-network, or "unlimited". Draws for unlimited width have 4.
        betas: the interval of the weight of the penalty, two numbers above 0, the smaller one first; floats are read as
            the decimals that their repr spells. None for an interval that ends where the empty network is optimal,
            sum_i |y_i| ||x_i|| for the squared loss, and begins at a thousandth of that.
        beta: the beta to predict with, inside the interval; None to choose it by cross-validation.
        loss: see above.
        fit_bias: append a column of ones to the data. Its weights are penalised like all others.
        cv: folds of the cross-validation: a number, a splitter or an iterable of splits, as for `LassoCV`; None for 5.
        method: "exact" proves the curves and may take long. "sampled" draws sub-networks at random at eight betas, and
            proves nothing. "auto" is exact where `time_limit` is enough for it, and draws elsewhere.
        draws: sub-networks drawn for each output and beta, as in `ConvexReLURegressor`.
        limit: steps of each exact search for each output.
        tolerance: largest relative gap between the curves that is asked for; a float is read like betas.
        random_state: of the draws, and nothing else.
        time_limit: seconds for all paths of "auto", one for the data and one for each fold; None for any time. A path
            is begun where the regions allow ten searches in its share. What it proved by then is kept.
        verbose: 1 prints what is going on, 0 nothing.

    Attributes:
        beta_: the beta that was chosen or given.
        betas_: the betas that were compared, those where the path has a knot (or where sub-networks were drawn).
        cv_losses_: weighted mean loss of the rows that were held out, for each of `betas_` and each fold; None where
            beta was given. The smallest mean over the folds is chosen; of several, that of the largest beta.
        path_: the proven curves, a `convex.BetaPath`, with a certified optimum at each knot; None after draws, or where
            all rows are zero.
        method_: "exact" or "sampled".
        status_: "optimal" where the curves are within the tolerance, "gap-above-tolerance" where they are not, and
            "upper-bound" after draws.
        upper_: objective of the networks at `beta_`, summed over the outputs.
        lower_: proven lower bound on it for every network of this width; nan after draws.
        gap_: upper_ - lower_ relative to upper_, proven; nan after draws.
        draws_: draws made for each output and beta; 0 after an exact search.
        networks_: at `beta_`, one `convex.Network` for each output; the ones are the last column.
        n_features_in_: columns of the data that was fitted, without the ones.
        feature_names_in_: their names, where they all are text.

    Warns:
        InexactFitWarning: method "exact" or "auto", and the curves are not proven within the tolerance.
"""


class _AlongPath(BaseEstimator):  # type: ignore[misc]
    """The common part of both estimators; `_PARAMETERS` is appended to the docstring of each."""

    _DOCUMENTED: ClassVar[str] = _PARAMETERS

    def certificate(self) -> Json:
        """Make the certificate of the optimum at `beta_`, as one JSON object; `multilayer verify` checks it.

        The data in it has the column of ones, where one was appended. Where rows are repeated or weighted, each
        different row stands once, with its weight in all.

        Raises:
            NotFittedError: there was no fit.
            InputError: the fit proved nothing: its networks come from draws, or every row of the data is zero.
        """
        check_is_fitted(self)
        if self.path_ is None:
            raise InputError(f"there is no proof to write: the fit is {self.method_} ({self.status_})")
        from multilayer.pipeline.certificates import SOFTWARE

        (knot,) = (knot for knot in self.path_.knots if knot.beta == self._beta)
        solutions = [
            replace(solution, network=network, upper=network.objective(solution.problem), blocks=())
            for solution, network in zip(knot.solution.solutions, self.networks_, strict=True)
        ]
        names = ("width", "loss", "tolerance")
        parameters = {name: str(getattr(self, name)) for name in names}
        parameters |= {"beta": str(self._beta)}
        return certificate_json(solutions, SOFTWARE, parameters, names=certificate_names(self))

    def _weight(self) -> float | str:
        return 1  # there is one for each search

    def _train(self, x: Floats, columns: Floats, weights: Vector, settings: Settings) -> None:
        rows = self._rows(x)
        everything = weighted_rows(rows, columns, weights)
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        betas = (
            default_betas(everything.x, everything.targets, settings.loss, everything.weights)
            if self.betas is None
            else self._interval()
        )
        given = None if self.beta is None else self._inside(self.beta, betas)
        folds = self._folds(rows, columns, weights) if given is None else []
        ends = None if settings.seconds is None else perf_counter() + settings.seconds

        def share(left: int) -> Settings:
            return settings if ends is None else replace(settings, seconds=max((ends - perf_counter()) / left, 1e-3))

        def path(own: WeightedRows, left: int, also: Fraction | None = None) -> PathFit:
            told, settings = self._report, share(left)
            return fit_path(own.x, own.targets, settings, betas, seed, also=also, progress=told, weights=own.weights)

        found = path(everything, 1 + len(folds), given)
        reasons = [found.reason]
        self.cv_losses_, beta = None, given
        if beta is None:
            parts = []
            for k, (kept, _) in enumerate(folds):
                self._report(f"fold {k + 1} of {len(folds)}")
                own = weighted_rows(rows[kept], columns[kept], tuple(weights[i] for i in kept))
                parts.append(path(own, len(folds) - k))
            reasons += [part.reason for part in parts]
            held_out = [rest for _, rest in folds]
            self.cv_losses_ = validation_losses(parts, rows, columns, held_out, settings.loss, found.betas, weights)
            means = self.cv_losses_.mean(axis=1)
            beta = found.betas[len(means) - 1 - int(means[::-1].argmin())]
        self._interval_of_fit, self._path_fit, self._beta = betas, found, beta
        self.beta_, self.betas_ = float(beta), np.array([float(beta) for beta in found.betas])
        self.path_, self.method_, self.draws_ = found.path, found.method, found.draws
        self.networks_ = found.networks_at(beta)
        upper, lower = found.upper_at(beta), found.lower_at(beta)
        self.upper_ = float_above(upper)
        self.lower_ = float("nan") if lower is None else float_below(lower)
        self.gap_ = float("nan") if lower is None else float_above((upper - lower) / (upper or 1))
        missing = next((reason for reason in reasons if reason is not None), None)
        exact = "optimal" if found.reason is None else "gap-above-tolerance"
        self.status_ = exact if found.method == "exact" else "upper-bound"
        self._report(
            f"{self.method_}, {self.status_}: beta {self.beta_:.6g}, the objective at most {text_above(upper, 8)}"
        )
        if missing is not None:
            hint = "raise time_limit, limit or tolerance, or take method='sampled' if upper bounds are enough"
            warn(f"{type(self).__name__}: {missing}; {hint}", InexactFitWarning, stacklevel=4)

    def _folds(self, rows: Floats, columns: Floats, weights: Vector) -> list[tuple[Indices, Indices]]:
        labels = columns[:, 0] > 0 if columns.shape[1] == 1 else columns.argmax(axis=1)
        splitter = check_cv(self.cv, labels if is_classifier(self) else columns[:, 0], classifier=is_classifier(self))
        folds = list(splitter.split(rows, labels if is_classifier(self) else columns[:, 0]))
        if not folds or any(not len(part) for fold in folds for part in fold):
            raise InputError(
                f"cv is {shown(self.cv)}; each of its folds, one at least, needs rows to train on and to hold out"
            )
        folds = [(np.arange(len(rows))[kept], np.arange(len(rows))[rest]) for kept, rest in folds]  # masks as indices
        if any(not any(weights[i] for i in part) for fold in folds for part in fold):
            raise InputError(
                f"cv is {shown(self.cv)}: in one of its folds all weights of rows are zero, in what it trains on or in "
                "what it holds out"
            )
        return folds

    def _interval(self) -> Interval:
        betas = self.betas
        if isinstance(betas, Sequence | np.ndarray) and not isinstance(betas, str) and len(betas) == 2:
            return read_interval((decimal(betas[0], "betas"), decimal(betas[1], "betas")))
        raise InputError(f"betas is {shown(betas)}; give the two ends of an interval, or None")

    def _inside(self, beta: Any, betas: Interval) -> Fraction:
        exact = decimal(beta, "beta")
        if not betas[0] <= exact <= betas[1]:
            raise InputError(
                f"beta is {shown(beta)}, outside of the interval from {text_below(betas[0])} to {text_above(betas[1])}"
                "; give betas a larger one"
            )
        return exact

    def _outputs(self, X: Any, beta: Any = None) -> Floats:
        """Compute all outputs in floating point, n x k."""
        check_is_fitted(self)
        networks = self.networks_
        if beta is not None:
            networks = self._path_fit.networks_at(self._inside(beta, self._interval_of_fit))
        return outputs_of(networks, self._rows(validate_data(self, X, dtype=np.float64, reset=False)))


class ConvexReLURegressorCV(_AlongPath, ConvexReLURegressor):
    """Three-layer ReLU networks for regression over an interval of beta, of which one is chosen by cross-validation.

    The loss is "squared", 1/2 (f - y)^2, or "huber" or "huber:THRESHOLD", summed over the rows and outputs, each row
    times its `sample_weight`; cross-validation weighs alike.
    """

    def __init__(
        self,
        width: int | str = 2,
        betas: Any = None,
        beta: float | str | None = None,
        loss: str = "squared",
        fit_bias: bool = True,
        cv: Any = None,
        method: str = "auto",
        draws: int = 20,
        limit: int = LIMIT,
        tolerance: float | str = 0.01,
        random_state: Any = None,
        time_limit: float | None = TIME_LIMIT,
        verbose: int = 0,
    ) -> None:
        self.width = width
        self.betas = betas
        self.beta = beta  # type: ignore[assignment]
        self.loss = loss
        self.fit_bias = fit_bias
        self.cv = cv
        self.method = method
        self.draws = draws
        self.limit = limit
        self.tolerance = tolerance
        self.random_state = random_state
        self.time_limit = time_limit
        self.verbose = verbose

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "ConvexReLURegressorCV":
        """Train networks for every beta of the interval, and choose beta.

        Args:
            X: n x d finite numbers.
            y: n targets, or n x k for k outputs.
            sample_weight: n numbers of at least 0, as for `ConvexReLURegressor`.

        Returns:
            The estimator itself.

        Raises:
            ValueError: parameters or data that cannot be used.
            SolverError: the solver returned no point.

        Example:
            >>> x = [[0.0], [0.25], [0.5], [0.75], [1.0], [1.25]]
            >>> y = [1.0, 0.5, 0.0, 0.5, 1.0, 1.5]  # twice the distance from 1/2
            >>> model = ConvexReLURegressorCV(width=1, cv=3).fit(x, y)
            >>> model.method_, model.status_, model.gap_ <= 0.01, model.beta_ in model.betas_
            ('exact', 'optimal', True, True)
            >>> float(model.path_.lower_at("0.1")) <= float(model.path_.upper_at("0.1"))
            True
        """
        super().fit(X, y, sample_weight)
        return self

    def predict(self, X: Any, beta: Any = None) -> Floats:
        """Compute the outputs in floating point.

        Args:
            X: n x d finite numbers.
            beta: whose networks answer, inside the interval; None for `beta_`.

        Returns:
            n numbers, or n x k where the targets had two axes.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data or a beta that cannot be used.
        """
        outputs = self._outputs(X, beta)
        return outputs[:, 0] if self._single else outputs


class ConvexReLUClassifierCV(_AlongPath, ConvexReLUClassifier):
    """Three-layer ReLU networks for classes over an interval of beta, of which one is chosen by cross-validation.

    The loss is "logistic", "hinge" or "squared", of labels -1 and 1 at each output, summed over the rows, each times
    its `sample_weight` and the weight of its class; cross-validation weighs alike. `classes_` are the classes, sorted;
    there is one output for two classes, and one a class for more.
    """

    _DOCUMENTED = with_class_weight(_PARAMETERS)

    def __init__(
        self,
        width: int | str = 2,
        betas: Any = None,
        beta: float | str | None = None,
        loss: str = "logistic",
        fit_bias: bool = True,
        cv: Any = None,
        method: str = "auto",
        draws: int = 20,
        limit: int = LIMIT,
        tolerance: float | str = 0.01,
        random_state: Any = None,
        time_limit: float | None = TIME_LIMIT,
        verbose: int = 0,
        class_weight: Any = None,
    ) -> None:
        self.width = width
        self.betas = betas
        self.beta = beta  # type: ignore[assignment]
        self.loss = loss
        self.fit_bias = fit_bias
        self.cv = cv
        self.method = method
        self.draws = draws
        self.limit = limit
        self.tolerance = tolerance
        self.random_state = random_state
        self.time_limit = time_limit
        self.verbose = verbose
        self.class_weight = class_weight

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "ConvexReLUClassifierCV":
        """Train networks for every beta of the interval, and choose beta.

        Args:
            X: n x d finite numbers.
            y: n classes, numbers or text, at least two different ones.
            sample_weight: n numbers of at least 0, as for `ConvexReLUClassifier`.

        Returns:
            The estimator itself.

        Raises:
            ValueError: parameters or data that cannot be used, or one class only.
            SolverError: the solver returned no point.

        Example:
            >>> x, y = [[0.0], [0.25], [0.5], [1.0], [1.25], [1.5]], ["no", "no", "no", "yes", "yes", "yes"]
            >>> model = ConvexReLUClassifierCV(width=1, betas=(0.05, 1), cv=3, loss="hinge").fit(x, y)
            >>> model.status_, model.predict([[0.0], [2.0]]).tolist()
            ('optimal', ['no', 'yes'])
        """
        super().fit(X, y, sample_weight)
        return self

    def decision_function(self, X: Any, beta: Any = None) -> Floats:
        """Compute the outputs in floating point.

        Args:
            X: n x d finite numbers.
            beta: whose networks answer, inside the interval; None for `beta_`.

        Returns:
            n numbers for two classes, above 0 for the second; n x k for k > 2.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data or a beta that cannot be used.
        """
        outputs = self._outputs(X, beta)
        return outputs[:, 0] if outputs.shape[1] == 1 else outputs

    def predict(self, X: Any, beta: Any = None) -> Any:
        """Predict the classes: by the sign of the output for two, by the largest output for more.

        Args:
            X: n x d finite numbers.
            beta: whose networks answer, inside the interval; None for `beta_`.

        Returns:
            n classes.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data or a beta that cannot be used.
        """
        return self._classes(self._outputs(X, beta))

    @if_logistic
    def predict_proba(self, X: Any, beta: Any = None) -> Floats:
        """Compute probabilities by the logistic function of the outputs, made to sum to 1 for more than two classes.

        Only with the logistic loss.

        Args:
            X: n x d finite numbers.
            beta: whose networks answer, inside the interval; None for `beta_`.

        Returns:
            n x k numbers for k classes.

        Raises:
            NotFittedError: there was no fit.
            ValueError: data or a beta that cannot be used.
        """
        return probabilities(self._outputs(X, beta))
