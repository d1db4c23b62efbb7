"""The Python interface refuses like the command line: the project's error, in one line, with what to do.

First a table of calls and messages; then every public function with odd values for each of its parameters.
"""

import signal
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

import numpy as np
import pytest
from support.odd_values import FEW, LAYER, ODD, PROBLEM, A, good_arguments, public_calls

import arrangements as ar
import convex
import theory
from arrangements import Arrangement, ArrangementError, FirstLayer, InputError, LimitError, SignSet, families, family
from convex import Problem, read_loss, solve

AFFINE = family("shi:2")
TO_TABLE = r"an Arrangement; make one with Arrangement.from_table"
WIDTH = "width is {}; it must be an integer of at least 1"
OR_NONE = WIDTH + ", or None for any number"


def read(table, offsets=None):
    return lambda: Arrangement.from_table(table, offsets)


def problem(*arguments):
    return lambda: Problem.read(*arguments)


def solved(**options):
    return lambda: solve(PROBLEM, **{"width": 1, **options})


REFUSED = [
    # tables
    (read([[1, 2], [3]]), "row 2 has 1 columns where row 1 has 2"),
    (read([]), "the table is empty"),
    (read([[]]), "the table is empty"),
    (read(None), "the table: None is not a list"),
    (read(3), "the table: 3 is not a list"),
    (read("braid:3"), "the table: 'braid:3' is not a list"),
    (read({"a": [1]}), "the table: .* is not a list"),
    (read([1, 2]), "row 1: 1 is not a row of numbers"),
    (read([[1, None]]), "row 1, column 2: None is not a finite number"),
    (read([[1, "x"]]), "row 1, column 2: 'x' is not a finite number: write it like"),
    (read([["1,5"]]), "row 1, column 1: '1,5' is not a finite number"),
    (read([[float("nan")]]), "row 1, column 1: nan is not a finite number"),
    (read([[1, float("inf")]]), "row 1, column 2: inf is not a finite number"),
    (read(np.array([1.0, 2.0])), "row 1: 1.0 is not a row of numbers"),
    (read(np.array(3)), "the table: 3 is not a list"),
    (read(np.zeros((0, 2))), "the table is empty"),
    (read(np.array([[1, None]], object)), "row 1, column 2: None"),
    (read(np.array([[1j]])), r"row 1, column 1: 1j is not a finite number"),
    (read(np.zeros((1, 1, 1))), r"row 1, column 1: \[0.0\] is not a finite number"),
    (read([[1, 2]], 1), "offsets: 1 is not a list"),
    (read([[1, 2]], [1, 2]), "there are 2 offsets for 1 rows; give one for each row"),
    (read([[1, 2]], ["b"]), "offset 1: 'b' is not a finite number"),
    (lambda: Arrangement([[1, 2]], None, 2), "an Arrangement holds tuples of integers; read a table with"),
    (lambda: Arrangement(((1.0, 2),), None, 2), "an Arrangement holds tuples of integers; read a table with"),
    (lambda: Arrangement(((1, 2),), None, 3), "the dimension is 3, and some rows"),
    (lambda: Arrangement(((1, 2),), (1, 2), 2), "there are 2 offsets for 1 rows"),
    # rows, points and signs
    (lambda: A.deletion(3), "there is no row 3; the 3 rows are counted from 0"),
    (lambda: A.deletion("0"), "there is no row '0'"),
    (lambda: A.deletion(True), "there is no row True"),
    (lambda: A.deletion(np.array([0])), r"there is no row array\(\[0\]\)"),
    (lambda: A.restriction(1.0), "there is no row 1.0"),
    (lambda: Arrangement.from_table([[0, 0]]).restriction(0), "row 0 has the normal zero; choose another"),
    (lambda: A.reorient(1), "rows is 1; give a list of numbers of rows"),
    (lambda: A.localization(), "needs either a point or the rows"),
    (lambda: A.localization([1]), "the point has 1 coordinates"),
    (lambda: A.sign_vector([1, "x"]), "coordinate 2: 'x'"),
    (lambda: A.separating((1, 1, 1), (1, 1)), r"\(1, 1\) is not a sign vector; it needs -1, 0 or 1"),
    (lambda: A.separating((1, 1, 1), 3), "the sign vector is 3; give a list of -1, 0 or 1"),
    (lambda: A.separating((1, 1, 1.0), (1, 1, 1)), "is not a sign vector"),
    (lambda: A.product([[1, 2]]), r"\[\[1, 2\]\] is a list, not " + TO_TABLE),
    (lambda: A.union(family("braid:3")), r"a union needs one space, and these are in R\^2 and R\^3"),
    (lambda: AFFINE.decone(), r"decone needs a central arrangement.*take its cone\(\) first"),
    (lambda: SignSet.of([(2, 0)]), r"\(2, 0\) is not a sign vector; its entries must be -1, 0 or 1"),
    (lambda: SignSet.of([(True, False)]), r"\(True, False\) is not a sign vector"),
    (lambda: SignSet.of(["+-"]), "a sign vector is '.-'; give a list of signs"),
    (lambda: SignSet.of([]), "an empty set does not say how many rows it has"),
    (lambda: SignSet.of({(1, 1): 2}), "vectors is .*; give a list of sign vectors"),
    (lambda: SignSet.of([(1, 1), (1, 0)]), "these are faces, not regions"),
    (lambda: SignSet([[1]], [False]), r"words is \[\[1\]\]; 1 rows are packed into 1 numbers of type uint64"),
    (lambda: SignSet(np.zeros((1, 1), np.uint64), 3), "zeros is 3; give a list of True for each zero row"),
    (lambda: SignSet(np.zeros((1, 1), np.uint64), [2]), r"zeros is \[2\]; give True for each zero row"),
    (lambda: SignSet.of([(1, 1)]) | SignSet.of([(1, 1, 1)]), "of different arrangements"),
    (lambda: SignSet.of([(1, 1)]).flipped([2]), "there is no row 2"),
    # counting and listing
    (lambda: ar.count_regions([[1, 2]]), r"\[\[1, 2\]\] is a list, not " + TO_TABLE),
    (lambda: ar.count_regions(np.eye(2)), "is a ndarray, not " + TO_TABLE),
    (lambda: ar.count_regions("braid:3"), "'braid:3' is a str, not " + TO_TABLE),
    (lambda: ar.count_regions(Arrangement), "is a type, not " + TO_TABLE),
    (
        lambda: ar.count_regions(A, engine="ray"),
        "unknown engine 'ray'; did you mean rays. Choose one of auto, sweep, rays",
    ),
    (lambda: ar.count_regions(A, engine=1), "unknown engine 1; choose one of auto, sweep, rays"),
    (lambda: ar.count_regions(A, statistics={}), "statistics: {} is a dict, not a Statistics; give Statistics()"),
    (lambda: ar.count_second_layer(A, 1), "not a FirstLayer; make one with FirstLayer.of"),
    (lambda: ar.count_second_layer(LAYER, True), WIDTH.format("True")),
    (lambda: ar.count_second_layer(LAYER, None), WIDTH.format("None")),
    (lambda: ar.count_second_layer(LAYER, np.array([1])), r"width is array\(\[1\]\); it must be an integer"),
    (lambda: ar.count_pooled(LAYER, [[3]], 1), "group 1 has the row 3; rows are counted from 0 to 2"),
    (lambda: ar.count_pooled(LAYER, [[True]], 1), "group 1 has the row True"),
    (lambda: ar.count_pooled(LAYER, {0: [1]}, 1), "groups is {0: .1.}; give a list of lists of rows"),
    (lambda: ar.list_bounded_regions(A), "bounded ones need offsets"),
    (lambda: ar.region_poset(A, base=(1, 1)), r"base \(1, 1\) is not a region; give the sign vector of one"),
    (lambda: ar.decoupled_masks(A, []), "there is no width; give one for each layer"),
    (lambda: ar.decoupled_masks(A, [1], limit=0), "limit is 0; it must be an integer of at least 1"),
    (lambda: ar.sampled_masks(A, [1], 0), "draws is 0; it must be an integer of at least 1"),
    (lambda: ar.sampled_masks(A, [1], 10**30), "draws is 1000000000000000000000000000000; it must be at most"),
    (lambda: ar.sampled_masks(A, [1], 1, seed=-1), "seed is -1; it must be an integer of at least 0"),
    (lambda: ar.sampled_masks(A, [1], 1, seed="a"), "seed is 'a'; it must be an integer of at least 0"),
    (lambda: FirstLayer([[1, 2]]), "is a list, not " + TO_TABLE),
    (lambda: FirstLayer.of(AFFINE), "append a column of ones instead of offsets"),
    (lambda: LAYER.mask(-1), "region is -1; it must be an integer of at least 0"),
    (lambda: LAYER.mask(6), "region is 6; it must be at most 5"),
    (lambda: ar.RegionSearch(A, frontier=3), "frontier is 3; give a list of nodes"),
    (lambda: ar.RegionSearch(A, frontier=[(1, 2)]), "the frontier does not belong to these rows"),
    (lambda: ar.RegionSearch(A).count(-1), "budget is -1; it must be an integer of at least 0"),
    (lambda: ar.SecondLayerCounts.of([LAYER]), "not a Product; list them with iter_products"),
    (lambda: ar.image_patches([[[1, 2]]], 0), "patch size is 0; it must be an integer"),
    (lambda: ar.image_patches([[[1, 2]]], 3), "exceeds the image of 1 x 2 pixels; make it smaller"),
    (lambda: ar.image_patches([[[1, 2]]], (1, 1, 1)), r"patch size is \(1, 1, 1\); it must be an integer"),
    (lambda: ar.image_patches({}, 1), "images: {} is not a list"),
    (lambda: ar.image_patches([], 1), "there are no images"),
    # families
    (lambda: family(4), "family: 4 is an int, not a str; give a name and its sizes, such as 'braid:4'"),
    (lambda: family("brad:4"), "unknown family 'brad' in 'brad:4'; did you mean braid"),
    (lambda: family("braid:-1"), "write braid:n with non-negative integers"),
    (lambda: families.braid(4.0), "n is 4.0; it must be an integer of at least 1"),
    (lambda: families.braid("4"), "n is '4'; it must be an integer"),
    (lambda: families.braid(0), "n is 0, but sizes start at 1"),
    (lambda: families.threshold(10**30), "is too large: a family has at most"),
    (lambda: families.type_b(10**5000), "n = an int of 16610 bits is too large"),
    (lambda: families.random_rows(2, 2, -1), "the seed is -1, but it cannot be negative"),
    (lambda: families.coxeter("H3"), "there is no rational root system 'H3'"),
    (lambda: families.coxeter(3), "kind: 3 is an int, not a str; give a type and rank"),
    (lambda: families.graphical("cycle,5"), r"graph: 'cycle,5' is text; give a list of edges \(u, v\), or family"),
    (lambda: Arrangement([[1, 2]]), "an Arrangement holds tuples of integers; read a table with"),
    (lambda: Arrangement(((1, 2),)), "the dimension is 0, and some rows .*; read a table with"),
    (lambda: families.graphical(3), r"graph is 3; give a list of edges \(u, v\)"),
    (lambda: families.graphical(["01"]), "'01' is not an edge"),
    (lambda: families.graphical([(0, 0)]), r"\(0, 0\) is not an edge: an edge joins two different vertices"),
    (lambda: families.graphical([([], 1)]), "cannot be sorted or told apart"),
    (lambda: families.bigraphical([(0, 1)], [1]), r"parameters is \[1\]; give {\(u, v\): number}"),
    # theory
    (lambda: theory.cover(2, 3), "rank 3 exceeds the number of rows 2"),
    (lambda: theory.cover("3", 2), "number of rows must be an integer above 0, not '3'"),
    (lambda: theory.cover(3, True), "rank must be an integer above 0, not True"),
    (lambda: theory.all_bounds(3, 2, 0), "width must be an integer above 0, not 0"),
    (lambda: theory.joint_planes(3, 2, 3), "there are 2 neurons, so that 3 of them cannot have the sign"),
    (lambda: theory.region_number("x"), "the table: 'x' is not a list"),
    (lambda: theory.region_number(A, limit=-1), "limit is -1; it must be an integer of at least 0"),
    (lambda: theory.formula("cove"), "unknown bound 'cove'; did you mean cover. Choose one of"),
    (lambda: theory.formula("cover", r=1.5), "r is 1.5; it must be an integer of at least 1"),
    (lambda: theory.floor_exact("exp(1)"), r"'exp\(1\)' is a str, not an expression of SymPy"),
    (lambda: theory.growth_exponent(theory.formula("cover", 2), "n"), "n: 'n' is a str, not a symbol of SymPy"),
    (lambda: theory.PowerOfE("x"), "coefficient: 'x' is not a finite number"),
    (lambda: theory.PowerOfE(1, 0.5), "exponent is 0.5; it must be an integer"),
    (lambda: theory.fitted_exponent([2, 2], [1, 1]), "a slope needs two different numbers of rows"),
    (lambda: theory.fitted_exponent([2, 3], [1]), "there are 1 counts for 2 numbers of rows"),
    (lambda: theory.fitted_exponents([3]), "found: 3 is an int, not a Growth; give what measure_growth returned"),
    (lambda: theory.plane_masks((1, 2, 3)), r"plane: \(1, 2, 3\) is a tuple, not a Plane; make one with Plane.of"),
    (lambda: theory.layer_joint(3, 2, 2), "widths is 2; give a list of integers, one for each layer"),
    (lambda: theory.measure_growth(2, 1, 5), "rows is 5; give a list of integers"),
    (lambda: theory.measure_growth(2, 1, [5], seed=-1), "seed is -1; it must be an integer of at least 0"),
    (lambda: theory.exact_order(None), "unknown count None; choose one of regions, tuples, pairs, masks"),
    (lambda: theory.joint_arrangement(A, 1.0, 1), "p, neurons with sign [+], is 1.0; it must be an integer"),
    (lambda: theory.sufficient_width("3"), "number of rows must be an integer above 0, not '3'"),
    (lambda: theory.row_directions(AFFINE), "the arrangement is affine; directions of rows need rows through 0"),
    # problems and solving
    (problem([[1], [2]], [1], 1), "there are 1 targets for 2 rows; give one for each row"),
    (problem([[1]], 1, 1), "targets: 1 is not a list"),
    (problem([[1]], ["a"], 1), "target 1: 'a' is not a finite number"),
    (problem([[1]], [1], 0), "beta is 0; it must be above 0"),
    (problem([[1]], [1], None), "beta: None is not a finite number"),
    (problem([[0]], [1], 1), "every row of the data is zero"),
    (problem([[1]], [1], 1, "square"), "unknown loss 'square'; did you mean squared. Choose one of"),
    (problem([[1]], [1], 1, 2), "loss: 2 is an int, not a str; give a name such as 'squared'"),
    (problem([[1]], [2], 1, read_loss("hinge")), "-1 (and|or) 1"),
    (lambda: Problem([[1]], [1], 1), "a Problem holds tuples of fractions; read it with Problem.read"),
    (lambda: read_loss("hubr"), "unknown loss 'hubr'; did you mean huber. Choose one of"),
    (lambda: read_loss(3), "loss: 3 is an int, not a str; give a name such as 'squared'"),
    (lambda: read_loss("huber:-1"), "the threshold of the Huber loss is -1; it must be above 0"),
    (lambda: solve([[1, 2]], 1), r"\[\[1, 2\]\] is a list, not a Problem; make one with Problem.read"),
    (solved(width="unlimited"), OR_NONE.format("'unlimited'")),
    (solved(width=True), OR_NONE.format("True")),
    (solved(width=1.0), OR_NONE.format("1.0")),
    (solved(width=0), OR_NONE.format("0")),
    (solved(tolerance=-1), "tolerance is -1; it must be at least 0"),
    (solved(tolerance="small"), "tolerance: 'small' is not a finite number"),
    (solved(limit=0), "limit is 0; it must be an integer of at least 1"),
    (solved(limit=1e6), "limit is 1000000.0; it must be an integer"),
    (solved(progress=3), "progress: 3 is an int, which cannot be called; give a function, such as print"),
    (solved(layer=[1]), r"\[1\] is a list, not a FirstLayer"),
    (solved(layer=LAYER), "the layer lists the regions of other rows"),
    (lambda: convex.solve_outputs(PROBLEM, 1), "problems is .*; give a list of problems, one for each output"),
    (lambda: convex.solve_outputs([], 1), "there must be one at least"),
    (lambda: convex.depth_table([PROBLEM], 1, [1]), "betas is 1; give a list of positive numbers"),
    (lambda: convex.depth_table([PROBLEM], [1], 2), "widths is 2; give a list of integers, or None"),
    (lambda: convex.depth_table([PROBLEM], [1], [1], least="x"), "least: 'x' is not a finite number"),
    (lambda: convex.solve_full_program(PROBLEM, None), WIDTH.format("None")),
    (lambda: convex.interpretation_value(PROBLEM, 1, "tuple"), "unknown interpretation 'tuple'; did you mean tuples"),
    (lambda: convex.local_search(A, 1), "not a Problem; make one with Problem.read"),
    (lambda: convex.local_search(PROBLEM, 1, seed=-1), "seed is -1; it must be an integer of at least 0"),
    (lambda: convex.solve_sampled(PROBLEM, 1, -5), "draws is -5; it must be an integer of at least 1"),
    (lambda: convex.train_by_gradients(PROBLEM, 1, optimizer="adm"), "unknown optimizer 'adm'; did you mean adam"),
    (
        lambda: convex.train_by_gradients(PROBLEM, 1, learning_rate="fast"),
        "learning_rate is 'fast'; it must be above 0",
    ),
    (lambda: convex.certificate_json([], "a test"), "one at least"),
    (lambda: convex.certificate_json([PROBLEM], "a test"), "not a Solution; give what solve returned"),
    (lambda: convex.to_onnx(PROBLEM, 2), "not a Network; give the network of a solution"),
    (lambda: convex.as_parallel(3), "residual: 3 is an int, not a Residual"),
    (lambda: solve(PROBLEM, 1).network.predict([[1, 2]]), "takes 1 columns, not 2"),
    (lambda: solve(PROBLEM, 1).network.predict([1]), "row 1: 1 is not a row of numbers"),
]


def exhaust(value):
    """Iterators are lazy, so some of what they yield is looked at too."""
    return list(islice(value, 40)) if isinstance(value, Iterator) else value


@pytest.mark.parametrize(("call", "message"), REFUSED, ids=[message[:60] for _, message in REFUSED])
def test_refused(call, message):
    with pytest.raises(InputError, match=message) as caught:
        exhaust(call())
    assert len(str(caught.value).splitlines()) == 1
    assert len(REFUSED) > 150


@pytest.mark.parametrize(
    "call",
    [
        lambda: theory.two_to_n(10**30),
        lambda: theory.cover(10**30, 10**29),
        lambda: theory.eq14_product(100, 2, 10**30),
        lambda: theory.eq14_closed(100, 2, 10**30),
        lambda: theory.all_bounds(100, 2, 10**30),
        lambda: theory.joint(3, 2, 10**30),
        lambda: theory.layer_joint(3, 2, [10**9, 10**9]),
        lambda: theory.growth_exponents(10**30, 1),
        lambda: theory.joint_arrangement(A, 30, 30),
        lambda: theory.region_number(A, limit=5),
    ],
)
def test_what_would_take_for_ever_is_a_stated_limit(call):
    with pytest.raises(LimitError, match=r"limit|too many|more than"):
        call()


def test_what_is_accepted():
    """NumPy's integers, tuples, arrays, generators, DataFrames, capital letters."""
    assert ar.count_second_layer(LAYER, np.int64(2)) == ar.count_second_layer(LAYER, 2)
    assert families.braid(np.int32(3)) == family("BRAID:3")
    assert A.deletion(np.int8(-1)) == A.deletion(2)
    assert Arrangement.from_table((x for x in row) for row in ((1, 0), (0, 1), (1, 1))) == A
    assert Arrangement.from_table(np.array([[1, 0], [0, 1], [1, 1]]), offsets=None) == A
    assert A.reorient(i for i in (0, 1)) == A.reorient(np.array([0, 1])) == A.reorient({0, 1})
    assert SignSet.of(iter([iter((1, -1))])) == SignSet.of(np.array([[1, -1]]))
    assert families.graphical(np.array([[0, 1], [1, 2]])) == families.graphical([(0, 1), (1, 2)])
    assert theory.layer_joint(np.int64(5), 2, np.array([2])) == theory.joint(5, 2, 2)
    assert read_loss("Hinge") == read_loss("hinge")
    assert convex.depth_table(iter([PROBLEM]), iter(["0.5"]), iter([1])) == convex.depth_table([PROBLEM], ["0.5"], [1])
    assert solve(PROBLEM, np.int64(1), tolerance=Fraction(1, 100), limit=np.int64(1000)).status == "optimal"


def test_data_frames():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1, 0, 1], "b": [0, 1, 1]})
    assert Arrangement.from_table(frame) == A
    assert theory.region_number(frame) == 6
    assert Problem.read(frame, pandas.Series([1, 0, 1]), 1) == Problem.read([[1, 0], [0, 1], [1, 1]], [1, 0, 1], 1)
    assert A.reorient(pandas.Series([0, 2])) == A.reorient([0, 2])
    with pytest.raises(InputError, match="row 2, column 2: nan is not a finite number"):
        Arrangement.from_table(pandas.DataFrame({"a": [1, 2], "b": [0.5, None]}))


class Hang(BaseException):
    """A call took longer than any of these may."""


@pytest.fixture
def alarm():
    """Stop what does not return by itself."""
    if not hasattr(signal, "setitimer"):
        return lambda seconds: None

    def ring(number, frame):
        raise Hang

    before = signal.signal(signal.SIGALRM, ring)
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


CALLS = public_calls()


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """Some odd values are good names of files."""
    monkeypatch.chdir(tmp_path)


def try_values(name, values, alarm):
    call = CALLS[name]
    good = good_arguments(name, call)
    for parameter in good:
        for odd in values:
            if (parameter, odd) == ("progress", "class"):  # int("a message") is the caller's own mistake
                continue
            value, answer = ODD[odd](), None
            alarm(20)
            try:
                exhaust(call()(**{**good, parameter: value}))
            except ArrangementError as error:
                answer = str(error)
            except (Exception, Hang) as error:
                pytest.fail(f"{name}, {parameter} = {odd}: {type(error).__name__}: {error}")
            finally:
                alarm(0)
            assert answer is None or (answer and len(answer) < 600 and len(answer.splitlines()) == 1), answer


@pytest.mark.parametrize("name", CALLS)
def test_good_arguments_are_good(name):
    """So that what is refused below is refused for the odd value."""
    try:
        exhaust(CALLS[name]()(**good_arguments(name, CALLS[name])))
    except InputError as error:
        if "pip install" not in str(error):
            raise


@pytest.mark.parametrize("name", CALLS)
def test_odd_values_are_refused_or_understood(name, alarm):
    try_values(name, FEW, alarm)


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLS)
def test_all_other_odd_values_are_refused_or_understood(name, alarm):
    try_values(name, tuple(ODD)[len(FEW) :], alarm)


def test_everything_public_is_tried():
    tried = {".".join(name.split(".")[:2]) for name in CALLS}
    assert len(CALLS) > 190
    assert {"arrangements.count_regions", "arrangements.families", "theory.cover", "convex.solve"} <= tried
