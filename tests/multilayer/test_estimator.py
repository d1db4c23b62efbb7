"""The estimators for scikit-learn: its own checks, and the bounds that a fit states."""

import json
import pickle
import subprocess
import sys
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from support.sklearn_checks import checks, may_be_inexact

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import float_above, float_below
from convex.problem.class_coding import coded
from convex.problem.losses import read_loss
from convex.problem.training_problem import Problem
from convex.solving.certified_solve import solve
from convex.solving.separable_outputs import solve_outputs
from multilayer import checker
from multilayer.estimators import ConvexReLUClassifier, ConvexReLURegressor, InexactFitWarning
from multilayer.estimators.fitting import fit_outputs, reduced_draws
from multilayer.estimators.settings import Settings
from multilayer.estimators.time_budget import affordable_regions, budgeted_solve, too_large

X = np.array([[1.0, 2.0], [2.0, -1.0], [-1.0, 3.0], [-2.0, -1.0], [0.5, 0.25]])
Y = np.array([1.0, -1.0, 0.5, 2.0, 0.0])
LABELS = np.array(["b", "a", "b", "b", "a"])


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


QUICK = [ConvexReLURegressor(draws=6, time_limit=0.5), ConvexReLUClassifier(draws=16, time_limit=0.5)]


@pytest.mark.slow
@may_be_inexact
@checks(QUICK, fast=False)
def test_all_other_checks_of_scikit_learn(estimator, check):
    check(estimator)


@may_be_inexact
@checks(QUICK, fast=True)
def test_fast_checks_of_scikit_learn(estimator, check):
    check(estimator)


@pytest.mark.parametrize("width", [1, 2, "unlimited"])
def test_an_exact_regression_is_the_solution(width):
    model = ConvexReLURegressor(width=width).fit(X, Y)
    known = solve(Problem.read(with_ones(X), Y, "0.1"), None if width == "unlimited" else width)
    assert (model.method_, model.status_, model.draws_) == ("exact", "optimal", 0)
    assert (model.upper_, model.lower_) == (float_above(known.upper), float_below(known.lower))
    assert model.networks_ == (known.network,)


def test_the_solution_without_biases_and_with_the_huber_loss():
    model = ConvexReLURegressor(loss="huber:0.5", fit_bias=False, beta="1/20").fit(X, Y)
    known = solve(Problem.read(X, Y, "0.05", read_loss("huber:0.5")), 2)
    assert (model.upper_, model.lower_) == (float_above(known.upper), float_below(known.lower))


@pytest.mark.parametrize("loss", ["logistic", "hinge", "squared"])
@pytest.mark.parametrize("labels", [LABELS, np.array([3, 1, 2, 3, 1])], ids=["two", "three"])
def test_an_exact_classification_is_the_solution(loss, labels):
    model = ConvexReLUClassifier(width=1, loss=loss).fit(X, labels)
    columns = coded(labels.tolist()).columns
    known = solve_outputs([Problem.read(with_ones(X), y, "0.1", read_loss(loss)) for y in columns], 1)
    assert model.method_ == "exact"
    assert (model.upper_, model.lower_) == (float_above(known.upper), float_below(known.lower))
    assert model.classes_.tolist() == sorted(set(labels.tolist()))


def test_a_sample_is_an_upper_bound_and_never_optimal():
    exact = ConvexReLURegressor().fit(X, Y)
    drawn = ConvexReLURegressor(method="sampled", draws=20, random_state=0).fit(X, Y)
    assert (drawn.method_, drawn.status_, drawn.draws_) == ("sampled", "upper-bound", 20)
    assert np.isnan(drawn.lower_)
    assert drawn.upper_ >= exact.lower_
    again = clone(drawn).fit(X, Y)
    assert again.upper_ == drawn.upper_
    assert np.array_equal(again.predict(X), drawn.predict(X))


def test_predictions_are_the_networks():
    model = ConvexReLURegressor().fit(X, np.stack([Y, -Y], axis=1))
    new = np.array([[0.25, 4.0], [-3.0, 0.5], [0.0, 0.0]])
    rows = [tuple(map(Fraction, row)) for row in with_ones(new)]
    exact = np.array([[float(f) for f in network.predict(rows)] for network in model.networks_]).T
    assert model.predict(new).shape == (3, 2)
    assert np.allclose(model.predict(new), exact, rtol=1e-12, atol=1e-12)


def test_probabilities():
    model = ConvexReLUClassifier().fit(X, LABELS)
    f = model.decision_function(X)
    assert np.allclose(model.predict_proba(X)[:, 1], 1 / (1 + np.exp(-f)))
    assert np.array_equal(model.predict(X), model.classes_[(f > 0).astype(int)])
    three = ConvexReLUClassifier(width=1).fit(X, [3, 1, 2, 3, 1])
    assert np.allclose(three.predict_proba(X).sum(axis=1), 1)
    assert np.array_equal(three.predict_proba(X).argmax(axis=1), three.decision_function(X).argmax(axis=1))
    assert not hasattr(ConvexReLUClassifier(loss="hinge"), "predict_proba")


def test_the_certificate_is_accepted(tmp_path):
    model = ConvexReLURegressor().fit(X, np.stack([Y, Y + 1], axis=1))
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(pickle.loads(pickle.dumps(model)).certificate()))
    run = subprocess.run([sys.executable, checker.__file__, str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_nothing_to_certify():
    with pytest.raises(NotFittedError):
        ConvexReLURegressor().certificate()
    with pytest.raises(InputError, match="sampled"):
        ConvexReLURegressor(method="sampled", draws=5, random_state=0).fit(X, Y).certificate()


def test_rows_that_are_all_zero():
    model = ConvexReLURegressor(fit_bias=False).fit(np.zeros((2, 3)), [1.0, 2.0])
    assert (model.status_, model.upper_, model.lower_) == ("optimal", 2.5, 2.5)
    assert model.predict(np.ones((4, 3))).tolist() == [0.0] * 4
    with pytest.raises(InputError, match="no proof"):
        model.certificate()


def test_auto_draws_where_regions_rows_or_outputs_are_many():
    x = np.random.default_rng(0).standard_normal((30, 3))
    with pytest.warns(InexactFitWarning, match="more than 833 regions, too many for a time_limit of 10 seconds; raise"):
        model = ConvexReLURegressor(draws=300, random_state=0, fit_bias=False).fit(x, x[:, 0])
    assert (model.method_, model.draws_) == ("sampled", reduced_draws(300, 2, 30, 3))
    with pytest.warns(InexactFitWarning, match="a time_limit of 0.01 seconds"):
        model = ConvexReLURegressor(draws=3, random_state=0, time_limit=0.01).fit(X, np.outer(Y, range(1, 6)))
    assert (model.method_, model.status_, model.draws_) == ("sampled", "upper-bound", 3)
    assert np.isnan(model.gap_)


def test_what_time_affords():
    problems = [Problem.read(X, Y, "0.1")]
    assert affordable_regions(problems, 1) == 500
    assert affordable_regions(problems * 5, 1) == 100
    assert too_large(problems, None) is too_large(problems, 1) is None
    assert (
        too_large(problems, 0.01)
        == "the first layer has more than 5 regions, too many for a time_limit of 0.01 seconds"
    )


def balloons():
    """The balloons of Table 1 of the paper, 16 x 4, standardised to six digits, and their labels (UCI)."""
    x = np.array(list(product((0.968246, -0.968246), repeat=4)))
    return x, (x[:, 0] > 0) & (x[:, 1] < 0) | (x[:, 2] > 0) & (x[:, 3] > 0)


@pytest.mark.parametrize("width", ["unlimited", 7])
def test_balloons_are_exact(width):
    x, labels = balloons()
    model = ConvexReLURegressor(width=width, fit_bias=False, time_limit=300).fit(x, labels.astype(float))
    assert (model.method_, model.status_) == ("exact", "optimal")
    assert model.lower_ <= 0.18940204 + 1e-8
    assert round(model.upper_, 8) == 0.18940204


@pytest.mark.slow
def test_balloons_are_exact_for_classes():
    x, labels = balloons()
    model = ConvexReLUClassifier("unlimited", loss="squared", fit_bias=False, time_limit=600).fit(x, labels)
    assert (model.method_, model.status_, round(model.upper_, 8)) == ("exact", "optimal", 0.40102852)
    assert np.array_equal(model.predict(x), labels)


@pytest.mark.parametrize("method", ["exact", "auto"])
def test_a_limit_leaves_a_gap_and_warns(method):
    with pytest.warns(InexactFitWarning, match="limit of 1 steps ended the search, and a relative gap of"):
        model = ConvexReLURegressor(limit=1, method=method, draws=20, random_state=0).fit(X, Y)
    assert (model.method_, model.status_) == ("exact", "gap-above-tolerance")
    assert model.lower_ < model.upper_
    assert model.gap_ == pytest.approx(1 - model.lower_ / model.upper_)
    assert model.draws_ == (20 if method == "auto" else 0)


def test_draws_help_a_search_that_ends_early(tmp_path):
    """The better network stays, with the bound that was proven, and the certificate is about both."""
    with pytest.warns(InexactFitWarning):
        alone = ConvexReLURegressor(limit=1, method="exact").fit(X, Y)
    with pytest.warns(InexactFitWarning):
        both = ConvexReLURegressor(limit=1, draws=100, random_state=0).fit(X, Y)
    drawn = ConvexReLURegressor(method="sampled", draws=100, random_state=0).fit(X, Y)
    assert both.upper_ == min(alone.upper_, drawn.upper_) < alone.upper_
    assert both.lower_ == alone.lower_
    (tmp_path / "c.json").write_text(json.dumps(both.certificate()))
    assert subprocess.run([sys.executable, checker.__file__, str(tmp_path / "c.json")], check=False).returncode == 0


def test_time_that_is_over_leaves_proven_bounds():
    rows = np.random.default_rng(1).standard_normal((16, 2))
    problems = [Problem.read(rows, rows[:, 0] * rows[:, 1], "0.01")]
    few = budgeted_solve(problems, None, 1e-9, tolerance=Fraction(1, 10**8), limit=10**6)
    assert few.status == "gap-above-tolerance"
    assert 0 <= few.lower < few.upper


def test_verbose_prints_what_is_going_on(capsys):
    ConvexReLURegressor(verbose=1).fit(X, Y)
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("[ConvexReLURegressor] ") for line in lines)
    assert "regions" in lines[0]
    assert "exact, optimal: the objective is" in lines[-1]
    ConvexReLURegressor().fit(X, Y)
    assert capsys.readouterr().out == ""


def test_warm_starts_over_beta(monkeypatch):
    """The optimum is that of a fresh fit, and the regions are listed once."""
    warm = ConvexReLURegressor(warm_start=True).fit(X, Y)
    monkeypatch.setattr("arrangements.first_layer.layer.list_regions", None)  # nothing is listed again
    for beta in ("0.05", 0.2):
        warm.set_params(beta=beta).fit(X, Y)
    monkeypatch.undo()
    fresh = ConvexReLURegressor(beta=0.2).fit(X, Y)
    assert warm.status_ == fresh.status_ == "optimal"
    assert (
        max(warm.lower_, fresh.lower_) <= min(warm.upper_, fresh.upper_) <= max(warm.lower_, fresh.lower_) * (1 + 2e-8)
    )
    assert warm.fit(X[:4], Y[:4]).upper_ == pytest.approx(ConvexReLURegressor(beta=0.2).fit(X[:4], Y[:4]).upper_, 1e-7)


def test_an_exact_search_begins_with_the_last_network():
    model = ConvexReLURegressor(method="exact", warm_start=True).fit(X, Y)
    last = model.networks_[0].objective(Problem.read(with_ones(X), Y, "0.09"))
    with pytest.warns(InexactFitWarning, match="the limit of 1 steps ended the search"):
        model.set_params(beta="0.09", limit=1).fit(X, Y)
    with pytest.warns(InexactFitWarning):
        cold = ConvexReLURegressor(method="exact", beta="0.09", limit=1).fit(X, Y)
    assert model.upper_ <= float(last) < cold.upper_


def test_warm_starts_are_never_worse_than_the_last_network():
    good = ConvexReLURegressor(method="sampled", draws=100, random_state=0, warm_start=True).fit(X, Y)
    last = good.networks_[0].objective(Problem.read(with_ones(X), Y, "0.2"))
    cold = ConvexReLURegressor(method="sampled", draws=1, random_state=3, beta=0.2).fit(X, Y)
    again = good.set_params(draws=1, random_state=3, beta=0.2).fit(X, Y)
    assert again.upper_ == min(float(last), cold.upper_) < cold.upper_
    assert again.set_params(width=1).fit(X, Y).networks_[0].width <= 1
    assert again.fit(X[:, :1], Y).n_features_in_ == 1  # what no longer fits is left out


def test_names_of_columns():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(X, columns=["age", "dose"])
    model = ConvexReLURegressor().fit(frame, pandas.Series(Y))
    assert model.feature_names_in_.tolist() == ["age", "dose"]
    assert np.array_equal(model.predict(frame), ConvexReLURegressor().fit(X, Y).predict(X))
    with pytest.raises(ValueError, match="feature names"):
        model.predict(frame[["dose", "age"]])


def test_every_fitted_attribute_is_documented():
    model = ConvexReLUClassifier(width=1).fit(X, LABELS)
    for name in vars(model):
        if name.endswith("_") and not name.startswith("_"):
            assert name in type(model).__doc__
    for name in model.get_params():
        assert f"        {name}: " in type(model).__doc__


@pytest.mark.parametrize(
    "parameters",
    [
        {"width": 0},
        {"width": "wide"},
        {"width": 1.5},
        {"beta": 0},
        {"beta": "much"},
        {"tolerance": -1e-3},
        {"draws": 0},
        {"limit": 0},
        {"limit": 1.5},
        {"draws": True},
        {"width": True},
        {"width": None},
        {"time_limit": -1},
        {"time_limit": "soon"},
        {"time_limit": float("nan")},
        {"verbose": "yes"},
        {"warm_start": None},
        {"method": "guess"},
        {"loss": "hinge"},
        {"loss": "huber:0"},
    ],
)
def test_parameters_that_mean_nothing(parameters):
    with pytest.raises(InputError, match=next(iter(parameters)) if "huber" not in str(parameters) else "threshold"):
        ConvexReLURegressor(**parameters).fit(X, Y)


def test_too_many_rows_to_draw():
    settings = Settings.read(read_loss("squared"), 2, 0.1, "sampled", 1, 1, 0)
    with pytest.raises(InputError, match="6000 rows"):
        fit_outputs(np.ones((6000, 1)), [np.ones(6000)], settings)


def test_model_selection():
    x = np.vstack([X, X + 0.125])
    model = make_pipeline(StandardScaler(), ConvexReLURegressor(width=1, draws=5, random_state=0))
    assert np.isfinite(cross_val_score(model, x, np.tile(Y, 2), cv=2)).all()
    search = GridSearchCV(
        ConvexReLUClassifier(width=1, random_state=0), {"beta": [0.1, "1/2"], "loss": ["hinge", "logistic"]}, cv=2
    )
    search.fit(x, np.tile(LABELS, 2))
    assert set(search.best_params_) == {"beta", "loss"}
    assert clone(search.best_estimator_).get_params()["width"] == 1
    assert ConvexReLURegressor().set_params(width=3, beta="1/3").get_params()["beta"] == "1/3"


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_scikit_learn_is_only_imported_where_it_is_needed():
    code = "import sys, multilayer.cli, multilayer.estimators, multilayer.estimators.fitting as f; "
    assert run(code + "assert f and multilayer.estimators.__all__; sys.exit('sklearn' in sys.modules)").returncode == 0
    assert run(code + "multilayer.estimators.ConvexReLURegressor; sys.exit('sklearn' in sys.modules)").returncode == 1


def test_without_scikit_learn():
    missing = run("import sys; sys.modules['sklearn'] = None; from multilayer.estimators import ConvexReLURegressor")
    assert missing.stderr.splitlines()[-1] == (
        'ImportError: scikit-learn is missing: pip install ".[sklearn]" in a clone of the project'
    )
