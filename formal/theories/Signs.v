(* Signs of real numbers, and of integers. *)

Require Import Reals ZArith List Lra Lia Bool.
Import ListNotations.
Open Scope R_scope.

Inductive sign := Neg | Zero | Pos.

Definition sgn (x : R) : sign :=
  match Rlt_dec 0 x with
  | left _ => Pos
  | right _ => match Rlt_dec x 0 with left _ => Neg | right _ => Zero end
  end.

Definition zsgn (z : Z) : sign :=
  match Z.compare z 0 with Lt => Neg | Eq => Zero | Gt => Pos end.

Definition sign_eqb (a b : sign) : bool :=
  match a, b with Neg, Neg | Zero, Zero | Pos, Pos => true | _, _ => false end.

Definition opposite (s : sign) : sign := match s with Neg => Pos | Zero => Zero | Pos => Neg end.

Lemma sign_eqb_eq : forall a b, sign_eqb a b = true <-> a = b.
Proof. now intros [] []. Qed.

Lemma sgn_pos : forall x, sgn x = Pos <-> 0 < x.
Proof. intro x. unfold sgn. destruct (Rlt_dec 0 x), (Rlt_dec x 0); split; intro; try easy; lra. Qed.

Lemma sgn_neg : forall x, sgn x = Neg <-> x < 0.
Proof. intro x. unfold sgn. destruct (Rlt_dec 0 x), (Rlt_dec x 0); split; intro; try easy; lra. Qed.

Lemma sgn_zero : forall x, sgn x = Zero <-> x = 0.
Proof. intro x. unfold sgn. destruct (Rlt_dec 0 x), (Rlt_dec x 0); split; intro; try easy; lra. Qed.

Lemma sgn_scale : forall c x, 0 < c -> sgn (c * x) = sgn x.
Proof.
  intros c x Hc. destruct (Rtotal_order x 0) as [H|[H|H]].
  - rewrite (proj2 (sgn_neg x) H). apply sgn_neg. apply Rmult_lt_compat_l with (r := c) in H; lra.
  - subst. now rewrite Rmult_0_r.
  - rewrite (proj2 (sgn_pos x) H). apply sgn_pos. apply Rmult_lt_compat_l with (r := c) in H; lra.
Qed.

Lemma sgn_opp : forall x, sgn (- x) = opposite (sgn x).
Proof.
  intro x. destruct (Rtotal_order x 0) as [H|[H|H]].
  - rewrite (proj2 (sgn_neg x) H). apply sgn_pos. lra.
  - rewrite (proj2 (sgn_zero x) H). apply sgn_zero. lra.
  - rewrite (proj2 (sgn_pos x) H). apply sgn_neg. lra.
Qed.

Lemma opposite_twice : forall s, opposite (opposite s) = s.
Proof. now intros []. Qed.

Lemma zsgn_sgn : forall z, zsgn z = sgn (IZR z).
Proof.
  intro z. unfold zsgn. destruct (Z.compare_spec z 0) as [H|H|H]; symmetry.
  - subst. now apply sgn_zero.
  - now apply sgn_neg, IZR_lt.
  - now apply sgn_pos, IZR_lt.
Qed.

Fixpoint signs_eqb (a b : list sign) : bool :=
  match a, b with
  | [], [] => true
  | x :: a', y :: b' => sign_eqb x y && signs_eqb a' b'
  | _, _ => false
  end.

Lemma signs_eqb_eq : forall a b, signs_eqb a b = true <-> a = b.
Proof.
  induction a as [|x a IH]; intros [|y b]; simpl; try easy. rewrite andb_true_iff, sign_eqb_eq, IH.
  split; [now intros [-> ->]|intro H; now inversion H].
Qed.
