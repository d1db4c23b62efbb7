"""Templates of pages, with places named by comments such as <!--TITLE-->."""

from collections.abc import Mapping


def filled(template: str, parts: Mapping[str, str]) -> str:
    """Put a part in each place of a template.

    Args:
        template: with each place once.
        parts: by the name of the place, in the order of the template.

    Example:
        >>> filled("<p><!--NAME--></p>", {"NAME": "x"})
        '<p>x</p>'
    """
    text, done = template, ""
    for name, part in parts.items():
        before, mark, text = text.partition(f"<!--{name}-->")
        assert mark, f"the template lacks the place of {name}, or has it earlier"
        done += before + part
    return done + text
