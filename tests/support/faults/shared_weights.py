"""Faults under the claim on shared weights."""

from support.faults.first_claims import always, plus

SHARED = "multilayer.claims.counting.shared_weights"
FAULTS = [
    ("shared weights", f"{SHARED}.shared_exponent", plus(2), "is lower"),
    ("shared weights", f"{SHARED}.layer_exponent", plus(-3), "is lower"),
    ("shared weights", f"{SHARED}.shared_bound", always(3), "at most as many"),
    ("shared weights", f"{SHARED}.layer_joint", lambda right: lambda *a: 2 * right(*a), "has changed"),
]
