(* What the theorems rest on; ../axioms.sh reads this. *)

Require Import Regions RegionChecker OptimumChecker.

Print Assumptions regions_are_sign_vectors.
Print Assumptions regions_correct.
Print Assumptions optimum_correct.
