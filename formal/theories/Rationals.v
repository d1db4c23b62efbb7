(* Rational arithmetic that keeps fractions short, and what it is in the real numbers.
   Fractions are shortened by `Z.gcd`, which need not be right: the divisions are checked to be exact. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool.
Require Import Vectors Signs Integers Sums.
Import ListNotations.
Open Scope Z_scope.

Definition reduce (q : Q) : Q :=
  let g := Z.gcd (Qnum q) (QDen q) in
  if ((0 <? g) && (Qnum q mod g =? 0) && (QDen q mod g =? 0))%Z then
    match (QDen q / g)%Z with Zpos p => (Qnum q / g)%Z # p | _ => q end
  else q.

Lemma reduce_real : forall q, Q2R (reduce q) = Q2R q.
Proof.
  intro q. unfold reduce. set (g := Z.gcd _ _). clearbody g.
  destruct (Z.ltb_spec 0 g) as [G|]; simpl; [|easy].
  destruct (Z.eqb_spec (Qnum q mod g) 0) as [N|]; simpl; [|easy].
  destruct (Z.eqb_spec (QDen q mod g) 0) as [D|]; simpl; [|easy].
  destruct (QDen q / g) as [|p|p] eqn:E; try easy. unfold Q2R. simpl.
  apply Z_div_exact_full_2 in N; [|lia]. apply Z_div_exact_full_2 in D; [|lia]. rewrite E in D.
  rewrite N at 2. rewrite D, !mult_IZR.
  assert (IZR g <> 0)%R by (apply not_0_IZR; lia). assert (IZR (Zpos p) <> 0)%R by now apply not_0_IZR.
  field. now split.
Qed.

Definition qadd (a b : Q) : Q := reduce (a + b).
Definition qmul (a b : Q) : Q := reduce (a * b).
Definition qpos (a : Q) : Q := if Qle_bool 0 a then a else 0%Q.
Definition qabs (a : Q) : Q := if Qle_bool 0 a then a else Qopp a.
Definition half (a : Q) : Q := reduce (a * (1 # 2)).

Fixpoint qdot (a b : list Q) : Q :=
  match a, b with
  | x :: a', y :: b' => qadd (qmul x y) (qdot a' b')
  | _, _ => 0%Q
  end.

Fixpoint qsum {A} (f : A -> Q) (l : list A) : Q := match l with [] => 0%Q | x :: l' => qadd (f x) (qsum f l') end.

Lemma Q2R_zero : Q2R 0 = 0%R.
Proof. apply RMicromega.Q2R_0. Qed.

Lemma Q2R_one : Q2R 1 = 1%R.
Proof. apply RMicromega.Q2R_1. Qed.

Lemma qadd_real : forall a b, Q2R (qadd a b) = (Q2R a + Q2R b)%R.
Proof. intros. unfold qadd. rewrite reduce_real. apply Q2R_plus. Qed.

Lemma qmul_real : forall a b, Q2R (qmul a b) = (Q2R a * Q2R b)%R.
Proof. intros. unfold qmul. rewrite reduce_real. apply Q2R_mult. Qed.

Lemma half_real : forall a, Q2R (half a) = (Q2R a / 2)%R.
Proof. intros. unfold half. rewrite reduce_real, Q2R_mult. unfold Q2R at 2. simpl. field. Qed.

Lemma qle_real : forall a b, Qle_bool a b = true <-> (Q2R a <= Q2R b)%R.
Proof. intros. rewrite Qle_bool_iff. split; [apply Qle_Rle|apply Rle_Qle]. Qed.

Lemma qle_real_false : forall a b, Qle_bool a b = false -> (Q2R b < Q2R a)%R.
Proof.
  intros a b H. apply Rnot_le_lt. intro L. apply qle_real in L. congruence.
Qed.

Lemma qpos_real : forall a, Q2R (qpos a) = Rmax (Q2R a) 0.
Proof.
  intro a. unfold qpos. destruct (Qle_bool 0 a) eqn:E.
  - apply qle_real in E. rewrite Q2R_zero in E. now rewrite Rmax_left.
  - apply qle_real_false in E. rewrite Q2R_zero in *. now rewrite Rmax_right by lra.
Qed.

Lemma qabs_real : forall a, Q2R (qabs a) = Rabs (Q2R a).
Proof.
  intro a. unfold qabs. destruct (Qle_bool 0 a) eqn:E.
  - apply qle_real in E. rewrite Q2R_zero in E. now rewrite Rabs_right by lra.
  - apply qle_real_false in E. rewrite Q2R_zero in E. now rewrite Q2R_opp, Rabs_left.
Qed.

Lemma qdot_real : forall a b, Q2R (qdot a b) = dot (rational a) (rational b).
Proof.
  induction a as [|x a IH]; intros [|y b]; simpl; try apply Q2R_zero.
  now rewrite qadd_real, qmul_real, IH.
Qed.

Lemma qsum_real : forall A (f : A -> Q) l, Q2R (qsum f l) = sum (fun x => Q2R (f x)) l.
Proof. induction l as [|x l IH]; simpl; [apply Q2R_zero|]. now rewrite qadd_real, IH. Qed.

Lemma rational_nth : forall a l, nth l (rational a) 0%R = Q2R (nth l a 0%Q).
Proof. intros. rewrite <- Q2R_zero. unfold rational. apply map_nth. Qed.
