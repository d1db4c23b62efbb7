(* The theorem on regions: what is accepted is all regions, each once. *)

Require Import Reals ZArith QArith Qreals List Lra Lia FMapPositive.
Require Import Vectors Signs Integers Regions Circuits SignTree Counting CountingProofs Tries RegionChecker.
Import ListNotations.
Open Scope Z_scope.

(* What it is for a list of sign vectors to be all regions of an arrangement in R^d, each once. *)
Definition all_regions_once (a : list hyperplane) (d : nat) (signs : list (list sign)) : Prop :=
  NoDup signs /\ forall s, In s signs <-> is_region a d s.

(* An integral row stands for a hyperplane: a positive multiple of its side, at the lifted point. *)
Definition stands_for (lift : list R -> list R) (d : nat) (k : R) (r : list Z) (h : hyperplane) : Prop :=
  (zero r = true <-> trivial h) /\ forall w, length w = d -> dot (reals r) (lift w) = (k * side h w)%R.

Lemma rev_map_eq : forall A B (f : A -> B) l r, rev_map f l r = rev (map f l) ++ r.
Proof. induction l as [|x l IH]; intro r; [easy|]. simpl. rewrite IH, <- app_assoc. easy. Qed.

Lemma has_signs_sound : forall lift d k rows a, (0 < k)%R -> Forall2 (stands_for lift d k) rows a ->
  forall p c w s, (0 < c)%R -> length w = d -> reals p = scale c (lift w) -> has_signs rows p s = true ->
  sign_vector a w = s /\ off a w.
Proof.
  intros lift d k rows a Hk F. induction F as [|r h rows a [Z S] F IH]; intros p c w s Hc Hw P H.
  - destruct s; [|discriminate]. split; [easy|]. now intros h [].
  - destruct s as [|t s]; [discriminate|]. simpl in H.
    apply andb_prop in H as [H H3]. apply andb_prop in H as [H1 H2].
    destruct (IH p c w s Hc Hw P H3) as [E O]. apply sign_eqb_eq in H1.
    rewrite zsgn_sgn, reals_dot, P, dot_scale_r, S, !sgn_scale in H1 by easy.
    split; [simpl; now rewrite H1, E|]. intros g [<-|G] G0; [|now apply O].
    apply Z. rewrite G0 in H1. rewrite (proj2 (sgn_zero _) eq_refl) in H1. now subst t.
Qed.

Section Completeness.

Variables (lift : list R -> list R) (d : nat) (k : R) (rows : list (list Z)) (a : list hyperplane).
Hypothesis positive : (0 < k)%R.
Hypothesis stands : Forall2 (stands_for lift d k) rows a.

Lemma signs_at_rows : forall w, length w = d -> map (fun r => sgn (dot (reals r) (lift w))) rows = sign_vector a w.
Proof.
  intros w Hw. unfold sign_vector. induction stands as [|r h rows' a' [_ S] F IH]; [easy|].
  simpl. rewrite IH by easy. now rewrite S, sgn_scale.
Qed.

Lemma sides_off : forall w r, length w = d -> off a w -> In r rows -> zero r = false -> dot (reals r) (lift w) <> 0%R.
Proof.
  intros w r Hw O I Z. assert (E : exists h, In h a /\ stands_for lift d k r h).
  { clear O. induction stands as [|r' h rows' a' S F IH]; [easy|].
    destruct I as [<-|I]; [exists h; split; [now left|easy]|].
    destruct IH as (g & G & T); [easy|easy|]. exists g. split; [now right|easy]. }
  destruct E as (h & H & T & S). rewrite S by easy. intro N.
  apply Rmult_integral in N as [N|N]; [lra|]. apply O in N; [|easy]. apply T in N. congruence.
Qed.

(* Completeness by circuits. *)
Lemma circuits_sound : forall more known table leaves proof,
  complete proof = Circuits table leaves -> is_complete rows (rows ++ more) known 0 proof = true ->
  (forall w, length w = d -> agrees (row_side (rows ++ more) (lift w)) known) ->
  NoDup (sign_vectors proof) /\
  forall w, length w = d -> off a w -> In (sign_vector a w) (sign_vectors proof).
Proof.
  intros more known table leaves proof E H K. unfold is_complete in H. rewrite E in H.
  destruct (all_some clear_circuit table) as [t|]; [|discriminate].
  destruct (number_circuits _ _ _ _) as [m|] eqn:M; [|discriminate].
  apply number_circuits_sound in M; [|intros j c F; now rewrite PositiveMap.gempty in F].
  destruct (replay _ _ _ _ _) as [l|] eqn:P; [|discriminate].
  apply replay_sound in P as [N S]. rewrite rev_map_eq, app_nil_r in *. fold (sign_vectors proof) in *.
  split; [apply NoDup_rev in N; now rewrite rev_involutive in N|].
  intros w Hw O. specialize (S _ (circuits_never_refute _ _ (lift w) M) (K w Hw)). rewrite <- (signs_at_rows w Hw).
  pose proof (sides_numbered more (lift w) rows []) as F. simpl in F. change (zlen []) with 0 in F.
  rewrite <- F. apply in_rev. apply S. intros i I.
  pose proof (numbered_in more (lift w) rows [] i I) as (r & R1 & R2 & R3). simpl in R3. rewrite R3.
  now apply sides_off.
Qed.

Lemma witnesses_sound : forall affine proof,
  (forall w, rational (lift_point affine w) = lift (rational w)) ->
  witnesses_fit affine (Z.of_nat d) rows proof = true ->
  forall s w, In (s, w) (listed proof) ->
  length w = d /\ sign_vector a (rational w) = s /\ off a (rational w).
Proof.
  intros affine proof L H s w I. unfold witnesses_fit in H. rewrite forallb_forall in H.
  specialize (H _ I). unfold witness_fits in H. simpl in H. apply andb_prop in H as [H1 H2].
  apply Z.eqb_eq in H1. rewrite zlen_eq in H1. apply Nat2Z.inj in H1. split; [easy|].
  destruct (clear_vector _) as [[c p]|] eqn:C; [|discriminate].
  apply clear_vector_real in C as [C1 C2]. rewrite L in C2.
  apply (has_signs_sound lift d k rows a positive stands p (IZR c)); try easy.
  unfold rational. now rewrite map_length.
Qed.

(* Completeness by the count: a region that is not listed would be one too many. *)

Definition few (n : Z) : Prop := forall q : list (list R),
  (forall v, In v q -> length v = d /\ off a v) -> NoDup (map (sign_vector a) q) -> Z.of_nat (length q) <= n.

Lemma few_sound : forall proof, few (zlen (listed proof)) -> NoDup (sign_vectors proof) ->
  (forall s w, In (s, w) (listed proof) -> length w = d /\ sign_vector a (rational w) = s /\ off a (rational w)) ->
  forall w, length w = d -> off a w -> In (sign_vector a w) (sign_vectors proof).
Proof.
  intros proof F N W w Hw O.
  assert (Same : forall x y : sign, {x = y} + {x <> y}) by decide equality.
  destruct (in_dec (list_eq_dec Same) (sign_vector a w) (sign_vectors proof)) as [I|I]; [easy|exfalso].
  set (points := map (fun e => rational (snd e)) (listed proof)).
  assert (E : map (sign_vector a) points = sign_vectors proof).
  { unfold points, sign_vectors. rewrite map_map. apply map_ext_in. intros [s v] J. now apply W. }
  assert (LP : length points = length (listed proof)) by (unfold points; apply map_length).
  specialize (F (w :: points)). simpl length in F. rewrite LP, zlen_eq in F.
  enough (Z.of_nat (S (length (listed proof))) <= Z.of_nat (length (listed proof))) by lia. apply F.
  - intros v [<-|J]; [easy|]. apply in_map_iff in J as ([s u] & <- & J). apply W in J as (J1 & _ & J2).
    unfold rational in *. simpl. now rewrite map_length.
  - simpl. rewrite E. now constructor.
Qed.

Lemma lift_distinct : forall cone (image : list R -> list R) q, (forall v r, In v q -> In r rows ->
    row_sign r (image v) = row_sign r (lift v)) \/ (forall v r, In v q -> In r rows ->
    row_sign r (image v) = opposite (row_sign r (lift v))) ->
  (forall v, In v q -> length v = d) -> NoDup (map (sign_vector a) q) ->
  NoDup (map (row_signs (rows ++ cone)) (map image q)).
Proof.
  intros cone image q I L N. rewrite map_map. apply distinct_by with (f := sign_vector a); [|easy].
  intros v w V W E. rewrite <- (signs_at_rows v), <- (signs_at_rows w) by auto. apply map_ext_in. intros r R.
  assert (F : row_sign r (image v) = row_sign r (image w)) by (apply (ext_in_map E), in_app_iff; now left).
  change (row_sign r (lift v) = row_sign r (lift w)).
  destruct I as [I|I]; rewrite !I in F by easy; [easy|].
  now rewrite <- (opposite_twice (row_sign r (lift v))), F, opposite_twice.
Qed.

Lemma few_central : forall n, at_most rows n = true -> few n.
Proof.
  intros n H q Q N. rewrite <- (map_length lift q). apply (at_most_sound rows n H).
  - intros p P r R Z. apply in_map_iff in P as (v & <- & V). destruct (Q v V) as [L O].
    unfold row_sign. intro S. apply sgn_zero in S. now apply (sides_off v r L O R Z).
  - rewrite <- (app_nil_r rows). apply lift_distinct; [left; easy|intros v V; now apply Q|easy].
Qed.

Lemma few_affine : forall n infinity, at_most (rows ++ [infinity]) (2 * n) = true ->
  (forall w, length w = d -> row_sign infinity (lift w) = Pos) -> few n.
Proof.
  intros n infinity H I q Q N.
  set (mirror := fun v => scale (-1) (lift v)).
  assert (M : forall r v, row_sign r (mirror v) = opposite (row_sign r (lift v))).
  { intros r v. unfold row_sign, mirror. rewrite dot_scale_r. replace (-1 * dot (reals r) (lift v))%R
      with (- dot (reals r) (lift v))%R by ring. apply sgn_opp. }
  assert (T : Z.of_nat (length (map lift q ++ map mirror q)) <= 2 * n).
  { apply (at_most_sound (rows ++ [infinity]) _ H).
    - assert (O : forall v, In v q -> off_rows (rows ++ [infinity]) (lift v)).
      { intros v V r R Z. destruct (Q v V) as [L O]. apply in_app_iff in R as [R|[<-|[]]].
        - unfold row_sign. intro S. apply sgn_zero in S. now apply (sides_off v r L O R Z).
        - now rewrite I. }
      intros p P. apply in_app_iff in P as [P|P]; apply in_map_iff in P as (v & <- & V); [now apply O|].
      intros r R Z S. rewrite M in S. apply (O v V r R Z). now destruct (row_sign r (lift v)).
    - rewrite map_app. apply distinct_app.
      + apply lift_distinct; [left; easy|intros v V; now apply Q|easy].
      + apply lift_distinct; [right; intros; apply M|intros v V; now apply Q|easy].
      + intros s A B. apply in_map_iff in A as (p & <- & A), B as (p' & E & B).
        apply in_map_iff in A as (v & <- & V), B as (v' & <- & V').
        assert (F : row_sign infinity (mirror v') = row_sign infinity (lift v)).
        { apply (ext_in_map E), in_app_iff. right. now left. }
        rewrite M, !I in F by now apply Q. discriminate. }
  rewrite app_length, !map_length in T. lia.
Qed.

Lemma all_distinct_sound : forall signs, all_distinct signs = true -> NoDup signs.
Proof.
  intros signs H. unfold all_distinct in H. destruct (insert_distinct _ Empty) eqn:E; [|discriminate].
  apply insert_distinct_sound in E as [N _]. rewrite rev_map_eq, app_nil_r in N. apply NoDup_rev in N.
  rewrite rev_involutive in N. now apply NoDup_map_inv in N.
Qed.

Lemma both_sound : forall affine more known images proof,
  (forall w, rational (lift_point affine w) = lift (rational w)) ->
  (forall w, length w = d -> agrees (row_side (rows ++ more) (lift w)) known) ->
  (forall n, at_most (rows ++ more) (images * n) = true -> few n) ->
  witnesses_fit affine (Z.of_nat d) rows proof = true ->
  is_complete rows (rows ++ more) known images proof = true ->
  all_regions_once a d (sign_vectors proof).
Proof.
  intros affine more known images proof L K F W C.
  assert (B : NoDup (sign_vectors proof) /\ forall w, length w = d -> off a w ->
    In (sign_vector a w) (sign_vectors proof)).
  { destruct (complete proof) as [table leaves|] eqn:E.
    - apply (circuits_sound more known table leaves); [easy| |easy]. unfold is_complete in *. now rewrite E in *.
    - unfold is_complete in C. rewrite E in C. apply andb_prop in C as [C1 C2]. apply all_distinct_sound in C1.
      rewrite rev_map_eq, app_nil_r in *. apply NoDup_rev in C1. rewrite rev_involutive in C1. split; [easy|].
      apply few_sound; [|easy|now apply (witnesses_sound affine)]. apply F.
      replace (zlen (listed proof)) with (zlen (rev (map fst (listed proof)))); [easy|].
      now rewrite !zlen_eq, rev_length, map_length. }
  destruct B as [N S]. split; [easy|]. intro s. split.
  - intro I. apply in_map_iff in I as ([t w] & <- & I).
    destruct (witnesses_sound affine proof L W _ _ I) as (H1 & H2 & H3).
    exists (rational w). unfold rational in *. rewrite map_length. easy.
  - intros (w & H1 & H2 & <-). now apply S.
Qed.

End Completeness.

Lemma null_scale : forall c a, (0 < c)%R -> (null (scale c a) <-> null a).
Proof.
  intros c a Hc. unfold null, scale. rewrite Forall_map, !Forall_forall. split; intros H x I; specialize (H x I).
  - symmetry in H. apply Rmult_integral in H as [H|H]; [lra|easy].
  - rewrite <- H. ring.
Qed.

Lemma table_lengths : forall rows, is_table rows = true ->
  Forall (fun x => length x = Z.to_nat (columns rows)) rows.
Proof.
  intros [|x rows] H; [discriminate|]. simpl in *. apply andb_prop in H as [_ H]. rewrite forallb_forall in H.
  rewrite zlen_eq, Nat2Z.id. constructor; [easy|]. apply Forall_forall. intros y Y. specialize (H y Y).
  apply Z.eqb_eq in H. rewrite !zlen_eq in H. lia.
Qed.

Lemma central_stands : forall rows k z d, clear_table rows = Some (k, z) ->
  Forall2 (stands_for (fun w => w) d (IZR k)) z (arrangement rows None).
Proof.
  intros rows k z d H. apply clear_table_real in H as [Hk H]. unfold arrangement.
  revert z H. induction rows as [|x rows IH]; intros [|r z] H; simpl in *; try discriminate; [constructor|].
  injection H as H1 H2. constructor; [|now apply IH]. split.
  - rewrite zero_null, H1, null_scale by easy. unfold trivial. simpl. split; [now split|now intros []].
  - intros w _. rewrite H1, dot_scale. unfold side. simpl. ring.
Qed.

Lemma affine_stands : forall rows b lifted k z d,
  lift_rows rows b = Some lifted -> Forall (fun x => length x = d) rows -> clear_table lifted = Some (k, z) ->
  Forall2 (stands_for (fun w => w ++ [1%R]) d (IZR k)) z (arrangement rows (Some b)).
Proof.
  intros rows b lifted k z d L D H. apply clear_table_real in H as [Hk H]. unfold arrangement.
  revert b lifted z L H. induction D as [|x rows Dx D IH]; intros [|c b] lifted z L H; simpl in *; try discriminate.
  - inversion L; subst. destruct z; [|discriminate]. constructor.
  - destruct (lift_rows rows b) as [l|] eqn:E; [|discriminate]. inversion L; subst lifted. clear L. simpl in H.
    destruct z as [|r z]; [discriminate|]. injection H as H1 H2. constructor; [|now apply (IH b l)].
    unfold rational in H1 at 1. rewrite map_app in H1. simpl in H1. fold (rational x) in H1. split.
    + rewrite zero_null, H1, null_scale by easy. unfold null, trivial. simpl. rewrite Forall_app, Q2R_opp.
      split; intros [A B]; (split; [easy|]).
      * inversion B; subst. lra.
      * constructor; [lra|constructor].
    + intros w Hw. rewrite H1, dot_scale. unfold side. simpl. rewrite dot_app.
      * simpl. rewrite Q2R_opp. ring.
      * unfold rational. rewrite map_length. congruence.
Qed.

Lemma infinity_positive : forall A (x : list A) k w, length w = length x ->
  dot (reals (map (fun _ => 0) x ++ [k])) (w ++ [1%R]) = IZR k.
Proof.
  intros A x k w H. unfold reals. rewrite map_app, map_map, dot_app by (now rewrite map_length). simpl.
  rewrite dot_null; [ring|]. unfold null. apply Forall_map. now apply Forall_forall.
Qed.

(* The theorem on regions. *)
Theorem region_proof_correct : forall rows offsets proof,
  check_region_proof rows offsets proof = true ->
  all_regions_once (arrangement rows offsets) (Z.to_nat (columns rows)) (sign_vectors proof).
Proof.
  intros rows offsets proof H. unfold check_region_proof in H. apply andb_prop in H as [T H].
  assert (C : Z.of_nat (Z.to_nat (columns rows)) = columns rows).
  { apply Z2Nat.id. destruct rows; simpl; [lia|]. rewrite zlen_eq. lia. }
  destruct offsets as [b|].
  - destruct (lift_rows rows b) as [lifted|] eqn:L; [|discriminate].
    destruct (clear_table lifted) as [[k z]|] eqn:E; [|discriminate]. apply andb_prop in H as [W F].
    pose proof (affine_stands _ _ _ _ _ _ L (table_lengths _ T) E) as S.
    apply clear_table_real in E as [Hk _].
    assert (I : forall w, length w = Z.to_nat (columns rows) ->
      row_sign (row_at_infinity (columns rows) k rows) (w ++ [1%R]) = Pos).
    { intros w Hw. unfold row_sign. apply sgn_pos. destruct rows as [|x rows]; [discriminate|]. unfold row_at_infinity.
      rewrite infinity_positive; [easy|]. rewrite Hw. simpl. now rewrite zlen_eq, Nat2Z.id. }
    apply (both_sound _ _ _ _ _ Hk S true [row_at_infinity (columns rows) k rows] [(zlen z, Pos)] 2); try easy.
    + intro w. unfold rational. simpl. rewrite map_app. simpl. f_equal. f_equal. unfold Q2R. simpl. field.
    + intros w Hw i s [J|[]]. inversion J; subst i s. unfold row_side. rewrite get_middle. now apply I.
    + intros n H. now apply (few_affine _ _ _ _ _ Hk S) with (1 := H).
    + now rewrite C.
  - destruct (clear_table rows) as [[k z]|] eqn:E; [|discriminate]. apply andb_prop in H as [W F].
    pose proof (central_stands _ _ _ (Z.to_nat (columns rows)) E) as S. apply clear_table_real in E as [Hk _].
    apply (both_sound _ _ _ _ _ Hk S false [] [] 1); try easy.
    + intros n H. rewrite app_nil_r, Z.mul_1_l in H. now apply (few_central _ _ _ _ _ Hk S).
    + now rewrite C.
    + now rewrite app_nil_r.
Qed.

Theorem regions_correct : forall rows offsets proof claim,
  check_regions rows offsets proof claim = true ->
  all_regions_once (arrangement rows offsets) (Z.to_nat (columns rows)) (sign_vectors proof) /\
  Z.of_nat (length (sign_vectors proof)) = claim.
Proof.
  intros rows offsets proof claim H. unfold check_regions in H. apply andb_prop in H as [H N].
  split; [now apply region_proof_correct|]. apply Z.eqb_eq in N. rewrite zlen_eq in N.
  unfold sign_vectors. now rewrite map_length.
Qed.

