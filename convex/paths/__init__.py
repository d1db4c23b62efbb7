"""The optimum as a function of beta: proven curves below and above it over a whole interval."""
