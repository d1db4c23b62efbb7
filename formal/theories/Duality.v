(* From dual vectors to a lower bound of the objective: the losses are above lines (Fenchel), and no sub-network earns
   more than it costs. *)

Require Import Reals ZArith QArith Qreals List Lra Lia.
Require Import Vectors Sums Networks.
Import ListNotations.
Open Scope R_scope.

Lemma sum_below_S : forall n (f : nat -> R), sum f (below (S n)) = f 0%nat + sum (fun i => f (S i)) (below n).
Proof. intros. unfold below. simpl. rewrite <- seq_shift, sum_map. easy. Qed.

Lemma sum_nth : forall (f : R -> R) l, sum f l = sum (fun i => f (nth i l 0)) (below (length l)).
Proof. induction l as [|x l IH]; [easy|]. simpl length. rewrite sum_below_S. simpl. now rewrite IH. Qed.

(* D(v) of a loss at a target. *)
Definition conjugate_ok (cost : R -> R -> R) (v y b : R) : Prop := forall f, b - v * f <= cost f y.

(* A loss times the weight a of its row: min over f of a l(f, y) + v f is a D(v / a). *)
Definition times (a : R) (cost : R -> R -> R) (f y : R) : R := a * cost f y.

Lemma times_conjugate : forall cost a v y b, 0 < a -> conjugate_ok cost (v / a) y b ->
  conjugate_ok (times a cost) v y (a * b).
Proof.
  intros cost a v y b A H f. specialize (H f). apply Rmult_le_compat_l with (r := a) in H; [|lra]. unfold times.
  replace (a * (b - v / a * f)) with (a * b - v * f) in H by (field; lra). easy.
Qed.

(* Weights of rows, dual vector and targets, with a bound of the sum. *)
Inductive conjugates (cost : R -> R -> R) : list R -> list R -> list R -> R -> Prop :=
  | conjugates_nil : conjugates cost [] [] [] 0
  | conjugates_cons : forall a v y b rw vs ys bs,
      conjugate_ok (times a cost) v y b -> conjugates cost rw vs ys bs ->
      conjugates cost (a :: rw) (v :: vs) (y :: ys) (b + bs).

Lemma fit_lower : forall cost net l rows rw vs ys b,
  conjugates cost rw vs ys b -> length rows = length ys ->
  b - sum (fun i => nth i vs 0 * answer net l (nth i rows [])) (below (length rows)) <= fit cost net l rows rw ys.
Proof.
  intros cost net l rows rw vs ys b C. revert rows. induction C as [|a v y b rw vs ys bs C1 C IH]; intros [|x rows] L;
    try discriminate.
  - simpl. lra.
  - simpl length. rewrite sum_below_S. simpl. injection L as L. specialize (IH rows L).
    specialize (C1 (answer net l x)). unfold times in C1. lra.
Qed.

(* What a sub-network earns at an output with dual vector v, for a weight 1 there. *)
Definition earned (rows : list (list R)) (v : list R) (s : subnetwork) : R :=
  sum (fun i => nth i v 0 * relu (pre_activation s (nth i rows []))) (below (length rows)).

Lemma answers_earned : forall rows v net l,
  sum (fun i => nth i v 0 * answer net l (nth i rows [])) (below (length rows)) =
  sum (fun s => nth l (output s) 0 * earned rows v s) net.
Proof.
  intros. unfold answer, earned.
  rewrite (sum_ext _ _ (fun i => sum (fun s => nth l (output s) 0 * (nth i v 0 * relu (pre_activation s (nth i rows
    [])))) net)).
  - rewrite sum_swap. apply sum_ext. intros s _. now rewrite sum_scale.
  - intros i _. rewrite <- sum_scale. apply sum_ext. intros. ring.
Qed.

(* Dual vectors, targets and bounds of all outputs, with the weights of the rows. *)
Inductive duals (cost : R -> R -> R) (rw : list R) : list (list R) -> list (list R) -> R -> Prop :=
  | duals_nil : duals cost rw [] [] 0
  | duals_cons : forall v y b vs ys bs,
      conjugates cost rw v y b -> duals cost rw vs ys bs -> duals cost rw (v :: vs) (y :: ys) (b + bs).

Lemma fits_lower : forall cost net rows rw vs ys b l,
  duals cost rw vs ys b -> (forall y, In y ys -> length rows = length y) ->
  b - sum (fun j => sum (fun s => nth (l + j) (output s) 0 * earned rows (nth j vs []) s) net) (below (length ys))
  <= fits cost net l rows rw ys.
Proof.
  intros cost net rows rw vs ys b l D. revert l. induction D as [|v y b vs ys bs C D IH]; intros l L.
  - simpl. lra.
  - simpl length. rewrite sum_below_S. simpl. rewrite Nat.add_0_r.
    pose proof (fit_lower cost net l rows rw v y b C (L y (or_introl eq_refl))) as F. rewrite answers_earned in F.
    specialize (IH (S l) (fun z Z => L z (or_intror Z))).
    rewrite (sum_ext _ (fun i => sum (fun s => nth (l + S i) (output s) 0 * earned rows (nth i vs []) s) net)
      (fun j => sum (fun s => nth (S l + j) (output s) 0 * earned rows (nth j vs []) s) net)); [lra|].
    intros j _. apply sum_ext. intros s _. do 2 f_equal. lia.
Qed.

(* Weights of several outputs: their sum of absolute values is what counts. *)
Lemma outputs_bound : forall beta w2 w3 (e : nat -> R), 0 < beta -> 0 <= w2 ->
  (forall l o c, (l < length w3)%nat -> (o = 1 \/ o = -1) -> 0 <= c -> c * (o * e l) <= beta / 2 * (w2 + c * c)) ->
  sum (fun l => nth l w3 0 * e l) (below (length w3)) <= beta / 2 * (w2 + absolute w3 * absolute w3).
Proof.
  intros beta w2 w3 e B W H. set (c := absolute w3).
  assert (C : 0 <= c) by (apply sum_nonneg; intros; apply Rabs_pos).
  assert (S : c * sum (fun l => nth l w3 0 * e l) (below (length w3)) <= c * (beta / 2 * (w2 + c * c))).
  { rewrite <- sum_scale. replace (c * (beta / 2 * (w2 + c * c))) with
      (sum (fun l => (beta / 2 * (w2 + c * c)) * Rabs (nth l w3 0)) (below (length w3)))
      by (rewrite sum_scale, <- sum_nth; unfold c, absolute; ring).
    apply sum_le. intros l L. apply in_below in L. pose proof (H l 1 c L (or_introl eq_refl) C) as H1.
    pose proof (H l (-1) c L (or_intror eq_refl) C) as H2.
    set (a := nth l w3 0) in *. destruct (Rcase_abs a) as [N|N]; unfold Rabs; destruct (Rcase_abs a); try lra; nra. }
  destruct C as [C|C].
  - now apply Rmult_le_reg_l in S.
  - assert (Z : forall l, (l < length w3)%nat -> nth l w3 0 = 0).
    { intros l L. destruct (Req_dec (nth l w3 0) 0) as [E|E]; [easy|exfalso].
      assert (P : 0 < Rabs (nth l w3 0)) by now apply Rabs_pos_lt.
      assert (Q : forall w, (forall x, In x w -> Rabs x <= sum Rabs w)).
      { induction w as [|y w IH]; [easy|]. intros x [<-|X]; simpl.
        - assert (0 <= sum Rabs w) by (apply sum_nonneg; intros; apply Rabs_pos). lra.
        - specialize (IH x X). pose proof (Rabs_pos y). lra. }
      specialize (Q w3 _ (nth_In w3 0 L)). unfold c, absolute in C. lra. }
    rewrite (sum_ext _ _ (fun _ => 0)).
    + rewrite sum_zero. nra.
    + intros l L. apply in_below in L. rewrite (Z l L). ring.
Qed.

Theorem lower_bound : forall cost rows rw ys vs b beta d width net,
  0 < beta -> duals cost rw vs ys b -> (forall y, In y ys -> length rows = length y) ->
  (forall l o c s, (l < length ys)%nat -> (o = 1 \/ o = -1) -> 0 <= c -> admissible d (length ys) width s ->
    c * (o * earned rows (nth l vs []) s) <= beta / 2 * (squares (second s) + c * c)) ->
  Forall (admissible d (length ys) width) net ->
  b <= objective cost rows rw ys beta net.
Proof.
  intros cost rows rw ys vs b beta d width net B D L H N. unfold objective, decay.
  pose proof (fits_lower cost net rows rw vs ys b 0 D L) as F. simpl in F. rewrite sum_swap in F.
  rewrite <- sum_scale. enough (sum (fun s => sum (fun j => nth j (output s) 0 * earned rows (nth j vs []) s) (below
    (length ys))) net
    <= sum (fun s => beta / 2 * (squares (second s) + absolute (output s) * absolute (output s))) net) by lra.
  apply sum_le. intros s S. rewrite Forall_forall in N. specialize (N s S).
  assert (Q : length (output s) = length ys) by apply N. rewrite <- Q.
  apply outputs_bound; [easy|apply dot_square_nonneg|].
  intros l o c Hl Ho Hc. apply H; try easy. now rewrite <- Q.
Qed.

(* The conjugates that the checker uses. *)
Lemma squared_conjugate : forall v y, conjugate_ok (loss Squared) v y (v * y - v * v / 2).
Proof.
  intros v y f. simpl. rewrite <- Rabs_mult, Rabs_right by (apply Rle_ge, Rle_0_sqr).
  pose proof (Rle_0_sqr (f - y + v)). unfold Rsqr in *. lra.
Qed.

Lemma huber_conjugate : forall t v y, - Q2R t <= v <= Q2R t -> conjugate_ok (loss (Huber t)) v y (v * y - v * v / 2).
Proof.
  intros t v y T f. simpl. destruct (Rle_dec (Rabs (f - y)) (Q2R t)) as [E|E].
  - rewrite <- Rabs_mult, Rabs_right by (apply Rle_ge, Rle_0_sqr).
    pose proof (Rle_0_sqr (f - y + v)). unfold Rsqr in *. lra.
  - apply Rnot_le_lt in E. set (e := f - y) in *. replace f with (e + y) by (unfold e; ring). clearbody e.
    set (k := Q2R t) in *. clearbody k. unfold Rabs in *. destruct (Rcase_abs e).
    + assert (0 <= (k - v) * (- e - k)) by (apply Rmult_le_pos; lra). nra.
    + assert (0 <= (k + v) * (e - k)) by (apply Rmult_le_pos; lra). nra.
Qed.

Lemma hinge_conjugate : forall v y, y * y = 1 -> 0 <= v * y <= 1 -> conjugate_ok (loss Hinge) v y (v * y).
Proof.
  intros v y Y P f. simpl. replace (v * f) with (v * y * (y * f)) by
    (replace (v * y * (y * f)) with (v * (y * y) * f) by ring; rewrite Y; ring).
  set (p := v * y) in *. clearbody p. set (g := y * f). clearbody g. unfold Rmax. destruct (Rle_dec (1 - g) 0); nra.
Qed.
