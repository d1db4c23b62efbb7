"""All elements of a group of signed permutations, by multiplying with generators until nothing new comes."""


def generated(group):
    """The elements as pairs of images and signs; `group` is a SymmetryGroup."""
    m = len(group.arrangement.hyperplanes)
    known, waiting = {(tuple(range(m)), (1,) * m)}, [(tuple(range(m)), (1,) * m)]
    while waiting:
        images, signs = waiting.pop()
        for g in group.generators:
            after = (
                tuple(g.images[i] for i in images),
                tuple(s * g.signs[i] for s, i in zip(signs, images, strict=True)),
            )
            if after not in known:
                known.add(after)
                waiting.append(after)
    return known
