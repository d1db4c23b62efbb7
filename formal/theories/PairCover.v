(* A pair of neurons of different output signs may be covered region by region: the signs of u are but for zeros those
   of the region in which the difference of the two weights is. *)

Require Import ZArith List Lia Bool.
Require Import Signs Integers RowCover.
Import ListNotations.
Open Scope Z_scope.

(* The rows where a region has the sign +, and those where it has -. *)
Definition side : Type := list bool * list bool.
Definition side_of (s : list sign) : side := (map (fun t => sign_eqb t Pos) s, map (fun t => sign_eqb t Neg) s).

Fixpoint inter (a b : list bool) : list bool :=
  match a, b with
  | x :: a', y :: b' => (x && y) :: inter a' b'
  | _, _ => []
  end.

Definition some (a : list bool) : bool := existsb (fun x => x) a.

(* Whether the region has nowhere - where the first neuron alone is active, nor + where the second alone is. *)
Definition possible (up down : list bool) (s : side) : bool :=
  negb (some (inter (without up down) (snd s))) && negb (some (inter (without down up) (fst s))).

Fixpoint covers_sides (fuel : list bool) (entries : list allowed) (up down : list bool) (sides : list side) (left : Z)
  : bool * Z :=
  match sides with
  | [] => (true, left)
  | (p, n) :: sides' =>
    let (fine, left) := covers fuel entries (inter up p) (inter down n) left in
    if fine then covers_sides fuel entries up down sides' left else (false, left)
  end.

(* Row by row, or region by region; without regions only row by row. *)
Definition covers_pair (fuel : list bool) (entries : list allowed) (up down : list bool) (sides : list side) (left : Z)
  : bool * Z :=
  let (fine, left) := covers fuel entries up down left in
  if fine then (true, left)
  else if some up && some down then
    match filter (possible up down) sides with
    | [] => (false, left)
    | near => covers_sides fuel entries up down near left
    end
  else (false, left).

Lemma mem_inter : forall a b i, mem i (inter a b) <-> mem i a /\ mem i b.
Proof.
  unfold mem. induction a as [|x a IH]; intros [|y b] [|i]; simpl; try rewrite andb_true_iff; try rewrite IH;
    intuition discriminate.
Qed.

Lemma mem_without : forall a b i, mem i (without a b) <-> mem i a /\ ~ mem i b.
Proof.
  unfold mem. induction a as [|x a IH]; intros [|y b] [|i]; simpl; try rewrite IH;
    try (destruct x, y; simpl); intuition discriminate.
Qed.

Lemma some_mem : forall a, some a = true <-> exists i, mem i a.
Proof.
  unfold some, mem. intro a. rewrite existsb_exists. split.
  - intros (x & I & ->). apply In_nth with (d := false) in I as (i & _ & E). now exists i.
  - intros (i & M). exists true. split; [|easy]. destruct (nth_in_or_default i a false) as [I|E]; congruence.
Qed.

Lemma mem_sign : forall t s i, t <> Zero -> mem i (map (fun u => sign_eqb u t) s) <-> nth i s Zero = t.
Proof.
  intros t s i T. unfold mem. assert (E : false = sign_eqb Zero t) by (now destruct t). rewrite E.
  rewrite (map_nth (fun u => sign_eqb u t)). apply sign_eqb_eq.
Qed.

(* Where the signs P and N of u lie: inside those of a region that is possible. *)
Definition sided (sides : list side) (U V P N : nat -> Prop) : Prop :=
  exists p n, In (p, n) sides /\ within P p /\ within N n /\
  (forall i, U i -> ~ V i -> ~ mem i n) /\ (forall i, V i -> ~ U i -> ~ mem i p).

Definition sided_pair (sides : list side) (U V P N : nat -> Prop) : Prop :=
  sides <> [] -> (exists i, U i) -> (exists i, V i) -> sided sides U V P N.

Lemma sided_pair_same : forall sides (U V U' V' P N : nat -> Prop),
  (forall i, U i <-> U' i) -> (forall i, V i <-> V' i) -> sided_pair sides U V P N -> sided_pair sides U' V' P N.
Proof.
  intros sides U V U' V' P N HU HV H S (i & I) (j & J).
  destruct H as (p & n & H1 & H2 & H3 & H4 & H5); [easy|exists i; now apply HU|exists j; now apply HV|].
  exists p, n. split; [easy|]. split; [easy|]. split; [easy|].
  split; intros r A B; [apply H4|apply H5]; try (now apply HU); try (now apply HV); intro C; apply B;
    try (now apply HU); now apply HV.
Qed.

Lemma possible_spec : forall up down p n,
  (forall i, mem i up -> ~ mem i down -> ~ mem i n) -> (forall i, mem i down -> ~ mem i up -> ~ mem i p) ->
  possible up down (p, n) = true.
Proof.
  intros up down p n H1 H2. unfold possible. simpl. apply andb_true_intro.
  split; apply negb_true_iff, not_true_iff_false; intro S; apply some_mem in S as (i & M);
    apply mem_inter in M as [M K]; apply mem_without in M as [M L].
  - now apply (H1 i).
  - now apply (H2 i).
Qed.

Lemma covers_sides_in : forall fuel entries up down sides left left',
  covers_sides fuel entries up down sides left = (true, left') ->
  forall p n, In (p, n) sides -> exists l l', covers fuel entries (inter up p) (inter down n) l = (true, l').
Proof.
  intros fuel entries up down. induction sides as [|[p n] sides IH]; intros left left' H q m I; [easy|]. simpl in H.
  destruct (covers fuel entries (inter up p) (inter down n) left) as [[] l] eqn:C; [|discriminate].
  destruct I as [E|I]; [inversion E; subst; now exists left, l|now apply IH with (1 := H)].
Qed.

Theorem covers_pair_sound : forall fuel entries up down sides left left',
  covers_pair fuel entries up down sides left = (true, left') ->
  forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  within P up -> within N down -> sided_pair sides (fun i => mem i up) (fun i => mem i down) P N ->
  exists e, In e entries /\ within P (fst e) /\ within N (snd e).
Proof.
  intros fuel entries up down sides left left' H P N Disjoint Decide HP HN S. unfold covers_pair in H.
  destruct (covers fuel entries up down left) as [[] l] eqn:C.
  - now apply covers_sound with (1 := C).
  - destruct (some up && some down) eqn:O; [|discriminate]. apply andb_prop in O as [O1 O2].
    apply some_mem in O1, O2. destruct (filter (possible up down) sides) as [|s near] eqn:F; [discriminate|].
    rewrite <- F in H. destruct S as (p & n & I & W1 & W2 & N1 & N2); try easy.
    { intro E. now rewrite E in F. }
    destruct (covers_sides_in _ _ _ _ _ _ _ H p n) as (l1 & l2 & V).
    { apply filter_In. split; [easy|]. now apply possible_spec. }
    apply covers_sound with (1 := V); try easy; intros i Hi; apply mem_inter; split; auto.
Qed.
