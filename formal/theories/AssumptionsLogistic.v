(* What the theorem on the logistic loss rests on; ../axioms.sh reads this. *)

Require Import Logistic.

Print Assumptions logistic_correct.
