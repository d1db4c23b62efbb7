"""Pictures of arrangements: functions that take an arrangement first, and return a figure of matplotlib (extra `plot`).

Regions have the same numbers, signs and colours in every picture, hyperplanes the same colours and dashes. What is
drawn is counted and cut in integers; floats only say where it is on the page. Nothing is shown, and pyplot is not used:
`figure.savefig(...)` writes it, and notebooks show it.

Example:
    >>> from arrangements import family, pictures
    >>> figure = pictures.draw_lines(family("shi:3"))
    >>> sum((patch.get_gid() or "").startswith("region") for patch in figure.axes[0].patches)
    16
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
