"""What a file is, by its first bytes: for messages about files that were given in place of a certificate."""

import json
from pathlib import Path

CURVES = "path.json"  # in a folder that path wrote
_MAGIC = {
    b"\x93NUMPY": "a NumPy array",
    b"PK": "a zip archive, as .npz and .xlsx files are",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet table",
}
_ADVICE = "count --certificate and solve write certificates"


def not_a_certificate(path: Path) -> str | None:
    """Say what a file is that is no certificate at all; None if it may have been meant as one.

    Args:
        path: a file.
    """
    kind = None if path.suffix.lower() == ".gz" else _kind(path)
    return None if kind is None else f"{path} is {kind}, not a certificate; {_ADVICE}"


def _kind(path: Path) -> str | None:
    try:
        data = path.read_bytes()
        text = data.decode()
        content = json.loads(text)
    except UnicodeDecodeError:
        return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "binary data")
    except RecursionError:
        return "JSON nested too deeply"
    except ValueError:
        if data.startswith(tuple(_MAGIC)) or b"\0" in data:
            return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "binary data")
        if not text.strip():
            return "empty"
        return None if text.lstrip().startswith(("{", "[")) else "text, as tables are"
    except OSError:
        return None
    if isinstance(content, dict):
        return None if "format" in content else "JSON without the field format"
    return "JSON, but no object"
