(* What accepted cells of a tuple prove: they are all its cells, each once. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool.
Require Import Vectors Signs Integers Circuits SignTree RegionChecker RegionProofs Networks Neurons Parts NeuronNames
  SecondLayer DualProofs CellChecker.
Import ListNotations.
Open Scope Z_scope.

Lemma get_of_nat : forall A (l : list A) i, get l (Z.of_nat i) = nth_error l i.
Proof.
  induction l as [|x l IH]; intros [|i]; try easy. cbn [get nth_error].
  destruct (Z.eqb_spec (Z.of_nat (S i)) 0); [lia|]. replace (Z.of_nat (S i) - 1) with (Z.of_nat i) by lia. apply IH.
Qed.

Lemma sign_at_nat : forall s i, sign_at s (Z.of_nat i) = nth i s Zero.
Proof.
  intros. unfold sign_at. rewrite get_of_nat. destruct (nth_error s i) eqn:E.
  - symmetry. now apply nth_error_nth.
  - symmetry. apply nth_overflow. now apply nth_error_None.
Qed.

Lemma active_at_nat : forall i t, active_at (Z.of_nat i) t = active t i.
Proof. intros. unfold active_at, active. now rewrite sign_at_nat. Qed.

Lemma rows_by_place : forall A B (f : A -> B) l d, map (fun i => f (nth i l d)) (seq 0 (length l)) = map f l.
Proof.
  induction l as [|x l IH]; intro d; [easy|]. simpl. f_equal. rewrite <- seq_shift, map_map. apply IH.
Qed.

Lemma steps_by_place : forall T side rows i,
  sides side (steps_from (Z.of_nat i) rows T) =
  map (fun k => match step_of T (Z.of_nat k) with Open j => sgn (side j) | Forced s => s end) (seq i (length rows)).
Proof.
  induction rows as [|r rows IH]; intro i; [easy|]. simpl. f_equal.
  replace (Z.of_nat i + 1) with (Z.of_nat (S i)) by lia. apply IH.
Qed.

Lemma open_step : forall T rows i j, In (Open j) (steps_from (Z.of_nat i) rows T) ->
  exists k, j = Z.of_nat k /\ (i <= k < i + length rows)%nat /\ step_of T j = Open j.
Proof.
  induction rows as [|r rows IH]; intros i j H; [easy|]. simpl in H. destruct H as [H|H].
  - assert (E : j = Z.of_nat i).
    { unfold step_of in H. destruct (existsb _ T), (existsb _ T); try discriminate. now inversion H. }
    exists i. subst j. simpl. repeat split; try lia. easy.
  - replace (Z.of_nat i + 1) with (Z.of_nat (S i)) in H by lia. apply IH in H as (k & E & L & S).
    exists k. simpl. repeat split; try lia; easy.
Qed.

Lemma fits_by_place : forall T rows s i, fits_steps (steps_from (Z.of_nat i) rows T) s = true ->
  forall k, (k < length rows)%nat ->
  match step_of T (Z.of_nat (i + k)) with Open _ => nth k s Zero <> Zero | Forced t => nth k s Zero = t end.
Proof.
  induction rows as [|r rows IH]; intros s i H k L; [simpl in L; lia|]. simpl in H.
  destruct k as [|k].
  - rewrite Nat.add_0_r. destruct (step_of T (Z.of_nat i)), s as [|x s]; try discriminate;
      apply andb_prop in H as [H _]; simpl.
    + intros ->. discriminate.
    + now apply sign_eqb_eq.
  - assert (H' : exists x s', s = x :: s' /\ fits_steps (steps_from (Z.of_nat (S i)) rows T) s' = true).
    { replace (Z.of_nat (S i)) with (Z.of_nat i + 1) by lia.
      destruct (step_of T (Z.of_nat i)), s as [|x s]; try discriminate; apply andb_prop in H as [_ H];
        now exists x, s. }
    destruct H' as (x & s' & -> & H'). simpl in L. apply IH with (k := k) in H'; [|lia].
    replace (i + S k)%nat with (S i + k)%nat by lia. exact H'.
Qed.

Section Tuple.

Variables (z : list (list Z)) (rows : list (list R)) (k : Z) (d : nat) (T : list neuron).
Hypothesis k_positive : (0 < IZR k)%R.
Hypothesis integral : map reals z = map (scale (IZR k)) rows.

Let value := value_scaled z rows k integral.

Lemma region_sign : forall i (t : neuron) w, (i < length rows)%nat ->
  map (fun x => sgn (dot x w)) rows = fst t -> sgn (dot (nth i rows []) w) = nth i (fst t) Zero.
Proof.
  intros i t w I H. rewrite <- H. rewrite (nth_indep _ Zero ((fun x => sgn (dot x w)) [])) by (now rewrite map_length).
  now rewrite (map_nth (fun x => sgn (dot x w))).
Qed.

(* Inside the regions (x_i.w_j)_+ is x_i.w_j where neuron j is active. *)
Lemma active_relu : forall i t w, (i < length rows)%nat -> map (fun x => sgn (dot x w)) rows = fst t ->
  relu (dot (nth i rows []) w) = (if active t i then dot (nth i rows []) w else 0%R) /\
  (active t i = true -> (0 < dot (nth i rows []) w)%R).
Proof.
  intros i t w I H. apply region_sign with (i := i) in H; [|easy]. unfold active. rewrite <- H.
  destruct (sgn (dot (nth i rows []) w)) eqn:S; simpl.
  - apply sgn_neg in S. split; [apply relu_neg; lra|easy].
  - apply sgn_zero in S. split; [rewrite S; apply relu_neg; lra|easy].
  - apply sgn_pos in S. split; [apply relu_pos; lra|easy].
Qed.

Lemma forced : forall i U ws, (i < length rows)%nat -> in_regions rows d U ws ->
  let u := second_layer U (nth i rows []) ws in
  let p := existsb (fun t => active_at (Z.of_nat i) t && snd t) U in
  let m := existsb (fun t => active_at (Z.of_nat i) t && negb (snd t)) U in
  (m = false -> 0 <= u /\ (p = true -> 0 < u))%R /\ (p = false -> u <= 0 /\ (m = true -> u < 0))%R.
Proof.
  intros i U ws I R. induction R as [|t w U ws [_ S] R IH]; simpl in *; [split; (split; [lra|easy])|].
  destruct (active_relu i t w I S) as [E P]. rewrite E, active_at_nat. unfold with_sign.
  set (u := second_layer U (nth i rows []) ws) in *. clearbody u.
  destruct (active t i); simpl.
  - specialize (P eq_refl). destruct (snd t); simpl; destruct IH as [IH1 IH2]; split; intro H; try discriminate.
    + specialize (IH1 H). split; [lra|intros _; lra].
    + specialize (IH2 H). split; [lra|intros _; lra].
  - replace (if snd t then 0%R else (-0)%R) with 0%R by (destruct (snd t); ring). rewrite Rplus_0_l. exact IH.
Qed.

Lemma forced_step : forall i ws, (i < length rows)%nat -> in_regions rows d T ws ->
  match step_of T (Z.of_nat i) with
  | Open _ => True
  | Forced s => sgn (second_layer T (nth i rows []) ws) = s
  end.
Proof.
  intros i ws I R. destruct (forced i T ws I R) as [F1 F2]. unfold step_of.
  set (p := existsb (fun t => active_at (Z.of_nat i) t && snd t) T) in *.
  set (m := existsb (fun t => active_at (Z.of_nat i) t && negb (snd t)) T) in *.
  clearbody p m. destruct p, m; [exact Logic.I| | |].
  - apply sgn_pos. destruct (F1 eq_refl) as [_ F]. now apply F.
  - apply sgn_neg. destruct (F2 eq_refl) as [_ F]. now apply F.
  - apply sgn_zero. destruct (F1 eq_refl) as [F3 _], (F2 eq_refl) as [F4 _]. lra.
Qed.

Lemma step_active : forall i, (exists t, In t T /\ active t i = true) <-> step_of T (Z.of_nat i) <> Forced Zero.
Proof.
  intro i. unfold step_of.
  set (p := existsb (fun t => active_at (Z.of_nat i) t && snd t) T).
  set (m := existsb (fun t => active_at (Z.of_nat i) t && negb (snd t)) T).
  assert (H : (exists t, In t T /\ active t i = true) <-> (p = true \/ m = true)).
  { unfold p, m. rewrite !existsb_exists. split.
    - intros (t & I & A). destruct (snd t) eqn:O; [left|right]; exists t; rewrite active_at_nat, A, O; easy.
    - intros [(t & I & A)|(t & I & A)]; apply andb_prop in A as [A _]; rewrite active_at_nat in A; now exists t. }
  rewrite H. destruct p, m; split; intro G; try easy; try (now left); try (now right). now destruct G.
Qed.

(* The sum of the factors times the weight vectors. *)
Fixpoint joint (vs : list (list Z)) (ws : list (list R)) : R :=
  match vs, ws with
  | v :: vs', w :: ws' => (dot (reals v) w + joint vs' ws')%R
  | _, _ => 0%R
  end.

Lemma joint_add_at : forall vs ws j v w, nth_error ws (Z.to_nat j) = Some w -> 0 <= j -> length vs = length ws ->
  joint (add_at j v vs) ws = (dot (reals v) w + joint vs ws)%R.
Proof.
  induction vs as [|a vs IH]; intros [|b ws] j v w H J L; try discriminate.
  - destruct (Z.to_nat j); discriminate.
  - simpl add_at. destruct (Z.eqb_spec j 0) as [E|E].
    + subst j. simpl in H. inversion H; subst. simpl. rewrite reals_add, dot_vadd. ring.
    + simpl. rewrite IH with (w := w); [ring| |lia|now injection L].
      replace (Z.to_nat j) with (S (Z.to_nat (j - 1))) in H by lia. exact H.
Qed.

Lemma add_at_length : forall vs j v, length (add_at j v vs) = length vs.
Proof. induction vs as [|a vs IH]; intros j v; [easy|]. simpl. destruct (j =? 0); simpl; [easy|]. now rewrite IH. Qed.

Lemma add_active_length : forall U i v vs, length (add_active i v U vs) = length vs.
Proof. induction U as [|t U IH]; intros i v [|a vs]; simpl; try easy. now rewrite IH. Qed.

Lemma joint_add_active : forall i U ws vs c r, (i < length rows)%nat -> in_regions rows d U ws ->
  nth_error z i = Some r -> length vs = length ws ->
  joint (add_active (Z.of_nat i) (zscale c r) U vs) ws =
  (IZR c * (IZR k * second_layer U (nth i rows []) ws) + joint vs ws)%R.
Proof.
  intros i U ws vs c r I R Z. revert vs. induction R as [|t w U ws [_ S] R IH]; intros [|a vs] L; try discriminate.
  - simpl. ring.
  - simpl. rewrite IH by (now injection L). destruct (active_relu i t w I S) as [E _]. rewrite E, active_at_nat.
    pose proof (value i w) as V. rewrite (nth_error_nth _ _ _ Z) in V. unfold row_value in V.
    destruct (active t i).
    + rewrite reals_add, dot_vadd. unfold with_sign. destruct (snd t).
      * rewrite reals_scale, dot_scale, V. ring.
      * rewrite !reals_scale, !dot_scale, V. ring.
    + unfold with_sign. destruct (snd t); ring.
Qed.

Lemma zero_joint : forall vs ws, forallb zero vs = true -> joint vs ws = 0%R.
Proof.
  induction vs as [|v vs IH]; intros [|w ws] H; try easy. simpl in *. apply andb_prop in H as [H1 H2].
  rewrite IH by easy. apply zero_null in H1. rewrite dot_null by easy. ring.
Qed.

Definition side (ws : list (list R)) (i : Z) : R := second_layer T (nth (Z.to_nat i) rows []) ws.

Lemma factors_length : forall terms vs, factors z T terms = Some vs -> length vs = length T.
Proof.
  induction terms as [|[[j i] c] terms IH]; intros vs H; simpl in H.
  - inversion H. now rewrite map_length.
  - destruct (get z i); [|discriminate]. destruct (factors z T terms) as [us|]; [|discriminate].
    inversion H. destruct (j =? -1); [rewrite add_active_length|rewrite add_at_length]; now apply IH.
Qed.

Lemma factors_positive : forall ws known, in_regions rows d T ws -> agrees (side ws) known ->
  forall terms vs, factors z T terms = Some vs -> forallb (positive_term T known) terms = true ->
  (0 <= joint vs ws /\ (terms <> [] -> 0 < joint vs ws))%R.
Proof.
  intros ws known R A. assert (RL : length T = length ws) by (clear - R; induction R; simpl; congruence).
  induction terms as [|[[j i] c] terms IH]; intros vs H P; simpl in H.
  - inversion H; subst. split; [|easy]. rewrite zero_joint; [lra|]. clear. induction T; easy.
  - destruct (get z i) as [r|] eqn:G; [|discriminate]. destruct (factors z T terms) as [us|] eqn:F; [|discriminate].
    cbn [forallb] in P. apply andb_prop in P as [P1 P2]. destruct (IH us eq_refl P2) as [J _].
    apply factors_length in F. apply get_nth in G as [I0 G].
    set (n := Z.to_nat i) in *. assert (N : (n < length rows)%nat).
    { rewrite <- (same_length z rows k integral). apply nth_error_Some. congruence. }
    assert (I : i = Z.of_nat n) by (unfold n; lia).
    assert (Q : forall x s, sgn x = s -> match s with Pos => 0 <? c | Neg => c <? 0 | Zero => false end = true ->
      (0 < IZR c * (IZR k * x))%R).
    { intros x s E C. replace (IZR c * (IZR k * x))%R with (IZR k * (IZR c * x))%R by ring.
      apply Rmult_lt_0_compat; [easy|]. destruct s; try discriminate; apply Z.ltb_lt, IZR_lt in C.
      - apply sgn_neg in E. nra.
      - apply sgn_pos in E. nra. }
    enough (0 < joint vs ws)%R by lra. inversion H; subst vs. clear H. unfold positive_term in P1.
    destruct (Z.eqb_spec j (-1)) as [E|E].
    + rewrite I. rewrite joint_add_active with (r := r); try easy; [|lia].
      enough (0 < IZR c * (IZR k * second_layer T (nth n rows []) ws))%R by lra.
      apply (Q _ (decided known i)); [|easy]. change (second_layer T (nth n rows []) ws) with (side ws i).
      destruct (decided known i) eqn:D; try discriminate; apply A; now apply decided_in.
    + destruct (get T j) as [t|] eqn:U; [|discriminate]. apply get_nth in U as [J0 U].
      assert (W : exists w, nth_error ws (Z.to_nat j) = Some w /\ map (fun x => sgn (dot x w)) rows = fst t).
      { clear - R U. revert U. generalize (Z.to_nat j).
        induction R as [|u w T ws [_ S] R IH]; intros [|m] U; try discriminate.
        - inversion U; subst. now exists w.
        - now apply IH. }
      destruct W as (w & W & S). rewrite joint_add_at with (w := w); [|easy|easy|lia].
      rewrite reals_scale, dot_scale. pose proof (value n w) as V. rewrite (nth_error_nth _ _ _ G) in V. rewrite V.
      unfold row_value. enough (0 < IZR c * (IZR k * dot (nth n rows []) w))%R by lra.
      apply (Q _ (sign_at (fst t) i)); [|easy]. rewrite I, sign_at_nat. now apply region_sign.
Qed.

Lemma leaves_never_refute : forall ws, in_regions rows d T ws -> never_refuted (vanishes z T) (side ws).
Proof.
  intros ws R known l A H. unfold vanishes in H. destruct l as [|t l]; [discriminate|].
  remember (t :: l) as l' eqn:E. assert (N : l' <> []) by now subst. clear E t l. apply andb_prop in H as [P H].
  destruct (factors z T l') as [vs|] eqn:F; [|discriminate].
  destruct (factors_positive ws known R A l' vs F P) as [_ Q]. specialize (Q N). rewrite zero_joint in Q by easy. lra.
Qed.

(* Witnesses. *)

Lemma zrelu_real : forall x c y, (0 < c)%R -> IZR x = (c * y)%R -> IZR (zrelu x) = (c * relu y)%R.
Proof.
  intros x c y C E. unfold zrelu. destruct (Z.ltb_spec 0 x) as [L|L].
  - apply IZR_lt in L. rewrite relu_pos; [easy|]. nra.
  - apply IZR_le in L. rewrite relu_neg; [ring|]. nra.
Qed.

Lemma zdot_scaled : forall i c v w, (i < length rows)%nat -> reals v = scale c w ->
  IZR (zdot (nth i z []) v) = (IZR k * c * dot (nth i rows []) w)%R.
Proof.
  intros i c v w I H. rewrite reals_dot, H, dot_scale_r, value. unfold row_value. ring.
Qed.

Lemma zsecond_scaled : forall i c U vs ws, (i < length rows)%nat -> (0 < c)%R -> map reals vs = map (scale c) ws ->
  IZR (zsecond U (nth i z []) vs) = (IZR k * c * second_layer U (nth i rows []) ws)%R.
Proof.
  intros i c. induction U as [|t U IH]; intros vs ws I C H; [simpl; ring|].
  destruct vs as [|v vs], ws as [|w ws]; try discriminate; [simpl; ring|].
  simpl in H. injection H as H1 H2. simpl. rewrite plus_IZR, (IH vs ws I C H2).
  pose proof (zrelu_real _ (IZR k * c) _ ltac:(nra) (zdot_scaled i c v w I H1)) as E. unfold with_sign.
  destruct (snd t); [rewrite E; ring|rewrite opp_IZR, E; ring].
Qed.

Lemma signs_scaled : forall (f : list Z -> Z) (g : list R -> R) c, (0 < c)%R ->
  (forall i, (i < length rows)%nat -> IZR (f (nth i z [])) = (c * g (nth i rows []))%R) ->
  map (fun r => zsgn (f r)) z = map (fun x => sgn (g x)) rows.
Proof.
  intros f g c C H. pose proof (same_length z rows k integral) as L.
  rewrite <- (rows_by_place _ _ (fun r => zsgn (f r)) z []), <- (rows_by_place _ _ (fun x => sgn (g x)) rows []), L.
  apply map_ext_in. intros i I. apply in_seq in I. rewrite zsgn_sgn, H by lia. now apply sgn_scale.
Qed.

Lemma regions_sound : forall c U vs ws, (0 < c)%R -> map reals vs = map (scale c) ws -> Forall (fun w => length w =
  d) ws ->
  all_in_regions z U vs = true -> in_regions rows d U ws.
Proof.
  intros c. induction U as [|t U IH]; intros [|v vs] [|w ws] C H D A; try discriminate; [constructor|].
  simpl in *. injection H as H1 H2. apply andb_prop in A as [A1 A2]. inversion D; subst.
  constructor; [|now apply (IH vs ws)]. split; [easy|]. apply signs_eqb_eq in A1. rewrite <- A1. symmetry.
  apply (signs_scaled (fun r => zdot r v) (fun x => dot x w) (IZR k * c)); [nra|].
  intros i I. now apply zdot_scaled.
Qed.

Lemma cell_sound : forall cell, check_cell z (Z.of_nat d) T cell = true -> is_cell rows d T (fst cell).
Proof.
  intros [s ws] H. unfold check_cell in H. simpl in *. apply andb_prop in H as [H H3]. apply andb_prop in H as [H1 H2].
  destruct (clear_table ws) as [[c vs]|] eqn:C; [|discriminate]. apply clear_table_real in C as [C E].
  rewrite <- (map_map rational (scale (IZR c))) in E. apply andb_prop in H3 as [R S]. apply signs_eqb_eq in S.
  set (real := map rational ws) in *.
  assert (D : Forall (fun w => length w = d) real).
  { unfold real. apply Forall_map, Forall_forall. intros w W. rewrite forallb_forall in H1. apply H1, Z.eqb_eq in W.
    rewrite zlen_eq in W. unfold rational. rewrite map_length. lia. }
  exists real. pose proof (regions_sound (IZR c) T vs real C E D R) as IR. split; [easy|].
  assert (M : map (fun x => sgn (second_layer T x real)) rows = s).
  { rewrite <- S. symmetry. apply (signs_scaled (fun r => zsecond T r vs) _ (IZR k * IZR c)); [nra|].
    intros i I. now apply zsecond_scaled. }
  split; [easy|]. intros i I A N. apply step_active in A.
  pose proof (same_length z rows k integral) as L.
  pose proof (fits_by_place T z s 0 H2 i ltac:(lia)) as F. simpl in F.
  assert (Q : nth i s Zero = Zero).
  { rewrite <- M. rewrite (nth_indep _ Zero ((fun x => sgn (second_layer T x real)) [])) by (now rewrite map_length).
    rewrite (map_nth (fun x => sgn (second_layer T x real))). now apply sgn_zero. }
  destruct (step_of T (Z.of_nat i)) as [|t]; [easy|]. apply A. congruence.
Qed.

(* The theorem on one tuple. *)
Theorem check_cells_sound : forall cells leaves, check_cells z (Z.of_nat d) T cells leaves = true ->
  NoDup (map fst cells) /\ forall s, In s (map fst cells) <-> is_cell rows d T s.
Proof.
  intros cells leaves H. unfold check_cells in H. apply andb_prop in H as [W H].
  destruct (all_some clear_leaf leaves) as [l|]; [|discriminate].
  destruct (replay _ _ _ _ _) as [r|] eqn:P; [|discriminate]. apply replay_sound in P as [N S].
  rewrite rev_map_eq, app_nil_r in *. split; [apply NoDup_rev in N; now rewrite rev_involutive in N|].
  intro s. split.
  - intro I. apply in_map_iff in I as (cell & <- & I). rewrite forallb_forall in W. now apply cell_sound, W.
  - intros (ws & R & <- & A). pose proof (same_length z rows k integral) as L.
    specialize (S (side ws) (leaves_never_refute ws R) (fun i t (E : In (i, t) []) => False_ind _ E)).
    apply in_rev. replace (map (fun x => sgn (second_layer T x ws)) rows) with (sides (side ws) (steps_from 0 z T)).
    + apply S. intros i I. apply (open_step T z 0) in I as (n & -> & B & O). unfold side. rewrite Nat2Z.id.
      apply A; [lia|]. apply step_active. congruence.
    + change 0 with (Z.of_nat 0). rewrite steps_by_place, L.
      rewrite <- (rows_by_place _ _ (fun x => sgn (second_layer T x ws)) rows []).
      apply map_ext_in. intros i I. apply in_seq in I.
      pose proof (forced_step i ws ltac:(lia) R) as F.
      destruct (step_of T (Z.of_nat i)) as [j|t] eqn:E; [|now symmetry].
      unfold side. assert (j = Z.of_nat i) as ->.
      { unfold step_of in E. destruct (existsb _ T), (existsb _ T); try discriminate. now inversion E. }
      now rewrite Nat2Z.id.
Qed.

End Tuple.
