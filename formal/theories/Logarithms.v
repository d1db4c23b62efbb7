(* Rational bounds of exponentials and logarithms. How a bound of a logarithm is found does not matter: it is accepted
   only if its exponential, in rational bounds, is on the right side. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool Factorial.
Require Import Integers Rationals ExponentialBounds.
Import ListNotations.
Open Scope Z_scope.

(* Rounding to multiples of 2^-260. *)
Definition grid : positive := Z.to_pos (Z.pow 2 260).
Definition round_down (q : Q) : Q := (Qnum q * Zpos grid / QDen q) # grid.
Definition round_up (q : Q) : Q := Qopp (round_down (Qopp q)).

(* The series of exp(-x) by Horner's rule: 1 - x/j (1 - x/(j+1) (...)), with as many terms as a list is long. *)
Fixpoint horner (x : Q) (j : positive) (terms : list bool) : Q :=
  match terms with
  | [] => 1%Q
  | _ :: terms' => (1 + (Qopp x * (1 # j)) * horner x (Pos.succ j) terms')%Q
  end.

Fixpoint halves (k : list bool) (x : Q) : Q := match k with [] => x | _ :: k' => halves k' (Qmult x (1 # 2)) end.

Fixpoint squared_often (round : Q -> Q) (k : list bool) (q : Q) : Q :=
  match k with [] => q | _ :: k' => squared_often round k' (round (Qmult q q)) end.

Definition forty : list bool := repeat true 40.
Definition twelve : list bool := repeat true 12.

(* Bounds of exp(-x) for x >= 0. *)
Definition exp_below (x : Q) : Q :=
  let q := round_down (horner (halves twelve (round_up x)) 1 (true :: forty)) in
  if Qle_bool 0 q then squared_often round_down twelve q else 0%Q.

(* What is beyond 4096 makes no difference to multiples of 2^-260. *)
Definition cut_off (x : Q) : Q := if Qle_bool x 4096 then x else 4096%Q.

Definition exp_above (x : Q) : Q :=
  squared_often round_up twelve (round_up (horner (halves twelve (round_down (cut_off x))) 1 forty)).

(* -log p by Newton's method, for p > 0. *)
Fixpoint newton (steps : list bool) (p t : Q) : Q :=
  match steps with
  | [] => t
  | _ :: steps' =>
    let e := exp_below t in
    newton steps' p (qpos (round_down (t + 1 - p / e)))
  end.

Definition estimate (p : Q) : Q :=
  newton (repeat true 10) p (qpos ((Z.log2 (QDen p) - Z.log2 (Qnum p)) * 693147 # 1000000)).

Definition tiny : Q := 1 # Z.to_pos (Z.pow 2 230).

(* Bounds of -log p, if what is proposed is one. *)
Definition if_below (p t : Q) : option Q := if Qle_bool p (exp_below t) then Some t else None.
Definition if_above (p t : Q) : option Q := if Qle_bool 0 t && Qle_bool (exp_above t) p then Some t else None.

Definition neglog_below (p : Q) : option Q := if_below p (qpos (estimate p - tiny)).
Definition proposed_above (p : Q) : Q := round_up (estimate p + tiny).
Definition neglog_above (p : Q) : option Q := if_above p (proposed_above p).

Open Scope R_scope.

Lemma grid_positive : 0 < IZR (Zpos grid).
Proof. now apply IZR_lt. Qed.

Lemma round_down_real : forall q, Q2R (round_down q) <= Q2R q.
Proof.
  intro q. unfold round_down. set (g := grid). pose proof grid_positive as G. fold g in G. clearbody g.
  unfold Q2R. simpl. set (d := QDen q) in *.
  assert (D : (0 < d)%Z) by (subst d; easy). assert (DR : 0 < IZR d) by now apply IZR_lt.
  pose proof (Z.mul_div_le (Qnum q * Zpos g) d D) as H. apply IZR_le in H. rewrite !mult_IZR in H.
  change (/ IZR (QDen q)) with (/ IZR d).
  apply Rmult_le_reg_r with (IZR (Zpos g) * IZR d); [nra|].
  replace (IZR (Qnum q * Zpos g / d) * / IZR (Zpos g) * (IZR (Zpos g) * IZR d))
    with (IZR d * IZR (Qnum q * Zpos g / d)) by (field; lra).
  replace (IZR (Qnum q) * / IZR d * (IZR (Zpos g) * IZR d)) with (IZR (Qnum q) * IZR (Zpos g)) by (field; lra). exact H.
Qed.

Lemma round_up_real : forall q, Q2R q <= Q2R (round_up q).
Proof. intro q. unfold round_up. pose proof (round_down_real (Qopp q)) as H. rewrite Q2R_opp in *. lra. Qed.

Lemma round_down_nonneg : forall q, 0 <= Q2R q -> 0 <= Q2R (round_down q).
Proof.
  intros q H. unfold round_down. set (g := grid). pose proof grid_positive as G. fold g in G. clearbody g.
  assert (N : (0 <= Qnum q)%Z).
  { destruct (Z_lt_ge_dec (Qnum q) 0) as [L|L]; [exfalso|lia]. unfold Q2R in H. apply IZR_lt in L.
    assert (0 < / IZR (QDen q)) by (apply Rinv_0_lt_compat; now apply IZR_lt). nra. }
  unfold Q2R. simpl. apply Rmult_le_pos; [|now apply Rlt_le, Rinv_0_lt_compat]. apply IZR_le.
  apply Z.div_pos; [nia|easy].
Qed.

(* The series by Horner's rule. *)
Definition series_term (x : R) (k : nat) : R := (- x) ^ k / INR (fact k).

Fixpoint series (x : R) (j n : nat) : R :=
  match n with O => series_term x j | S m => series_term x j + series x (S j) m end.

Lemma partial_series : forall n j x, partial (S (j + n)) x = partial j x + series x (S j) n.
Proof.
  induction n as [|n IH]; intros j x.
  - rewrite Nat.add_0_r. easy.
  - replace (j + S n)%nat with (S j + n)%nat by lia. rewrite IH. cbn [series partial]. unfold series_term. ring.
Qed.

Lemma horner_series : forall terms x j,
  series (Q2R x) j (length terms) = series_term (Q2R x) j * Q2R (horner x (Pos.of_succ_nat j) terms).
Proof.
  induction terms as [|b terms IH]; intros x j.
  - simpl. rewrite Q2R_one. ring.
  - cbn [length series horner]. rewrite IH, Q2R_plus, !Q2R_mult, Q2R_opp, Q2R_one.
    replace (Pos.succ (Pos.of_succ_nat j)) with (Pos.of_succ_nat (S j)) by easy.
    set (h := Q2R (horner x _ terms)). unfold series_term.
    change (fact (S j)) with (S j * fact j)%nat. rewrite mult_INR.
    replace (Q2R (1 # Pos.of_succ_nat j)) with (/ INR (S j)).
    + cbn [pow]. field. split; [now apply not_0_INR|apply INR_fact_neq_0].
    + unfold Q2R. cbn [Qnum Qden]. rewrite INR_IZR_INZ. change (Z.of_nat (S j)) with (Zpos (Pos.of_succ_nat j)). ring.
Qed.

Lemma horner_partial : forall terms x, Q2R (horner x 1 terms) = partial (length terms) (Q2R x).
Proof.
  intros [|b terms] x; [simpl; apply Q2R_one|].
  assert (T : forall y, series_term y 0 = 1) by (intro; unfold series_term; simpl; field).
  assert (P : partial (length (b :: terms)) (Q2R x) = series (Q2R x) 0 (length (b :: terms))).
  { change (partial (S (0 + length terms)) (Q2R x) = series_term (Q2R x) 0 + series (Q2R x) 1 (length terms)).
    now rewrite partial_series, T. }
  rewrite P, horner_series, T, Rmult_1_l. easy.
Qed.

Lemma halves_real : forall k x, Q2R (halves k x) * 2 ^ length k = Q2R x.
Proof.
  induction k as [|b k IH]; intro x; simpl; [ring|]. pose proof (IH (x * (1 # 2))%Q) as H.
  rewrite Q2R_mult in H. replace (Q2R (1 # 2)) with (/ 2) in H by (unfold Q2R; simpl; ring). lra.
Qed.

Lemma squared_below : forall k q y, 0 <= Q2R q <= exp (- y) ->
  0 <= Q2R (squared_often round_down k q) <= exp (- (y * 2 ^ length k)).
Proof.
  induction k as [|b k IH]; intros q y H; simpl; [now rewrite Rmult_1_r|].
  replace (y * (2 * 2 ^ length k)) with ((2 * y) * 2 ^ length k) by ring. apply IH.
  assert (S : 0 <= Q2R (q * q)) by (rewrite Q2R_mult; nra).
  split; [now apply round_down_nonneg|]. apply Rle_trans with (1 := round_down_real _). rewrite Q2R_mult.
  replace (- (2 * y)) with (- y + - y) by ring. rewrite exp_plus. nra.
Qed.

Lemma squared_above : forall k q y, exp (- y) <= Q2R q ->
  exp (- (y * 2 ^ length k)) <= Q2R (squared_often round_up k q).
Proof.
  induction k as [|b k IH]; intros q y H; simpl; [now rewrite Rmult_1_r|].
  replace (y * (2 * 2 ^ length k)) with ((2 * y) * 2 ^ length k) by ring. apply IH.
  apply Rle_trans with (2 := round_up_real _). rewrite Q2R_mult.
  replace (- (2 * y)) with (- y + - y) by ring. rewrite exp_plus. pose proof (exp_pos (- y)). nra.
Qed.

Lemma exp_decreasing : forall x y, x <= y -> exp (- y) <= exp (- x).
Proof. intros x y [H|<-]; [|lra]. apply Rlt_le, exp_increasing. lra. Qed.

Theorem exp_below_real : forall x, 0 <= Q2R x -> Q2R (exp_below x) <= exp (- Q2R x).
Proof.
  intros x X. unfold exp_below. set (u := round_up x). pose proof (round_up_real x) as U. fold u in U.
  apply Rle_trans with (exp (- Q2R u)); [|now apply exp_decreasing].
  set (y := halves twelve u). pose proof (halves_real twelve u) as Y. fold y in Y. clearbody y.
  set (q := round_down _). destruct (Qle_bool 0 q) eqn:E.
  - rewrite <- Y. apply squared_below. apply qle_real in E. rewrite Q2R_zero in E. split; [easy|].
    apply Rle_trans with (1 := round_down_real _). rewrite horner_partial.
    apply (exp_between 20). assert (0 < 2 ^ length twelve) by (apply pow_lt; lra). nra.
  - rewrite Q2R_zero. apply Rlt_le, exp_pos.
Qed.

Lemma cut_off_real : forall x, 0 <= Q2R x -> 0 <= Q2R (cut_off x) <= Q2R x.
Proof.
  intros x X. unfold cut_off. destruct (Qle_bool x 4096) eqn:E; [lra|]. apply qle_real_false in E.
  assert (F : Q2R 4096 = 4096) by (unfold Q2R; simpl; lra). rewrite F in *. lra.
Qed.

Theorem exp_above_real : forall x, 0 <= Q2R x -> exp (- Q2R x) <= Q2R (exp_above x).
Proof.
  intros x X. unfold exp_above. destruct (cut_off_real x X) as [X1 X2]. set (z := cut_off x) in *. clearbody z.
  set (u := round_down z). pose proof (round_down_real z) as U. fold u in U.
  pose proof (round_down_nonneg z X1) as P. fold u in P.
  apply Rle_trans with (exp (- Q2R u)); [apply exp_decreasing; lra|].
  set (y := halves twelve u). pose proof (halves_real twelve u) as Y. fold y in Y. clearbody y. rewrite <- Y.
  apply squared_above. apply Rle_trans with (2 := round_up_real _). rewrite horner_partial.
  apply (exp_between 20). assert (0 < 2 ^ length twelve) by (apply pow_lt; lra). nra.
Qed.

Lemma qpos_nonneg : forall q, 0 <= Q2R (qpos q).
Proof. intro q. rewrite qpos_real. apply Rmax_r. Qed.

Lemma log_le : forall x y, 0 < x -> x <= y -> ln x <= ln y.
Proof. intros x y X [H|<-]; [|lra]. now apply Rlt_le, ln_increasing. Qed.

Lemma if_below_real : forall p s t, if_below p s = Some t -> 0 <= Q2R s -> 0 < Q2R p -> Q2R t <= - ln (Q2R p).
Proof.
  intros p s t H S P. unfold if_below in H. destruct (Qle_bool p (exp_below s)) eqn:E; [|discriminate].
  injection H as <-. apply qle_real in E. pose proof (exp_below_real s S) as B.
  assert (L : ln (Q2R p) <= ln (exp (- Q2R s))) by (apply log_le; lra). rewrite ln_exp in L. lra.
Qed.

Lemma if_above_real : forall p s t, if_above p s = Some t -> 0 < Q2R p -> - ln (Q2R p) <= Q2R t.
Proof.
  intros p s t H P. unfold if_above in H.
  destruct (Qle_bool 0 s && Qle_bool (exp_above s) p) eqn:E; [|discriminate].
  injection H as <-. apply andb_prop in E as [E1 E2]. apply qle_real in E1, E2. rewrite Q2R_zero in E1.
  pose proof (exp_above_real s E1) as B. pose proof (exp_pos (- Q2R s)).
  assert (L : ln (exp (- Q2R s)) <= ln (Q2R p)) by (apply log_le; lra). rewrite ln_exp in L. lra.
Qed.

Theorem neglog_below_real : forall p t, neglog_below p = Some t -> 0 < Q2R p -> Q2R t <= - ln (Q2R p).
Proof. intros p t H. exact (if_below_real p _ t H (qpos_nonneg _)). Qed.

Theorem neglog_above_real : forall p t, neglog_above p = Some t -> 0 < Q2R p -> - ln (Q2R p) <= Q2R t.
Proof. intros p t. unfold neglog_above. apply if_above_real. Qed.
