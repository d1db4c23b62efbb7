(* Points with different signs on the rows are no more than deletion and restriction count. *)

Require Import Reals ZArith List Lra Lia Bool.
Require Import Vectors Signs Integers Counting.
Import ListNotations.
Open Scope Z_scope.

Definition row_sign (r : list Z) (p : list R) : sign := sgn (dot (reals r) p).
Definition row_signs (rows : list (list Z)) (p : list R) : list sign := map (fun r => row_sign r p) rows.

(* On no row; and on no row that is not zero. *)
Definition off_all (rows : list (list Z)) (p : list R) : Prop := forall r, In r rows -> row_sign r p <> Zero.
Definition off_rows (rows : list (list Z)) (p : list R) : Prop :=
  forall r, In r rows -> zero r = false -> row_sign r p <> Zero.

Lemma vector_eqb_eq : forall a b, vector_eqb a b = true -> a = b.
Proof.
  induction a as [|x a IH]; intros [|y b] H; try discriminate; [easy|]. simpl in H. apply andb_prop in H as [H1 H2].
  apply Z.eqb_eq in H1. subst. f_equal. now apply IH.
Qed.

Lemma sgn_multiple : forall k u v, k <> 0%R -> sgn u = sgn v -> sgn (k * u) = sgn (k * v).
Proof.
  intros k u v K E. destruct (Rlt_dec 0 k) as [P|P].
  - now rewrite !sgn_scale.
  - replace (k * u)%R with (- (- k * u))%R by ring. replace (k * v)%R with (- (- k * v))%R by ring.
    rewrite !sgn_opp, !sgn_scale by lra. now rewrite E.
Qed.

Lemma parallel_signs : forall a b p q, parallel a b = true -> row_sign b p = row_sign b q -> row_sign a p =
  row_sign a q.
Proof.
  intros a b p q H E. unfold parallel in H. set (x := coordinate _ a) in *. set (y := coordinate _ b) in *.
  apply andb_prop in H as [H V]. apply andb_prop in H as [X Y].
  apply negb_true_iff, Z.eqb_neq in X, Y. apply vector_eqb_eq in V.
  assert (D : forall w, dot (reals a) w = (IZR x / IZR y * dot (reals b) w)%R).
  { intro w. assert (F : dot (reals (zscale x b)) w = dot (reals (zscale y a)) w) by now rewrite V.
    rewrite !reals_scale, !dot_scale in F. apply not_0_IZR in X, Y. apply Rmult_eq_reg_l with (IZR y); [|easy].
    rewrite <- F. field. easy. }
  unfold row_sign in *. rewrite !D. apply sgn_multiple; [|easy]. apply not_0_IZR in X, Y.
  unfold Rdiv. apply Rmult_integral_contrapositive_currified; [easy|now apply Rinv_neq_0_compat].
Qed.

Lemma hyperplanes_in : forall rows kept r, In r (hyperplanes rows kept) -> In r kept \/ (In r rows /\ zero r = false).
Proof.
  induction rows as [|a rows IH]; intros kept r H; simpl in H; [now left|].
  destruct (zero a || existsb (parallel a) kept) eqn:E; apply IH in H as [H|[H Z]]; auto.
  - right. split; [now right|easy].
  - destruct H as [<-|H]; [|now left]. right. split; [now left|]. now destruct (zero a).
  - right. split; [now right|easy].
Qed.

Lemma hyperplanes_keep : forall rows kept r, In r kept -> In r (hyperplanes rows kept).
Proof.
  induction rows as [|a rows IH]; intros kept r H; simpl; [easy|].
  destruct (_ || _); apply IH; [easy|now right].
Qed.

Lemma hyperplanes_cover : forall rows kept r, In r rows ->
  zero r = true \/ In r (hyperplanes rows kept) \/ exists b, In b (hyperplanes rows kept) /\ parallel r b = true.
Proof.
  induction rows as [|a rows IH]; intros kept r H; [easy|]. simpl. destruct H as [<-|H].
  - destruct (zero a) eqn:Z; [now left|right]. simpl. destruct (existsb (parallel a) kept) eqn:E.
    + right. apply existsb_exists in E as (b & B & P). exists b. split; [now apply hyperplanes_keep|easy].
    + left. apply hyperplanes_keep. now left.
  - destruct (zero a || existsb (parallel a) kept); now apply IH.
Qed.

Lemma zero_sign : forall r p, zero r = true -> row_sign r p = Zero.
Proof. intros r p Z. apply zero_null in Z. unfold row_sign. rewrite dot_null by easy. now apply sgn_zero. Qed.

Lemma hyperplanes_determine : forall rows p q,
  row_signs (hyperplanes rows []) p = row_signs (hyperplanes rows []) q -> row_signs rows p = row_signs rows q.
Proof.
  intros rows p q E. unfold row_signs in *. apply map_ext_in. intros r I.
  pose proof (ext_in_map E) as F. simpl in F.
  destruct (hyperplanes_cover rows [] r I) as [Z|[H|(b & B & P)]].
  - now rewrite !zero_sign.
  - now apply F.
  - apply (parallel_signs r b); [easy|now apply F].
Qed.

Lemma hyperplanes_off : forall rows p, off_rows rows p -> off_all (hyperplanes rows []) p.
Proof. intros rows p O r H. apply hyperplanes_in in H as [[]|[H Z]]. now apply O. Qed.

Lemma distinct_by : forall A B C (f : A -> B) (g : A -> C) l,
  (forall x y, In x l -> In y l -> g x = g y -> f x = f y) -> NoDup (map f l) -> NoDup (map g l).
Proof.
  induction l as [|x l IH]; intros H N; simpl in *; [constructor|]. inversion N; subst. constructor.
  - intro I. apply in_map_iff in I as (y & E & Y). apply H2. rewrite (H x y); auto. now apply in_map.
  - apply IH; [|easy]. intros; apply H; auto.
Qed.

Lemma distinct_filter : forall A B (f : A -> B) (h : A -> bool) l, NoDup (map f l) -> NoDup (map f (filter h l)).
Proof.
  induction l as [|x l IH]; intro N; simpl in *; [constructor|]. inversion N; subst.
  destruct (h x); simpl; [|now apply IH]. constructor; [|now apply IH].
  intro I. apply H1. apply in_map_iff in I as (y & E & Y). apply filter_In in Y as [Y _]. rewrite <- E.
  now apply in_map.
Qed.

Lemma distinct_app : forall A (l m : list A), NoDup l -> NoDup m -> (forall x, In x l -> In x m -> False) ->
  NoDup (l ++ m).
Proof.
  induction l as [|x l IH]; intros m L M D; simpl; [easy|]. inversion L; subst. constructor.
  - intro I. apply in_app_iff in I as [I|I]; [easy|]. apply (D x); [now left|easy].
  - apply IH; [easy|easy|]. intros y Y. apply D. now right.
Qed.

Lemma distinct_points : forall (P : list (list R)), NoDup (map (row_signs []) P) -> (length P <= 1)%nat.
Proof.
  intros [|p [|q P]] N; simpl; try lia. simpl in N. inversion N as [|x l I _]; subst. exfalso. apply I. now left.
Qed.

Lemma filter_split : forall A (h : A -> bool) l, (length l =
  length (filter h l) + length (filter (fun x => negb (h x)) l))%nat.
Proof. induction l as [|x l IH]; simpl; [easy|]. destruct (h x); simpl; lia. Qed.

(* Between two points on different sides of a, and on the same sides of all others, is one on a. *)
Definition crossing (a : list Z) (p q : list R) : list R :=
  vadd (scale (- dot (reals a) q) p) (scale (dot (reals a) p) q).

Lemma crossing_on : forall a p q, dot (reals a) (crossing a p q) = 0%R.
Proof. intros. unfold crossing. rewrite dot_vadd_r, !dot_scale_r. ring. Qed.

Lemma crossing_sign : forall a r p q, row_sign a p = Pos -> row_sign a q = Neg -> row_sign r p = row_sign r q ->
  row_sign r (crossing a p q) = row_sign r q.
Proof.
  unfold row_sign. intros a r p q P N E. apply sgn_pos in P. apply sgn_neg in N.
  unfold crossing. rewrite dot_vadd_r, !dot_scale_r. destruct (sgn (dot (reals r) q)) eqn:S.
  - apply sgn_neg in E, S. apply sgn_neg. nra.
  - apply sgn_zero in E, S. apply sgn_zero. rewrite E, S. ring.
  - apply sgn_pos in E, S. apply sgn_pos. nra.
Qed.

Lemma restrict_sign : forall c a r p, coordinate c a <> 0 -> dot (reals a) p = 0%R ->
  dot (reals (restrict c a r)) p = (IZR (coordinate c a) * dot (reals r) p)%R.
Proof.
  intros c a r p C A. unfold restrict. rewrite reals_add, !reals_scale, dot_vadd, !dot_scale, A. ring.
Qed.

Definition partner (a : list Z) (rest : list (list Z)) (A : list (list R)) (q : list R) : list R :=
  match find (fun p => signs_eqb (row_signs rest p) (row_signs rest q)) A with
  | Some p => crossing a p q
  | None => q
  end.

Theorem take_regions_sound : forall fuel rows left left', take_regions fuel rows left = Some left' ->
  forall P, (forall p, In p P -> off_all rows p) -> NoDup (map (row_signs rows) P) ->
  Z.of_nat (length P) <= left - left'.
Proof.
  induction fuel as [|f fuel IH]; intros [|a rest] left left' H P O N; simpl in H; try discriminate.
  1, 2: destruct (left <=? 0); [discriminate|]; inversion H; apply distinct_points in N; lia.
  destruct (take_regions fuel rest left) as [l1|] eqn:H1; [|discriminate].
  set (c := first_nonzero a 0) in *. destruct (Z.eqb_spec (coordinate c a) 0) as [|C]; [discriminate|].
  set (A := filter (fun p => sign_eqb (row_sign a p) Pos) P).
  set (B := filter (fun p => negb (sign_eqb (row_sign a p) Pos)) P).
  set (meets := fun q => existsb (fun p => signs_eqb (row_signs rest p) (row_signs rest q)) A).
  set (D := filter meets B). set (E := filter (fun q => negb (meets q)) B).
  assert (L : (length P = length (A ++ E) + length D)%nat).
  { rewrite app_length. unfold A, E, D. rewrite (filter_split _ (fun p => sign_eqb (row_sign a p) Pos) P).
    fold A B. rewrite (filter_split _ meets B). lia. }
  assert (AP : forall p, In p A -> In p P /\ row_sign a p = Pos).
  { intros p I. apply filter_In in I as [I S]. now apply sign_eqb_eq in S. }
  assert (BN : forall q, In q B -> In q P /\ row_sign a q = Neg).
  { intros q I. apply filter_In in I as [I S]. split; [easy|]. pose proof (O q I a (or_introl eq_refl)) as Z.
    destruct (row_sign a q); [easy|easy|discriminate]. }
  assert (OR : forall p, In p P -> off_all rest p) by (intros p I r R; apply O; [easy|now right]).
  (* deletion *)
  assert (NA : NoDup (map (row_signs rest) A)).
  { apply distinct_by with (f := row_signs (a :: rest)); [|now apply distinct_filter].
    intros p q Ip Iq S. simpl. destruct (AP p Ip) as [_ Sp], (AP q Iq) as [_ Sq]. simpl in S. now rewrite Sp, Sq, S. }
  assert (NB : NoDup (map (row_signs rest) B)).
  { apply distinct_by with (f := row_signs (a :: rest)); [|now apply distinct_filter].
    intros p q Ip Iq S. simpl. destruct (BN p Ip) as [_ Sp], (BN q Iq) as [_ Sq]. now rewrite Sp, Sq, S. }
  assert (F : forall q, meets q = true <-> In (row_signs rest q) (map (row_signs rest) A)).
  { intro q. unfold meets. rewrite existsb_exists, in_map_iff. split; intros (p & U & V).
    - exists p. apply signs_eqb_eq in V. now split.
    - exists p. split; [easy|]. now apply signs_eqb_eq. }
  assert (DelD : NoDup (map (row_signs rest) (A ++ E))).
  { rewrite map_app. apply distinct_app; [easy|now apply distinct_filter|].
    intros s I J. apply in_map_iff in J as (q & <- & J). apply filter_In in J as [_ J].
    apply F in I. rewrite I in J. discriminate. }
  assert (Del : Z.of_nat (length (A ++ E)) <= left - l1).
  { apply (IH rest left l1 H1); [|easy]. intros p I. apply OR. apply in_app_iff in I as [I|I].
    - now apply AP.
    - apply filter_In in I as [I _]. now apply BN. }
  (* restriction *)
  set (m := partner a rest A).
  assert (M : forall q, In q D -> dot (reals a) (m q) = 0%R /\ row_signs rest (m q) = row_signs rest q).
  { intros q I. apply filter_In in I as [I J]. unfold meets in J. apply existsb_exists in J as (p & Ip & S).
    unfold m, partner. destruct (find _ A) as [p'|] eqn:G.
    - apply find_some in G as [G1 G2]. apply signs_eqb_eq in G2. split; [apply crossing_on|].
      unfold row_signs. apply map_ext_in. intros r R. apply crossing_sign; [now apply AP|now apply BN|].
      now apply (ext_in_map G2).
    - pose proof (find_none _ _ G p Ip) as G'. simpl in G'. congruence. }
  set (rows' := map (restrict c a) rest) in *.
  assert (Rs : forall q, In q D -> forall r, In r rest ->
    row_sign (restrict c a r) (m q) = sgn (IZR (coordinate c a) * dot (reals r) (m q))).
  { intros q I r R. unfold row_sign. rewrite restrict_sign; [easy|easy|]. now apply M. }
  assert (CR : IZR (coordinate c a) <> 0%R) by now apply not_0_IZR.
  assert (Res : Z.of_nat (length (map m D)) <= l1 - left').
  { apply (IH _ _ _ H).
    - intros p I. apply in_map_iff in I as (q & <- & I). apply hyperplanes_off. intros r' R' _.
      apply in_map_iff in R' as (r & <- & R). rewrite Rs by easy. intro Z. apply sgn_zero in Z.
      apply Rmult_integral in Z as [Z|Z]; [easy|]. destruct (M q I) as [_ S].
      assert (T : row_sign r (m q) = row_sign r q) by now apply (ext_in_map S).
      apply (OR q) with r; [|easy|].
      + apply filter_In in I as [I _]. now apply BN.
      + rewrite <- T. unfold row_sign. now apply sgn_zero.
    - rewrite map_map. apply distinct_by with (f := row_signs rest); [|now apply distinct_filter].
      intros q q' I I' S. apply hyperplanes_determine in S. destruct (M q I) as [_ T], (M q' I') as [_ T'].
      rewrite <- T, <- T'. unfold row_signs. apply map_ext_in. intros r R.
      assert (U : row_sign (restrict c a r) (m q) = row_sign (restrict c a r) (m q')).
      { unfold row_signs, rows' in S. rewrite !map_map in S. now apply (ext_in_map S). }
      rewrite !Rs in U by easy. apply sgn_multiple with (k := (/ IZR (coordinate c a))%R) in U;
        [|now apply Rinv_neq_0_compat].
      unfold row_sign. rewrite <- !Rmult_assoc, Rinv_l, !Rmult_1_l in U by easy. exact U. }
  rewrite map_length in Res. lia.
Qed.

(* The half of the theorem that a checker needs. *)
Theorem at_most_sound : forall rows n, at_most rows n = true ->
  forall P, (forall p, In p P -> off_rows rows p) -> NoDup (map (row_signs rows) P) -> Z.of_nat (length P) <= n.
Proof.
  intros rows n H P O N. unfold at_most in H. destruct (take_regions _ _ n) as [l|] eqn:T; [|discriminate].
  assert (L : forall l fuel rows left, take_regions fuel rows left = Some l -> 0 <= left -> 0 <= l).
  { clear. intros l fuel. revert l. induction fuel as [|f fuel IH]; intros l [|a rest] left H K; simpl in H;
      try discriminate.
    1, 2: destruct (Z.leb_spec left 0); [discriminate|]; inversion H; lia.
    destruct (take_regions fuel rest left) as [l1|] eqn:E; [|discriminate].
    destruct (_ =? 0); [discriminate|]. apply IH in H; [easy|]. now apply IH in E. }
  assert (B : Z.of_nat (length P) <= n - l).
  { apply (take_regions_sound _ _ _ _ T).
    - intros p I. now apply hyperplanes_off, O.
    - apply distinct_by with (f := row_signs rows); [|easy]. intros. now apply hyperplanes_determine. }
  destruct (Z_lt_ge_dec n 0) as [K|K].
  - assert (G : take_regions rows (hyperplanes rows []) n = None); [|congruence].
    clear - K. generalize (hyperplanes rows []). intro l. revert l.
    induction rows as [|r rows IH]; intros [|a rest]; simpl.
    1, 3: destruct (Z.leb_spec n 0); [easy|lia].
    + easy.
    + now rewrite IH.
  - apply L in T; lia.
Qed.
