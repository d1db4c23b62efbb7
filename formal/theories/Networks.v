(* Three-layer networks of parallel sub-networks, and what they cost, over the real numbers: the statement of the
   theorem on optima, no proofs about programs. *)

Require Import Reals ZArith QArith Qreals List Lra.
Require Import Vectors Sums.
Import ListNotations.
Open Scope R_scope.

(* W_1 with one weight vector a neuron, w_2 with one number a neuron, w_3 with one number an output. *)
Record subnetwork := { first : list (list R); second : list R; output : list R }.

Definition relu (x : R) : R := Rmax x 0.

Definition pre_activation (s : subnetwork) (x : list R) : R :=
  dot (second s) (map (fun w => relu (dot x w)) (first s)).

Definition answer (net : list subnetwork) (l : nat) (x : list R) : R :=
  sum (fun s => nth l (output s) 0 * relu (pre_activation s x)) net.

Inductive loss_name := Squared | Huber (t : Q) | Hinge.

Definition loss (name : loss_name) (f y : R) : R :=
  let e := Rabs (f - y) in
  match name with
  | Squared => e * e / 2
  | Huber t => if Rle_dec e (Q2R t) then e * e / 2 else Q2R t * (e - Q2R t / 2)
  | Hinge => Rmax (1 - y * f) 0
  end.

(* The sum of a loss over the rows, each times the weight of its row, for output l with its targets. *)
Fixpoint fit (cost : R -> R -> R) (net : list subnetwork) (l : nat) (rows : list (list R)) (rw y : list R) : R :=
  match rows, rw, y with
  | x :: rows', a :: rw', t :: y' => a * cost (answer net l x) t + fit cost net l rows' rw' y'
  | _, _, _ => 0
  end.

Fixpoint fits (cost : R -> R -> R) (net : list subnetwork) (l : nat) (rows : list (list R)) (rw : list R)
    (ys : list (list R)) : R :=
  match ys with
  | [] => 0
  | y :: ys' => fit cost net l rows rw y + fits cost net (S l) rows rw ys'
  end.

Definition squares (w : list R) : R := dot w w.
Definition absolute (w : list R) : R := sum Rabs w.

Definition decay (net : list subnetwork) : R :=
  sum (fun s => squares (second s) + absolute (output s) * absolute (output s)) net.

Definition objective (cost : R -> R -> R) (rows : list (list R)) (rw : list R) (ys : list (list R)) (beta : R)
    (net : list subnetwork) : R :=
  fits cost net 0 rows rw ys + beta / 2 * decay net.

(* A sub-network for inputs of d numbers and q outputs: ||W_1||_F <= 1, at most `width` neurons (any number if null). *)
Definition admissible (d q : nat) (width : option Z) (s : subnetwork) : Prop :=
  length (second s) = length (first s) /\ length (output s) = q /\
  (forall w, In w (first s) -> length w = d) /\ sum squares (first s) <= 1 /\
  match width with Some m => (Z.of_nat (length (first s)) <= m)%Z | None => True end.
