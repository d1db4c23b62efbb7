"""Weights of samples and of classes in the estimators: a weight is a number of equal rows, read exactly."""

import json
from fractions import Fraction

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.utils.class_weight import compute_class_weight
from support.certificates.formal import agrees

from arrangements.errors import InputError
from convex import Problem, read_loss, solve, solve_outputs
from multilayer import checker
from multilayer.estimators import (
    ConvexReLUClassifier,
    ConvexReLUClassifierCV,
    ConvexReLURegressor,
    ConvexReLURegressorCV,
)
from multilayer.estimators.fitting import fit_outputs
from multilayer.estimators.path_fitting import default_betas
from multilayer.estimators.row_weights import class_weights, sample_weights, weighted_rows
from multilayer.estimators.settings import Settings
from multilayer.io.tables import read_source
from multilayer.pipeline.certificate_subject import difference

X = np.array([[1.0, 2.0], [2.0, -1.0], [-1.0, 3.0], [-2.0, -1.0], [0.5, 0.25]])
Y = np.array([1.0, -1.0, 0.5, 2.0, 0.0])
LABELS = np.array(["b", "a", "b", "b", "a"])
COUNTS = np.array([2, 0, 1, 3, 1])
REGRESSORS = [ConvexReLURegressor, ConvexReLURegressorCV]
EVERY_LOSS = pytest.mark.parametrize("loss", ["squared", "hinge", "logistic"])


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


def again(values):
    return np.repeat(values, COUNTS, axis=0)


def checked(content, folder):
    path = folder / "c.json"
    path.write_text(json.dumps(content))
    _, claim = checker.check(path)
    assert agrees(path, True, claim)
    return path


@pytest.mark.parametrize("y", [Y, np.stack([Y, 1 - Y], axis=1)], ids=["one output", "two"])
def test_a_weight_is_a_number_of_equal_rows(y, tmp_path):
    one = ConvexReLURegressor().fit(X, y, sample_weight=COUNTS)
    other = ConvexReLURegressor().fit(again(X), again(y))
    assert one.status_ == other.status_ == "optimal"
    assert one.networks_ == other.networks_
    assert (one.upper_, one.lower_) == (other.upper_, other.lower_)
    columns = y.reshape(len(y), -1).T
    known = solve_outputs([Problem.read(with_ones(again(X)), again(column), "0.1") for column in columns], 2)
    assert one.lower_ <= known.upper
    assert known.lower <= one.upper_
    content = one.certificate()
    assert sorted(map(Fraction, content["input"]["weights"])) == [1, 1, 2, 3]
    checked(content, tmp_path)


def test_weights_that_are_all_one_change_nothing():
    plain, ones = ConvexReLURegressor().fit(X, Y), ConvexReLURegressor().fit(X, Y, np.ones(len(X)))
    assert plain.networks_ == ones.networks_
    assert ones.certificate()["input"]["weights"] is None
    assert ones.certificate()["input"]["rows"] == plain.certificate()["input"]["rows"]


def test_fractions_are_read_exactly():
    weights = [0.1, 1 / 3, 2.5, 1.0, 1e-3]
    model = ConvexReLURegressor(width=1).fit(X, Y, sample_weight=weights)
    known = solve(Problem.read(with_ones(X), Y, "0.1", weights=list(map(Fraction, weights))), 1)
    assert float(known.lower) <= model.upper_
    assert model.lower_ <= float(known.upper)
    given = model.certificate()["input"]["weights"]
    assert sorted(map(Fraction, given)) == sorted(map(Fraction, weights))


@EVERY_LOSS
def test_weights_of_samples_and_classes_are_multiplied(loss):
    options = {"width": 1, "loss": loss}
    one = ConvexReLUClassifier(class_weight={"a": 3, "b": "1/2"}, **options).fit(X, LABELS, [1, 2, 4, 1, 1])
    other = ConvexReLUClassifier(**options).fit(X, LABELS, [0.5, 6, 2, 0.5, 3])
    assert one.networks_ == other.networks_
    assert one.upper_ == other.upper_


@EVERY_LOSS
def test_balanced_classes(loss, tmp_path):
    model = ConvexReLUClassifier(width=1, loss=loss, class_weight="balanced").fit(X, LABELS)
    y = [1 if label == "b" else -1 for label in LABELS]
    weights = ["5/6" if label == "b" else "5/4" for label in LABELS]
    known = solve(Problem.read(with_ones(X), y, "0.1", read_loss(loss), weights=weights), 1)
    assert float(known.lower) <= model.upper_
    assert model.lower_ <= float(known.upper)
    content = model.certificate()
    assert set(content["input"]["weights"]) == {"5/6", "5/4"}
    checked(content, tmp_path)


def test_balanced_weights_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    labels, samples = rng.integers(0, 3, 40), rng.integers(0, 5, 40).astype(float)
    for weights in (np.ones(40), samples):
        found = class_weights("balanced", [0, 1, 2], labels, sample_weights(weights))
        known = compute_class_weight("balanced", classes=np.arange(3), y=labels, sample_weight=weights)
        assert np.allclose([float(w) for w in found], weights * known[labels])
    assert sum(found) == sum(map(Fraction, samples.tolist()))


def test_a_heavy_class_wins():
    rng = np.random.default_rng(1)
    x, labels = rng.standard_normal((12, 2)), np.array([0, 1] * 6)
    for heavy in (0, 1):
        model = ConvexReLUClassifier(class_weight={heavy: 1000, 1 - heavy: "1/1000"}, width=1, random_state=0)
        assert (model.fit(x, labels).predict(x) == heavy).all()
        assert (
            LogisticRegression(class_weight={heavy: 1000, 1 - heavy: 1e-3}).fit(x, labels).predict(x) == heavy
        ).all()


@pytest.mark.parametrize("model", [ConvexReLURegressor(width=1), ConvexReLURegressorCV(width=1, cv=2, betas=(0.1, 1))])
@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([1, 1, -2, 1, 1], "row 3 is -2: Negative"),
        (np.zeros(5), "eights .*zero"),
        (np.ones(4), "shape"),
        (np.ones((5, 2)), "1D"),
        ([1, np.nan, 1, 1, 1], "NaN"),
        ([1, np.inf, 1, 1, 1], "infinity"),
        (["x"] * 5, "convert"),
    ],
)
def test_weights_of_samples_that_are_refused(model, weights, reason):
    with pytest.raises(ValueError, match=reason):
        model.fit(X, Y, sample_weight=weights)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("even", "class_weight is 'even'; give a dictionary, 'balanced' or None"),
        ([1, 2], r"class_weight is \[1, 2\]; give a dictionary"),
        ({"a": -1}, "class_weight of 'a' is -1; it must be at least 0"),
        ({"a": "much"}, "class_weight of 'a'"),
        ({"c": 2}, "class_weight names 'c', which is no class of y"),
        ({"a": 0, "b": 0}, "all weights of rows are zero"),
        ({"a": 0}, "one class only, b, among the rows of weight above zero"),
    ],
)
def test_weights_of_classes_that_are_refused(given, reason):
    with pytest.raises(InputError, match=reason):
        ConvexReLUClassifier(class_weight=given).fit(X, LABELS)


def test_names_beside_all_classes_do_no_harm():
    one = ConvexReLUClassifier(width=1, class_weight={"a": 2, "b": 1, "c": 7}).fit(X, LABELS)
    assert one.networks_ == ConvexReLUClassifier(width=1, class_weight={"a": 2}).fit(X, LABELS).networks_


def test_classes_without_weight_are_not_there():
    labels = np.array(["b", "a", "c", "b", "a"])
    model = ConvexReLUClassifier(width=1).fit(X, labels, sample_weight=[1, 1, 0, 1, 1])
    assert model.classes_.tolist() == ["a", "b"]
    assert model.networks_ == ConvexReLUClassifier(width=1).fit(np.delete(X, 2, 0), np.delete(labels, 2)).networks_


def test_draws_for_weights_are_those_for_equal_rows():
    options = {"method": "sampled", "draws": 10, "random_state": 0}
    one = ConvexReLURegressor(**options).fit(X, Y, sample_weight=COUNTS)
    other = ConvexReLURegressor(**options).fit(again(X), again(Y))
    assert one.networks_ == other.networks_
    problem = Problem.read(with_ones(again(X)), again(Y), "0.1")
    assert one.upper_ == pytest.approx(float(one.networks_[0].objective(problem)))


def test_warm_starts_keep_their_weights():
    model = ConvexReLURegressor(width=1, warm_start=True).fit(X, Y, sample_weight=COUNTS)
    first = model.upper_
    again_ = model.set_params(beta=0.2).fit(X, Y, sample_weight=COUNTS)
    cold = ConvexReLURegressor(width=1, beta=0.2).fit(X, Y, sample_weight=COUNTS)
    assert first < again_.upper_
    assert again_.upper_ == pytest.approx(cold.upper_, rel=1e-7)
    assert again_.fit(X, Y).upper_ == pytest.approx(ConvexReLURegressor(width=1, beta=0.2).fit(X, Y).upper_, rel=1e-7)


def test_rows_that_are_all_zero():
    options = {"fit_bias": False}
    model = ConvexReLURegressor(**options).fit(np.zeros((3, 2)), [1.0, 2.0, 0.0], sample_weight=[2, 0.5, 1])
    assert (model.upper_, model.lower_) == (2.0, 2.0)


def test_along_a_path_with_folds(tmp_path):
    """Both folds hold each row as often; so do the repeated ones."""
    rows = np.arange(5)
    x, y, weights = np.vstack([X, X]), np.hstack([Y, Y]), np.hstack([[2, 1, 1, 3, 1], np.ones(5, int)])
    options = {"width": 1, "betas": (0.05, 1), "tolerance": 0.05}
    one = ConvexReLURegressorCV(cv=[(rows, rows + 5), (rows + 5, rows)], **options).fit(x, y, sample_weight=weights)
    places = np.repeat(np.arange(10), weights)
    first = places < 5
    folds = [(np.flatnonzero(first), np.flatnonzero(~first)), (np.flatnonzero(~first), np.flatnonzero(first))]
    other = ConvexReLURegressorCV(cv=folds, **options).fit(x[places], y[places])
    assert one.beta_ == other.beta_
    assert one.cv_losses_ == pytest.approx(other.cv_losses_)
    assert one.networks_ == other.networks_
    plain = ConvexReLURegressorCV(cv=[(rows, rows + 5), (rows + 5, rows)], **options).fit(x, y)
    assert plain.cv_losses_[0] != pytest.approx(one.cv_losses_[0])
    checked(one.certificate(), tmp_path)
    with pytest.raises(InputError, match="in one of its folds all weights of rows are zero"):
        ConvexReLURegressorCV(cv=folds[:1], **options).fit(x[places], y[places], sample_weight=1.0 * first)


def test_a_path_of_classes_with_weights(tmp_path):
    options = {"width": 1, "betas": (0.1, 1), "beta": 0.2, "loss": "hinge", "tolerance": 0.05}
    model = ConvexReLUClassifierCV(class_weight="balanced", **options).fit(X, LABELS)
    known = ConvexReLUClassifier(width=1, beta=0.2, loss="hinge", class_weight="balanced").fit(X, LABELS)
    assert model.lower_ <= known.upper_
    assert known.lower_ <= model.upper_
    assert sorted(model.get_params()) == sorted([*ConvexReLURegressorCV().get_params(), "class_weight"])
    checked(model.certificate(), tmp_path)


def test_the_default_interval_of_beta_grows_with_the_weights():
    twice = (Fraction(2),) * len(X)
    _, one = default_betas(X, [Y.tolist()], read_loss("squared"))
    _, two = default_betas(X, [Y.tolist()], read_loss("squared"), twice)
    assert float(two / one) == pytest.approx(2, rel=0.1)
    fit = fit_outputs(
        X, [Y.tolist()], Settings.read(read_loss("squared"), 1, two, "exact", 1, 1000, 1e-8), weights=twice
    )
    assert not fit.networks[0].subnetworks


def test_routing_and_scores():
    model = ConvexReLURegressor(width=1)
    assert model.fit(X, Y).score(X, Y, sample_weight=COUNTS) == pytest.approx(model.score(again(X), again(Y)))
    assert np.isfinite(cross_val_score(model, X, Y, cv=2, params={"sample_weight": COUNTS + 1})).all()


def test_merging_keeps_what_counts():
    x = np.array([[1.0, -0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    y = np.array([[1.0], [1.0], [2.0], [3.0]])
    found = weighted_rows(x, y, tuple(map(Fraction, ("1/2", "1/3", "0", "1/6"))))
    assert found.x.tolist() == [[1, 0], [1, 0]]
    assert found.columns.tolist() == [[1], [3]]
    assert found.weights == (Fraction(5, 6), Fraction(1, 6))
    assert found.targets == [[1, 3]]


def test_a_certificate_of_merged_rows_is_about_the_table(tmp_path):
    table = tmp_path / "t.csv"
    lines = [",".join(map(repr, [*row, y])) for row, y in zip(again(X).tolist(), again(Y).tolist(), strict=True)]
    table.write_text("a,b,y\n" + "\n".join(lines) + "\n")
    content = ConvexReLURegressor(width=1).fit(again(X), again(Y)).certificate()
    assert difference(content["input"], read_source(str(table), "y", bias=True)) is None
    table.write_text("a,b,y\n" + "\n".join(lines[1:]) + "\n")
    assert "its table is 4 x 3" in difference(content["input"], read_source(str(table), "y", bias=True))
