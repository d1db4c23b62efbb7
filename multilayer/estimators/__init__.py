"""Training on arrays, and the estimators for scikit-learn."""
