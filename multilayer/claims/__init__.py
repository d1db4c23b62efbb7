"""The paper under test: each numbered statement with a verdict and its evidence (`multilayer.claims.referee`)."""
