(* A sub-network is a sum of neurons in closed cones of regions; what a cover proves of it. *)

Require Import Reals ZArith List Lra Lia.
Require Import Vectors Signs Sums Networks Neurons.
Import ListNotations.
Open Scope R_scope.

Definition some_active (s : list sign) : bool := existsb (fun t => sign_eqb t Pos) s.

Lemma relu_pos : forall x, 0 <= x -> relu x = x.
Proof. intros. unfold relu. now apply Rmax_left. Qed.

Lemma relu_neg : forall x, x <= 0 -> relu x = 0.
Proof. intros. unfold relu. now apply Rmax_right. Qed.

Section Rows.

Variables (rows : list (list R)) (d : nat) (regions : list (list sign)).
Hypothesis cones : forall w, length w = d -> exists s, In s regions /\ in_cone rows s w.

Lemma relu_in_cone : forall s o w i, in_cone rows s w -> (i < length rows)%nat ->
  relu (row_value rows i w) = one (active (s, o) i) * row_value rows i w.
Proof.
  intros s o w i C I. specialize (C i I). unfold active, one. simpl.
  destruct (nth i s Zero); simpl.
  - rewrite relu_neg by easy. ring.
  - rewrite C, relu_neg by lra. ring.
  - rewrite relu_pos by easy. ring.
Qed.

Lemma none_active : forall s w i, in_cone rows s w -> some_active s = false -> (i < length rows)%nat ->
  relu (row_value rows i w) = 0.
Proof.
  intros s w i C A I. rewrite (relu_in_cone s true w i C I). unfold active, one. simpl.
  destruct (sign_eqb (nth i s Zero) Pos) eqn:E; [|ring]. exfalso.
  assert (H : some_active s = true).
  { apply existsb_exists. exists (nth i s Zero). split; [|easy].
    destruct (nth_in_or_default i s Zero) as [H|H]; [easy|]. rewrite H in E. discriminate. }
  congruence.
Qed.

Lemma parts_exist : forall first second,
  (forall w, In w first -> length w = d) -> length second = length first ->
  exists parts,
    (forall p, In p parts -> fits_cone rows p /\ In (fst (kind p)) regions /\ some_active (fst (kind p)) = true) /\
    (length parts <= length first)%nat /\
    (forall i, (i < length rows)%nat ->
      dot second (map (fun w => relu (dot (nth i rows []) w)) first) = pre rows parts i) /\
    sum (fun p => size p * size p) parts <= squares second /\
    sum (fun p => squares (weight p)) parts <= sum squares first.
Proof.
  induction first as [|w first IH]; intros [|b second] D L; try discriminate.
  - exists []. simpl. repeat split; try easy; try lra. unfold squares. simpl. lra.
  - destruct (IH second) as (parts & H1 & H2 & H3 & H4 & H5); [intros; apply D; now right|now injection L|].
    destruct (cones w) as (s & S & C); [apply D; now left|].
    assert (Q : 0 <= squares w) by apply dot_square_nonneg.
    assert (B : 0 <= b * b) by apply Rle_0_sqr.
    assert (Skip : b = 0 \/ some_active s = false \/ (b <> 0 /\ some_active s = true)).
    { destruct (Req_dec b 0); [now left|right]. destruct (some_active s); [now right|now left]. }
    destruct Skip as [E|Skip]; [|destruct Skip as [E|[E1 E2]]].
    1, 2: exists parts; split; [easy|]; split; [simpl; lia|]; split;
      [|split; [unfold squares in *; simpl; lra|simpl; lra]].
    + intros i I. simpl. rewrite H3 by easy. subst b. ring.
    + intros i I. simpl. rewrite H3 by easy. fold (row_value rows i w). rewrite (none_active s) by easy. ring.
    + set (p := {| size := Rabs b; weight := w; kind := (s, if Rlt_dec 0 b then true else false) |}).
      exists (p :: parts). split; [|split; [simpl; lia|split]].
      * intros q [<-|Hq]; [|now apply H1]. unfold fits_cone. simpl. repeat split; try easy. apply Rabs_pos.
      * intros i I. simpl. rewrite H3 by easy. fold (row_value rows i w).
        change (pre rows (p :: parts) i) with (signed rows p i + pre rows parts i). f_equal.
        rewrite (relu_in_cone s (if Rlt_dec 0 b then true else false) w i C I).
        unfold signed, earn, p. simpl. destruct (Rlt_dec 0 b).
        -- now rewrite Rabs_right by lra.
        -- rewrite Rabs_left by lra. ring.
      * simpl. change (size p) with (Rabs b). change (weight p) with w. unfold squares in *. simpl.
        rewrite <- Rabs_mult, (Rabs_right (b * b)) by lra. split; [lra|].
        unfold squares in *. lra.
Qed.

(* (1) of the page on certificates, without square roots: for every c it bounds what a sub-network earns. *)
Theorem subnetwork_bound : forall o v k s q width,
  0 < k -> admissible d q width s ->
  (forall T : list neuron, (forall t, In t T -> In (fst t) regions /\ some_active (fst t) = true) ->
    match width with Some m => (Z.of_nat (length T) <= m)%Z | None => True end ->
      covered rows o v k (fun t => In t T)) ->
  forall c, 0 <= c ->
  c * sum (fun i => o * v i * relu (pre_activation s (nth i rows []))) (below (length rows)) <=
  k / 2 * (squares (second s) + c * c).
Proof.
  intros o v k s q width K (A1 & _ & A3 & A4 & A5) Cover c Hc.
  destruct (parts_exist (first s) (second s) A3 A1) as (parts & H1 & H2 & H3 & H4 & H5).
  assert (E : sum (fun i => o * v i * relu (pre_activation s (nth i rows []))) (below (length rows)) =
    sum (fun i => o * v i * relu (pre rows parts i)) (below (length rows))).
  { apply sum_ext. intros i I. apply in_below in I. unfold pre_activation. now rewrite H3. }
  rewrite E. apply Rle_trans with
    (k / 2 * (sum (fun p => size p * size p) parts + c * c * sum (fun p => squares (weight p)) parts)).
  - apply parts_bound; try easy; [intros p P; now apply H1|]. apply Cover.
    + intros t T. apply in_map_iff in T as (p & <- & P). now apply H1.
    + destruct width as [m|]; [|easy]. rewrite map_length. lia.
  - apply Rmult_le_compat_l; [lra|]. apply Rplus_le_compat; [easy|].
    rewrite <- (Rmult_1_r (c * c)) at 2. apply Rmult_le_compat_l; [nra|]. lra.
Qed.

End Rows.
