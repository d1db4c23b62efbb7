(* What a network with rational weights costs: exactly, if the losses are. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool.
Require Import Vectors Signs Integers Sums Networks Rationals.
Import ListNotations.
Open Scope Z_scope.

Record weights := { first_layer : list (list Q); second_layer : list Q; output_layer : list Q }.

Definition real_weights (s : weights) : subnetwork :=
  {| first := map rational (first_layer s); second := rational (second_layer s); output := rational (output_layer s) |}.

Definition activation (s : weights) (x : list Q) : Q :=
  qpos (qdot (second_layer s) (map (fun w => qpos (qdot x w)) (first_layer s))).

Definition loss_value (name : loss_name) (f y : Q) : Q :=
  match name with
  | Squared => let e := qadd f (Qopp y) in half (qmul e e)
  | Huber t =>
    let e := qabs (qadd f (Qopp y)) in
    if Qle_bool e t then half (qmul e e) else qmul t (qadd e (Qopp (half t)))
  | Hinge => qpos (qadd 1 (Qopp (qmul y f)))
  end.

(* Activations are worked out once for all outputs: a list for each row, of one number for each sub-network. *)
Fixpoint fit_value (value : Q -> Q -> Q) (w : list Q) (activations : list (list Q)) (rw y : list Q) : Q :=
  match activations, rw, y with
  | a :: activations', r :: rw', t :: y' =>
    qadd (qmul r (value (qdot w a) t)) (fit_value value w activations' rw' y')
  | _, _, _ => 0%Q
  end.

Fixpoint fit_values (value : Q -> Q -> Q) (net : list weights) (l : nat) (activations : list (list Q)) (rw : list Q)
    (ys : list (list Q)) : Q :=
  match ys with
  | [] => 0%Q
  | y :: ys' =>
    qadd (fit_value value (map (fun s => nth l (output_layer s) 0%Q) net) activations rw y)
      (fit_values value net (S l) activations rw ys')
  end.

Definition decay_value (net : list weights) : Q :=
  qsum (fun s => let a := qsum qabs (output_layer s) in qadd (qdot (second_layer s) (second_layer s)) (qmul a a)) net.

Definition cost (value : Q -> Q -> Q) (rows : list (list Q)) (rw : list Q) (ys : list (list Q)) (beta : Q)
    (net : list weights) : Q :=
  let activations := map (fun x => map (fun s => activation s x) net) rows in
  qadd (fit_values value net 0 activations rw ys) (qmul (half beta) (decay_value net)).

Definition fits_width (width : option Z) (n : Z) : bool := match width with Some m => n <=? m | None => true end.

Definition check_weights (d q : Z) (width : option Z) (s : weights) : bool :=
  (zlen (second_layer s) =? zlen (first_layer s)) && (zlen (output_layer s) =? q) &&
  forallb (fun w => zlen w =? d) (first_layer s) && Qle_bool (qsum (fun w => qdot w w) (first_layer s)) 1 &&
  fits_width width (zlen (first_layer s)) && negb (zlen (first_layer s) =? 0).

Lemma activation_real : forall s x, Q2R (activation s x) = relu (pre_activation (real_weights s) (rational x)).
Proof.
  intros s x. unfold activation, pre_activation, relu. simpl. rewrite qpos_real, qdot_real. do 2 f_equal.
  unfold rational at 1. rewrite !map_map. apply map_ext. intro w. now rewrite qpos_real, qdot_real.
Qed.

Lemma loss_above : forall name f y, (loss name (Q2R f) (Q2R y) <= Q2R (loss_value name f y))%R.
Proof.
  intros [|t|] f y; unfold loss_value, loss; apply Req_le.
  - rewrite half_real, qmul_real, qadd_real, Q2R_opp. rewrite <- Rabs_mult, Rabs_right; [unfold Rminus; easy|].
    apply Rle_ge, Rle_0_sqr.
  - set (e := qabs _).
    assert (E : Q2R e = Rabs (Q2R f - Q2R y)) by (unfold e; now rewrite qabs_real, qadd_real, Q2R_opp).
    rewrite <- E. destruct (Qle_bool e t) eqn:L, (Rle_dec (Q2R e) (Q2R t)) as [M|M].
    + now rewrite half_real, qmul_real.
    + now apply qle_real in L.
    + apply qle_real_false in L. lra.
    + rewrite qmul_real, qadd_real, Q2R_opp, half_real. easy.
  - now rewrite qpos_real, qadd_real, Q2R_opp, qmul_real, Q2R_one.
Qed.

Lemma answer_real : forall net l x,
  dot (rational (map (fun s => nth l (output_layer s) 0%Q) net)) (rational (map (fun s => activation s x) net)) =
  answer (map real_weights net) l (rational x).
Proof.
  intros net l x. unfold answer. rewrite sum_map. induction net as [|s net IH]; [easy|]. simpl.
  rewrite IH, activation_real, rational_nth. easy.
Qed.

Section Above.

Variables (value : Q -> Q -> Q) (real : R -> R -> R).
Hypothesis above : forall f y, (real (Q2R f) (Q2R y) <= Q2R (value f y))%R.

Lemma fit_above : forall net l rows rw y, (forall r, In r rw -> 0 <= Q2R r)%R ->
  (fit real (map real_weights net) l (map rational rows) (rational rw) (rational y) <=
   Q2R (fit_value value (map (fun s => nth l (output_layer s) 0%Q) net)
     (map (fun x => map (fun s => activation s x) net) rows) rw y))%R.
Proof.
  induction rows as [|x rows IH]; intros [|r rw] [|t y] P; simpl; try (rewrite Q2R_zero; apply Rle_refl).
  rewrite qadd_real, qmul_real, <- answer_real.
  apply Rplus_le_compat; [|apply IH; intros; apply P; now right].
  apply Rmult_le_compat_l; [apply P; now left|].
  apply Rle_trans with (2 := above _ _). rewrite qdot_real. apply Rle_refl.
Qed.

Lemma fits_above : forall net rows rw ys l, (forall r, In r rw -> 0 <= Q2R r)%R ->
  (fits real (map real_weights net) l (map rational rows) (rational rw) (map rational ys) <=
   Q2R (fit_values value net l (map (fun x => map (fun s => activation s x) net) rows) rw ys))%R.
Proof.
  intros net rows rw. induction ys as [|y ys IH]; intros l P; simpl; [rewrite Q2R_zero; apply Rle_refl|].
  rewrite qadd_real. apply Rplus_le_compat; [now apply fit_above|now apply IH].
Qed.

Theorem cost_above : forall rows rw ys beta net, (forall r, In r rw -> 0 <= Q2R r)%R ->
  (objective real (map rational rows) (rational rw) (map rational ys) (Q2R beta) (map real_weights net) <=
   Q2R (cost value rows rw ys beta net))%R.
Proof.
  intros rows rw ys beta net P. unfold cost, objective, decay, decay_value.
  rewrite qadd_real, qmul_real, half_real, qsum_real, sum_map. apply Rplus_le_compat; [now apply fits_above|].
  apply Req_le. f_equal.
  apply sum_ext. intros s _. cbv zeta. rewrite qadd_real, qdot_real, qmul_real, qsum_real.
  unfold squares, absolute. simpl.
  assert (E : sum (fun x => Q2R (qabs x)) (output_layer s) = sum Rabs (rational (output_layer s))).
  { unfold rational. rewrite sum_map. apply sum_ext. intros. apply qabs_real. }
  now rewrite E.
Qed.

End Above.

Theorem check_weights_sound : forall d q width s, check_weights d q width s = true ->
  admissible (Z.to_nat d) (Z.to_nat q) width (real_weights s).
Proof.
  intros d q width s H. unfold check_weights in H.
  apply andb_prop in H as [H _]. apply andb_prop in H as [H H5]. apply andb_prop in H as [H H4].
  apply andb_prop in H as [H H3]. apply andb_prop in H as [H1 H2]. apply Z.eqb_eq in H1, H2. rewrite !zlen_eq in H1.
  rewrite zlen_eq in H2.
  unfold admissible. simpl. rewrite map_length. unfold rational at 1 2. rewrite !map_length.
  split; [lia|]. split; [lia|]. split; [|split].
  - intros w W. apply in_map_iff in W as (x & <- & X). rewrite forallb_forall in H3. apply H3 in X.
    apply Z.eqb_eq in X. rewrite zlen_eq in X. unfold rational. rewrite map_length. lia.
  - apply qle_real in H4. rewrite qsum_real, Q2R_one in H4. rewrite sum_map.
    rewrite (sum_ext _ _ (fun x => Q2R (qdot x x))); [easy|]. intros. now rewrite qdot_real.
  - destruct width as [m|]; [|easy]. simpl in H5. rewrite zlen_eq in H5. now apply Z.leb_le in H5.
Qed.
