(* What an accepted dual vector proves: for both output signs and all sets of neurons of the width, numbers c+ and c-
   that bound what a sub-network earns. *)

Require Import Reals ZArith QArith Qreals List Lra Lia FMapPositive Bool.
Require Import Vectors Signs Integers Sums Networks Neurons Parts NeuronNames RowCover PairCover TupleCover TupleProofs
  CoverReplay Opposed Duality DualChecker.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

(* Selections by a test. *)

Lemma picked_filter : forall (f : neuron -> bool) neurons, picked neurons (map f neurons) = filter f neurons.
Proof. induction neurons as [|t neurons IH]; simpl; [easy|]. destruct (f t); now rewrite IH. Qed.

Lemma count_filter : forall (f : neuron -> bool) neurons,
  count (map f neurons) = Z.of_nat (length (filter f neurons)).
Proof.
  induction neurons as [|t neurons IH]; [easy|]. simpl map. simpl count. rewrite IH. simpl filter.
  destruct (f t); simpl length; lia.
Qed.

Lemma map2_mem : forall (f : Z -> Z -> bool) a b i,
  mem i (map2 f a b) -> f (nth i a 0) (nth i b 0) = true.
Proof.
  unfold mem. induction a as [|x a IH]; intros [|y b] [|i] H; simpl in *; try discriminate; auto.
Qed.

Lemma map2_forall : forall (f : Z -> Z -> bool) a b i, forallb (fun b => b) (map2 f a b) = true ->
  (i < length a)%nat -> (i < length b)%nat -> f (nth i a 0) (nth i b 0) = true.
Proof.
  induction a as [|x a IH]; intros [|y b] [|i] H A B; simpl in *; try lia; apply andb_prop in H as [H1 H2]; auto.
  apply IH; auto; lia.
Qed.

Lemma map_mem : forall (f : Z -> bool) a i, mem i (map f a) -> f (nth i a 0) = true.
Proof. unfold mem. induction a as [|x a IH]; intros [|i] H; simpl in *; try discriminate; auto. Qed.

Lemma picked_length : forall (neurons : list neuron) c, length c = length neurons ->
  Z.of_nat (length (picked neurons c)) = count c.
Proof.
  induction neurons as [|t neurons IH]; intros [|x c] L; try discriminate; [easy|]. injection L as L.
  specialize (IH c L). destruct x; simpl picked; simpl count; [simpl length|]; lia.
Qed.

Section Rows.

Variables (z : list (list Z)) (rows : list (list R)) (k : Z).
Hypothesis k_positive : (0 < IZR k)%R.
Hypothesis integral : map reals z = map (scale (IZR k)) rows.

Lemma same_length : length z = length rows.
Proof. rewrite <- (map_length reals), integral. apply map_length. Qed.

Lemma value_scaled : forall i w, dot (reals (nth i z [])) w = (IZR k * row_value rows i w)%R.
Proof.
  intros i w. change (@nil Z) with (@nil Z). replace (reals (nth i z [])) with (scale (IZR k) (nth i rows [])).
  - apply dot_scale.
  - rewrite <- (map_nth reals), integral. change (reals []) with (scale (IZR k) []). symmetry. apply map_nth.
Qed.

Lemma combination_dot : forall c l w,
  dot (reals (combination c l)) w =
  sum (fun i => (IZR (nth i c 0%Z) * dot (reals (nth i l [])) w)%R) (below (length l)).
Proof.
  induction c as [|a c IH]; intros l w.
  - simpl. rewrite (sum_ext _ _ (fun _ => 0%R)); [now rewrite sum_zero|]. intros [|i] _; simpl; ring.
  - destruct l as [|r l]; [easy|]. simpl length. rewrite sum_below_S. simpl. rewrite <- IH.
    destruct (Z.eqb_spec a 0) as [->|E]; [ring|]. now rewrite reals_add, reals_scale, dot_vadd, dot_scale.
Qed.

Lemma pays_nth : forall o p m s i, length p = length m ->
  IZR (nth i (pays o p m s) 0%Z) = pay (fun i => IZR (nth i p 0%Z)) (fun i => IZR (nth i m 0%Z)) (s, o) i.
Proof.
  unfold pay, active. simpl. intros o. induction p as [|a p IH]; intros [|b m] s i L; try discriminate.
  - simpl. destruct i; destruct (sign_eqb _ _); destruct o; simpl; try rewrite Ropp_0; easy.
  - destruct s as [|t s]; [destruct i; easy|]. destruct i as [|i]; simpl.
    + destruct t, o; simpl; try easy. now rewrite opp_IZR.
    + apply IH. now injection L.
Qed.

Lemma add_terms_sound : forall s terms v g w, add_terms z s terms v = Some g -> in_cone rows s w ->
  (dot (reals v) w <= dot (reals g) w)%R.
Proof.
  intros s. induction terms as [|[i l] terms IH]; intros v g w H C; simpl in H.
  - inversion H. lra.
  - destruct (get z i) as [r|] eqn:Z, (get s i) as [t|] eqn:S; try discriminate.
    destruct (Z.ltb_spec l 0) as [L|L]; [discriminate|]. apply IH with (w := w) in H; [|easy].
    apply get_nth in Z as [_ Z], S as [_ S]. set (j := Z.to_nat i) in *.
    assert (J : (j < length rows)%nat) by (rewrite <- same_length; apply nth_error_Some; congruence).
    specialize (C j J). pose proof (value_scaled j w) as V.
    rewrite (nth_error_nth _ _ _ Z) in V. rewrite (nth_error_nth _ _ _ S) in C.
    assert (A : (0 <= IZR l)%R) by now apply IZR_le.
    apply Rle_trans with (2 := H). destruct t; try lra; rewrite reals_add, reals_scale, dot_vadd, dot_scale, V.
    + rewrite opp_IZR. assert (0 <= IZR l * (IZR k * - row_value rows j w))%R; [|lra].
      apply Rmult_le_pos; [easy|]. apply Rmult_le_pos; lra.
    + assert (0 <= IZR l * (IZR k * row_value rows j w))%R; [|lra].
      apply Rmult_le_pos; [easy|]. apply Rmult_le_pos; lra.
Qed.

Lemma limit_sound : forall beta u x, ~ (u == 0)%Q -> x <= limit beta k u ->
  (IZR x <= (Q2R beta / Q2R u * IZR k) * (Q2R beta / Q2R u * IZR k))%R.
Proof.
  intros beta u x U H. unfold limit in H. set (q := ((beta * inject_Z k) / u)%Q) in *.
  assert (E : (Q2R beta / Q2R u * IZR k = Q2R q)%R).
  { unfold q. rewrite Q2R_div, Q2R_mult by easy.
    replace (Q2R (inject_Z k)) with (IZR k); [unfold Rdiv; ring|]. unfold Q2R, inject_Z. simpl. field. }
  rewrite E. unfold Q2R. set (b := QDen q) in *. assert (P : 0 < b) by (subst b; easy).
  assert (PR : (0 < IZR b)%R) by now apply IZR_lt.
  assert (B : x * (b * b) <= Qnum q * Qnum q).
  { pose proof (Z.mul_div_le (Qnum q * Qnum q) (b * b)). nia. }
  apply IZR_le in B. rewrite !mult_IZR in B. apply Rmult_le_reg_r with (IZR b * IZR b)%R; [nra|].
  replace (IZR (Qnum q) * / IZR b * (IZR (Qnum q) * / IZR b) * (IZR b * IZR b))%R with (IZR (Qnum q) * IZR (Qnum q))%R
    by (field; lra).
  lra.
Qed.

Lemma short_sound : forall beta u p m t terms, ~ (u == 0)%Q -> length p = length m ->
  short z (limit beta k u) p m t terms = true ->
  bounded rows (Q2R beta / Q2R u) (fun i => IZR (nth i p 0)) (fun i => IZR (nth i m 0)) t.
Proof.
  intros beta u p m t terms U L H. unfold short in H.
  destruct (add_terms _ _ _ _) as [g|] eqn:G; [|discriminate]. apply Z.leb_le in H.
  apply limit_sound in H; [|easy]. rewrite reals_dot in H. set (c := (Q2R beta / Q2R u)%R) in *.
  exists (scale (/ IZR k) (reals g)). split.
  - rewrite dot_scale, dot_scale_r. apply Rmult_le_reg_l with (IZR k * IZR k)%R; [nra|].
    replace (IZR k * IZR k * (/ IZR k * (/ IZR k * dot (reals g) (reals g))))%R with (dot (reals g) (reals g)) by
      (field; lra).
    lra.
  - intros w C. apply add_terms_sound with (w := w) in G; [|easy]. rewrite combination_dot in G.
    rewrite dot_scale. apply Rmult_le_reg_l with (IZR k); [easy|]. rewrite <- sum_scale.
    replace (IZR k * (/ IZR k * dot (reals g) w))%R with (dot (reals g) w) by (field; lra).
    apply Rle_trans with (2 := G). rewrite same_length. apply Req_le, sum_ext. intros i _.
    rewrite value_scaled, pays_nth by easy. destruct t; simpl. ring.
Qed.

Section Cover.

Variables (beta : Q) (u : Q) (neurons : list neuron) (tree : PositiveMap.t neuron) (v : list Z).
Hypothesis u_nonzero : ~ (u == 0)%Q.
Let c := (Q2R beta / Q2R u)%R.

Definition well_marked (p m : list Z) (marked : PositiveMap.t neuron) : Prop :=
  forall j t, PositiveMap.find j marked = Some t ->
  bounded rows c (fun i => IZR (nth i p 0)) (fun i => IZR (nth i m 0)) t.

Lemma mark_sound : forall p m, length p = length m -> forall l marked marked',
  mark z (limit beta k u) tree p m l marked = Some marked' -> well_marked p m marked -> well_marked p m marked'.
Proof.
  intros p m L. induction l as [|[j terms] l IH]; intros marked marked' H W; simpl in H; [now inversion H; subst|].
  destruct (at_place tree j) as [t|]; [|discriminate]. destruct (short _ _ _ _ _ _) eqn:S; [|discriminate].
  destruct (j + 1); try discriminate. apply IH in H; [easy|]. intros i s F.
  rewrite PositiveMapAdditionalFacts.gsspec in F. destruct (PositiveMap.E.eq_dec i p0).
  - inversion F; subst s. now apply short_sound with (3 := S).
  - now apply W in F.
Qed.

Lemma marks_sound : forall p m marked (f : neuron -> bool), well_marked p m marked -> forall l j,
  good_for (map f l) (flag (marks marked l j)) -> forall t, In t l -> f t = true ->
  bounded rows c (fun i => IZR (nth i p 0)) (fun i => IZR (nth i m 0)) t.
Proof.
  intros p m marked f W. induction l as [|s l IH]; intros j G t T F; [easy|]. simpl in G.
  destruct T as [<-|T].
  - rewrite F in G. destruct G as [G _]. destruct (PositiveMap.find j marked) as [r|] eqn:E; [|discriminate].
    apply neuron_eqb_eq in G. subst r. now apply W in E.
  - destruct (f s); [destruct G as [_ G]|]; now apply IH with (1 := G).
Qed.

Definition plus_or_minus (o : bool) : R := if o then 1%R else (-1)%R.

(* What an entry that is accepted is worth. *)
Definition entry_sound (o : bool) (e : entry) : Prop := exists p m : nat -> R,
  (forall i, (i < length rows)%nat -> (m i <= p i)%R) /\
  (forall i, mem i (fst (fst e)) -> (plus_or_minus o * IZR (nth i v 0%Z) <= p i)%R) /\
  (forall i, mem i (snd (fst e)) -> (m i <= 0)%R) /\ consistent (snd e) /\
  (forall f : neuron -> bool, good_for (map f neurons) (snd e) ->
    forall t, In t neurons -> f t = true -> bounded rows c p m t).

Lemma check_entry_sound : forall e o g,
  check_entry z (limit beta k u) neurons tree v e = Some (o, g) -> entry_sound o g.
Proof.
  intros e o g H. unfold check_entry in H. destruct (_ && _ && _) eqn:L; [|discriminate].
  apply andb_prop in L as [L O]. apply andb_prop in L as [L1 L2]. apply Z.eqb_eq in L1, L2. rewrite !zlen_eq in L1, L2.
  pose proof same_length as N.
  destruct (mark _ _ _ _ _ _ _) as [marked|] eqn:M; [|discriminate]. inversion H; subst o g. clear H.
  apply mark_sound in M; [|lia|intros j t F; now rewrite PositiveMap.gempty in F].
  exists (fun i => IZR (nth i (plus e) 0)), (fun i => IZR (nth i (minus e) 0)). simpl. repeat split.
  - intros i I. apply IZR_le, Z.leb_le. apply map2_forall with (1 := O); lia.
  - intros i I. apply map2_mem in I. apply Z.leb_le, IZR_le in I. unfold plus_or_minus.
    destruct (of_plus e); [lra|]. rewrite opp_IZR in I. lra.
  - intros i I. apply map_mem in I. now apply IZR_le, Z.leb_le.
  - apply flag_consistent.
  - intros f G t T F. now apply (marks_sound (plus e) (minus e) marked f M neurons 1 G).
Qed.

Lemma of_sign_sound : forall o l, (forall p e, In (p, e) l -> entry_sound p e) ->
  forall e, In e (of_sign o l) -> entry_sound o e.
Proof.
  intros o. induction l as [|[p e] l IH]; intros H g G; simpl in G; [easy|].
  assert (H' : forall p e, In (p, e) l -> entry_sound p e) by (intros; apply H; now right).
  destruct (Bool.eqb o p) eqn:E; [|now apply IH]. apply eqb_prop in E. subst p.
  destruct G as [<-|G]; [apply H; now left|now apply IH].
Qed.

(* An opposed pair: the signs of u are inside those of the region of the difference of the weights. *)
Lemma opposed_sided : forall signs b (T : neuron -> Prop) (P N : nat -> Prop),
  (forall w, exists s, In s signs /\ in_cone rows s w) ->
  (forall s, In s signs -> length s = length rows /\
    exists a, forall i, (i < length rows)%nat -> nth i s Zero = sgn (row_value rows i a)) ->
  (forall t, In t neurons -> In (fst t) signs) ->
  (forall i, P i -> (i < length rows)%nat) -> (forall i, N i -> (i < length rows)%nat) ->
  shown rows T P N -> (forall t, T t -> In t (picked neurons b)) -> length (picked neurons b) = 2%nat ->
  sided_pair (map side_of signs) (up_at (picked neurons b)) (down_at (picked neurons b)) P N.
Proof.
  intros signs b T P N Cones Inner All HP HN (parts & Parts & Ups & Downs) HT L _ (i1 & [s1 o1] & T1 & O1 & A1)
    (i2 & [s2 o2] & T2 & O2 & A2). simpl in O1, O2. subst o1 o2.
  assert (Two : forall t, In t (picked neurons b) -> t = (s1, true) \/ t = (s2, false)).
  { destruct (picked neurons b) as [|x [|y [|]]]; try discriminate. intros t [<-|[<-|[]]];
      destruct T1 as [E1|[E1|[]]], T2 as [E2|[E2|[]]]; subst; auto; discriminate. }
  destruct (opposed_region rows signs Cones (fun s S => proj2 (Inner s S)) s1 s2 parts) as (s & S & H).
  - intros p Hp. destruct (Parts p Hp) as [F K]. split; [easy|now apply Two, HT].
  - apply (All (s1, true)). now apply picked_in in T1.
  - apply (All (s2, false)). now apply picked_in in T2.
  - destruct (Inner s S) as [LS _].
    assert (Short : forall i t, nth i s Zero = t -> t <> Zero -> (i < length rows)%nat).
    { intros i t E Z. destruct (lt_dec i (length rows)) as [I|I]; [easy|]. rewrite nth_overflow in E by lia.
      congruence. }
    assert (Alone : forall r o i, In (r, o) (picked neurons b) ->
      ~ (exists t, In t (picked neurons b) /\ snd t = o /\ active t i = true) -> active (r, true) i = false).
    { intros r o i R E. destruct (active (r, true) i) eqn:A; [|easy]. exfalso. apply E. now exists (r, o). }
    exists (fst (side_of s)), (snd (side_of s)). simpl.
    split; [now apply (in_map side_of)|]. split; [|split; [|split]].
    + intros i I. apply mem_sign; [easy|]. destruct (H i (HP i I)) as (H1 & _). now apply H1, Ups.
    + intros i I. apply mem_sign; [easy|]. destruct (H i (HN i I)) as (_ & H2 & _). now apply H2, Downs.
    + intros i (t & Ht & O & A) V M. apply mem_sign in M; [|easy].
      destruct (H i (Short i Neg M ltac:(easy))) as (_ & _ & H3 & _).
      destruct (Two t Ht) as [->| ->]; [|discriminate]. apply H3; [exact A| |easy].
      now apply (Alone s2 false i T2).
    + intros i (t & Ht & O & A) V M. apply mem_sign in M; [|easy].
      destruct (H i (Short i Pos M ltac:(easy))) as (_ & _ & _ & H4).
      destruct (Two t Ht) as [->| ->]; [discriminate|]. apply H4; [exact A| |easy].
      now apply (Alone s1 true i T1).
Qed.

Lemma covers_all_sound : forall fuel m all d o entries,
  covers_all fuel neurons m all d o entries = true -> consistent_all entries -> m <= Z.of_nat (length neurons) ->
  forall c, length c = length neurons -> count c = m ->
  is_covered (sides_for m all) entries c (up_at (picked neurons c)) (down_at (picked neurons c)).
Proof.
  intros fuel m all d o entries H. unfold covers_all in H. destruct (replayed d) as [[a b]|].
  - now apply replay_cover_sound with (1 := H).
  - now apply covers_tuples_sound with (1 := H).
Qed.

Lemma tuples_covered : forall fuel m signs d entries o,
  covers_all fuel neurons m (map side_of signs) d o entries = true -> (forall e, In e entries -> entry_sound o e) ->
  (forall w, exists s, In s signs /\ in_cone rows s w) ->
  (forall s, In s signs -> length s = length rows /\
    exists a, forall i, (i < length rows)%nat -> nth i s Zero = sgn (row_value rows i a)) ->
  (forall t, In t neurons -> In (fst t) signs) -> NoDup neurons -> m <= Z.of_nat (length neurons) ->
  forall T, incl T neurons -> (Z.of_nat (length T) <= m \/ m = Z.of_nat (length neurons)) ->
  covered rows (plus_or_minus o) (fun i => IZR (nth i v 0)) c (fun t => In t T).
Proof.
  intros fuel m signs d entries o H S Cones Inner All N M T I L.
  set (f := fun t => existsb (neuron_eqb t) T).
  assert (F : forall t, f t = true <-> In t T).
  { intro t. unfold f. rewrite existsb_exists. split.
    - intros (s & Hs & E). apply neuron_eqb_eq in E. now subst.
    - intro Ht. exists t. split; [easy|now apply neuron_eqb_eq]. }
  assert (C : count (map f neurons) <= m).
  { destruct L as [L| ->].
    - rewrite count_filter. apply Z.le_trans with (Z.of_nat (length T)); [|easy]. apply inj_le.
      apply NoDup_incl_length; [now apply NoDup_filter|]. intros t Ht. apply filter_In in Ht. now apply F.
    - rewrite <- (map_length f neurons). apply count_length. }
  destruct (extend (map f neurons) m) as (b & Lb & Cb & Sb); [rewrite map_length; lia|]. rewrite map_length in Lb.
  apply covers_all_sound with (c := b) in H; [|intros e g E;
    now apply S in E as (?&?&_&_&_&E&_)|easy|easy|easy].
  intros P Q Disjoint Decide HP HQ Shown.
  assert (A : forall t, In t T -> In t (picked neurons b)).
  { intros t Ht. apply contains_picked with (1 := Sb). rewrite picked_filter. apply filter_In.
    split; [now apply I|now apply F]. }
  destruct (H P Q Disjoint Decide) as (e & g & E & G & W1 & W2).
  - intros i Pi. destruct (HP i Pi) as (_ & t & Ht & R). exists t. split; [now apply A|easy].
  - intros i Qi. destruct (HQ i Qi) as (_ & t & Ht & R). exists t. split; [now apply A|easy].
  - unfold sides_for. destruct (Z.eqb_spec m 2) as [W|W]; [|now intros []].
    apply opposed_sided with (T := fun t => In t T); try easy.
    + intros i Pi. now apply HP.
    + intros i Qi. now apply HQ.
    + pose proof (picked_length neurons b Lb). lia.
  - destruct (S _ E) as (p & q & E1 & E2 & E3 & _ & E5). exists p, q. split; [easy|]. split; [|split].
    + intros i Pi. apply E2. now apply W1.
    + intros i Qi. apply E3. now apply W2.
    + intros t Ht. apply (E5 f); [now apply contains_good with b|now apply I|now apply F].
Qed.

End Cover.

Lemma all_some_in : forall A B (f : A -> option B) l r, all_some f l = Some r ->
  forall y, In y r -> exists x, In x l /\ f x = Some y.
Proof.
  induction l as [|x l IH]; intros r H y Y; simpl in H.
  - inversion H; subst. easy.
  - destruct (f x) as [b|] eqn:F; [|discriminate]. destruct (all_some f l) as [s|] eqn:G; [|discriminate].
    inversion H; subst. destruct Y as [<-|Y]; [exists x; split; [now left|easy]|].
    destruct (IH s eq_refl y Y) as (a & H1 & H2). exists a. split; [now right|easy].
Qed.

(* For both signs, and sets of neurons as small as the width says, numbers c+ and c- are there. *)
Theorem check_dual_sound : forall beta width signs d,
  check_dual z k beta width (neurons_of signs) (map side_of signs) d = true -> NoDup signs ->
  (forall w, exists s, In s signs /\ in_cone rows s w) ->
  (forall s, In s signs -> length s = length rows /\
    exists a, forall i, (i < length rows)%nat -> nth i s Zero = sgn (row_value rows i a)) ->
  (0 < Q2R (scale_unit d))%R /\ length (values d) = length rows /\
  forall o T, (forall t, In t T -> In (fst t) signs /\ some_active (fst t) = true) ->
  match width with Some m => Z.of_nat (length T) <= m | None => True end ->
  covered rows (plus_or_minus o) (fun i => IZR (nth i (values d) 0)) (Q2R beta / Q2R (scale_unit d)) (fun t => In t T).
Proof.
  intros beta width signs d H N Cones Inner. unfold check_dual in H.
  set (neurons := neurons_named z (names d)) in *. set (tree := tree_of neurons 1 _) in *.
  set (fuel := true :: map _ z) in *. set (m := width_of width (zlen neurons)) in *.
  apply andb_prop in H as [H K]. apply andb_prop in H as [H A]. apply andb_prop in H as [U L].
  apply Z.ltb_lt in U. apply Z.eqb_eq in L. rewrite !zlen_eq in L.
  assert (UR : (0 < Q2R (scale_unit d))%R).
  { unfold Q2R. apply Rmult_lt_0_compat; [now apply IZR_lt|]. apply Rinv_0_lt_compat. now apply IZR_lt. }
  split; [easy|]. split; [rewrite <- same_length; lia|]. intros o T HT W.
  apply all_neurons_sound in A as (A1 & A3 & A2); [|now apply neurons_of_distinct].
  destruct (all_some _ (cover d)) as [l|] eqn:E; [|discriminate]. apply andb_prop in K as [K1 K2].
  assert (U0 : ~ (scale_unit d == 0)%Q).
  { intro Z. apply Qeq_eqR in Z. rewrite RMicromega.Q2R_0 in Z. lra. }
  assert (S : forall p e, In (p, e) l -> entry_sound beta (scale_unit d) neurons (values d) p e).
  { intros p e I. apply all_some_in with (1 := E) in I as (x & _ & X). now apply check_entry_sound in X. }
  assert (G : covers_all fuel neurons m (map side_of signs) d o (of_sign o l) = true)
    by now destruct o.
  apply (tuples_covered beta (scale_unit d) neurons (values d) fuel m signs d (of_sign o l) o); try easy.
  - intros e I. exact (of_sign_sound beta (scale_unit d) neurons (values d) o l S e I).
  - intros t Ht. apply A3 in Ht. now apply neurons_of_in in Ht.
  - unfold m, width_of. rewrite zlen_eq. destruct width as [w|]; [|lia].
    destruct (Z.ltb_spec w (Z.of_nat (length neurons))); lia.
  - intros t Ht. apply A1. apply neurons_of_in. now apply HT.
  - unfold m, width_of. rewrite zlen_eq. destruct width as [w|]; [|now right].
    destruct (Z.ltb_spec w (Z.of_nat (length neurons))); [now left|now right].
Qed.

End Rows.
