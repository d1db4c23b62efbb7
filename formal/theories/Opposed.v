(* Two neurons of different output signs: where u is positive, where it is negative, and the region of the difference of
   their weights. The difference is moved a little towards that of points inside the two regions, so little that no sign
   of a row changes that is not 0; then the region is not one that the two neurons exclude. *)

Require Import Reals List Lra Lia Bool.
Require Import Vectors Signs Sums Networks Neurons Closure.
Import ListNotations.
Open Scope R_scope.

(* The sum of the weights of the parts with one output sign. *)
Fixpoint total (o : bool) (parts : list part) : list R :=
  match parts with
  | [] => []
  | p :: parts' =>
    if Bool.eqb (snd (kind p)) o then vadd (scale (size p) (weight p)) (total o parts') else total o parts'
  end.

Section Rows.

Variables (rows : list (list R)) (regions : list (list sign)).
Hypothesis cones : forall w, exists s, In s regions /\ in_cone rows s w.
Hypothesis inner : forall s, In s regions ->
  exists a, forall i, (i < length rows)%nat -> nth i s Zero = sgn (row_value rows i a).

Variables (s1 s2 : list sign) (parts : list part).
Hypothesis kinds : forall p, In p parts -> fits_cone rows p /\ (kind p = (s1, true) \/ kind p = (s2, false)).

Definition on_side (s : list sign) (i : nat) (x : R) : Prop := if active (s, true) i then 0 <= x else x <= 0.

Lemma totals : forall l, incl l parts -> forall i, (i < length rows)%nat ->
  (ups rows l i = one (active (s1, true) i) * row_value rows i (total true l) /\
   on_side s1 i (row_value rows i (total true l))) /\
  (downs rows l i = one (active (s2, true) i) * row_value rows i (total false l) /\
   on_side s2 i (row_value rows i (total false l))).
Proof.
  unfold on_side, row_value. induction l as [|p l IH]; intros L i I.
  - unfold ups, downs. simpl. rewrite dot_nil_r. destruct (active (s1, true) i), (active (s2, true) i); simpl; lra.
  - destruct (IH (fun q Q => L q (or_intror Q)) i I) as ((U & US) & D & DS).
    destruct (kinds p (L p (or_introl eq_refl))) as [[S C] K]. specialize (C i I). unfold row_value in C.
    change (ups rows (p :: l) i) with ((if snd (kind p) then earn rows p i else 0) + ups rows l i).
    change (downs rows (p :: l) i) with ((if snd (kind p) then 0 else earn rows p i) + downs rows l i).
    rewrite U, D. unfold earn, row_value. simpl total.
    assert (M : forall x, 0 <= x -> 0 <= size p * x) by (intros; now apply Rmult_le_pos).
    pose proof (M (dot (nth i rows []) (weight p))) as M1. pose proof (M (- dot (nth i rows []) (weight p))) as M2.
    destruct K as [K|K]; rewrite K in *; simpl in *; rewrite dot_vadd_r, dot_scale_r; unfold active, one in *;
      simpl in *; destruct (nth i s1 Zero), (nth i s2 Zero); simpl in *; repeat split; try lra.
Qed.

Theorem opposed_region : In s1 regions -> In s2 regions -> exists s, In s regions /\
  forall i, (i < length rows)%nat ->
  (0 < pre rows parts i -> nth i s Zero = Pos) /\ (pre rows parts i < 0 -> nth i s Zero = Neg) /\
  (active (s1, true) i = true -> active (s2, true) i = false -> nth i s Zero <> Neg) /\
  (active (s2, true) i = true -> active (s1, true) i = false -> nth i s Zero <> Pos).
Proof.
  intros R1 R2. destruct (inner s1 R1) as (a & A), (inner s2 R2) as (b & B).
  set (w := vadd (total true parts) (scale (-1) (total false parts))). set (q := vadd a (scale (-1) b)).
  destruct (small_steps rows w q) as (e & E & H). specialize (H e (conj E (Rle_refl e))).
  destruct (cones (vadd w (scale e q))) as (s & S & C). exists s. split; [easy|]. intros i I.
  specialize (C i I). unfold row_value in C. rewrite dot_vadd_r, dot_scale_r in C.
  destruct (H (nth i rows [])) as (H1 & H2 & _); [now apply nth_In|]. clear H.
  destruct (totals parts (incl_refl parts) i I) as ((U & US) & D & DS).
  specialize (A i I). specialize (B i I). rewrite pre_split, U, D. clear U D.
  unfold on_side, active, one, row_value in *. simpl in *.
  assert (W : dot (nth i rows []) w = dot (nth i rows []) (total true parts) - dot (nth i rows []) (total false parts)).
  { unfold w. rewrite dot_vadd_r, dot_scale_r. ring. }
  assert (Q : dot (nth i rows []) q = dot (nth i rows []) a - dot (nth i rows []) b).
  { unfold q. rewrite dot_vadd_r, dot_scale_r. ring. }
  set (x := dot (nth i rows []) (total true parts)) in *. set (y := dot (nth i rows []) (total false parts)) in *.
  set (f := dot (nth i rows []) w) in *. set (g := dot (nth i rows []) q) in *.
  set (xa := dot (nth i rows []) a) in *. set (xb := dot (nth i rows []) b) in *.
  clearbody x y f g xa xb.
  assert (G1 : 0 < g -> 0 < e * g) by (intro; now apply Rmult_lt_0_compat).
  assert (G2 : g < 0 -> e * g < 0) by (intro; rewrite <- (Rmult_0_r e); now apply Rmult_lt_compat_l).
  symmetry in A, B. destruct (nth i s1 Zero), (nth i s2 Zero);
    try apply sgn_pos in A; try apply sgn_neg in A; try apply sgn_zero in A;
    try apply sgn_pos in B; try apply sgn_neg in B; try apply sgn_zero in B; simpl in *;
    destruct (nth i s Zero); repeat split; intros; try easy; exfalso;
    destruct (Rtotal_order f 0) as [F|[F|F]]; try (specialize (H1 F)); try (specialize (H2 F)); try lra;
    (pose proof (G1 ltac:(lra)) || pose proof (G2 ltac:(lra))); lra.
Qed.

End Rows.
