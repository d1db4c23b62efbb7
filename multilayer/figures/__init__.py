"""Results as pictures: drawing (what they share), growth, depth. Made with matplotlib (extra `plot`)."""
