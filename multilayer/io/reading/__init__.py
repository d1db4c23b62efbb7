"""From a file to cells with their places: what a name ends with, text and its header, binary files, columns."""
