(* What the replay of a cover proves: every choice of signs that at most m neurons make possible is allowed by an entry
   that is good for all of them. *)

Require Import ZArith List Lia Bool.
Require Import Signs Integers Networks Neurons RowCover PairCover TupleCover.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

(* Selections of neurons as lists of truth values. *)
Fixpoint picked (neurons : list neuron) (b : list bool) : list neuron :=
  match neurons, b with
  | t :: neurons', true :: b' => t :: picked neurons' b'
  | _ :: neurons', false :: b' => picked neurons' b'
  | _, _ => []
  end.

Fixpoint good_for (b : list bool) (f : flags) : Prop :=
  match b, f with
  | true :: b', (g, _) :: f' => g = true /\ good_for b' f'
  | false :: b', _ :: f' => good_for b' f'
  | _, _ => True
  end.

Fixpoint count (b : list bool) : Z := match b with [] => 0 | x :: b' => (if x then 1 else 0) + count b' end.

Fixpoint consistent (f : flags) : Prop :=
  match f with
  | [] => True
  | (g, a) :: f' => (a = true -> g = true /\ all_good f' = true) /\ consistent f'
  end.

Lemma count_nonneg : forall b, 0 <= count b.
Proof. induction b as [|[] b IH]; simpl; lia. Qed.

Lemma count_length : forall b, count b <= Z.of_nat (length b).
Proof. induction b as [|[] b IH]; simpl length; simpl count; lia. Qed.

Lemma number_items : forall neurons, number (items neurons) = Z.of_nat (length neurons).
Proof.
  induction neurons as [|t neurons IH]; [easy|]. simpl items. unfold number at 1. simpl behind. rewrite IH.
  simpl length. lia.
Qed.

Lemma flag_consistent : forall good, consistent (flag good).
Proof.
  induction good as [|g good IH]; simpl; [easy|]. split; [|easy]. intro H. now apply andb_prop in H.
Qed.

Lemma flag_first : forall good, map fst (flag good) = good.
Proof. induction good as [|g good IH]; simpl; [easy|]. now rewrite IH. Qed.

Lemma count_none : forall neurons b, count b = 0 -> picked neurons b = [].
Proof.
  induction neurons as [|t neurons IH]; intros [|[] b] H; simpl in *; try easy.
  - pose proof (count_nonneg b). lia.
  - now apply IH.
Qed.

Lemma good_for_none : forall b f, count b = 0 -> good_for b f.
Proof.
  induction b as [|[] b IH]; intros [|[g a] f] H; simpl in *; try easy.
  - pose proof (count_nonneg b). lia.
  - now apply IH.
Qed.

Lemma all_good_for : forall b f, consistent f -> all_good f = true -> good_for b f.
Proof.
  induction b as [|x b IH]; intros [|[g a] f] C A; simpl in *; try easy; [now destruct x|].
  destruct C as [C1 C2]. specialize (C1 A). destruct x; [split; [easy|]|]; now apply IH.
Qed.

Definition consistent_all (known : list entry) : Prop := forall e f, In (e, f) known -> consistent f.

Lemma join_in : forall known e f, In (e, f) (join known) -> exists a, In (e, (true, a) :: f) known.
Proof.
  induction known as [|[e1 [|[[] a] f1]] known IH]; intros e f H; simpl in H; [easy| | |].
  - apply IH in H as (b & H). exists b. now right.
  - destruct H as [H|H]; [inversion H; subst; exists a; now left|]. apply IH in H as (b & H). exists b. now right.
  - apply IH in H as (b & H). exists b. now right.
Qed.

Lemma join_consistent : forall known, consistent_all known -> consistent_all (join known).
Proof. intros known C e f H. apply join_in in H as (a & H). now apply C in H as [_ H]. Qed.

Lemma skip_consistent : forall known, consistent_all known -> consistent_all (skip known).
Proof.
  intros known C e f H. unfold skip in H. apply in_map_iff in H as ([e1 f1] & E & H). inversion E; subst.
  apply C in H. destruct f1 as [|[g a] f1]; [easy|]. now destruct H.
Qed.

Lemma settled_in : forall known e, In e (settled known) -> exists f, In (e, f) known /\ all_good f = true.
Proof.
  induction known as [|[e1 f1] known IH]; intros e H; simpl in H; [easy|].
  destruct (all_good f1) eqn:A; [destruct H as [<-|H]; [exists f1; split; [now left|easy]|]|];
    apply IH in H as (f & H & G); exists f; split; try easy; now right.
Qed.

Lemma mem_active : forall t i, mem i (active_rows t) <-> active t i = true.
Proof.
  intros [s o] i. unfold mem, active_rows, active. simpl. change false with ((fun x => sign_eqb x Pos) Zero) at 1.
  now rewrite map_nth.
Qed.

Definition up_at (neurons : list neuron) (i : nat) : Prop :=
  exists t, In t neurons /\ snd t = true /\ active t i = true.
Definition down_at (neurons : list neuron) (i : nat) : Prop :=
  exists t, In t neurons /\ snd t = false /\ active t i = true.

Lemma mem_up : forall t i, mem i (up_rows t) <-> snd t = true /\ active t i = true.
Proof.
  intros t i. unfold up_rows. destruct (snd t); [rewrite mem_active; tauto|].
  split; [unfold mem; now destruct i|easy].
Qed.

Lemma mem_down : forall t i, mem i (down_rows t) <-> snd t = false /\ active t i = true.
Proof.
  intros t i. unfold down_rows. destruct (snd t); [|rewrite mem_active; tauto].
  split; [unfold mem; now destruct i|easy].
Qed.

Lemma up_at_cons : forall t l i, up_at (t :: l) i <-> mem i (up_rows t) \/ up_at l i.
Proof.
  intros t l i. rewrite mem_up. unfold up_at. simpl. split.
  - intros (u & [<-|U] & A); [now left|right; now exists u].
  - intros [A|(u & U & A)]; [exists t|exists u]; auto.
Qed.

Lemma down_at_cons : forall t l i, down_at (t :: l) i <-> mem i (down_rows t) \/ down_at l i.
Proof.
  intros t l i. rewrite mem_down. unfold down_at. simpl. split.
  - intros (u & [<-|U] & A); [now left|right; now exists u].
  - intros [A|(u & U & A)]; [exists t|exists u]; auto.
Qed.

Lemma mem_ups : forall neurons i, mem i (ups_of (items neurons)) <-> up_at neurons i.
Proof.
  induction neurons as [|u neurons IH]; intro i.
  - split; [unfold mem; now destruct i|now intros (t & [] & _)].
  - rewrite up_at_cons, <- IH. simpl. apply mem_union.
Qed.

Lemma mem_downs : forall neurons i, mem i (downs_of (items neurons)) <-> down_at neurons i.
Proof.
  induction neurons as [|u neurons IH]; intro i.
  - split; [unfold mem; now destruct i|now intros (t & [] & _)].
  - rewrite down_at_cons, <- IH. simpl. apply mem_union.
Qed.

Lemma picked_full : forall (neurons : list neuron) b, length b = length neurons ->
  Z.of_nat (length neurons) <= count b -> picked neurons b = neurons.
Proof.
  induction neurons as [|t neurons IH]; intros [|x b] L C; try discriminate; [easy|]. injection L as L.
  simpl length in C. simpl count in C. pose proof (count_length b). destruct x; [|lia]. simpl. f_equal. apply IH; lia.
Qed.

Lemma picked_in : forall neurons b t, In t (picked neurons b) -> In t neurons.
Proof.
  induction neurons as [|u neurons IH]; intros [|[] b] t H; simpl in *; try easy.
  - destruct H; [now left|right; eauto].
  - right; eauto.
Qed.

(* Any choice of signs that these neurons make possible is allowed by an entry that is good for all of them; if they are
   an opposed pair and there are sides, any that one of these makes possible. *)
Definition is_covered (sides : list side) (known : list entry) (b : list bool) (up_set down_set : nat -> Prop) : Prop :=
  forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  (forall i, P i -> up_set i) -> (forall i, N i -> down_set i) -> sided_pair sides up_set down_set P N ->
  exists e f, In (e, f) known /\ good_for b f /\ within P (fst e) /\ within N (snd e).

Lemma choose_sound : forall fuel sides size neurons k known up0 down0 left left',
  choose fuel sides size (items neurons) k known up0 down0 left = (true, left') -> consistent_all known -> 1 <= k ->
  forall b, length b = length neurons -> count b = k ->
  is_covered sides known b (fun i => mem i up0 \/ up_at (picked neurons b) i)
    (fun i => mem i down0 \/ down_at (picked neurons b) i).
Proof.
  intros fuel sides size. induction neurons as [|t neurons IH]; intros k known up0 down0 left left' H C K b L B.
  { destruct b; [simpl in B; lia|discriminate]. }
  destruct b as [|x b]; [discriminate|]. injection L as L. simpl in H.
  set (known1 := join known) in *. set (up1 := union up0 (up_rows t)) in *.
  set (down1 := union down0 (down_rows t)) in *.
  match type of H with context [let (fine, left) := ?first in _] => destruct first as [fine left1] eqn:F end.
  destruct fine; [|discriminate]. destruct x; simpl in B.
  - (* the next neuron joins *)
    intros P N Disjoint Decide HP HN HS.
    assert (U : forall i, mem i up0 \/ up_at (picked (t :: neurons) (true :: b)) i <->
      mem i up1 \/ up_at (picked neurons b) i).
    { intro i. unfold up1. simpl. rewrite up_at_cons, mem_union. tauto. }
    assert (V : forall i, mem i down0 \/ down_at (picked (t :: neurons) (true :: b)) i <->
      mem i down1 \/ down_at (picked neurons b) i).
    { intro i. unfold down1. simpl. rewrite down_at_cons, mem_union. tauto. }
    apply (sided_pair_same _ _ _ _ _ _ _ U V) in HS.
    assert (HP1 : forall i, P i -> mem i up1 \/ up_at (picked neurons b) i) by (intros i I; now apply U, HP).
    assert (HN1 : forall i, N i -> mem i down1 \/ down_at (picked neurons b) i) by (intros i I; now apply V, HN).
    clear HP HN U V.
    assert (S : exists e f, In (e, f) known1 /\ good_for b f /\ within P (fst e) /\ within N (snd e)).
    { destruct (Z.eqb_spec (k - 1) 0) as [E|E].
      - rewrite count_none in HP1, HN1, HS by lia.
        destruct (covers_pair_sound _ _ _ _ _ _ _ F P N Disjoint Decide) as (e & I & W1 & W2).
        + intros i I. destruct (HP1 i I) as [M|(u & [] & _)]; easy.
        + intros i I. destruct (HN1 i I) as [M|(u & [] & _)]; easy.
        + apply sided_pair_same with (3 := HS); intro i; split; try (now left); intros [M|(u & [] & _)]; easy.
        + apply in_map_iff in I as ([e1 f] & <- & I). exists e1, f.
          repeat split; try easy. apply good_for_none. lia.
      - rewrite number_items in F. destruct (Z.leb_spec (Z.of_nat (length neurons)) (k - 1)) as [T|T].
        + rewrite picked_full in HP1, HN1, HS by lia.
          destruct (covers_pair_sound _ _ _ _ _ _ _ F P N Disjoint Decide) as (e & I & W1 & W2).
          * intros i I. apply mem_union. rewrite mem_ups. now apply HP1.
          * intros i I. apply mem_union. rewrite mem_downs. now apply HN1.
          * apply sided_pair_same with (3 := HS); intro i; now rewrite mem_union, ?mem_ups, ?mem_downs.
          * apply settled_in in I as (f & I & G). exists e, f. repeat split; try easy.
            apply all_good_for; [|easy]. now apply (join_consistent known C e).
        + destruct (covers fuel (settled known1) _ _ _) as [[] l2] eqn:V.
          * destruct (covers_sound _ _ _ _ _ _ V P N Disjoint Decide) as (e & I & W1 & W2).
            -- intros i I. apply mem_union. destruct (HP1 i I) as [M|(u & U & M)]; [now left|right].
               apply mem_ups. exists u. split; [now apply picked_in in U|easy].
            -- intros i I. apply mem_union. destruct (HN1 i I) as [M|(u & U & M)]; [now left|right].
               apply mem_downs. exists u. split; [now apply picked_in in U|easy].
            -- apply settled_in in I as (f & I & G). exists e, f. repeat split; try easy.
               apply all_good_for; [|easy]. now apply (join_consistent known C e).
          * apply IH with (b := b) in F; [|now apply join_consistent|pose proof (count_nonneg b); lia|easy|lia].
            now apply F. }
    destruct S as (e & f & I & G & W1 & W2). apply join_in in I as (a & I). exists e, ((true, a) :: f).
    repeat split; try easy.
  - (* it is left out *)
    pose proof (count_length b) as T0. rewrite L in T0. rewrite number_items in H.
    destruct (Z.ltb_spec (Z.of_nat (length neurons)) k) as [T|T]; [lia|].
    apply IH with (b := b) in H; [|now apply skip_consistent|easy|easy|lia].
    intros P N Disjoint Decide HP HN HS. destruct (H P N Disjoint Decide) as (e & f & I & G & W); try easy.
    unfold skip in I. apply in_map_iff in I as ([e1 f1] & E & I). inversion E; subst. exists e, f1.
    repeat split; try easy. destruct f1 as [|[g a] f1]; [easy|]. exact G.
Qed.

(* Selections of fewer neurons are extended to m. *)
Fixpoint contains (b c : list bool) : Prop :=
  match b, c with
  | [], [] => True
  | x :: b', y :: c' => (x = true -> y = true) /\ contains b' c'
  | _, _ => False
  end.

Lemma contains_refl : forall b, contains b b.
Proof. induction b; simpl; auto. Qed.

Lemma extend : forall b m, count b <= m <= Z.of_nat (length b) ->
  exists c, length c = length b /\ count c = m /\ contains b c.
Proof.
  induction b as [|x b IH]; intros m H; simpl length in *; simpl count in *.
  - exists []. simpl. repeat split; lia.
  - destruct x.
    + destruct (IH (m - 1)) as (c & L & C & S); [lia|]. exists (true :: c). simpl. repeat split; try easy; try lia.
    + destruct (Z.eq_dec m (Z.of_nat (length b) + 1)) as [E|E].
      * destruct (IH (m - 1)) as (c & L & C & S); [pose proof (count_length b); lia|].
        exists (true :: c). simpl. repeat split; try easy; try lia.
      * destruct (IH m) as (c & L & C & S); [lia|]. exists (false :: c). simpl. repeat split; try easy; try lia.
Qed.

Lemma contains_picked : forall neurons b c t, contains b c -> In t (picked neurons b) -> In t (picked neurons c).
Proof.
  induction neurons as [|u neurons IH]; intros [|x b] [|y c] t S H; simpl in *; try easy.
  destruct S as [S1 S2], x, y; simpl in *; try (now specialize (S1 eq_refl)).
  - destruct H; [now left|right; eauto].
  - right; eauto.
  - eauto.
Qed.

Lemma contains_good : forall b c f, contains b c -> good_for c f -> good_for b f.
Proof.
  induction b as [|x b IH]; intros [|y c] [|[g a] f] S G; simpl in *; try easy; [now destruct x|].
  destruct S as [S1 S2], x, y; simpl in *; try (now specialize (S1 eq_refl)).
  - destruct G. split; [easy|]. now apply IH with c.
  - destruct G. now apply IH with c.
  - now apply IH with c.
Qed.

Definition sides_for (m : Z) (sides : list side) : list side := if m =? 2 then sides else [].

Theorem covers_tuples_sound : forall fuel neurons m sides entries,
  covers_tuples fuel neurons m sides entries = true -> consistent_all entries -> m <= Z.of_nat (length neurons) ->
  forall c, length c = length neurons -> count c = m ->
  is_covered (sides_for m sides) entries c (up_at (picked neurons c)) (down_at (picked neurons c)).
Proof.
  intros fuel neurons m sides entries H C M c L B. unfold covers_tuples in H. fold (sides_for m sides) in H.
  set (all := steps) in H. clearbody all. rewrite !number_items in H.
  destruct (Z.leb_spec (Z.of_nat (length neurons)) m) as [T|T].
  - rewrite picked_full by lia. intros P N Disjoint Decide HP HN HS.
    destruct (covers_pair _ _ _ _ _ _) as [fine l1] eqn:F. simpl in H. subst fine.
    destruct (covers_pair_sound _ _ _ _ _ _ _ F P N Disjoint Decide) as (e & I & W).
    + intros i I. now apply mem_ups, HP.
    + intros i I. now apply mem_downs, HN.
    + apply sided_pair_same with (3 := HS); intro i; now rewrite ?mem_ups, ?mem_downs.
    + apply settled_in in I as (f & I & G). exists e, f. split; [exact I|]. split; [|exact W].
      apply all_good_for; [now apply (C e)|exact G].
  - destruct (covers fuel (settled entries) _ _ _) as [[] l1] eqn:V.
    + intros P N Disjoint Decide HP HN _.
      destruct (covers_sound _ _ _ _ _ _ V P N Disjoint Decide) as (e & I & W1 & W2).
      * intros i I. apply mem_ups. destruct (HP i I) as (t & S & A). exists t. split; [now apply picked_in in S|easy].
      * intros i I. apply mem_downs. destruct (HN i I) as (t & S & A). exists t. split; [now apply picked_in in S|easy].
      * apply settled_in in I as (f & I & G). exists e, f.
        split; [exact I|]. split; [|now split]. apply all_good_for; [now apply (C e)|exact G].
    + apply andb_prop in H as [K H]. apply Z.leb_le in K.
      destruct (choose _ _ _ _ _ _ _ _ _) as [fine l2] eqn:F. simpl in H. subst fine.
      apply choose_sound with (b := c) in F; [|easy|easy|congruence|easy].
      intros P N Disjoint Decide HP HN HS. apply (F P N Disjoint Decide).
      * intros i I. right. now apply HP.
      * intros i I. right. now apply HN.
      * apply sided_pair_same with (3 := HS); intro i; split; try (now right); intros [X|X]; try easy;
          unfold mem in X; now destruct i.
Qed.
