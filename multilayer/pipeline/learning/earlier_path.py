"""A folder that holds an earlier path over beta already: its knots are gone on from, and nothing of it gets lost.

Every certificate of an optimum in the folder is read, whether path.json lists it or not. It is checked by the checker,
and its network and its proof become a knot. A path of another input is refused before any work.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from arrangements.errors import InputError
from arrangements.exact.numbers import exact_number
from arrangements.first_layer.layer import FirstLayer
from convex.columns.neurons import Neurons
from convex.paths.beta_path import Knot, line_of
from convex.problem.scaling import Scaling
from convex.proofs.certified_optimum import Solution
from convex.solving.separable_outputs import JointSolution
from multilayer import checker
from multilayer.io.file_kinds import CURVES
from multilayer.pipeline.learning.resuming import check_same, resumed
from multilayer.pipeline.learning.training import Training

FORMAT = "multilayer-arrangements/path"
_LONGEST = 100  # letters of a beta in the name of a file
_PATTERN = "beta-*.certificate.json"
_ELSEWHERE = "or give --output another folder"


class EarlierKnot(NamedTuple):
    """A knot that a certificate in the folder proves.

    Attributes:
        knot: what is proven.
        file: the certificate.
        exact: whether its claim has the same bounds as the knot; it may have weaker ones.
    """

    knot: Knot
    file: Path
    exact: bool


def certificate_name(beta: str, copy: int = 1) -> str:
    """Name the certificate of a knot by its beta, or by a digest of it where that is too long for the name of a file.

    Args:
        beta: exact, as text.
        copy: above 1, where a weaker certificate has the name until path.json names this one.

    Example:
        >>> certificate_name("1/20"), certificate_name("1/20", 2)
        ('beta-1-over-20.certificate.json', 'beta-1-over-20.2.certificate.json')
        >>> certificate_name("1/" + "3" * 300)
        'beta-sha256-a482974250a83ccc.certificate.json'
    """
    named = beta.replace("/", "-over-")
    if len(named) > _LONGEST:
        named = f"sha256-{sha256(beta.encode()).hexdigest()[:16]}"
    return f"beta-{named}{f'.{copy}' if copy > 1 else ''}.certificate.json"


def holds_only_a_path(folder: Path) -> bool:
    """Whether a folder is empty or holds a path: path.json, or certificates that were written before it.

    Args:
        folder: there already.
    """
    return (folder / CURVES).is_file() or {*folder.iterdir()} == {*folder.glob(_PATTERN)}


def earlier_certificates(
    folder: Path, training: Training, width: int | None, warn: Callable[[str], None]
) -> tuple[tuple[Path, Training], ...]:
    """Find the certificates of an earlier path in a folder, each with what it is to be about.

    Args:
        folder: there or not.
        training: what is to be solved; the beta of each certificate takes the place of its own.
        width: neurons in one sub-network; None for any number.
        warn: told which certificates are missing.

    Raises:
        InputError: path.json is no file of curves, or a certificate is none of an optimum, or is about something else.
    """
    names = {path.name for path in folder.glob(_PATTERN)}
    listed = _listed(folder / CURVES) if (folder / CURVES).is_file() else set()
    for name in sorted(listed - names):
        if not (folder / name).is_file():
            warn(f"{folder / name} is missing, which {CURVES} lists; that knot is solved again if it is needed")
            listed.remove(name)
    return tuple((folder / name, _at_its_beta(folder / name, training, width)) for name in sorted(names | listed))


def earlier_knot(
    path: Path, training: Training, width: int | None, layer: FirstLayer, tolerance: Fraction
) -> EarlierKnot:
    """Check a certificate by the checker, and read the knot that it proves.

    Args:
        path: the certificate.
        training: what it is about, with its beta.
        width: likewise.
        layer: the regions of the rows.
        tolerance: relative gap that is called optimal.

    Raises:
        InputError: it is rejected.
    """
    try:
        starts = resumed(path, training, width, layer)
        claim = checker.load(path)["claim"]
    except InputError as error:
        raise InputError(f"{error}; remove it, {_ELSEWHERE}") from error
    solutions = []
    for start, problem in zip(starts, training.problems, strict=True):
        neurons = Neurons(layer, Scaling.of(problem).problem.floats[0])
        network, proof = start.network, start.proof
        assert proof is not None  # a certificate has one
        upper = network.objective(problem)
        solutions.append(
            Solution(problem, width, tolerance, network, upper, proof.value, proof, neurons, (), 0, 0, limited=False)
        )
    joint = JointSolution(tuple(solutions), tolerance)
    line = line_of([solution.network for solution in solutions], training.problems)
    same = (joint.lower, joint.upper) == (Fraction(claim["lower"]), Fraction(claim["upper"]))
    return EarlierKnot(Knot(training.problems[0].beta, joint, line), path, same)


def _listed(path: Path) -> set[str]:
    """The names of the certificates that a file of curves lists."""
    content = _loaded(path)
    try:
        names = {knot["certificate"] for knot in content["knots"]} if content["format"] == FORMAT else None
    except (TypeError, KeyError):
        names = None
    if names is None or not all(isinstance(name, str) and Path(name).name == name for name in names):
        raise InputError(f"{path} is no file of curves that path wrote; remove it, {_ELSEWHERE}")
    return names


def _at_its_beta(path: Path, training: Training, width: int | None) -> Training:
    """What a certificate must be about to be of use; only its input is looked at."""
    content = _loaded(path)
    try:
        if content["format"] != "multilayer-arrangements/optimum":
            raise InputError(f"{path}: it is no certificate of an optimum; remove it")
        beta = exact_number(content["input"]["beta"], f"{path}: beta")
        if beta <= 0:
            raise InputError(f"{path}: beta is {beta}, which is not above 0; remove it")
        own = replace(training, problems=tuple(problem.with_beta(beta) for problem in training.problems))
        check_same(path, content["input"], own, width)
    except InputError as error:
        raise InputError(f"{path.parent} holds a path already, and not this one: {error}; {_ELSEWHERE}") from error
    except (TypeError, KeyError, ValueError, AttributeError, ArithmeticError) as error:
        raise InputError(f"{path}: it is no certificate of an optimum; remove it, {_ELSEWHERE}") from error
    return own


def _loaded(path: Path) -> Any:
    try:
        return checker.load(path)
    except (OSError, ValueError, RecursionError, checker.Rejected) as error:
        raise InputError(f"{path} cannot be read as JSON; remove it, {_ELSEWHERE}") from error
