"""Networks and trained models for hypothesis: any widths, several outputs, bias, classes."""

from fractions import Fraction

from hypothesis import strategies as st

from convex import Network, SubNetwork, TrainedModel, read_loss

THIRDS = st.integers(-9, 9).map(lambda k: Fraction(k, 3))
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)


@st.composite
def networks(draw, columns=3, outputs=THIRDS):
    """Up to three sub-networks, of widths 0 to 3."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        width = draw(st.integers(0, 3))
        first = draw(st.lists(st.tuples(*[THIRDS] * columns), min_size=width, max_size=width))
        second = draw(st.lists(THIRDS, min_size=width, max_size=width))
        parts.append(SubNetwork(tuple(first), tuple(second), draw(outputs)))
    return Network(tuple(parts))


@st.composite
def models(draw, columns=3):
    """Models of up to three outputs, on three columns, one of which may be the bias.

    With several outputs no output weight is 0, as a file does not say to which output such a sub-network belongs.
    """
    count, bias = draw(st.integers(1, 3)), draw(st.booleans())
    weights = THIRDS if count == 1 else THIRDS.filter(bool)
    own = st.lists(NAMES, min_size=columns - bias, max_size=columns - bias, unique=True).map(tuple)
    labels = {1: 2, 3: 3}.get(count)
    classes = draw(st.lists(NAMES, min_size=labels, max_size=labels, unique=True).map(tuple)) if labels else ()
    classes = classes if draw(st.booleans()) else ()
    targets = (
        draw(st.lists(NAMES, min_size=1, max_size=1))
        if classes
        else draw(st.lists(NAMES, min_size=count, max_size=count))
    )
    lower = draw(st.none() | st.fractions())
    return TrainedModel(
        tuple(draw(networks(columns, weights)) for _ in range(count)),
        columns=draw(own),
        bias=bias,
        decimals=draw(st.none() | st.integers(0, 9)),
        targets=tuple(targets),
        classes=classes,
        loss=draw(st.sampled_from([None, *map(read_loss, ["squared", "huber:1/4", "huber", "hinge", "logistic"])])),
        beta=draw(st.none() | st.fractions(min_value=Fraction(1, 10**6))),
        width=draw(st.none() | st.integers(1, 9)),
        upper=None if lower is None else lower + draw(st.fractions(min_value=0)),
        lower=lower,
        certificate=draw(st.none() | NAMES),
    )
