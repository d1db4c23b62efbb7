"""The estimators that choose beta along a proven path: scikit-learn's checks, and every number from another way."""

import json
import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LassoCV
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from support.sklearn_checks import checks, may_be_inexact

from arrangements.errors import InputError
from convex import Problem, solve, solve_outputs, solve_path
from convex.problem.class_coding import coded
from convex.problem.losses import read_loss
from multilayer import checker
from multilayer.estimators import (
    ConvexReLUClassifierCV,
    ConvexReLURegressor,
    ConvexReLURegressorCV,
    InexactFitWarning,
)
from multilayer.estimators.path_fitting import default_betas, fit_path
from multilayer.estimators.settings import Settings

X = np.array([[0.0], [0.25], [0.5], [0.75], [1.0], [1.25], [1.5], [1.75]])
Y = np.abs(X[:, 0] - 0.75) + np.array([0.1, -0.1, 0.05, 0.0, -0.05, 0.1, 0.0, -0.1])
LABELS = np.array(["b", "a", "b", "b", "a", "a", "b", "a"])
BETAS = (0.01, 1)
QUICK = [
    ConvexReLURegressorCV(draws=6, time_limit=0.5, cv=2),
    ConvexReLUClassifierCV(draws=6, time_limit=0.5, cv=2, loss="squared"),
]
small_classes = pytest.mark.filterwarnings("ignore:The least populated class in y:UserWarning")


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


@pytest.mark.slow
@may_be_inexact
@small_classes
@checks(QUICK, fast=False)
def test_all_other_checks_of_scikit_learn(estimator, check):
    check(estimator)


@may_be_inexact
@small_classes
@checks(QUICK, fast=True)
def test_fast_checks_of_scikit_learn(estimator, check):
    check(estimator)


@pytest.fixture(scope="module")
def model():
    return ConvexReLURegressorCV(width=2, betas=BETAS, cv=4).fit(X, Y)


def test_predictions_at_a_knot_are_those_of_its_network(model):
    """The networks of a path that is solved here, evaluated in fractions."""
    path = solve_path([Problem.read(with_ones(X), Y, 1)], 2, ("0.01", 1), tolerance="0.01")
    assert [knot.beta for knot in path.knots] == [knot.beta for knot in model.path_.knots]
    new = np.array([[0.3], [-1.0], [2.5]])
    rows = [tuple(map(Fraction, row)) for row in with_ones(new)]
    for knot in path.knots:
        networks = [solution.network for solution in knot.solution.solutions]
        best = min(path.knots, key=lambda other: other.line.at(knot.beta)).solution.solutions[0].network
        assert best.objective(Problem.read(with_ones(X), Y, knot.beta)) <= knot.solution.upper
        assert path.networks_at(knot.beta) in ((best,), tuple(networks))
        exact = [float(f) for f in path.networks_at(knot.beta)[0].predict(rows)]
        assert np.allclose(model.predict(new, beta=str(knot.beta)), exact, rtol=1e-12, atol=1e-12)
    assert np.array_equal(model.predict(new), model.predict(new, beta=str(model._beta)))


@pytest.mark.parametrize("beta", ["0.01", "0.013", "0.2", "0.77", "1"])
def test_bounds_at_any_beta_are_those_of_a_solve(model, beta):
    known = solve(Problem.read(with_ones(X), Y, beta), 2)
    assert model.path_.lower_at(beta) <= known.upper
    assert known.lower <= model.path_.upper_at(beta) <= known.upper * Fraction(102, 100)
    cost = ((model.predict(X, beta=beta) - Y) ** 2).sum() / 2
    penalty = float(sum(network.penalty for network in model.path_.networks_at(beta)))
    assert cost + float(beta) * penalty == pytest.approx(float(model.path_.upper_at(beta)))


def test_the_attributes_are_about_beta(model):
    assert (model.method_, model.status_, model.draws_) == ("exact", "optimal", 0)
    assert model.path_.complete
    assert model.beta_ in model.betas_
    assert (model.betas_[0], model.betas_[-1]) == BETAS
    assert model.lower_ <= model.upper_
    assert 0 <= model.gap_ <= 0.01
    assert model.upper_ == pytest.approx(float(model.path_.upper_at(model._beta)))
    assert model.lower_ == pytest.approx(float(model.path_.lower_at(model._beta)))
    assert model.cv_losses_.shape == (len(model.betas_), 4)


def test_cross_validation_by_hand(model):
    """The losses of rows that were held out, from estimators of one beta and from paths of this test's own."""
    folds = list(KFold(4).split(X))
    expected = np.zeros((len(model.betas_), 4))
    for k, (kept, rest) in enumerate(folds):
        path = solve_path([Problem.read(with_ones(X[kept]), Y[kept], 1)], 2, ("0.01", 1), tolerance="0.01")
        for j, knot in enumerate(model.path_.knots):
            (network,) = path.networks_at(knot.beta)
            f = network.predict([tuple(map(Fraction, row)) for row in with_ones(X[rest])])
            expected[j, k] = np.mean([(float(a) - b) ** 2 / 2 for a, b in zip(f, Y[rest], strict=True)])
    assert np.allclose(model.cv_losses_, expected)
    means = expected.mean(axis=1)
    assert means[model.betas_.tolist().index(model.beta_)] == pytest.approx(means.min())


def test_of_betas_with_the_same_loss_the_largest_is_chosen():
    """No network answers these targets but 0 at any of these betas, in no fold."""
    model = ConvexReLURegressorCV(width=1, betas=(50, 100), cv=2).fit(X, Y)
    assert np.ptp(model.cv_losses_.mean(axis=1)) == 0
    assert model.beta_ == 100
    assert model.predict(X).tolist() == [0] * len(X)


def test_a_given_beta_is_a_knot_and_needs_no_folds():
    model = ConvexReLURegressorCV(width=1, betas=BETAS, beta=0.07, cv="nonsense").fit(X, Y)
    assert (model.beta_, model.cv_losses_) == (0.07, None)
    assert 0.07 in model.betas_
    single = ConvexReLURegressor(width=1, beta=0.07).fit(X, Y)
    assert model.lower_ <= single.upper_
    assert single.lower_ <= model.upper_ <= single.upper_ * 1.02


@may_be_inexact
@pytest.mark.parametrize("loss", ["logistic", "hinge", "squared"])
@pytest.mark.parametrize("labels", [LABELS, np.array([3, 1, 2, 3, 1, 2, 1, 3])], ids=["two", "three"])
def test_classes(loss, labels):
    model = ConvexReLUClassifierCV(width=1, loss=loss, betas=(0.1, 2), beta=0.3, tolerance=0.05, time_limit=None)
    model.fit(X, labels)
    assert model.classes_.tolist() == sorted(set(labels.tolist()))
    problems = [Problem.read(with_ones(X), y, "0.3", read_loss(loss)) for y in coded(labels.tolist()).columns]
    known = solve_outputs(problems, 1)
    assert model.lower_ <= float(known.upper) + 1e-12
    assert float(known.lower) <= model.upper_ + 1e-12
    f = model.decision_function(X, beta="0.3")
    if len(model.classes_) == 2:
        assert np.array_equal(model.predict(X), model.classes_[(f > 0).astype(int)])
    else:
        assert np.array_equal(model.predict(X, beta=0.3), model.classes_[f.argmax(axis=1)])
    if loss == "logistic":
        assert np.allclose(model.predict_proba(X).sum(axis=1), 1)
        assert np.array_equal(model.predict_proba(X), model.predict_proba(X, beta=0.3))
    else:
        assert not hasattr(model, "predict_proba")


def test_classes_are_in_every_fold():
    model = ConvexReLUClassifierCV(width=1, loss="hinge", betas=(0.1, 2), cv=2, tolerance=0.1).fit(X, LABELS)
    assert model.cv_losses_.shape == (len(model.betas_), 2)
    assert np.isfinite(model.cv_losses_).all()
    assert model.beta_ in model.betas_


def test_several_outputs():
    targets = np.stack([Y, -Y], axis=1)
    model = ConvexReLURegressorCV(width=1, betas=(0.1, 1), cv=2, tolerance=0.05).fit(X, targets)
    known = solve_outputs([Problem.read(with_ones(X), y, model._beta) for y in targets.T], 1)
    assert model.predict(X).shape == (len(X), 2)
    assert model.path_.lower_at(model._beta) <= known.upper
    assert known.lower <= model.path_.upper_at(model._beta)


@pytest.mark.parametrize("beta", [None, 0.07])
def test_the_certificate_is_accepted(tmp_path, beta):
    model = ConvexReLURegressorCV(width=1, betas=BETAS, beta=beta, cv=2, tolerance=0.05).fit(X, Y)
    content = pickle.loads(pickle.dumps(model)).certificate()
    assert Fraction(content["input"]["beta"]) == model._beta
    assert Fraction(content["claim"]["upper"]) == model.path_.upper_at(model._beta)
    (tmp_path / "c.json").write_text(json.dumps(content))
    run = subprocess.run([sys.executable, checker.__file__, str(tmp_path / "c.json")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_nothing_to_certify():
    with pytest.raises(NotFittedError):
        ConvexReLURegressorCV().certificate()
    with pytest.raises(NotFittedError):
        ConvexReLURegressorCV().predict(X)
    drawn = ConvexReLURegressorCV(method="sampled", draws=2, beta=0.1, betas=BETAS, random_state=0).fit(X, Y)
    with pytest.raises(InputError, match="sampled"):
        drawn.certificate()


def test_draws_are_upper_bounds():
    options = {"width": 1, "betas": BETAS, "cv": 2, "random_state": 0}
    exact = ConvexReLURegressorCV(**options).fit(X, Y)
    drawn = ConvexReLURegressorCV(method="sampled", draws=5, **options).fit(X, Y)
    assert (drawn.method_, drawn.status_, drawn.draws_, drawn.path_) == ("sampled", "upper-bound", 5, None)
    assert np.isnan(drawn.lower_)
    assert (drawn.betas_[0], drawn.betas_[-1], len(drawn.betas_)) == (0.01, 1, 8)
    assert drawn.upper_ >= float(exact.path_.lower_at(drawn._beta))
    assert np.array_equal(clone(drawn).fit(X, Y).predict(X), drawn.predict(X))
    given = ConvexReLURegressorCV(method="sampled", draws=5, beta="1/3", **options).fit(X, Y)
    assert 1 / 3 in given.betas_
    cost = given.networks_[0].objective(Problem.read(with_ones(X), Y, "1/3"))
    assert given.upper_ == pytest.approx(float(cost))


def test_auto_draws_where_the_regions_are_too_many():
    x = np.random.default_rng(0).standard_normal((30, 3))
    with pytest.warns(InexactFitWarning, match="the first layer has more than"):
        model = ConvexReLURegressorCV(width=1, draws=1, cv=2, random_state=0, time_limit=1).fit(x, x[:, 0])
    assert (model.method_, model.draws_) == ("sampled", 1)


def test_a_limit_leaves_a_gap_and_warns():
    with pytest.warns(InexactFitWarning, match="a relative gap of .* is left at beta"):
        model = ConvexReLURegressorCV(limit=1, betas=BETAS, beta=0.1, method="exact", tolerance=1e-4).fit(X, Y)
    assert (model.method_, model.status_) == ("exact", "gap-above-tolerance")
    assert not model.path_.complete


def test_rows_that_are_all_zero():
    model = ConvexReLURegressorCV(fit_bias=False, cv=2).fit(np.zeros((4, 3)), [1.0, 2.0, 0.0, 1.0])
    assert (model.status_, model.upper_, model.lower_, model.path_) == ("optimal", 3.0, 3.0, None)
    assert model.predict(np.ones((4, 3))).tolist() == [0.0] * 4
    with pytest.raises(InputError, match="no proof"):
        model.certificate()


@pytest.mark.parametrize("loss", ["squared", "huber:1/2", "hinge", "logistic"])
def test_from_the_end_of_the_default_interval_on_the_empty_network_is_optimal(loss):
    y = np.where(Y.mean() < Y, 1.0, -1.0)
    low, high = default_betas(with_ones(X), [y.tolist()], read_loss(loss))
    assert low == high / 1000
    problem = Problem.read(with_ones(X), y, high, read_loss(loss))
    nothing = sum(problem.loss.value(Fraction(0), a) for a in problem.y)
    found = solve(problem, None, tolerance="1e-9")
    assert found.lower >= nothing * (1 - Fraction(1, 10**8))


def test_targets_that_are_all_zero():
    assert default_betas(X, [[0.0] * len(X)], read_loss("squared")) == (Fraction(1, 1000), 1)
    model = ConvexReLURegressorCV(width=1, cv=2).fit(X, np.zeros(len(X)))
    assert (model.upper_, model.beta_) == (0, 1)


def test_a_path_on_arrays_trains_at_the_beta_that_is_given():
    settings = Settings.read(read_loss("squared"), 1, 1, "exact", 1, 1000, 0.1)
    found = fit_path(with_ones(X), [Y.tolist()], settings, (Fraction(1, 10), Fraction(1)), also=Fraction(1, 7))
    assert Fraction(1, 7) in found.betas
    (network,) = found.networks_at(Fraction(1, 7))
    assert network.objective(Problem.read(with_ones(X), Y, "1/7")) == found.upper_at(Fraction(1, 7))


@pytest.mark.parametrize(
    "parameters",
    [
        {"width": 0},
        {"betas": 1},
        {"betas": "ab"},
        {"betas": (1, 0.1)},
        {"betas": (0, 1)},
        {"betas": (0.1,)},
        {"betas": (0.1, "much")},
        {"beta": 0},
        {"beta": 5, "betas": (0.1, 1)},
        {"beta": "much"},
        {"tolerance": -1e-3},
        {"tolerance": 0, "method": "exact"},
        {"draws": 0},
        {"limit": 0},
        {"time_limit": -1},
        {"verbose": "yes"},
        {"fit_bias": 2},
        {"method": "guess"},
        {"loss": "hinge"},
    ],
)
def test_parameters_that_mean_nothing(parameters):
    with pytest.raises(InputError, match=next(iter(parameters))):
        ConvexReLURegressorCV(**parameters).fit(X, Y)


@pytest.mark.parametrize("cv", [1, 9, "five", [], [(np.arange(8), np.arange(0))]])
def test_folds_that_mean_nothing(cv):
    with pytest.raises(ValueError, match=r"cv|fold|splits"):
        ConvexReLURegressorCV(cv=cv).fit(X, Y)


@pytest.mark.parametrize("beta", [2, 0.001, "x", [1], float("nan")])
def test_a_beta_outside_of_the_interval_is_refused(model, beta):
    with pytest.raises(ValueError, match="beta"):
        model.predict(X, beta=beta)


def test_verbose_prints_what_is_going_on(capsys):
    ConvexReLURegressorCV(width=1, betas=(0.5, 1), cv=2, verbose=1).fit(X, Y)
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("[ConvexReLURegressorCV] ") for line in lines)
    assert any("fold 2 of 2" in line for line in lines)
    assert "exact, optimal: beta " in lines[-1]


def test_every_fitted_attribute_is_documented(model):
    for name in vars(model):
        if name.endswith("_") and not name.startswith("_"):
            assert name in type(model).__doc__
    for estimator in QUICK:
        for name in estimator.get_params():
            assert f"        {name}: " in type(estimator).__doc__
        assert "warm_start" not in type(estimator).__doc__


def test_it_is_used_as_other_estimators_that_choose_their_penalty():
    """Parameters and attributes have the roles of those of scikit-learn's `LassoCV`."""
    ours, theirs = ConvexReLURegressorCV(width=1, cv=2, betas=(0.1, 1)), LassoCV(cv=2, alphas=3)
    for each in (ours, theirs):
        pipeline = make_pipeline(StandardScaler(), each).fit(X, Y)
        assert pipeline.predict(X).shape == Y.shape
        assert np.isfinite(cross_val_score(clone(each), X, Y, cv=2)).all()
    search = GridSearchCV(ConvexReLURegressorCV(cv=2, betas=(0.3, 1)), {"width": [1, 2]}, cv=2).fit(X, Y)
    assert search.best_params_["width"] in (1, 2)
