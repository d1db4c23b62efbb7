"""A figure that notebooks show by themselves, without pyplot. Imported only where matplotlib is installed."""

from matplotlib.figure import Figure

from arrangements.pictures.page.drawing import svg_text


class Picture(Figure):
    """A figure of matplotlib with a picture for notebooks."""

    def _repr_svg_(self) -> str:
        """Write the figure for a notebook."""
        return svg_text(self)
