"""The paper under test: each numbered statement with a verdict and computed evidence."""
