(* The closed cones of the regions of a central arrangement cover the space: a point is moved a little towards a point
   of some region, so little that no side that is not 0 changes its sign. *)

Require Import Reals ZArith QArith Qreals List Lra Lia.
Require Import Vectors Signs Integers Regions RegionChecker RegionProofs Networks Neurons.
Import ListNotations.
Open Scope R_scope.

Lemma small_step : forall p q, exists e0, 0 < e0 /\ forall e, 0 < e <= e0 ->
  (0 < p -> 0 < p + e * q) /\ (p < 0 -> p + e * q < 0) /\ (p + e * q = 0 -> p = 0 /\ q = 0).
Proof.
  intros p q. destruct (Req_dec p 0) as [->|P].
  - exists 1. split; [lra|]. intros e He. split; [lra|]. split; [lra|]. intro H.
    rewrite Rplus_0_l in H. split; [easy|]. apply Rmult_integral in H as [H|H]; lra.
  - pose proof (Rabs_pos_lt _ P) as A. pose proof (Rabs_pos q) as B. set (e0 := Rabs p / (2 * (Rabs q + 1))).
    assert (E : 0 < e0) by (apply Rdiv_lt_0_compat; lra). exists e0. split; [easy|]. intros e He.
    assert (H : Rabs (e * q) <= Rabs p / 2).
    { rewrite Rabs_mult, (Rabs_right e) by lra.
      apply Rle_trans with (e0 * (Rabs q + 1)).
      - apply Rmult_le_compat; lra.
      - unfold e0. apply Req_le. field. lra. }
    assert (L : p > 0 \/ p < 0) by lra.
    destruct (Rcase_abs p), (Rcase_abs (e * q)); unfold Rabs in H, A;
      destruct (Rcase_abs p), (Rcase_abs (e * q)); repeat split; lra.
Qed.

Lemma small_steps : forall (a : list (list R)) w q, exists e0, 0 < e0 /\ forall e, 0 < e <= e0 -> forall x, In x a ->
  (0 < dot x w -> 0 < dot x w + e * dot x q) /\ (dot x w < 0 -> dot x w + e * dot x q < 0) /\
  (dot x w + e * dot x q = 0 -> dot x w = 0 /\ dot x q = 0).
Proof.
  induction a as [|x a IH]; intros w q.
  - exists 1. split; [lra|]. intros e _ y [].
  - destruct (IH w q) as (e1 & P1 & H1). destruct (small_step (dot x w) (dot x q)) as (e2 & P2 & H2).
    exists (Rmin e1 e2). split; [now apply Rmin_pos|]. intros e He y [<-|Y].
    + apply H2. pose proof (Rmin_r e1 e2). lra.
    + apply H1; [|easy]. pose proof (Rmin_l e1 e2). lra.
Qed.

Theorem closed_cones_cover : forall rows d signs,
  all_regions_once (arrangement rows None) d signs -> signs <> [] ->
  forall w, length w = d -> exists s, In s signs /\ in_cone (map rational rows) s w.
Proof.
  intros rows d signs [_ All] N w Hw. destruct signs as [|s0 signs]; [easy|].
  destruct (proj1 (All s0) (or_introl eq_refl)) as (q & Hq & Oq & _).
  destruct (small_steps (map rational rows) w q) as (e & P & H). specialize (H e (conj P (Rle_refl e))).
  set (w' := vadd w (scale e q)).
  assert (D : forall x, dot x w' = dot x w + e * dot x q) by (intro; unfold w'; now rewrite dot_vadd_r, dot_scale_r).
  set (a := arrangement rows None) in *. exists (sign_vector a w'). split.
  - apply All. exists w'. split; [|split; [|easy]].
    + unfold w'. rewrite vadd_length; [easy|]. rewrite scale_length. congruence.
    + intros h Hh S. unfold a, arrangement in Hh. apply in_map_iff in Hh as (x & <- & X).
      unfold side in S. simpl in S. rewrite Rminus_0_r, D in S.
      destruct (H (rational x)) as (_ & _ & H3); [now apply in_map|]. apply H3 in S as [_ S].
      apply Oq; [unfold a, arrangement; apply in_map_iff; now exists x|]. unfold side. simpl. lra.
  - intros i I. rewrite map_length in I. unfold row_value, sign_vector, a, arrangement. rewrite map_map.
    set (f := fun x : list Q => sgn (side (rational x, 0) w')).
    rewrite (nth_indep _ Zero (f [])) by (now rewrite map_length). rewrite map_nth.
    rewrite (nth_indep _ [] (rational [])) by (now rewrite map_length). rewrite map_nth.
    set (x := nth i rows []). destruct (H (rational x)) as (H1 & H2 & H3); [apply in_map; now apply nth_In|].
    unfold f, side. simpl. rewrite Rminus_0_r, D. destruct (sgn _) eqn:S.
    + apply sgn_neg in S. destruct (Rle_dec (dot (rational x) w) 0); lra.
    + apply sgn_zero in S. now apply H3.
    + apply sgn_pos in S. destruct (Rle_dec 0 (dot (rational x) w)); lra.
Qed.

(* As inner products cut the longer vector, points of any length are in closed cones. *)
Fixpoint cut (n : nat) (w : list R) : list R :=
  match n with O => [] | S n' => match w with [] => 0 :: cut n' [] | x :: w' => x :: cut n' w' end end.

Lemma cut_length : forall n w, length (cut n w) = n.
Proof. induction n as [|n IH]; intros [|x w]; simpl; auto. Qed.

Lemma dot_cut : forall x w, dot x (cut (length x) w) = dot x w.
Proof.
  induction x as [|a x IH]; intros [|b w]; simpl; try easy; rewrite IH; [|easy]. rewrite dot_nil_r. ring.
Qed.

Theorem all_in_closed_cones : forall rows d signs,
  all_regions_once (arrangement rows None) d signs -> signs <> [] -> Forall (fun x => length x = d) rows ->
  forall w, exists s, In s signs /\ in_cone (map rational rows) s w.
Proof.
  intros rows d signs H N D w. destruct (closed_cones_cover rows d signs H N (cut d w)) as (s & S & C).
  { apply cut_length. }
  exists s. split; [easy|]. intros i I. specialize (C i I). unfold row_value in *.
  assert (X : In (nth i (map rational rows) []) (map rational rows)) by now apply nth_In.
  apply in_map_iff in X as (x & E & X). rewrite Forall_forall in D. apply D in X.
  rewrite <- E in *. replace d with (length (rational x)) in C by (unfold rational; now rewrite map_length).
  now rewrite dot_cut in C.
Qed.

(* Every region has a point inside, with its signs. *)
Theorem points_inside : forall rows d signs, all_regions_once (arrangement rows None) d signs ->
  forall s, In s signs -> length s = length (map rational rows) /\
  exists a, forall i, (i < length (map rational rows))%nat -> nth i s Zero = sgn (row_value (map rational rows) i a).
Proof.
  intros rows d signs [_ All] s S. apply All in S as (a & _ & _ & E).
  unfold sign_vector, arrangement in E. rewrite map_map in E.
  assert (L : length s = length (map rational rows)) by (subst s; now rewrite !map_length).
  split; [easy|]. exists a. intros i I. subst s. unfold row_value. rewrite map_length in I.
  set (f := fun x : list Q => sgn (side (rational x, 0) a)).
  rewrite (nth_indep _ Zero (f [])) by (now rewrite map_length). rewrite map_nth.
  rewrite (nth_indep _ [] (rational [])) by (now rewrite map_length). rewrite map_nth.
  unfold f, side. simpl. now rewrite Rminus_0_r.
Qed.
