(* Neurons inside the closed cones of regions, and the inequality that a cover proves for one sub-network.
   Neurons with the same signed mask need not be merged: a cover bounds each by itself. *)

Require Import Reals List Lra Lia.
Require Import Vectors Signs Sums Networks.
Import ListNotations.
Open Scope R_scope.

(* The signs of a region, and whether the output weight is positive. *)
Definition neuron : Type := list sign * bool.

Definition active (t : neuron) (i : nat) : bool := sign_eqb (nth i (fst t) Zero) Pos.

Section Rows.

Variable rows : list (list R).

Definition row_value (i : nat) (w : list R) : R := dot (nth i rows []) w.

Definition in_cone (s : list sign) (w : list R) : Prop :=
  forall i, (i < length rows)%nat ->
  match nth i s Zero with
  | Pos => 0 <= row_value i w
  | Neg => row_value i w <= 0
  | Zero => row_value i w = 0
  end.

(* What a row pays to a neuron: c+ or -c- where it is active. *)
Definition pay (plus minus : nat -> R) (t : neuron) (i : nat) : R :=
  if active t i then (if snd t then plus i else - minus i) else 0.

Definition bounded (k : R) (plus minus : nat -> R) (t : neuron) : Prop :=
  exists g, dot g g <= k * k /\
  forall w, in_cone (fst t) w -> sum (fun i => pay plus minus t i * row_value i w) (below (length rows)) <= dot g w.

(* A neuron of a sub-network: |w_2|, w_1 and what it is. *)
Record part := { size : R; weight : list R; kind : neuron }.

Definition fits_cone (p : part) : Prop := 0 <= size p /\ in_cone (fst (kind p)) (weight p).

Definition one (b : bool) : R := if b then 1 else 0.

Definition earn (p : part) (i : nat) : R := size p * (one (active (kind p) i) * row_value i (weight p)).
Definition signed (p : part) (i : nat) : R := if snd (kind p) then earn p i else - earn p i.
Definition pre (parts : list part) (i : nat) : R := sum (fun p => signed p i) parts.

Lemma earn_nonneg : forall p i, fits_cone p -> (i < length rows)%nat -> 0 <= earn p i.
Proof.
  intros p i [S C] I. unfold earn, active, one. apply Rmult_le_pos; [easy|]. specialize (C i I).
  destruct (nth i (fst (kind p)) Zero); simpl; lra.
Qed.

Lemma earn_active : forall p i, 0 < earn p i -> active (kind p) i = true.
Proof. intros p i H. unfold earn, one in H. destruct (active (kind p) i); [easy|]. lra. Qed.

Definition ups (parts : list part) (i : nat) : R := sum (fun p => if snd (kind p) then earn p i else 0) parts.
Definition downs (parts : list part) (i : nat) : R := sum (fun p => if snd (kind p) then 0 else earn p i) parts.

Lemma pre_split : forall parts i, pre parts i = ups parts i - downs parts i.
Proof.
  intros. unfold pre, ups, downs. rewrite <- sum_minus. apply sum_ext. intros p _. unfold signed.
  destruct (snd (kind p)); ring.
Qed.

(* Neurons of these kinds have u positive at all rows P and negative at all rows N. *)
Definition shown (T : neuron -> Prop) (P N : nat -> Prop) : Prop :=
  exists parts, (forall p, In p parts -> fits_cone p /\ T (kind p)) /\
    (forall i, P i -> 0 < pre parts i) /\ (forall i, N i -> pre parts i < 0).

(* Every choice of rows where u may be positive and rows where it may be negative has numbers c+ and c-. *)
Definition covered (o : R) (v : nat -> R) (k : R) (T : neuron -> Prop) : Prop :=
  forall P N : nat -> Prop,
  (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  (forall i, P i -> (i < length rows)%nat /\ exists t, T t /\ snd t = true /\ active t i = true) ->
  (forall i, N i -> (i < length rows)%nat /\ exists t, T t /\ snd t = false /\ active t i = true) ->
  shown T P N ->
  exists plus minus,
    (forall i, (i < length rows)%nat -> minus i <= plus i) /\
    (forall i, P i -> o * v i <= plus i) /\ (forall i, N i -> minus i <= 0) /\
    forall t, T t -> bounded k plus minus t.

Section Bound.

Variables (o : R) (v : nat -> R) (k : R) (parts : list part).
Hypothesis k_positive : 0 < k.
Hypothesis cones : forall p, In p parts -> fits_cone p.
Hypothesis cover : covered o v k (fun t => In t (map kind parts)).

Lemma ups_nonneg : forall i, (i < length rows)%nat -> 0 <= ups parts i.
Proof.
  intros i I. apply sum_nonneg. intros p Hp. destruct (snd (kind p)); [|lra]. apply earn_nonneg; auto.
Qed.

Lemma downs_nonneg : forall i, (i < length rows)%nat -> 0 <= downs parts i.
Proof.
  intros i I. apply sum_nonneg. intros p Hp. destruct (snd (kind p)); [lra|]. apply earn_nonneg; auto.
Qed.

Theorem parts_bound : forall c, 0 <= c ->
  c * sum (fun i => o * v i * relu (pre parts i)) (below (length rows)) <=
  k / 2 * (sum (fun p => size p * size p) parts + c * c * sum (fun p => squares (weight p)) parts).
Proof.
  intros c Hc.
  destruct (cover (fun i => (i < length rows)%nat /\ 0 < pre parts i) (fun i => (i < length rows)%nat /\ pre parts i <
    0))
    as (plus & minus & Order & Above & Below & Good).
  - intros i [_ A] [_ B]. lra.
  - intro i. destruct (lt_dec i (length rows)) as [L|L]; [|now right].
    destruct (Rlt_dec (pre parts i) 0) as [D|D]; [now left|now right].
  - intros i [I A]. split; [easy|]. rewrite pre_split in A. pose proof (downs_nonneg i I) as D.
    destruct (sum_pos part (fun p => if snd (kind p) then earn p i else 0) parts) as (p & Hp & E);
      [fold (ups parts i); lra|].
    destruct (snd (kind p)) eqn:S; [|lra]. exists (kind p).
    split; [now apply in_map|]. split; [easy|now apply earn_active].
  - intros i [I A]. split; [easy|]. rewrite pre_split in A. pose proof (ups_nonneg i I) as D.
    destruct (sum_pos part (fun p => if snd (kind p) then 0 else earn p i) parts) as (p & Hp & E);
      [fold (downs parts i); lra|].
    destruct (snd (kind p)) eqn:S; [lra|]. exists (kind p).
    split; [now apply in_map|]. split; [easy|now apply earn_active].
  - exists parts. split; [intros p Hp; split; [now apply cones|now apply in_map]|]. split; now intros i [_ A].
  - (* row by row *)
    assert (Row : forall i, In i (below (length rows)) ->
      o * v i * relu (pre parts i) <=
      sum (fun p => size p * (pay plus minus (kind p) i * row_value i (weight p))) parts).
    { intros i I. apply in_below in I.
      assert (E : sum (fun p => size p * (pay plus minus (kind p) i * row_value i (weight p))) parts =
        plus i * ups parts i - minus i * downs parts i).
      { unfold ups, downs. rewrite <- !sum_scale, <- sum_minus. apply sum_ext. intros p _. unfold pay, earn, one.
        destruct (active (kind p) i), (snd (kind p)); ring. }
      rewrite E. pose proof (ups_nonneg i I) as U. pose proof (downs_nonneg i I) as D.
      specialize (Order i I). specialize (Above i). specialize (Below i). rewrite pre_split in *.
      set (p := ups parts i) in *. set (q := downs parts i) in *. clearbody p q.
      unfold relu. destruct (Rtotal_order p q) as [L|[L|L]].
      - rewrite Rmax_right by lra. assert (minus i <= 0) by (apply Below; split; [easy|lra]). nra.
      - subst. rewrite Rmax_left by lra. nra.
      - rewrite Rmax_left by lra. assert (o * v i <= plus i) by (apply Above; split; [easy|lra]). nra. }
    apply sum_le in Row. rewrite sum_swap in Row.
    apply Rle_trans with
      (c * sum (fun p => sum (fun i => size p * (pay plus minus (kind p) i * row_value i (weight p))) (below (length
        rows))) parts).
    { apply Rmult_le_compat_l; [easy|]. exact Row. }
    rewrite <- sum_scale, <- (sum_scale part (c * c)), <- sum_plus, <- sum_scale. apply sum_le. intros p Hp.
    rewrite sum_scale. destruct (cones p Hp) as [S C].
    destruct (Good (kind p)) as (g & G & B); [now apply in_map|]. specialize (B _ C).
    pose proof (product_bound k (size p) g (scale c (weight p)) k_positive G) as H.
    rewrite !dot_scale_r, dot_scale in H. unfold squares.
    assert (size p * sum (fun i => pay plus minus (kind p) i * row_value i (weight p)) (below (length rows))
            <= size p * dot g (weight p)) by now apply Rmult_le_compat_l.
    assert (c * (size p * sum (fun i => pay plus minus (kind p) i * row_value i (weight p)) (below (length rows)))
            <= c * (size p * dot g (weight p))) by now apply Rmult_le_compat_l.
    replace (c * c * dot (weight p) (weight p)) with (c * (c * dot (weight p) (weight p))) by ring.
    replace (c * (size p * dot g (weight p))) with (size p * (c * dot g (weight p))) in * by ring. lra.
Qed.

End Bound.

End Rows.
