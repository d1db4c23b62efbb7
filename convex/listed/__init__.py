"""Program (12) over all listed blocks, as the paper writes it, and its literal interpretations."""
