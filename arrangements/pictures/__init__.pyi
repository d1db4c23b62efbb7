from .adjacency_graph import draw_tope_graph
from .data_plane import draw_data_plane
from .flat_diagram import draw_flats
from .function_graph import draw_function
from .lines import draw_lines
from .network_regions import draw_complex
from .page.drawing import svg_text
from .sphere import draw_disc, draw_sphere
from .zonotope import draw_zonotope

__all__ = [
    "draw_complex",
    "draw_data_plane",
    "draw_disc",
    "draw_flats",
    "draw_function",
    "draw_lines",
    "draw_sphere",
    "draw_tope_graph",
    "draw_zonotope",
    "svg_text",
]
