(* Optima with the logistic loss. The logarithm of Coq's library rests on excluded middle (`classic`) in addition to the
   axioms of the other theorems. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool.
Require Import Vectors Integers Sums Networks Duality Rationals ExponentialBounds Logarithms Cost OptimumChecker.
Import ListNotations.
Open Scope Z_scope.

Definition logistic (f y : R) : R := ln (1 + exp (- (y * f))).

(* log(1 + exp(-g)) = max(-g, 0) + log(1 + exp(-|g|)), rounded upwards; the second part is at most 1. *)
Definition logistic_above (g : Q) : Q :=
  let e := exp_above (if Qle_bool (qabs g) 1000 then qabs g else 1000) in
  let second := match neglog_above (1 / (1 + e)) with Some t => t | None => 1%Q end in
  (qpos (Qopp g) + second)%Q.

(* Bounds in a file are in units of 2^-128. *)
Definition of_unit (t : Z) : Q := t # Z.to_pos (Z.pow 2 128).

(* The same with a bound t of the second part, if it is one; nothing is rounded. *)
Definition logistic_within (t : Z) (g : Q) : option Q :=
  let e := exp_above (if Qle_bool (qabs g) 1000 then qabs g else 1000) in
  match if_above (1 / (1 + e)) (of_unit t) with Some s => Some (qadd (qpos (Qopp g)) s) | None => None end.

Definition logistic_value (t : option Z) (f y : Q) : option Q :=
  match t with
  | Some t => logistic_within t (qmul y f)
  | None => Some (round_up (logistic_above (qmul y f)))
  end.

(* -p log p, rounded downwards, if a bound of the logarithm is found. *)
Definition entropy_below (p : Q) : option Q :=
  if Qle_bool p 0 then Some 0%Q else
  match neglog_below p with Some t => Some (round_down (p * t)) | None => None end.

(* -p log p from a bound a of -log p; for p = 0 it must be 0. *)
Definition entropy_within (p : Q) (a : Z) : option Q :=
  if Qle_bool p 0 then if a =? 0 then Some 0%Q else None else
  if 0 <=? a then match if_below p (of_unit a) with Some t => Some (qmul p t) | None => None end else None.

Definition entropy_bound (a : option Z) (p : Q) : option Q :=
  match a with Some a => entropy_within p a | None => entropy_below p end.

(* D(v) for labels 1 and -1; a bounds -log p, b bounds -log(1 - p). *)
Definition logistic_below (bounds : option (Z * Z)) (v y : Q) : option Q :=
  let p := qmul v y in
  if Qeq_bool (qmul y y) 1 && Qle_bool 0 p && Qle_bool p 1 then
    let known f := match bounds with Some ab => Some (f ab) | None => None end in
    match entropy_bound (known fst) p, entropy_bound (known snd) (1 - p) with
    | Some a, Some b => Some (qadd a b)
    | _, _ => None
    end
  else None.

Definition check_logistic (c : optimum) : bool := check_with logistic_value logistic_below c.

Lemma logistic_split : forall g, ln (1 + exp (- g)) = (Rmax (- g) 0 + ln (1 + exp (- Rabs g)))%R.
Proof.
  intro g. unfold Rabs. destruct (Rcase_abs g) as [G|G].
  - rewrite Rmax_left by lra. rewrite Ropp_involutive. rewrite <- (ln_exp (- g)) at 2.
    rewrite <- ln_mult.
    + f_equal. rewrite Rmult_plus_distr_l, <- exp_plus. replace (- g + g)%R with 0%R by ring. rewrite exp_0. ring.
    + apply exp_pos.
    + pose proof (exp_pos g). lra.
  - rewrite Rmax_right by lra. ring.
Qed.

Lemma logistic_above_real : forall g, (ln (1 + exp (- Q2R g)) <= Q2R (logistic_above g))%R.
Proof.
  intro g. rewrite logistic_split. unfold logistic_above. set (x := if Qle_bool _ _ then _ else _).
  assert (X : (0 <= Q2R x <= Rabs (Q2R g))%R).
  { unfold x. destruct (Qle_bool (qabs g) 1000) eqn:E.
    - rewrite qabs_real. split; [apply Rabs_pos|lra].
    - apply qle_real_false in E. rewrite qabs_real in E. unfold Q2R at 1 2. unfold Q2R in E at 1. simpl in *. lra. }
  clearbody x. set (e := exp_above x). pose proof (exp_above_real x ltac:(lra)) as E. fold e in E.
  assert (L : (exp (- Rabs (Q2R g)) <= Q2R e)%R) by (apply Rle_trans with (2 := E); apply exp_decreasing; lra).
  assert (P : (0 < exp (- Rabs (Q2R g)))%R) by apply exp_pos.
  rewrite Q2R_plus, qpos_real, Q2R_opp. apply Rplus_le_compat_l.
  destruct (neglog_above (1 / (1 + e))) as [t|] eqn:N.
  - assert (Z : ~ (1 + e == 0)%Q).
    { intro Z. apply Qeq_eqR in Z. rewrite Q2R_plus, Q2R_one, Q2R_zero in Z. lra. }
    apply neglog_above_real in N; rewrite Q2R_div, Q2R_plus, Q2R_one in * by easy.
    + unfold Rdiv in N. rewrite Rmult_1_l, ln_Rinv in N by lra.
      apply Rle_trans with (ln (1 + Q2R e)); [apply log_le; lra|lra].
    + apply Rdiv_lt_0_compat; lra.
  - rewrite Q2R_one. pose proof (exp_decreasing 0 (Rabs (Q2R g)) (Rabs_pos _)) as U. rewrite Ropp_0, exp_0 in U.
    rewrite <- (ln_exp 1) at 2. apply log_le; [lra|]. pose proof (exp_ineq1_le 1). lra.
Qed.

Lemma logistic_within_real : forall t g b, logistic_within t g = Some b -> (ln (1 + exp (- Q2R g)) <= Q2R b)%R.
Proof.
  intros t g b H. rewrite logistic_split. unfold logistic_within in H. set (x := if Qle_bool _ _ then _ else _) in *.
  assert (X : (0 <= Q2R x <= Rabs (Q2R g))%R).
  { unfold x. destruct (Qle_bool (qabs g) 1000) eqn:E.
    - rewrite qabs_real. split; [apply Rabs_pos|lra].
    - apply qle_real_false in E. rewrite qabs_real in E. unfold Q2R at 1 2. unfold Q2R in E at 1. simpl in *. lra. }
  clearbody x. cbv zeta in H. set (e := exp_above x) in *. pose proof (exp_above_real x ltac:(lra)) as E. fold e in E.
  assert (L : (exp (- Rabs (Q2R g)) <= Q2R e)%R) by (apply Rle_trans with (2 := E); apply exp_decreasing; lra).
  assert (P : (0 < exp (- Rabs (Q2R g)))%R) by apply exp_pos.
  destruct (if_above _ _) as [s|] eqn:N; [|discriminate]. inversion H.
  rewrite qadd_real, qpos_real, Q2R_opp. apply Rplus_le_compat_l.
  assert (Z : ~ (1 + e == 0)%Q).
  { intro Z. apply Qeq_eqR in Z. rewrite Q2R_plus, Q2R_one, Q2R_zero in Z. lra. }
  apply if_above_real in N; rewrite Q2R_div, Q2R_plus, Q2R_one in * by easy.
  - unfold Rdiv in N. rewrite Rmult_1_l, ln_Rinv in N by lra.
    apply Rle_trans with (ln (1 + Q2R e)); [apply log_le; lra|lra].
  - apply Rdiv_lt_0_compat; lra.
Qed.

Lemma logistic_value_above : forall t f y b, logistic_value t f y = Some b ->
  (logistic (Q2R f) (Q2R y) <= Q2R b)%R.
Proof.
  intros [t|] f y b H; unfold logistic; rewrite <- qmul_real; simpl in H.
  - now apply logistic_within_real with t.
  - inversion H. apply Rle_trans with (2 := round_up_real _). apply logistic_above_real.
Qed.

Open Scope R_scope.

Lemma log_below_line : forall x, 0 < x -> ln x <= x - 1.
Proof.
  intros x X. pose proof (exp_ineq1_le (ln x)) as H. rewrite exp_ln in H by easy. lra.
Qed.

(* p ln (u/p) <= u - p, in a form that holds at p = 0 too. *)
Lemma entropy_line : forall p u, 0 <= p -> 0 < u -> p * (ln u - ln p) <= u - p.
Proof.
  intros p u [P|<-] U; [|lra].
  assert (D : 0 < u / p) by now apply Rdiv_lt_0_compat. pose proof (log_below_line _ D) as H.
  unfold Rdiv in H. rewrite ln_mult, ln_Rinv in H by (easy || now apply Rinv_0_lt_compat).
  apply Rmult_le_compat_l with (r := p) in H; [|lra].
  replace (p * (u * / p - 1)) with (u - p) in H by (field; lra). lra.
Qed.

(* p = v y. Where p is 0, p log p is 0 times the number that Coq gives to log 0: 0, as it should be. *)
Lemma logistic_conjugate : forall v y b, y * y = 1 -> 0 <= v * y <= 1 ->
  b <= - (v * y * ln (v * y)) - (1 - v * y) * ln (1 - v * y) -> conjugate_ok logistic v y b.
Proof.
  intros v y b Y P B f. unfold logistic.
  replace (v * f) with (v * y * (y * f)) by (transitivity (v * (y * y) * f); [|rewrite Y]; ring).
  set (p := v * y) in *. set (g := y * f). clearbody p g. set (e := exp (- g)). assert (E : 0 < e) by apply exp_pos.
  assert (S : 0 < 1 + e) by lra. assert (L : ln e = - g) by apply ln_exp.
  assert (I : 0 < / (1 + e)) by now apply Rinv_0_lt_compat.
  pose proof (entropy_line p (e * / (1 + e)) ltac:(lra) ltac:(now apply Rmult_lt_0_compat)) as H1.
  pose proof (entropy_line (1 - p) (/ (1 + e)) ltac:(lra) I) as H2.
  rewrite ln_mult, ln_Rinv, L in H1 by easy. rewrite ln_Rinv in H2 by easy.
  assert (T : e * / (1 + e) + / (1 + e) = 1) by (field; lra).
  set (k := ln (1 + e)) in *. nra.
Qed.

Lemma entropy_below_real : forall p b, (0 <= Q2R p)%R -> entropy_below p = Some b ->
  (Q2R b <= - (Q2R p * ln (Q2R p)))%R.
Proof.
  intros p b P H. unfold entropy_below in H. destruct (Qle_bool p 0) eqn:E.
  - apply qle_real in E. rewrite Q2R_zero in E. inversion H. rewrite Q2R_zero.
    replace (Q2R p) with 0%R by lra. lra.
  - apply qle_real_false in E. rewrite Q2R_zero in E. destruct (neglog_below p) as [t|] eqn:N; [|discriminate].
    inversion H. apply Rle_trans with (1 := round_down_real _). rewrite Q2R_mult.
    apply neglog_below_real in N; [|easy]. nra.
Qed.

Lemma entropy_bound_real : forall a p b, (0 <= Q2R p)%R -> entropy_bound a p = Some b ->
  (Q2R b <= - (Q2R p * ln (Q2R p)))%R.
Proof.
  intros [a|] p b P H; [|now apply entropy_below_real]. simpl in H. unfold entropy_within in H.
  destruct (Qle_bool p 0) eqn:E.
  - destruct (a =? 0); [|discriminate]. apply qle_real in E. rewrite Q2R_zero in E. inversion H. rewrite Q2R_zero.
    replace (Q2R p) with 0%R by lra. lra.
  - apply qle_real_false in E. rewrite Q2R_zero in E. destruct (Z.leb_spec 0 a) as [A|A]; [|discriminate].
    destruct (if_below p (of_unit a)) as [t|] eqn:N; [|discriminate]. inversion H. rewrite qmul_real.
    apply if_below_real in N; [nra| |easy]. unfold Q2R, of_unit. simpl.
    apply Rmult_le_pos; [now apply IZR_le|]. apply Rlt_le, Rinv_0_lt_compat. now apply IZR_lt.
Qed.

Lemma logistic_below_sound : forall bounds v y b, logistic_below bounds v y = Some b ->
  conjugate_ok logistic (Q2R v) (Q2R y) (Q2R b).
Proof.
  intros bounds v y b H. unfold logistic_below in H. cbv zeta in H.
  destruct (_ && _ && _) eqn:E; [|discriminate]. apply andb_prop in E as [E E3]. apply andb_prop in E as [E1 E2].
  destruct (entropy_bound _ (qmul v y)) as [c|] eqn:A; [|discriminate].
  destruct (entropy_bound _ (1 - qmul v y)) as [d|] eqn:D; [|discriminate]. inversion H. rewrite qadd_real.
  apply qle_real in E2, E3. rewrite Q2R_zero in E2. rewrite Q2R_one in E3.
  assert (M : Q2R (1 - qmul v y) = (1 - Q2R (qmul v y))%R) by (now rewrite Q2R_minus, Q2R_one).
  apply entropy_bound_real in A; [|easy]. apply entropy_bound_real in D; [|lra]. rewrite M in D. rewrite qmul_real in *.
  apply Qeq_bool_iff, Qeq_eqR in E1. rewrite qmul_real, Q2R_one in E1. apply logistic_conjugate; [easy|now split|lra].
Qed.

(* The theorem on optima, for the logistic loss. *)
Theorem logistic_correct : forall c, check_logistic c = true ->
  (forall net, is_network c net -> Q2R (lower c) <= price logistic c net) /\
  (exists net, is_network c net /\ price logistic c net <= Q2R (upper c)).
Proof.
  intros c H.
  apply (with_correct logistic_value logistic_below); [apply logistic_value_above|apply logistic_below_sound|easy].
Qed.
