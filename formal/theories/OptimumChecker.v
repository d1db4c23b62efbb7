(* The checker of an optimum, and the theorem: no network costs less than `lower`, and that of the file at most
   `upper`. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool.
Require Import Vectors Signs Integers Sums Regions RegionChecker RegionProofs Closure Networks Neurons NeuronNames Parts
  PairCover Duality Rationals Cost DualChecker DualProofs.
Import ListNotations.
Open Scope Z_scope.

Record optimum := {
  rows : list (list Q);
  row_weights : list Q;
  targets : list (list Q);
  beta : Q;
  width : option Z;
  upper : Q;
  lower : Q;
  network : list weights;
  first_regions : region_proof;
  dual_vectors : list dual;
  (* bounds of logarithms for each output and row, if the loss needs any and the file has them *)
  loss_bounds : list (list Z);
  entropy_bounds : list (list (Z * Z))
}.

(* D(v) at a target, if v fits. *)
Definition conjugate (name : loss_name) (v y : Q) : option Q :=
  let p := qmul v y in
  let square := qadd p (Qopp (half (qmul v v))) in
  match name with
  | Squared => Some square
  | Huber t => if Qle_bool (Qopp t) v && Qle_bool v t then Some square else None
  | Hinge => if Qeq_bool (qmul y y) 1 && Qle_bool 0 p && Qle_bool p 1 then Some p else None
  end.

(* The sum of r D(v / r), r the weight of a row. *)
Fixpoint dual_value {hint} (conj : option hint -> Q -> Q -> option Q) (u : Q) (hints : list hint) (rw : list Q)
  (v : list Z) (y : list Q) : option Q :=
  match rw, v, y with
  | [], [], [] => Some 0%Q
  | r :: rw', a :: v', t :: y' =>
    match conj (hd_error hints) (qmul (qmul u (inject_Z a)) (Qinv r)) t, dual_value conj u (tl hints) rw' v' y' with
    | Some b, Some s => Some (qadd (qmul r b) s)
    | _, _ => None
    end
  | _, _, _ => None
  end.

Fixpoint dual_values {hint} (conj : option hint -> Q -> Q -> option Q) (hints : list (list hint)) (rw : list Q)
  (ds : list dual) (ys : list (list Q)) : option Q :=
  match ds, ys with
  | [], [] => Some 0%Q
  | d :: ds', y :: ys' =>
    match dual_value conj (scale_unit d) (hd [] hints) rw (values d) y, dual_values conj (tl hints) rw ds' ys' with
    | Some b, Some r => Some (qadd b r)
    | _, _ => None
    end
  | _, _ => None
  end.

Definition positive (q : Q) : bool := 0 <? Qnum q.

Definition check_row_weights (c : optimum) : bool :=
  (zlen (row_weights c) =? zlen (rows c)) && forallb positive (row_weights c).

Definition check_input (c : optimum) : bool :=
  check_row_weights c && is_table (rows c) && forallb (fun y => zlen y =? zlen (rows c)) (targets c) && negb (zlen (targets c) =? 0) &&
  positive (beta c) && match width c with Some m => 1 <=? m | None => true end.

Definition check_upper (value : option Z -> Q -> Q -> option Q) (c : optimum) : bool :=
  forallb (check_weights (columns (rows c)) (zlen (targets c)) (width c)) (network c) &&
  match cost value (loss_bounds c) (rows c) (row_weights c) (targets c) (beta c) (network c) with
  | Some b => Qle_bool b (upper c)
  | None => false
  end.

Definition check_first_layer (c : optimum) : bool :=
  check_region_proof (rows c) None (first_regions c) && negb (zlen (listed (first_regions c)) =? 0).

Definition check_duals (c : optimum) : bool :=
  match clear_table (rows c) with
  | Some (k, z) =>
    let signs := sign_vectors (first_regions c) in
    forallb (check_dual z k (beta c) (width c) (neurons_of signs) (map side_of signs)) (dual_vectors c)
  | None => false
  end.

Definition check_lower (conj : option (Z * Z) -> Q -> Q -> option Q) (c : optimum) : bool :=
  match dual_values conj (entropy_bounds c) (row_weights c) (dual_vectors c) (targets c) with
  | Some b => Qle_bool (lower c) b
  | None => false
  end.

(* A loss is known by how it is rounded upwards, and D(v) downwards. *)
Definition check_with (value : option Z -> Q -> Q -> option Q) (conj : option (Z * Z) -> Q -> Q -> option Q)
  (c : optimum) : bool :=
  check_input c && check_upper value c && check_first_layer c && check_duals c && check_lower conj c.

Definition check_loss (name : loss_name) : bool := match name with Huber t => positive t | _ => true end.

(* These losses have no logarithms. *)
Definition exact_value (name : loss_name) (_ : option Z) (f y : Q) : option Q := Some (loss_value name f y).
Definition exact_conjugate (name : loss_name) (_ : option (Z * Z)) (v y : Q) : option Q := conjugate name v y.

Definition check_optimum (name : loss_name) (c : optimum) : bool :=
  check_loss name && check_with (exact_value name) (exact_conjugate name) c.

Lemma conjugate_sound : forall name v y b, conjugate name v y = Some b ->
  conjugate_ok (loss name) (Q2R v) (Q2R y) (Q2R b).
Proof.
  intros name v y b H. unfold conjugate in H.
  assert (S : Q2R (qadd (qmul v y) (Qopp (half (qmul v v)))) = (Q2R v * Q2R y - Q2R v * Q2R v / 2)%R).
  { rewrite qadd_real, qmul_real, Q2R_opp, half_real, qmul_real. easy. }
  destruct name as [|t|].
  - inversion H. rewrite S. apply squared_conjugate.
  - destruct (Qle_bool (Qopp t) v && Qle_bool v t) eqn:E; [|discriminate]. inversion H. rewrite S.
    apply andb_prop in E as [E1 E2]. apply qle_real in E1, E2. rewrite Q2R_opp in E1. now apply huber_conjugate.
  - destruct (_ && _ && _) eqn:E; [|discriminate]. inversion H. rewrite qmul_real.
    apply andb_prop in E as [E E3]. apply andb_prop in E as [E1 E2].
    apply qle_real in E2, E3. rewrite Q2R_zero, qmul_real in E2. rewrite Q2R_one, qmul_real in E3.
    apply Qeq_bool_iff, Qeq_eqR in E1. rewrite qmul_real, Q2R_one in E1. now apply hinge_conjugate.
Qed.

Definition real_dual (d : dual) : list R := map (fun a => (Q2R (scale_unit d) * IZR a)%R) (values d).

Lemma inject_real : forall a, Q2R (inject_Z a) = IZR a.
Proof. intro. unfold Q2R, inject_Z. simpl. field. Qed.

Lemma duals_length : forall name rw vs ys b, duals name rw vs ys b -> length vs = length ys.
Proof. intros name rw vs ys b H. induction H; simpl; congruence. Qed.

Definition inputs (c : optimum) : list (list R) := map rational (rows c).
Definition outputs (c : optimum) : list (list R) := map rational (targets c).

(* The networks that are asked about: any number of sub-networks with real weights, of the width of the file. *)
Definition is_network (c : optimum) (net : list subnetwork) : Prop :=
  Forall (admissible (Z.to_nat (columns (rows c))) (length (outputs c)) (width c)) net.

Definition price (real : R -> R -> R) (c : optimum) (net : list subnetwork) : R :=
  objective real (inputs c) (rational (row_weights c)) (outputs c) (Q2R (beta c)) net.

Lemma positive_real : forall q, positive q = true -> (0 < Q2R q)%R.
Proof.
  intros q H. apply Z.ltb_lt in H. unfold Q2R. apply Rmult_lt_0_compat; [now apply IZR_lt|].
  apply Rinv_0_lt_compat. now apply IZR_lt.
Qed.

Lemma row_weights_positive : forall c, check_input c = true -> forall r, In r (row_weights c) -> (0 < Q2R r)%R.
Proof.
  intros c H r I. unfold check_input in H. do 5 apply andb_prop in H as [H _].
  unfold check_row_weights in H. apply andb_prop in H as [_ H]. rewrite forallb_forall in H.
  now apply positive_real, H.
Qed.

Section Loss.

Variables (value : option Z -> Q -> Q -> option Q) (conj : option (Z * Z) -> Q -> Q -> option Q) (real : R -> R -> R).
Hypothesis above : forall h f y b, value h f y = Some b -> (real (Q2R f) (Q2R y) <= Q2R b)%R.
Hypothesis sound : forall h v y b, conj h v y = Some b -> conjugate_ok real (Q2R v) (Q2R y) (Q2R b).

Lemma dual_value_sound : forall u rw hints v y b, (forall r, In r rw -> 0 < Q2R r)%R ->
  dual_value conj u hints rw v y = Some b ->
  conjugates real (rational rw) (map (fun a => (Q2R u * IZR a)%R) v) (rational y) (Q2R b).
Proof.
  induction rw as [|r rw IH]; intros hints [|a v] [|t y] b P H; simpl in H; try discriminate.
  - inversion H. rewrite Q2R_zero. constructor.
  - destruct (conj _ _ t) as [x|] eqn:C; [|discriminate].
    destruct (dual_value conj u _ rw v y) as [s|] eqn:D; [|discriminate].
    assert (R0 : (0 < Q2R r)%R) by (apply P; now left).
    inversion H. rewrite qadd_real, qmul_real. simpl.
    constructor; [|apply IH with (2 := D); intros; apply P; now right].
    apply sound in C. apply times_conjugate; [easy|]. rewrite !qmul_real, inject_real, Q2R_inv in C; [easy|].
    intro Z. apply Qeq_eqR in Z. rewrite Q2R_zero in Z. lra.
Qed.

Lemma dual_values_sound : forall rw ds hints ys b, (forall r, In r rw -> 0 < Q2R r)%R ->
  dual_values conj hints rw ds ys = Some b ->
  duals real (rational rw) (map real_dual ds) (map rational ys) (Q2R b).
Proof.
  intros rw ds hints ys b P. revert hints ys b. induction ds as [|d ds IH]; intros hints [|y ys] b H; simpl in H; try discriminate.
  - inversion H. rewrite Q2R_zero. constructor.
  - destruct (dual_value conj _ _ _ _ y) as [x|] eqn:C; [|discriminate].
    destruct (dual_values conj _ rw ds ys) as [r|] eqn:D; [|discriminate].
    inversion H. rewrite qadd_real. simpl.
    constructor; [now apply dual_value_sound with (2 := C)|now apply IH with (1 := D)].
Qed.

Theorem upper_correct : forall c, check_input c = true -> check_upper value c = true ->
  is_network c (map real_weights (network c)) /\ (price real c (map real_weights (network c)) <= Q2R (upper c))%R.
Proof.
  intros c I H. apply andb_prop in H as [H1 H2]. split.
  - apply Forall_map, Forall_forall. intros s S. rewrite forallb_forall in H1. apply H1, check_weights_sound in S.
    unfold outputs. rewrite map_length. now rewrite zlen_eq, Nat2Z.id in S.
  - destruct (cost _ _ _ _ _ _ _) as [b|] eqn:C; [|discriminate].
    apply qle_real in H2. apply Rle_trans with (2 := H2).
    apply cost_above with (value := value) (hints := loss_bounds c); [exact above| |exact C].
    intros r R0. apply Rlt_le. now apply row_weights_positive with (1 := I).
Qed.

Lemma earned_scaled : forall x d s, earned x (real_dual d) s =
  (Q2R (scale_unit d) * sum (fun i => IZR (nth i (values d) 0%Z) * relu (pre_activation s (nth i x []))) (below
    (length x)))%R.
Proof.
  intros x d s. unfold earned. rewrite <- sum_scale. apply sum_ext. intros i _.
  replace (nth i (real_dual d) 0%R) with (Q2R (scale_unit d) * IZR (nth i (values d) 0%Z))%R; [ring|].
  unfold real_dual. set (f := fun a => (Q2R (scale_unit d) * IZR a)%R).
  replace 0%R with (f 0%Z) by (unfold f; ring). now rewrite map_nth.
Qed.

Theorem lower_correct : forall c,
  check_input c = true -> check_first_layer c = true -> check_duals c = true -> check_lower conj c = true ->
  forall net, is_network c net -> (Q2R (lower c) <= price real c net)%R.
Proof.
  intros c HI HF HD HL net N. pose proof (row_weights_positive c HI) as HP.
  assert (Table : is_table (rows c) = true).
  { unfold check_input in HI. do 4 apply andb_prop in HI as [HI _]. now apply andb_prop in HI. }
  unfold check_input in HI. apply andb_prop in HI as [HI _].
  apply andb_prop in HI as [HI HB]. apply andb_prop in HI as [HI _]. apply andb_prop in HI as [_ HT].
  apply positive_real in HB. rewrite forallb_forall in HT.
  unfold check_first_layer in HF. apply andb_prop in HF as [HR HN]. apply region_proof_correct in HR.
  assert (NE : sign_vectors (first_regions c) <> []).
  { intro E. apply negb_true_iff, Z.eqb_neq in HN. apply HN. rewrite zlen_eq.
    unfold sign_vectors in E. apply map_eq_nil in E. now rewrite E. }
  set (d := Z.to_nat (columns (rows c))) in *. pose proof (closed_cones_cover _ _ _ HR NE) as Cones.
  pose proof (all_in_closed_cones _ _ _ HR NE (table_lengths _ Table)) as Everywhere.
  pose proof (points_inside _ _ _ HR) as Inside.
  destruct HR as [Distinct _]. unfold check_duals in HD.
  destruct (clear_table (rows c)) as [[k z]|] eqn:E; [|discriminate].
  apply clear_table_real in E as [K Z]. rewrite <- (map_map rational (scale (IZR k))) in Z.
  rewrite forallb_forall in HD. unfold check_lower in HL.
  destruct (dual_values _ _ _ _ _) as [b|] eqn:V; [|discriminate]. apply qle_real in HL.
  apply dual_values_sound in V; [|easy]. apply Rle_trans with (1 := HL). unfold price.
  apply lower_bound with (vs := map real_dual (dual_vectors c)) (d := d) (width := width c); try easy.
  - intros y Y. unfold outputs in Y. apply in_map_iff in Y as (t & <- & T). apply HT, Z.eqb_eq in T.
    rewrite !zlen_eq in T. unfold inputs, rational. rewrite !map_length. lia.
  - intros l o e s L O C A. pose proof (duals_length _ _ _ _ _ V) as DL. fold (outputs c) in DL. rewrite map_length in DL.
    destruct (nth_error (dual_vectors c) l) as [u|] eqn:U; [|apply nth_error_None in U; lia].
    assert (UI : In u (dual_vectors c)) by now apply nth_error_In in U. apply HD in UI.
    apply (map_nth_error real_dual) in U. rewrite (nth_error_nth _ _ _ U).
    destruct (check_dual_sound z (inputs c) k K Z _ _ _ _ UI Distinct Everywhere Inside) as (UP & _ & Cover).
    set (v := fun i => IZR (nth i (values u) 0)) in *.
    assert (B : (0 < Q2R (beta c) / Q2R (scale_unit u))%R) by now apply Rdiv_lt_0_compat.
    assert (X : exists q, plus_or_minus q = o) by (destruct O; [exists true|exists false]; easy).
    destruct X as (q & X). specialize (Cover q). rewrite X in Cover.
    pose proof (subnetwork_bound (inputs c) d _ Cones o v _ s _ (width c) B A Cover e C) as S.
    rewrite earned_scaled. apply Rmult_le_compat_l with (r := Q2R (scale_unit u)) in S; [|lra].
    replace (Q2R (scale_unit u) * (Q2R (beta c) / Q2R (scale_unit u) / 2 * (squares (second s) + e * e)))%R
      with (Q2R (beta c) / 2 * (squares (second s) + e * e))%R in S by (field; lra).
    apply Rle_trans with (2 := S). apply Req_le. rewrite (sum_ext _ (fun i => (o * v i * _)%R)
      (fun i => (o * (v i * relu (pre_activation s (nth i (inputs c) []))))%R)) by (intros; ring).
    rewrite sum_scale. unfold v. ring.
Qed.

Theorem with_correct : forall c, check_with value conj c = true ->
  (forall net, is_network c net -> (Q2R (lower c) <= price real c net)%R) /\
  (exists net, is_network c net /\ (price real c net <= Q2R (upper c))%R).
Proof.
  intros c H. unfold check_with in H.
  apply andb_prop in H as [H HL]. apply andb_prop in H as [H HD]. apply andb_prop in H as [H HF].
  apply andb_prop in H as [HI HU]. split.
  - now apply lower_correct.
  - exists (map real_weights (network c)). now apply upper_correct.
Qed.

End Loss.

(* The theorem on optima. *)
Theorem optimum_correct : forall name c, check_optimum name c = true ->
  (forall net, is_network c net -> (Q2R (lower c) <= price (loss name) c net)%R) /\
  (exists net, is_network c net /\ (price (loss name) c net <= Q2R (upper c))%R).
Proof.
  intros name c H. apply andb_prop in H as [_ H].
  apply (with_correct (exact_value name) (exact_conjugate name)).
  - intros h f y b E. inversion E. apply loss_above.
  - intros h v y b E. now apply conjugate_sound.
  - easy.
Qed.
