(* The verified functions as OCaml programs. Integers become those of Zarith. `Z.gcd` is used only where its result is
   checked. *)

Require Import ZArith Extraction ExtrOcamlBasic ExtrOcamlZBigInt.
Require Import RegionChecker Cost OptimumChecker Logistic SecondLayerChecker.

Extract Constant Z.gcd => "Big_int_Z.gcd_big_int".

Extraction "extracted/verified.ml"
  check_regions check_region_proof
  check_optimum check_loss check_logistic logistic_value logistic_below exact_value exact_conjugate
  check_input check_upper check_first_layer check_duals check_lower
  check_second_layer.
