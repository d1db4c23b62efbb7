(* The checker of the cells of one tuple: witnesses, and the tree of signs with leaves that are positive sums which
   vanish identically. The functions; what they prove is in CellProofs.v. *)

Require Import ZArith QArith List Bool.
Require Import Signs Integers Circuits SignTree RegionChecker Networks Neurons NeuronNames.
Import ListNotations.
Open Scope Z_scope.

Definition sign_at (s : list sign) (i : Z) : sign := match get s i with Some t => t | None => Zero end.
Definition active_at (i : Z) (t : neuron) : bool := sign_eqb (sign_at (fst t) i) Pos.

(* Rows that both output signs are active on are open, the others have a sign that is known. *)
Definition step_of (T : list neuron) (i : Z) : step :=
  if existsb (fun t => active_at i t && snd t) T then
    if existsb (fun t => active_at i t && negb (snd t)) T then Open i else Forced Pos
  else if existsb (fun t => active_at i t && negb (snd t)) T then Forced Neg else Forced Zero.

Fixpoint steps_from (i : Z) (rows : list (list Z)) (T : list neuron) : list step :=
  match rows with [] => [] | _ :: rows' => step_of T i :: steps_from (i + 1) rows' T end.

(* A term [j, i, c] is c x_i.w_j, or c u_i if j is -1. *)
Definition term : Type := (Z * Z) * Z.

Definition positive_term (T : list neuron) (known : list (Z * sign)) (t : term) : bool :=
  let '((j, i), c) := t in
  let s := if j =? -1 then decided known i else match get T j with Some u => sign_at (fst u) i | None => Zero end in
  match s with Pos => 0 <? c | Neg => c <? 0 | Zero => false end.

Fixpoint add_at (j : Z) (v : list Z) (vs : list (list Z)) : list (list Z) :=
  match vs with
  | [] => []
  | a :: vs' => if j =? 0 then zadd v a :: vs' else a :: add_at (j - 1) v vs'
  end.

Fixpoint add_active (i : Z) (v : list Z) (T : list neuron) (vs : list (list Z)) : list (list Z) :=
  match T, vs with
  | t :: T', a :: vs' =>
    (if active_at i t then zadd (if snd t then v else zscale (-1) v) a else a) :: add_active i v T' vs'
  | _, _ => vs
  end.

(* The factors of w_1, w_2, ... in the sum of the terms. *)
Fixpoint factors (rows : list (list Z)) (T : list neuron) (terms : list term) : option (list (list Z)) :=
  match terms with
  | [] => Some (map (fun _ => []) T)
  | ((j, i), c) :: terms' =>
    match get rows i, factors rows T terms' with
    | Some r, Some vs =>
      Some (if j =? -1 then add_active i (zscale c r) T vs else add_at j (zscale c r) vs)
    | _, _ => None
    end
  end.

Definition vanishes (rows : list (list Z)) (T : list neuron) (known : list (Z * sign)) (leaf : list term) : bool :=
  match leaf with
  | [] => false
  | _ => forallb (positive_term T known) leaf &&
         match factors rows T leaf with Some vs => forallb zero vs | None => false end
  end.

Definition clear_leaf (leaf : list ((Z * Z) * Q)) : option (list term) :=
  match clear_vector (map snd leaf) with Some (_, z) => Some (combine (map fst leaf) z) | None => None end.

Definition zrelu (x : Z) : Z := if 0 <? x then x else 0.

Fixpoint zsecond (T : list neuron) (r : list Z) (ws : list (list Z)) : Z :=
  match T, ws with
  | t :: T', w :: ws' => (if snd t then zrelu (zdot r w) else - zrelu (zdot r w)) + zsecond T' r ws'
  | _, _ => 0
  end.

Fixpoint fits_steps (todo : list step) (s : list sign) : bool :=
  match todo, s with
  | [], [] => true
  | Forced t :: todo', x :: s' => sign_eqb x t && fits_steps todo' s'
  | Open _ :: todo', x :: s' => negb (sign_eqb x Zero) && fits_steps todo' s'
  | _, _ => false
  end.

Fixpoint all_in_regions (rows : list (list Z)) (T : list neuron) (ws : list (list Z)) : bool :=
  match T, ws with
  | [], [] => true
  | t :: T', w :: ws' => signs_eqb (map (fun r => zsgn (zdot r w)) rows) (fst t) && all_in_regions rows T' ws'
  | _, _ => false
  end.

Definition check_cell (rows : list (list Z)) (d : Z) (T : list neuron) (cell : list sign * list (list Q)) : bool :=
  forallb (fun w => zlen w =? d) (snd cell) && fits_steps (steps_from 0 rows T) (fst cell) &&
  match clear_table (snd cell) with
  | Some (_, ws) =>
    all_in_regions rows T ws && signs_eqb (map (fun r => zsgn (zsecond T r ws)) rows) (fst cell)
  | None => false
  end.

Definition check_cells (rows : list (list Z)) (d : Z) (T : list neuron) (cells : list (list sign * list (list Q)))
  (leaves : list (list ((Z * Z) * Q))) : bool :=
  forallb (check_cell rows d T) cells &&
  match all_some clear_leaf leaves with
  | Some l =>
    match replay (vanishes rows T) (steps_from 0 rows T) [] (rev_map fst cells []) l with
    | Some [] => true
    | _ => false
    end
  | None => false
  end.
