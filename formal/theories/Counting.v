(* The number of regions of a central arrangement by deletion and restriction, r(A) = r(A - H) + r(A^H). Only one
   half of this is needed, and proven: there are no more regions than that. *)

Require Import ZArith List Bool.
Require Import Signs Integers.
Import ListNotations.
Open Scope Z_scope.

Definition coordinate (c : Z) (a : list Z) : Z := match get a c with Some x => x | None => 0 end.

Fixpoint first_nonzero (a : list Z) (c : Z) : Z :=
  match a with [] => c | x :: a' => if x =? 0 then first_nonzero a' (c + 1) else c end.

Fixpoint vector_eqb (a b : list Z) : bool :=
  match a, b with
  | [], [] => true
  | x :: a', y :: b' => (x =? y) && vector_eqb a' b'
  | _, _ => false
  end.

Definition parallel (a b : list Z) : bool :=
  let c := first_nonzero a 0 in
  let x := coordinate c a in
  let y := coordinate c b in
  negb (x =? 0) && negb (y =? 0) && vector_eqb (zscale x b) (zscale y a).

(* One row of each hyperplane. *)
Fixpoint hyperplanes (rows kept : list (list Z)) : list (list Z) :=
  match rows with
  | [] => kept
  | r :: rows' => if zero r || existsb (parallel r) kept then hyperplanes rows' kept else hyperplanes rows' (r :: kept)
  end.

(* A row on the hyperplane of a: a multiple of it there, with coordinate c eliminated. *)
Definition restrict (c : Z) (a r : list Z) : list Z :=
  zadd (zscale (coordinate c a) r) (zscale (- coordinate c r) a).

(* What is left of a number when the regions are taken off; None if there are more. *)
Fixpoint take_regions (fuel : list (list Z)) (rows : list (list Z)) (left : Z) : option Z :=
  match rows with
  | [] => if left <=? 0 then None else Some (left - 1)
  | a :: rest =>
    match fuel with
    | [] => None
    | _ :: fuel' =>
      match take_regions fuel' rest left with
      | None => None
      | Some left' =>
        let c := first_nonzero a 0 in
        if coordinate c a =? 0 then None else take_regions fuel' (hyperplanes (map (restrict c a) rest) []) left'
      end
    end
  end.

Definition at_most (rows : list (list Z)) (n : Z) : bool :=
  match take_regions rows (hyperplanes rows []) n with Some _ => true | None => false end.
