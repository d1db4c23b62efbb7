"""Training and using networks: problems of a table, certified optima, going on from them, samples, predictions."""
