(* What the theorems rest on; ../axioms.sh reads this. *)

Require Import Regions RegionProofs OptimumChecker SecondLayer SecondLayerChecker.

Print Assumptions regions_are_sign_vectors.
Print Assumptions regions_correct.
Print Assumptions optimum_correct.
Print Assumptions second_layer_correct.
Print Assumptions mirror_cells.
