(* exp(-x) for x >= 0 lies between consecutive partial sums of its series. *)

Require Import Reals List Lra Lia Factorial.
Open Scope R_scope.

(* The sum of (-x)^k / k! for k up to n. *)
Fixpoint partial (n : nat) (x : R) : R :=
  match n with
  | O => 1
  | S m => partial m x + (- x) ^ n / INR (fact n)
  end.

Lemma partial_zero : forall n, partial n 0 = 1.
Proof.
  induction n as [|n IH]; [easy|]. cbn [partial]. rewrite IH, Ropp_0, pow_i by lia. unfold Rdiv. ring.
Qed.

Lemma power_derivative : forall n x,
  derivable_pt_lim (fun y => (- y) ^ S n / INR (fact (S n))) x (- ((- x) ^ n / INR (fact n))).
Proof.
  intros n x.
  assert (H : derivable_pt_lim (fun y => / INR (fact (S n)) * (comp (fun z => z ^ S n) (- id)%F y)) x
    (/ INR (fact (S n)) * ((INR (S n) * (- x) ^ n) * (- 1)))).
  { apply (derivable_pt_lim_scal (comp (fun z => z ^ S n) (- id)%F)). apply derivable_pt_lim_comp.
    - apply derivable_pt_lim_opp, derivable_pt_lim_id.
    - exact (derivable_pt_lim_pow (- x) (S n)). }
  replace (- ((- x) ^ n / INR (fact n))) with (/ INR (fact (S n)) * ((INR (S n) * (- x) ^ n) * (- 1))).
  - intros eps E. destruct (H eps E) as [delta D]. exists delta. intros h H0 H1. specialize (D h H0 H1).
    unfold comp, opp_fct, id in D. unfold Rdiv at 2 3.
    rewrite (Rmult_comm ((- (x + h)) ^ S n)), (Rmult_comm ((- x) ^ S n)). exact D.
  - change (fact (S n)) with (S n * fact n)%nat. rewrite mult_INR. field.
    split; [apply INR_fact_neq_0|now apply not_0_INR].
Qed.

Lemma partial_derivative : forall n x, derivable_pt_lim (partial (S n)) x (- partial n x).
Proof.
  induction n as [|n IH]; intro x.
  - replace (- partial 0 x) with (0 + - ((- x) ^ 0 / INR (fact 0))) by (simpl; field).
    apply (derivable_pt_lim_plus (fun _ => 1) (fun y => (- y) ^ 1 / INR (fact 1))).
    + apply derivable_pt_lim_const.
    + apply power_derivative.
  - replace (- partial (S n) x) with (- partial n x + - ((- x) ^ S n / INR (fact (S n)))).
    + apply (derivable_pt_lim_plus (partial (S n)) (fun y => (- y) ^ S (S n) / INR (fact (S (S n))))).
      * apply IH.
      * apply power_derivative.
    + cbn [partial]. ring.
Qed.

Lemma exp_derivative : forall x, derivable_pt_lim (fun y => exp (- y)) x (- exp (- x)).
Proof.
  intro x. replace (- exp (- x)) with (exp (- x) * (- 1)) by ring.
  apply (derivable_pt_lim_comp (- id)%F exp).
  - apply derivable_pt_lim_opp, derivable_pt_lim_id.
  - apply derivable_pt_lim_exp.
Qed.

(* A function that begins at 0 with a derivative that is not negative is not negative. *)
Lemma rising : forall f f' x, 0 <= x -> f 0 = 0 -> (forall c, 0 <= c <= x -> derivable_pt_lim f c (f' c)) ->
  (forall c, 0 <= c <= x -> 0 <= f' c) -> 0 <= f x.
Proof.
  intros f f' x X F0 D P. destruct X as [X|<-]; [|rewrite F0; lra].
  destruct (MVT_cor2 f f' 0 x X D) as (c & E & C). rewrite F0 in E. specialize (P c ltac:(lra)). nra.
Qed.

Theorem exp_between : forall n x, 0 <= x -> partial (S (2 * n)) x <= exp (- x) <= partial (2 * n) x.
Proof.
  assert (Low : forall m, (forall x, 0 <= x -> exp (- x) <= partial m x) ->
    forall x, 0 <= x -> partial (S m) x <= exp (- x)).
  { intros m U x X. enough (0 <= exp (- x) - partial (S m) x) by lra.
    apply (rising (fun y => exp (- y) - partial (S m) y) (fun y => - exp (- y) - - partial m y)); try easy.
    - rewrite Ropp_0, exp_0, partial_zero. ring.
    - intros c C. apply (derivable_pt_lim_minus (fun y => exp (- y)) (partial (S m)));
        [apply exp_derivative|apply partial_derivative].
    - intros c C. specialize (U c ltac:(lra)). lra. }
  assert (Up : forall m, (forall x, 0 <= x -> partial m x <= exp (- x)) ->
    forall x, 0 <= x -> exp (- x) <= partial (S m) x).
  { intros m L x X. enough (0 <= partial (S m) x - exp (- x)) by lra.
    apply (rising (fun y => partial (S m) y - exp (- y)) (fun y => - partial m y - - exp (- y))); try easy.
    - rewrite Ropp_0, exp_0, partial_zero. ring.
    - intros c C. apply (derivable_pt_lim_minus (partial (S m)) (fun y => exp (- y)));
        [apply partial_derivative|apply exp_derivative].
    - intros c C. specialize (L c ltac:(lra)). lra. }
  assert (Zero : forall x, 0 <= x -> exp (- x) <= partial 0 x).
  { intros x X. simpl. rewrite <- exp_0. destruct X as [X|<-]; [|rewrite Ropp_0; lra].
    apply Rlt_le, exp_increasing. lra. }
  induction n as [|n IH].
  - intros x X. split; [now apply Low|now apply Zero].
  - replace (2 * S n)%nat with (S (S (2 * n))) by lia.
    assert (U : forall x, 0 <= x -> exp (- x) <= partial (S (S (2 * n))) x) by (apply Up; intros; now apply IH).
    intros x X. split; [now apply Low|now apply U].
Qed.
