(* The checker of all pairs of a width, and the theorem: all tuples are listed, up to mirror images, with all cells. *)

Require Import Reals ZArith QArith Qreals List Lra Lia Bool.
Require Import Vectors Signs Integers Regions RegionChecker RegionProofs Networks Neurons Parts NeuronNames TupleProofs
  DualChecker DualProofs SecondLayer CellChecker CellProofs Tries Selections.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

Record tuple_proof := {
  members : list (list bool * bool);
  cells : list (list sign * list (list Q));
  cell_leaves : list (list ((Z * Z) * Q))
}.

Record pairs_claim := { regions_claimed : Z; tuples_claimed : Z; pairs_claimed : Z; masks_claimed : Z }.

(* Which neurons are in a tuple, in the order of all neurons. *)
Definition key (neurons T : list neuron) : list bool := map (fun t => existsb (neuron_eqb t) T) neurons.

Fixpoint bits_eqb (a b : list bool) : bool :=
  match a, b with
  | [], [] => true
  | x :: a', y :: b' => Bool.eqb x y && bits_eqb a' b'
  | _, _ => false
  end.

(* A tuple with the sign vectors of its cells, and its mirror image if that is another one. *)
Definition tuple_cells : Type := list neuron * list (list sign).

Definition with_mirror (neurons : list neuron) (e : tuple_cells) : list tuple_cells :=
  let mirror := map flip (fst e) in
  if bits_eqb (key neurons (fst e)) (key neurons mirror) then [e]
  else [e; (mirror, map (map opposite) (snd e))].

Definition check_tuple (rows : list (list Z)) (d : Z) (neurons : list neuron) (m : Z) (p : tuple_proof)
  : option tuple_cells :=
  let T := neurons_named rows (members p) in
  if (zlen T =? m) && (count (key neurons T) =? m) && check_cells rows d T (cells p) (cell_leaves p)
  then Some (T, map fst (cells p)) else None.

Definition sum_lengths (l : list tuple_cells) : Z := fold_right (fun e n => zlen (snd e) + n) 0 l.

Definition masks (l : list tuple_cells) : list (list bool) := flat_map (fun e => map (map nonnegative) (snd e)) l.

Definition check_second_layer (rows : list (list Q)) (width : Z) (first : region_proof) (tuples : list tuple_proof)
  (claim : pairs_claim) : bool :=
  check_region_proof rows None first && (1 <=? width) &&
  match clear_table rows with
  | Some (_, z) =>
    let neurons := neurons_of (sign_vectors first) in
    let m := width_of (Some width) (zlen neurons) in
    match all_some (check_tuple z (columns rows) neurons m) tuples with
    | Some listed =>
      let all := flat_map (with_mirror neurons) listed in
      match insert_distinct (map (fun e => key neurons (fst e)) all) Empty with
      | Some t => has_all neurons m t
      | None => false
      end &&
      (regions_claimed claim =? zlen (RegionChecker.listed first)) && (tuples_claimed claim =? zlen all) &&
      (pairs_claimed claim =? sum_lengths all) && (masks_claimed claim =? count_new (masks all) Empty 0)
    | None => false
    end
  | None => false
  end.

Lemma bits_eqb_eq : forall a b, bits_eqb a b = true -> a = b.
Proof.
  induction a as [|x a IH]; intros [|y b] H; try discriminate; [easy|]. simpl in H. apply andb_prop in H as [H1 H2].
  apply eqb_prop in H1. subst. f_equal. now apply IH.
Qed.

Lemma key_in : forall T t, existsb (neuron_eqb t) T = true <-> In t T.
Proof.
  intros T t. rewrite existsb_exists. split.
  - intros (u & U & E). apply neuron_eqb_eq in E. now subst.
  - intro I. exists t. split; [easy|now apply neuron_eqb_eq].
Qed.

(* A tuple as long as the number of neurons that it marks has no neuron twice, and only neurons. *)
Lemma key_full : forall neurons T, NoDup neurons -> count (key neurons T) = Z.of_nat (length T) ->
  NoDup T /\ incl T neurons.
Proof.
  intros neurons T N C. unfold key in C. rewrite count_filter in C. apply Nat2Z.inj in C.
  set (l := filter (fun t => existsb (neuron_eqb t) T) neurons) in *.
  assert (D : NoDup l) by now apply NoDup_filter.
  assert (I : incl l T) by (intros t H; apply filter_In in H as [_ H]; now apply key_in).
  split.
  - apply NoDup_incl_NoDup with l; try easy. lia.
  - assert (J : incl T l) by (apply NoDup_length_incl; try easy; lia).
    intros t H. apply J in H. now apply filter_In in H.
Qed.

Lemma key_count : forall neurons S, NoDup neurons -> NoDup S -> incl S neurons ->
  count (key neurons S) = Z.of_nat (length S).
Proof.
  intros neurons S N D I. unfold key. rewrite count_filter. f_equal. apply Nat.le_antisymm.
  - apply NoDup_incl_length; [now apply NoDup_filter|]. intros t H. apply filter_In in H as [_ H]. now apply key_in.
  - apply NoDup_incl_length; [easy|]. intros t H. apply filter_In. split; [now apply I|now apply key_in].
Qed.

Lemma key_same : forall neurons S T, incl S neurons -> incl T neurons ->
  (key neurons S = key neurons T <-> same S T).
Proof.
  intros neurons S T IS IT. unfold key. split.
  - intros E t. assert (H : forall u, In u neurons -> existsb (neuron_eqb u) S = existsb (neuron_eqb u) T).
    { clear IS IT. intros u U. induction neurons as [|v l IH]; [easy|]. simpl in E. injection E as E1 E2.
      destruct U as [<-|U]; auto. }
    rewrite <- !key_in. split; intro A.
    + rewrite <- H; [easy|]. apply IS. now apply key_in.
    + rewrite H; [easy|]. apply IT. now apply key_in.
  - intro E. apply map_ext. intro t. apply eq_true_iff_eq. now rewrite !key_in.
Qed.

Lemma flip_neurons : forall signs t, In t (neurons_of signs) <-> In (flip t) (neurons_of signs).
Proof. intros signs [s o]. now rewrite !neurons_of_in. Qed.

Lemma flip_injective : forall s t, flip s = flip t -> s = t.
Proof. intros [s o] [t p] E. unfold flip in E. simpl in E. inversion E. destruct o, p; simpl in *; congruence. Qed.

Lemma map_injective_distinct : forall A B (f : A -> B) l, (forall x y, f x = f y -> x = y) -> NoDup l ->
  NoDup (map f l).
Proof.
  intros A B f l F N. induction N as [|x l X N IH]; simpl; constructor; [|easy].
  intro I. apply in_map_iff in I as (y & E & Y). apply F in E. now subst.
Qed.

Section Listed.

Variables (rows : list (list R)) (d : nat) (signs : list (list sign)) (m : Z).
Let neurons := neurons_of signs.
Hypothesis distinct_neurons : NoDup neurons.

(* What is known of each tuple, and then of its mirror image too. *)
Definition good_tuple (e : tuple_cells) : Prop :=
  NoDup (fst e) /\ Z.of_nat (length (fst e)) = m /\ incl (fst e) neurons /\
  NoDup (snd e) /\ forall s, In s (snd e) <-> is_cell rows d (fst e) s.

Lemma mirror_good : forall T c, good_tuple (T, c) -> good_tuple (map flip T, map (map opposite) c).
Proof.
  intros T c (G1 & G2 & G3 & G4 & G5). unfold good_tuple. simpl in *. split; [|split; [|split; [|split]]].
  - apply map_injective_distinct; [apply flip_injective|easy].
  - now rewrite map_length.
  - intros t I. apply in_map_iff in I as (u & <- & U). apply (flip_neurons signs u). now apply G3.
  - apply map_injective_distinct; [|easy]. intros x y E. rewrite <- (opposites_twice x), E. apply opposites_twice.
  - intro s. simpl. rewrite mirror_cells, <- G5, in_map_iff. split.
    + intros (u & <- & U). now rewrite opposites_twice.
    + intro I. exists (map opposite s). split; [apply opposites_twice|easy].
Qed.

Lemma with_mirror_good : forall l, (forall e, In e l -> good_tuple e) ->
  forall e, In e (flat_map (with_mirror neurons) l) -> good_tuple e.
Proof.
  intros l G e I. apply in_flat_map in I as ([T c] & J & I). specialize (G _ J). unfold with_mirror in I. simpl in I.
  destruct (bits_eqb _ _); simpl in I.
  - destruct I as [<-|[]]; easy.
  - destruct I as [<-|[<-|[]]]; [easy|]. now apply mirror_good.
Qed.

Lemma listed_once : forall all t, (forall e, In e all -> good_tuple e) ->
  insert_distinct (map (fun e => key neurons (fst e)) all) Empty = Some t -> has_all neurons m t = true ->
  all_tuples_once neurons m (map fst all).
Proof.
  intros all t G D H. apply insert_distinct_sound in D as (N & _ & S). split; [|split].
  - intros T I. apply in_map_iff in I as (e & <- & E). destruct (G e E) as (G1 & G2 & G3 & _). now split.
  - intros U DU LU IU. assert (K : has (key neurons U) t = true).
    { apply has_all_sound with (1 := H); [apply map_length|]. now rewrite key_count. }
    apply S in K as [K|K]; [|rewrite has_empty in K; discriminate]. apply in_map_iff in K as (e & E & I).
    exists (fst e).
    split; [now apply in_map|]. apply (key_same neurons); [easy|now apply G|easy].
  - intros i j U V EU EV E.
    assert (L : (i < length (map (fun e => key neurons (fst e)) all))%nat).
    { rewrite map_length, <- (map_length fst). apply nth_error_Some. congruence. }
    rewrite NoDup_nth_error in N. apply N; [exact L|].
    assert (M : forall n W, nth_error (map fst all) n = Some W ->
      nth_error (map (fun e => key neurons (fst e)) all) n = Some (key neurons W) /\ incl W neurons).
    { intros n W F. split.
      - rewrite <- (map_map fst (key neurons)). now apply map_nth_error.
      - apply nth_error_In, in_map_iff in F as (e & <- & F). now apply G. }
    destruct (M i U EU) as [M1 I1], (M j V EV) as [M2 I2]. rewrite M1, M2. f_equal. now apply key_same.
Qed.

End Listed.

Lemma sum_lengths_eq : forall l, sum_lengths l = Z.of_nat (length (flat_map (fun e : tuple_cells => snd e) l)).
Proof.
  induction l as [|e l IH]; [easy|]. simpl. rewrite IH, app_length, zlen_eq. lia.
Qed.

(* The theorem on pairs. `all` lists every set of m different neurons once, with its cells, each once; the claim counts
   the regions, these sets, their cells, and the masks u >= 0 of all cells without repetition. *)
Theorem second_layer_correct : forall rows width first tuples claim,
  check_second_layer rows width first tuples claim = true ->
  let X := map rational rows in
  let d := Z.to_nat (columns rows) in
  let neurons := neurons_of (sign_vectors first) in
  let m := Z.min width (Z.of_nat (length neurons)) in
  all_regions_once (arrangement rows None) d (sign_vectors first) /\
  exists all : list tuple_cells,
    all_tuples_once neurons m (map fst all) /\
    (forall T c, In (T, c) all -> NoDup c /\ forall s, In s c <-> is_cell X d T s) /\
    regions_claimed claim = Z.of_nat (length (sign_vectors first)) /\
    tuples_claimed claim = Z.of_nat (length all) /\
    pairs_claimed claim = Z.of_nat (length (flat_map (fun e => snd e) all)) /\
    exists distinct_masks, NoDup distinct_masks /\ masks_claimed claim = Z.of_nat (length distinct_masks) /\
      forall b, In b distinct_masks <-> exists T s, In T (map fst all) /\ is_cell X d T s /\ b = map nonnegative s.
Proof.
  intros rows width first tuples claim H X d neurons m. unfold check_second_layer in H.
  apply andb_prop in H as [H H2]. apply andb_prop in H as [HR HW]. apply Z.leb_le in HW.
  pose proof (table_lengths rows) as TL. pose proof HR as HR'. unfold check_region_proof in HR'.
  apply andb_prop in HR' as [HT _]. apply region_proof_correct in HR. fold d in HR. split; [easy|].
  destruct (clear_table rows) as [[k z]|] eqn:E; [|discriminate].
  apply clear_table_real in E as [K Z]. rewrite <- (map_map rational (scale (IZR k))) in Z. fold X in Z.
  assert (C : columns rows = Z.of_nat d).
  { unfold d. rewrite Z2Nat.id; [easy|]. destruct rows; simpl; [lia|]. rewrite zlen_eq. lia. }
  fold neurons in H2. assert (M : width_of (Some width) (zlen neurons) = m).
  { unfold width_of, m. rewrite zlen_eq. destruct (Z.ltb_spec width (Z.of_nat (length neurons))); lia. }
  rewrite M, C in H2. destruct (all_some _ tuples) as [listed|] eqn:L; [|discriminate].
  assert (D : NoDup neurons) by (apply neurons_of_distinct; apply HR).
  assert (G : forall e, In e listed -> good_tuple X d (sign_vectors first) m e).
  { intros e I. apply all_some_in with (1 := L) in I as (p & _ & P). unfold check_tuple in P.
    set (T := neurons_named z (members p)) in *.
    destruct ((zlen T =? m) && _ && _) eqn:B; [|discriminate]. injection P as <-. apply andb_prop in B as [B B3].
    apply andb_prop in B as [B1 B2]. apply Z.eqb_eq in B1, B2. rewrite zlen_eq in B1.
    destruct (key_full neurons T D) as [F1 F2]; [congruence|].
    destruct (check_cells_sound z X k d T K Z _ _ B3) as [F3 F4]. now repeat split; try apply F4. }
  set (all := flat_map (with_mirror neurons) listed) in *.
  assert (GA : forall e, In e all -> good_tuple X d (sign_vectors first) m e) by now apply with_mirror_good.
  apply andb_prop in H2 as [H2 H7]. apply andb_prop in H2 as [H2 H6]. apply andb_prop in H2 as [H2 H5].
  apply andb_prop in H2 as [H3 H4]. apply Z.eqb_eq in H4, H5, H6, H7.
  destruct (insert_distinct _ Empty) as [t|] eqn:N; [|discriminate].
  exists all. split; [now apply (listed_once X d (sign_vectors first) m D all t)|]. split.
  { intros T c I. destruct (GA _ I) as (_ & _ & _ & A & B). now split. }
  split; [rewrite H4, zlen_eq; unfold sign_vectors; now rewrite map_length|].
  split; [now rewrite H5, zlen_eq|]. split; [now rewrite H6, sum_lengths_eq|].
  destruct (count_new_sound (masks all) Empty 0) as (new & N1 & N2 & N3). exists new. split; [easy|].
  split; [rewrite H7, N3; lia|]. intro b. rewrite N2. unfold masks. rewrite in_flat_map. split.
  - intros [((T & c) & I & J) _]. simpl in J. apply in_map_iff in J as (s & <- & J). exists T, s.
    destruct (GA _ I) as (_ & _ & _ & _ & B). simpl in B. split; [apply in_map_iff; now exists (T, c)|].
    split; [now apply B|easy].
  - intros (T & s & I & J & ->). apply in_map_iff in I as ([U c] & F & I). simpl in F. subst U.
    split; [|apply has_empty].
    exists (T, c). split; [easy|]. simpl. apply in_map. destruct (GA _ I) as (_ & _ & _ & _ & B). now apply B.
Qed.
