"""How pictures are drawn: figures and panels, colours, names, labels inside regions and around views, graphs."""
