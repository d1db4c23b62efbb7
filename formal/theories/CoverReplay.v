(* Covers whose tokens are in the file: nothing is searched for. A token is the number of an entry, -1 for a branch, -2
   for a pair that is covered region by region. Each token is looked at once. *)

Require Import ZArith List Lia Bool FMapPositive.
Require Import Signs Integers Networks Neurons RowCover PairCover TupleCover TupleProofs.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

(* An entry, the places of neurons (from 1) that it is good for, and the place from which on it is good for all. *)
Record numbered := { meant : entry; fit : PositiveMap.t unit; since : Z }.

Fixpoint fit_places (f : flags) (k : positive) (m : PositiveMap.t unit) : PositiveMap.t unit :=
  match f with
  | [] => m
  | (g, _) :: f' => fit_places f' (Pos.succ k) (if g then PositiveMap.add k tt m else m)
  end.

Fixpoint all_from (f : flags) (k : Z) : Z :=
  match f with [] => k | (_, a) :: f' => if a then k else all_from f' (k + 1) end.

Definition numbered_of (e : entry) : numbered :=
  {| meant := e; fit := fit_places (snd e) 1 (PositiveMap.empty unit); since := all_from (snd e) 1 |}.

Fixpoint number_entries (l : list entry) (k : positive) (m : PositiveMap.t numbered) : PositiveMap.t numbered :=
  match l with [] => m | e :: l' => number_entries l' (Pos.succ k) (PositiveMap.add k (numbered_of e) m) end.

(* The neurons that are looked at: some by their places, and all from a place on, if any. *)
Definition fits (chosen : list positive) (from : option positive) (e : numbered) : bool :=
  forallb (fun k => PositiveMap.mem k (fit e)) chosen &&
  match from with Some k => since e <=? Zpos k | None => true end.

(* The entry that was used last, and the tokens that are left. *)
Definition progress : Type := option numbered * list Z.

Definition part : Type := list bool * list bool.

Definition serves (good : numbered -> bool) (current : option numbered) (p : part) : bool :=
  match current with Some e => good e && allows (fst p) (snd p) (fst (meant e)) | None => false end.

Fixpoint unserved (good : numbered -> bool) (current : option numbered) (parts : list part) : list part :=
  match parts with
  | [] => []
  | p :: parts' => if serves good current p then unserved good current parts' else parts
  end.

Definition longer (x y : bool) (p : part) : part := (x :: fst p, y :: snd p).

(* What an entry does not allow of a part is put aside, row by row; what is left comes last. *)
Fixpoint cut (up down above below : list bool) : option (list part * part) :=
  match up, down with
  | x :: up', y :: down' =>
    match cut up' down' (tl above) (tl below) with
    | None => None
    | Some (aside, rest) =>
      let a := hd false above in
      let b := hd false below in
      if x && y && negb (a && b) then
        if a then Some ((false :: up', true :: down') :: map (longer true false) aside, longer true false rest)
        else if b then Some ((true :: up', false :: down') :: map (longer false true) aside, longer false true rest)
        else None
      else Some (map (longer x y) aside, longer x y rest)
    end
  | _, _ => Some ([], (up, down))
  end.

Fixpoint cover_parts (table : PositiveMap.t numbered) (good : numbered -> bool) (tokens : list Z)
  (current : option numbered) (parts : list part) : option progress :=
  match unserved good current parts with
  | [] => Some (current, tokens)
  | (u, d) :: parts' =>
    match tokens with
    | [] => None
    | t :: tokens' =>
      match at_place table t with
      | Some e =>
        if good e then
          match cut u d (fst (fst (meant e))) (snd (fst (meant e))) with
          | Some (aside, (u', d')) =>
            if allows u' d' (fst (meant e)) then cover_parts table good tokens' (Some e) (aside ++ parts') else None
          | None => None
          end
        else None
      | None => None
      end
    end
  end.

Fixpoint cover_regions (table : PositiveMap.t numbered) (good : numbered -> bool) (up down : list bool)
  (sides : list side) (now : progress) : option progress :=
  match sides with
  | [] => Some now
  | (p, n) :: sides' =>
    match cover_parts table good (snd now) (fst now) [(inter up p, inter down n)] with
    | Some now => cover_regions table good up down sides' now
    | None => None
    end
  end.

Inductive outcome := Wrong | Settled (now : progress) | Branch (now : progress).

Definition outcome_of (o : option progress) : outcome := match o with Some now => Settled now | None => Wrong end.

Definition is_nil {A} (l : list A) : bool := match l with [] => true | _ => false end.

(* `whole`: there are no more than m neurons. *)
Definition settle (table : PositiveMap.t numbered) (sides : list side) (good : numbered -> bool) (whole : bool)
  (up down : list bool) (now : progress) : outcome :=
  if serves good (fst now) (up, down) then Settled now
  else match snd now with
  | [] => Wrong
  | t :: tokens =>
    if t =? -1 then if whole then Wrong else Branch (fst now, tokens)
    else if t =? -2 then
      if whole && some up && some down then
        let near := filter (possible up down) sides in
        if is_nil near then Wrong else outcome_of (cover_regions table good up down near (fst now, tokens))
      else Wrong
    else outcome_of (cover_parts table good (snd now) (fst now) [(up, down)])
  end.

(* Each neuron of `rest`, whose first has the place `at_`, is chosen next; k of them must join those chosen. *)
Fixpoint settle_each (table : PositiveMap.t numbered) (sides : list side) (rest : list item) (at_ : positive) (k : Z)
  (chosen : list positive) (up0 down0 : list bool) (now : progress) : option progress :=
  match rest with
  | [] => Some now
  | it :: rest' =>
    if number rest <? k then Some now
    else
      let chosen1 := at_ :: chosen in
      let up1 := union up0 (up it) in
      let down1 := union down0 (down it) in
      let k1 := k - 1 in
      let next := Pos.succ at_ in
      let result :=
        if k1 =? 0 then settle table sides (fits chosen1 None) true up1 down1 now
        else settle table sides (fits chosen1 (Some next)) (number rest' <=? k1) (union up1 (ups_of rest'))
               (union down1 (downs_of rest')) now in
      match result with
      | Wrong => None
      | Settled now => settle_each table sides rest' next k chosen up0 down0 now
      | Branch now =>
        match settle_each table sides rest' next k1 chosen1 up1 down1 now with
        | Some now => settle_each table sides rest' next k chosen up0 down0 now
        | None => None
        end
      end
  end.

Definition replay_cover (neurons : list neuron) (m : Z) (sides : list side) (entries : list entry) (tokens : list Z)
  : bool :=
  let sides := sides_for m sides in
  let table := number_entries entries 1 (PositiveMap.empty numbered) in
  let rest := items neurons in
  let result :=
    match settle table sides (fits [] (Some 1%positive)) (number rest <=? m) (ups_of rest) (downs_of rest)
            (None, tokens) with
    | Wrong => None
    | Settled now => Some now
    | Branch now => if 1 <=? m then settle_each table sides rest 1 m [] [] [] now else None
    end in
  match result with Some (_, []) => true | _ => false end.

(* What it proves. *)

Definition good_at (f : flags) (j : nat) : Prop := fst (nth j f (true, true)) = true.

Lemma all_good_at : forall f, consistent f -> all_good f = true -> forall j, good_at f j.
Proof.
  unfold good_at. induction f as [|[g a] f IH]; intros C A [|j]; simpl in *; try easy; subst;
    destruct C as [C1 C2]; specialize (C1 eq_refl); [easy|now apply IH].
Qed.

Lemma all_from_least : forall f k, k <= all_from f k.
Proof. induction f as [|[g []] f IH]; intro k; simpl; try lia. specialize (IH (k + 1)). lia. Qed.

Lemma all_from_sound : forall f k j, consistent f -> all_from f k <= k + Z.of_nat j -> good_at f j.
Proof.
  induction f as [|[g a] f IH]; intros k j C H; [now destruct j|]. destruct a.
  - now apply all_good_at.
  - simpl in H. destruct j as [|j]; [pose proof (all_from_least f (k + 1)); lia|].
    apply (IH (k + 1) j); [apply C|lia].
Qed.

Lemma fit_places_sound : forall f k m p, PositiveMap.mem p (fit_places f k m) = true ->
  PositiveMap.mem p m = true \/ exists j, Zpos p = Zpos k + Z.of_nat j /\ good_at f j.
Proof.
  induction f as [|[g a] f IH]; intros k m p H; simpl in H; [now left|].
  apply IH in H as [H|(j & E & G)].
  - destruct g; [|now left]. rewrite PositiveMap.mem_find, PositiveMapAdditionalFacts.gsspec in H.
    destruct (PositiveMap.E.eq_dec p k) as [->|N].
    + right. exists 0%nat. split; [lia|easy].
    + left. now rewrite PositiveMap.mem_find.
  - right. exists (S j). split; [lia|easy].
Qed.

Lemma number_entries_in : forall l k m p x, PositiveMap.find p (number_entries l k m) = Some x ->
  PositiveMap.find p m = Some x \/ exists e, In e l /\ x = numbered_of e.
Proof.
  induction l as [|e l IH]; intros k m p x H; simpl in H; [now left|]. apply IH in H as [H|(f & I & E)].
  - rewrite PositiveMapAdditionalFacts.gsspec in H. destruct (PositiveMap.E.eq_dec p k); [|now left].
    right. exists e. inversion H. split; [now left|easy].
  - right. exists f. split; [now right|easy].
Qed.

Lemma good_at_all : forall b f, (forall j, nth j b false = true -> good_at f j) -> good_for b f.
Proof.
  induction b as [|x b IH]; intros [|[g a] f] H; simpl; try easy; [now destruct x|].
  assert (T : good_for b f) by (apply IH; intros j J; exact (H (S j) J)).
  destruct x; [split; [exact (H 0%nat eq_refl)|easy]|easy].
Qed.

Lemma nth_map_false : forall b (j : nat), count b = 0 -> nth j b false = false.
Proof.
  induction b as [|[] b IH]; intros [|j] H; simpl in *; try easy; try (pose proof (count_nonneg b); lia). now apply IH.
Qed.

Lemma cut_sound : forall up down above below aside u d (P N : nat -> Prop),
  cut up down above below = Some (aside, (u, d)) -> (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  within P up -> within N down ->
  (within P u /\ within N d) \/ exists p, In p aside /\ within P (fst p) /\ within N (snd p).
Proof.
  induction up as [|x up IH]; intros [|y down] above below aside u d P N H Disjoint Decide HP HN; simpl in H;
    try (inversion H; subst; now left).
  destruct (cut up down (tl above) (tl below)) as [[aside' [u' d']]|] eqn:C; [|discriminate].
  set (P' := fun i => P (S i)). set (N' := fun i => N (S i)).
  assert (Step : forall x1 y1, (P 0%nat -> x1 = true) -> (N 0%nat -> y1 = true) ->
    (within P (x1 :: u') /\ within N (y1 :: d')) \/
    exists p, In p (map (longer x1 y1) aside') /\ within P (fst p) /\ within N (snd p)).
  { intros x1 y1 X Y. apply IH with (P := P') (N := N') in C as [[W1 W2]|(p & I & W1 & W2)].
    - left. split; intros [|i] Hi; [now apply X|now apply W1|now apply Y|now apply W2].
    - right. exists (longer x1 y1 p). split; [now apply in_map|].
      split; intros [|i] Hi; [now apply X|now apply W1|now apply Y|now apply W2].
    - intro i. apply Disjoint.
    - intro i. apply Decide.
    - intros i Hi. exact (HP (S i) Hi).
    - intros i Hi. exact (HN (S i) Hi). }
  assert (Tails : forall x1 y1, (P 0%nat -> x1 = true) -> (N 0%nat -> y1 = true) ->
    within P (x1 :: up) /\ within N (y1 :: down)).
  { intros x1 y1 X Y. split; intros [|i] Hi; [now apply X|exact (HP (S i) Hi)|now apply Y|exact (HN (S i) Hi)]. }
  assert (D0 : P 0%nat -> ~ N 0%nat) by (intros A B; now apply (Disjoint 0%nat)).
  destruct (x && y && negb (hd false above && hd false below)).
  - destruct (hd false above); [|destruct (hd false below); [|discriminate]]; inversion H; subst; clear H;
      destruct (Decide 0%nat) as [N0|N0].
    + right. exists (false :: up, true :: down). split; [now left|]. apply Tails; tauto.
    + destruct (Step true false ltac:(easy) ltac:(tauto)) as [W|(p & I & W)]; [now left|]. right. exists p.
      split; [now right|easy].
    + destruct (Step false true ltac:(tauto) ltac:(easy)) as [W|(p & I & W)]; [now left|]. right. exists p.
      split; [now right|easy].
    + right. exists (true :: up, false :: down). split; [now left|]. apply Tails; tauto.
  - inversion H; subst; clear H. apply Step; intro Z0; [exact (HP 0%nat Z0)|exact (HN 0%nat Z0)].
Qed.

Section Entries.

Variable known : list entry.
Hypothesis consistent_known : consistent_all known.
Let table := number_entries known 1 (PositiveMap.empty numbered).

Definition genuine (e : numbered) : Prop := exists k, In k known /\ e = numbered_of k.
Definition genuine_now (current : option numbered) : Prop := forall e, current = Some e -> genuine e.

Lemma table_genuine : forall t e, at_place table t = Some e -> genuine e.
Proof.
  intros t e H. apply at_place_found in H as (k & H). apply number_entries_in in H as [H|H]; [|easy].
  now rewrite PositiveMap.gempty in H.
Qed.

Section Box.

Variables (good : numbered -> bool) (P N : nat -> Prop).
Hypothesis Disjoint : forall i, P i -> N i -> False.
Hypothesis Decide : forall i, N i \/ ~ N i.

Definition allowed_by (e : numbered) : Prop :=
  genuine e /\ good e = true /\ within P (fst (fst (meant e))) /\ within N (snd (fst (meant e))).

Lemma serves_sound : forall current p, genuine_now current -> serves good current p = true ->
  within P (fst p) -> within N (snd p) -> exists e, allowed_by e.
Proof.
  intros [e|] p G S W1 W2; [|discriminate]. apply andb_prop in S as [S A]. exists e. split; [now apply G|].
  split; [easy|]. now apply allows_spec with (1 := A).
Qed.

Lemma unserved_sound : forall current parts p, genuine_now current -> In p parts ->
  within P (fst p) -> within N (snd p) -> (exists e, allowed_by e) \/ In p (unserved good current parts).
Proof.
  intros current parts p G. induction parts as [|q parts IH]; intros I W1 W2; [easy|]. simpl.
  destruct (serves good current q) eqn:S; [|now right]. destruct I as [<-|I]; [|now apply IH].
  left. now apply serves_sound with current q.
Qed.

Lemma cover_parts_sound : forall tokens current parts now, cover_parts table good tokens current parts = Some now ->
  genuine_now current -> forall p, In p parts -> within P (fst p) -> within N (snd p) -> exists e, allowed_by e.
Proof.
  induction tokens as [|t tokens IH]; intros current parts now H G p I W1 W2; simpl in H;
    destruct (unserved_sound current parts p G I W1 W2) as [?|J]; try easy;
    destruct (unserved good current parts) as [|[u d] parts']; try easy.
  destruct (at_place table t) as [e|] eqn:T; [|discriminate]. apply table_genuine in T.
  destruct (good e) eqn:Good; [|discriminate].
  destruct (cut _ _ _ _) as [[aside [u' d']]|] eqn:C; [|discriminate].
  destruct (allows u' d' _) eqn:A; [|discriminate].
  assert (Here : genuine_now (Some e)) by (intros x X; now inversion X; subst).
  destruct J as [<-|J].
  - apply cut_sound with (P := P) (N := N) in C as [[V1 V2]|(q & Q & V1 & V2)]; try easy.
    + exists e. split; [easy|]. split; [easy|]. now apply allows_spec with (1 := A).
    + apply IH with (p := q) in H; try easy. apply in_or_app. now left.
  - apply IH with (p := p) in H; try easy. apply in_or_app. now right.
Qed.

End Box.

Lemma cover_parts_genuine : forall good tokens current parts now,
  cover_parts table good tokens current parts = Some now -> genuine_now current -> genuine_now (fst now).
Proof.
  intro good. induction tokens as [|t tokens IH]; intros current parts now H G; simpl in H;
    destruct (unserved good current parts) as [|[u d] parts']; try (now inversion H; subst); try discriminate.
  destruct (at_place table t) as [e|] eqn:T; [|discriminate]. apply table_genuine in T.
  destruct (good e); [|discriminate]. destruct (cut _ _ _ _) as [[aside [u' d']]|]; [|discriminate].
  destruct (allows _ _ _); [|discriminate]. apply IH in H; [easy|]. intros x X. now inversion X; subst.
Qed.

Lemma cover_regions_sound : forall good up down sides now now',
  cover_regions table good up down sides now = Some now' -> genuine_now (fst now) ->
  genuine_now (fst now') /\ forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  forall p n, In (p, n) sides -> within P (inter up p) -> within N (inter down n) -> exists e, allowed_by good P N e.
Proof.
  intros good up down. induction sides as [|[p n] sides IH]; intros now now' H G; simpl in H.
  - inversion H; subst. now split.
  - destruct (cover_parts _ _ _ _ _) as [next|] eqn:C; [|discriminate].
    pose proof (cover_parts_genuine _ _ _ _ _ C G) as G'. destruct (IH _ _ H G') as [G2 S]. split; [easy|].
    intros P N Disjoint Decide q r [E|I] W1 W2; [|now apply S with q r].
    inversion E; subst. apply cover_parts_sound with (P := P) (N := N) (p := (inter up q, inter down r)) in C; try easy.
    now left.
Qed.

(* A set of neurons that is settled is covered; pairs as a whole also region by region. *)
Lemma settle_sound : forall sides good whole up down now,
  genuine_now (fst now) ->
  match settle table sides good whole up down now with
  | Wrong => True
  | Branch next => genuine_now (fst next) /\ whole = false
  | Settled next => genuine_now (fst next) /\
      forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
      within P up -> within N down ->
      (whole = true -> sided_pair sides (fun i => mem i up) (fun i => mem i down) P N) ->
      exists e, allowed_by good P N e
  end.
Proof.
  intros sides good whole up down [current tokens] G. unfold settle. simpl in *.
  destruct (serves good current (up, down)) eqn:S.
  { split; [easy|]. intros. now apply serves_sound with current (up, down). }
  destruct tokens as [|t tokens]; [easy|]. destruct (t =? -1); [now destruct whole|]. destruct (t =? -2).
  - destruct (whole && some up && some down) eqn:O; [|easy]. apply andb_prop in O as [O O2].
    apply andb_prop in O as [O O1]. apply some_mem in O1, O2.
    set (near := filter (possible up down) sides). destruct (is_nil near) eqn:F; [easy|].
    destruct (cover_regions table good up down near (current, tokens)) as [next|] eqn:C; [|easy]. simpl.
    apply cover_regions_sound in C as [G' C]; [|easy]. split; [easy|].
    intros P N Disjoint Decide HP HN HS. destruct (HS O) as (p & n & I & W1 & W2 & N1 & N2); try easy.
    { intro E. unfold near in F. now rewrite E in F. }
    apply (C P N Disjoint Decide p n).
    + apply filter_In. split; [easy|]. now apply possible_spec.
    + intros i Hi. apply mem_inter. auto.
    + intros i Hi. apply mem_inter. auto.
  - destruct (cover_parts table good (t :: tokens) current [(up, down)]) as [next|] eqn:C; [|easy].
    split; [now apply cover_parts_genuine in C|]. intros P N Disjoint Decide HP HN _.
    apply cover_parts_sound with (P := P) (N := N) (p := (up, down)) in C; try easy. now left.
Qed.

(* An entry is good for the places that are chosen, and for a selection of those from a place on. *)
Definition fits_selection (chosen : list positive) (from : positive) (b : list bool) (f : flags) : Prop :=
  (forall k, In k chosen -> exists j, Zpos k = 1 + Z.of_nat j /\ good_at f j) /\
  (forall i j, nth i b false = true -> 1 + Z.of_nat j = Zpos from + Z.of_nat i -> good_at f j).

Lemma fits_sound : forall chosen from e b, genuine e ->
  fits chosen (Some from) e = true \/ (fits chosen None e = true /\ count b = 0) ->
  fits_selection chosen from b (snd (meant e)) /\ In (meant e) known.
Proof.
  intros chosen from e b ([a f] & K & ->) H. simpl. split; [|easy].
  assert (C : consistent f) by now apply consistent_known with a.
  assert (H1 : forallb (fun k => PositiveMap.mem k (fit (numbered_of (a, f)))) chosen = true) by
    (destruct H as [H|[H _]]; now apply andb_prop in H).
  split.
  - intros k Hk. rewrite forallb_forall in H1. apply H1 in Hk. unfold numbered_of in Hk. simpl in Hk.
    apply fit_places_sound in Hk as [Hk|(j & E & G)]; [|now exists j].
    rewrite PositiveMap.mem_find, PositiveMap.gempty in Hk. discriminate.
  - intros i j B J. destruct H as [H|[_ H]]; [|now rewrite nth_map_false in B].
    apply andb_prop in H as [_ H]. apply Z.leb_le in H. unfold numbered_of in H. simpl in H.
    apply (all_from_sound f 1 j C). lia.
Qed.

Lemma settle_each_sound : forall sides neurons at_ k chosen up0 down0 now now',
  settle_each table sides (items neurons) at_ k chosen up0 down0 now = Some now' -> genuine_now (fst now) -> 1 <= k ->
  genuine_now (fst now') /\
  forall b, length b = length neurons -> count b = k ->
  forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  (forall i, P i -> mem i up0 \/ up_at (picked neurons b) i) ->
  (forall i, N i -> mem i down0 \/ down_at (picked neurons b) i) ->
  sided_pair sides (fun i => mem i up0 \/ up_at (picked neurons b) i)
    (fun i => mem i down0 \/ down_at (picked neurons b) i) P N ->
  exists e f, In (e, f) known /\ fits_selection chosen at_ b f /\ within P (fst e) /\ within N (snd e).
Proof.
  intros sides. induction neurons as [|t neurons IH]; intros at_ k chosen up0 down0 now now' H G K.
  { inversion H; subst. split; [easy|]. intros b L B. destruct b; [simpl in B; lia|discriminate]. }
  cbn [settle_each items] in H. change (number ({| up := up_rows t; down := down_rows t;
    ups := union (up_rows t) (ups_of (items neurons)); downs := union (down_rows t) (downs_of (items neurons));
    behind := number (items neurons) |} :: items neurons)) with (number (items (t :: neurons))) in H.
  rewrite !number_items in H. cbn [up down] in H.
  destruct (Z.ltb_spec (Z.of_nat (length (t :: neurons))) k) as [Few|Many].
  { inversion H; subst. split; [easy|]. intros b L B. pose proof (count_length b). rewrite L in *. lia. }
  set (up1 := union up0 (up_rows t)) in *. set (down1 := union down0 (down_rows t)) in *.
  match type of H with match ?r with _ => _ end = _ => set (result := r) in * end.
  (* with the next neuron *)
  assert (Joined : exists next, genuine_now (fst next) /\
    settle_each table sides (items neurons) (Pos.succ at_) k chosen up0 down0 next = Some now' /\
    forall b, length b = length neurons -> count b = k - 1 ->
    forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
    (forall i, P i -> mem i up1 \/ up_at (picked neurons b) i) ->
    (forall i, N i -> mem i down1 \/ down_at (picked neurons b) i) ->
    sided_pair sides (fun i => mem i up1 \/ up_at (picked neurons b) i)
      (fun i => mem i down1 \/ down_at (picked neurons b) i) P N ->
    exists e f, In (e, f) known /\ fits_selection (at_ :: chosen) (Pos.succ at_) b f /\
      within P (fst e) /\ within N (snd e)).
  { destruct (Z.eqb_spec (k - 1) 0) as [E|E].
    - pose proof (settle_sound sides (fits (at_ :: chosen) None) true up1 down1 now G) as S. fold result in S.
      destruct result as [|next|next]; [discriminate| |now destruct S]. destruct S as [S1 S2].
      exists next. split; [easy|]. split; [exact H|]. intros b L B P N Disjoint Decide HP HN HS.
      rewrite count_none in HP, HN, HS by lia. destruct (S2 P N Disjoint Decide) as (e & A1 & A2 & A3).
      + intros i I. destruct (HP i I) as [M|(u & [] & _)]; easy.
      + intros i I. destruct (HN i I) as [M|(u & [] & _)]; easy.
      + intros _. apply sided_pair_same with (3 := HS); intro i; split; try (now left); intros [M|(u & [] & _)]; easy.
      + destruct (fits_sound (at_ :: chosen) (Pos.succ at_) e b A1) as [F I]; [right; split; [easy|lia]|].
        exists (fst (meant e)), (snd (meant e)). rewrite <- surjective_pairing. now split.
    - pose proof (settle_sound sides (fits (at_ :: chosen) (Some (Pos.succ at_))) (Z.of_nat (length neurons) <=? k - 1)
        (union up1 (ups_of (items neurons))) (union down1 (downs_of (items neurons))) now G) as S. fold result in S.
      destruct result as [|next|next]; [discriminate| |].
      + destruct S as [S1 S2]. exists next. split; [easy|]. split; [exact H|].
        intros b L B P N Disjoint Decide HP HN HS. destruct (S2 P N Disjoint Decide) as (e & A1 & A2 & A3).
        * intros i I. apply mem_union. destruct (HP i I) as [M|(u & U & M)]; [now left|right].
          apply mem_ups. exists u. split; [now apply picked_in in U|easy].
        * intros i I. apply mem_union. destruct (HN i I) as [M|(u & U & M)]; [now left|right].
          apply mem_downs. exists u. split; [now apply picked_in in U|easy].
        * intro W. apply Z.leb_le in W. rewrite picked_full in HS by lia.
          apply sided_pair_same with (3 := HS); intro i; now rewrite mem_union, ?mem_ups, ?mem_downs.
        * destruct (fits_sound (at_ :: chosen) (Pos.succ at_) e b A1) as [F I]; [now left|].
          exists (fst (meant e)), (snd (meant e)). rewrite <- surjective_pairing. now split.
      + destruct S as [S1 _]. destruct (settle_each _ _ _ _ (k - 1) _ _ _ _) as [last|] eqn:R; [|discriminate].
        apply IH in R as [R1 R2]; [|easy|lia]. exists last. split; [easy|]. split; [exact H|exact R2]. }
  destruct Joined as (next & G1 & H1 & Joined). apply IH in H1 as [G2 Others]; [|easy|easy]. split; [easy|].
  intros [|x b] L B P N Disjoint Decide HP HN HS; [discriminate|]. injection L as L. destruct x; simpl in B.
  - assert (U : forall i, mem i up0 \/ up_at (picked (t :: neurons) (true :: b)) i <->
      mem i up1 \/ up_at (picked neurons b) i).
    { intro i. unfold up1. simpl. rewrite up_at_cons, mem_union. tauto. }
    assert (V : forall i, mem i down0 \/ down_at (picked (t :: neurons) (true :: b)) i <->
      mem i down1 \/ down_at (picked neurons b) i).
    { intro i. unfold down1. simpl. rewrite down_at_cons, mem_union. tauto. }
    apply (sided_pair_same _ _ _ _ _ _ _ U V) in HS.
    destruct (Joined b L ltac:(lia) P N Disjoint Decide) as (e & f & I & [F1 F2] & W); try easy.
    + intros i I. now apply U, HP.
    + intros i I. now apply V, HN.
    + exists e, f. split; [easy|]. split; [|easy]. split.
      * intros p Hp. apply F1. now right.
      * intros [|i] j X J.
        -- destruct (F1 at_ (or_introl eq_refl)) as (j' & E & A). replace j with j' by lia. easy.
        -- apply (F2 i j X). lia.
  - destruct (Others b L B P N Disjoint Decide HP HN HS) as (e & f & I & [F1 F2] & W).
    exists e, f. split; [easy|]. split; [|easy]. split; [easy|]. intros [|i] j X J; [discriminate|].
    apply (F2 i j X). lia.
Qed.

End Entries.

Theorem replay_cover_sound : forall neurons m sides entries tokens,
  replay_cover neurons m sides entries tokens = true -> consistent_all entries -> m <= Z.of_nat (length neurons) ->
  forall c, length c = length neurons -> count c = m ->
  is_covered (sides_for m sides) entries c (up_at (picked neurons c)) (down_at (picked neurons c)).
Proof.
  intros neurons m sides entries tokens H C M c L B P N Disjoint Decide HP HN HS. unfold replay_cover in H.
  rewrite number_items in H.
  assert (Done : forall e f, In (e, f) entries -> fits_selection [] 1 c f -> good_for c f).
  { intros e f I [_ F]. apply good_at_all. intros j J. apply (F j j J). lia. }
  assert (G : genuine_now entries (fst (@None numbered, tokens))) by easy.
  pose proof (settle_sound entries (sides_for m sides) (fits [] (Some 1%positive)) (Z.of_nat (length neurons) <=? m)
    (ups_of (items neurons)) (downs_of (items neurons)) _ G) as S.
  destruct (settle _ _ _ _ _ _ _) as [|next|next]; [discriminate| |].
  - destruct S as [_ S]. destruct (S P N Disjoint Decide) as (e & A1 & A2 & A3).
    + intros i I. apply mem_ups. destruct (HP i I) as (t & T & A). exists t. split; [now apply picked_in in T|easy].
    + intros i I. apply mem_downs. destruct (HN i I) as (t & T & A). exists t. split; [now apply picked_in in T|easy].
    + intro W. apply Z.leb_le in W. rewrite picked_full in HS by lia.
      apply sided_pair_same with (3 := HS); intro i; now rewrite ?mem_ups, ?mem_downs.
    + destruct (fits_sound entries C [] 1 e c A1) as [F I]; [now left|].
      exists (fst (meant e)), (snd (meant e)). rewrite <- surjective_pairing. split; [easy|]. split; [|easy].
      apply (Done (fst (meant e))); [now rewrite <- surjective_pairing|easy].
  - destruct S as [S _]. destruct (Z.leb_spec 1 m) as [K|K]; [|discriminate].
    destruct (settle_each _ _ _ _ _ _ _ _ _) as [last|] eqn:E; [|discriminate].
    apply settle_each_sound in E as [_ E]; [|easy|easy|easy].
    destruct (E c L B P N Disjoint Decide) as (e & f & I & F & W).
    + intros i I. right. now apply HP.
    + intros i I. right. now apply HN.
    + apply sided_pair_same with (3 := HS); intro i; split; try (now right); intros [X|X]; try easy;
        unfold mem in X; now destruct i.
    + exists e, f. split; [easy|]. split; [now apply (Done e)|easy].
Qed.
