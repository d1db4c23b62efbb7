(* Sets of rows, and whether each choice of one sign a row is allowed by an entry of a cover: + only at rows in `up`,
   - only at rows in `down`. *)

Require Import ZArith List Lia Bool.
Require Import Integers.
Import ListNotations.
Open Scope Z_scope.

(* Sets of rows as lists of truth values, as long as they need be. *)
Definition mem (i : nat) (a : list bool) : Prop := nth i a false = true.
Definition within (P : nat -> Prop) (a : list bool) : Prop := forall i, P i -> mem i a.

Fixpoint subset (a b : list bool) : bool :=
  match a, b with
  | [], _ => true
  | x :: a', [] => negb x && subset a' []
  | x :: a', y :: b' => (if x then y else true) && subset a' b'
  end.

Fixpoint union (a b : list bool) : list bool :=
  match a, b with
  | [], _ => b
  | _, [] => a
  | x :: a', y :: b' => (x || y) :: union a' b'
  end.

Fixpoint without (a b : list bool) : list bool :=
  match a, b with
  | x :: a', y :: b' => (x && negb y) :: without a' b'
  | _, _ => a
  end.

(* What an entry allows: + at some rows, - at some rows. *)
Definition allowed : Type := list bool * list bool.
Definition allows (up down : list bool) (e : allowed) : bool := subset up (fst e) && subset down (snd e).

(* The first row where both signs are possible and the entry does not allow both: without + there, without - there. *)
Fixpoint branch (up down above below : list bool) : option (list bool * list bool) :=
  match up, down with
  | x :: up', y :: down' =>
    if x && y && negb (hd false above && hd false below) then Some (false :: up', false :: down')
    else match branch up' down' (tl above) (tl below) with
         | Some (u, d) => Some (x :: u, y :: d)
         | None => None
         end
  | _, _ => None
  end.

(* `fuel` is longer than the number of rows; `left` is the number of steps that are left, and no steps prove nothing. *)
Fixpoint covers (fuel : list bool) (entries : list allowed) (up down : list bool) (left : Z) : bool * Z :=
  let left := left - zlen entries in
  if left <=? 0 then (false, left)
  else if existsb (allows up down) entries then (true, left)
  else match fuel with
  | [] => (false, left)
  | _ :: fuel' =>
    let near := filter (allows (without up down) (without down up)) entries in
    match near with
    | [] => (false, left)
    | e :: _ =>
      match branch up down (fst e) (snd e) with
      | None => (false, left)
      | Some (up', down') =>
        let (fine, left) := covers fuel' near up down' left in
        if fine then covers fuel' near up' down left else (false, left)
      end
    end
  end.

Lemma subset_spec : forall a b i, subset a b = true -> mem i a -> mem i b.
Proof.
  induction a as [|x a IH]; intros [|y b] [|i] H M; unfold mem in *; simpl in *; try discriminate.
  - subst. discriminate.
  - apply andb_prop in H as [_ H]. apply (IH [] i) in H; [|easy]. destruct i; discriminate.
  - apply andb_prop in H as [H _]. now subst.
  - apply andb_prop in H as [_ H]. now apply (IH b i).
Qed.

Lemma allows_spec : forall up down e (P N : nat -> Prop),
  allows up down e = true -> within P up -> within N down -> within P (fst e) /\ within N (snd e).
Proof.
  intros up down e P N H HP HN. apply andb_prop in H as [H1 H2].
  split; intros i I; eapply subset_spec; eauto.
Qed.

Lemma mem_union : forall a b i, mem i (union a b) <-> mem i a \/ mem i b.
Proof.
  unfold mem. induction a as [|x a IH]; intros [|y b] [|i]; simpl; try rewrite orb_true_iff; try rewrite IH;
    intuition discriminate.
Qed.

Lemma branch_spec : forall up down above below u d (P N : nat -> Prop),
  branch up down above below = Some (u, d) -> (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  within P up -> within N down -> within P u \/ within N d.
Proof.
  induction up as [|x up IH]; intros [|y down] above below u d P N H Disjoint Decide HP HN; simpl in H;
    try discriminate.
  destruct (x && y && negb (hd false above && hd false below)).
  - inversion H; subst. destruct (Decide 0%nat) as [N0|N0].
    + left. intros [|i] I; [now exfalso; apply (Disjoint 0%nat)|now apply (HP (S i))].
    + right. intros [|i] I; [easy|now apply (HN (S i))].
  - destruct (branch up down _ _) as [[u' d']|] eqn:B; [|discriminate]. inversion H; subst.
    apply (IH _ _ _ _ _ (fun i => P (S i)) (fun i => N (S i))) in B.
    + destruct B as [B|B]; [left|right]; intros [|i] I; try (now apply B); [now apply (HP 0%nat)|now apply (HN 0%nat)].
    + intro i. apply Disjoint.
    + intro i. apply Decide.
    + intros i I. now apply (HP (S i)).
    + intros i I. now apply (HN (S i)).
Qed.

Theorem covers_sound : forall fuel entries up down left left',
  covers fuel entries up down left = (true, left') ->
  forall P N : nat -> Prop, (forall i, P i -> N i -> False) -> (forall i, N i \/ ~ N i) ->
  within P up -> within N down -> exists e, In e entries /\ within P (fst e) /\ within N (snd e).
Proof.
  induction fuel as [|f fuel IH]; intros entries up down left left' H P N Disjoint Decide HP HN; simpl in H;
    destruct (left - zlen entries <=? 0); try discriminate; destruct (existsb _ entries) eqn:E.
  1, 3: apply existsb_exists in E as (e & I & A); exists e; split; [easy|]; now apply allows_spec with up down.
  - discriminate.
  - set (near := filter _ entries) in *. destruct near as [|e near'] eqn:F; [discriminate|]. rewrite <- F in *.
    destruct (branch up down (fst e) (snd e)) as [[u d]|] eqn:B; [|discriminate].
    destruct (covers fuel near up d _) as [[] l1] eqn:C1; [|discriminate].
    assert (S : exists e, In e near /\ within P (fst e) /\ within N (snd e)).
    { apply branch_spec with (P := P) (N := N) in B as [B|B]; try easy.
      - now apply IH with (1 := H).
      - now apply IH with (1 := C1). }
    destruct S as (g & G & W). exists g. split; [|easy]. subst near. now apply filter_In in G.
Qed.
