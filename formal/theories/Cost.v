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

(* Two numbers, if both are there. *)
Definition both (f : Q -> Q -> Q) (a b : option Q) : option Q :=
  match a, b with Some x, Some y => Some (f x y) | _, _ => None end.

(* Activations are worked out once for all outputs: a list for each row, of one number for each sub-network. A loss may
   be given a hint, one for each row and output; with a false one it has no value. *)
Fixpoint fit_value {hint} (value : option hint -> Q -> Q -> option Q) (hints : list hint) (w : list Q)
    (activations : list (list Q)) (rw y : list Q) : option Q :=
  match activations, rw, y with
  | a :: activations', r :: rw', t :: y' =>
    both (fun b s => qadd (qmul r b) s) (value (hd_error hints) (qdot w a) t)
      (fit_value value (tl hints) w activations' rw' y')
  | _, _, _ => Some 0%Q
  end.

Fixpoint fit_values {hint} (value : option hint -> Q -> Q -> option Q) (hints : list (list hint)) (net : list weights)
    (l : nat) (activations : list (list Q)) (rw : list Q) (ys : list (list Q)) : option Q :=
  match ys with
  | [] => Some 0%Q
  | y :: ys' =>
    both qadd (fit_value value (hd [] hints) (map (fun s => nth l (output_layer s) 0%Q) net) activations rw y)
      (fit_values value (tl hints) net (S l) activations rw ys')
  end.

Definition decay_value (net : list weights) : Q :=
  qsum (fun s => let a := qsum qabs (output_layer s) in qadd (qdot (second_layer s) (second_layer s)) (qmul a a)) net.

Definition cost {hint} (value : option hint -> Q -> Q -> option Q) (hints : list (list hint)) (rows : list (list Q))
    (rw : list Q) (ys : list (list Q)) (beta : Q) (net : list weights) : option Q :=
  let activations := map (fun x => map (fun s => activation s x) net) rows in
  both qadd (fit_values value hints net 0 activations rw ys) (Some (qmul (half beta) (decay_value net))).

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

Variables (hint : Type) (value : option hint -> Q -> Q -> option Q) (real : R -> R -> R).
Hypothesis above : forall h f y b, value h f y = Some b -> (real (Q2R f) (Q2R y) <= Q2R b)%R.

Lemma fit_above : forall net l rows hints rw y b, (forall r, In r rw -> 0 <= Q2R r)%R ->
  fit_value value hints (map (fun s => nth l (output_layer s) 0%Q) net)
    (map (fun x => map (fun s => activation s x) net) rows) rw y = Some b ->
  (fit real (map real_weights net) l (map rational rows) (rational rw) (rational y) <= Q2R b)%R.
Proof.
  induction rows as [|x rows IH]; intros hints [|r rw] [|t y] b P H; simpl in *;
    try (inversion H; rewrite Q2R_zero; apply Rle_refl).
  destruct (value _ _ t) as [c|] eqn:C; [|discriminate].
  destruct (fit_value _ _ _ _ _ _) as [s|] eqn:S; [|discriminate]. inversion H.
  rewrite qadd_real, qmul_real, <- answer_real.
  apply Rplus_le_compat; [|apply IH with (2 := S); intros; apply P; now right].
  apply Rmult_le_compat_l; [apply P; now left|].
  apply above in C. apply Rle_trans with (2 := C). rewrite qdot_real. apply Rle_refl.
Qed.

Lemma fits_above : forall net rows rw ys hints l b, (forall r, In r rw -> 0 <= Q2R r)%R ->
  fit_values value hints net l (map (fun x => map (fun s => activation s x) net) rows) rw ys = Some b ->
  (fits real (map real_weights net) l (map rational rows) (rational rw) (map rational ys) <= Q2R b)%R.
Proof.
  intros net rows rw. induction ys as [|y ys IH]; intros hints l b P H; simpl in *;
    [inversion H; rewrite Q2R_zero; apply Rle_refl|].
  destruct (fit_value _ _ _ _ _ _) as [c|] eqn:C; [|discriminate].
  destruct (fit_values _ _ _ _ _ _ _) as [s|] eqn:S; [|discriminate]. inversion H.
  rewrite qadd_real. apply Rplus_le_compat; [now apply fit_above with (2 := C)|now apply IH with (2 := S)].
Qed.

Theorem cost_above : forall hints rows rw ys beta net b, (forall r, In r rw -> 0 <= Q2R r)%R ->
  cost value hints rows rw ys beta net = Some b ->
  (objective real (map rational rows) (rational rw) (map rational ys) (Q2R beta) (map real_weights net) <=
   Q2R b)%R.
Proof.
  intros hints rows rw ys beta net b P H. unfold cost in H. cbv zeta in H.
  destruct (fit_values _ _ _ _ _ _ _) as [c|] eqn:C; [|discriminate]. inversion H.
  unfold objective, decay, decay_value.
  rewrite qadd_real, qmul_real, half_real, qsum_real, sum_map. apply Rplus_le_compat; [now apply fits_above with (2 := C)|].
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
