(* Sets of lists of truth values, as trees: which were seen before. *)

Require Import ZArith List Lia Bool.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

Inductive trie := Empty | Node (here : bool) (yes no : trie).

Fixpoint has (key : list bool) (t : trie) : bool :=
  match t with
  | Empty => false
  | Node here yes no => match key with [] => here | true :: key' => has key' yes | false :: key' => has key' no end
  end.

Fixpoint insert (key : list bool) (t : trie) : trie :=
  match key with
  | [] => match t with Empty => Node true Empty Empty | Node _ yes no => Node true yes no end
  | x :: key' =>
    let '(here, yes, no) := match t with Empty => (false, Empty, Empty) | Node h y n => (h, y, n) end in
    if x then Node here (insert key' yes) no else Node here yes (insert key' no)
  end.

(* All of a list that are new, in a set that is the second result; None if one is there already. *)
Fixpoint insert_distinct (keys : list (list bool)) (t : trie) : option trie :=
  match keys with
  | [] => Some t
  | k :: keys' => if has k t then None else insert_distinct keys' (insert k t)
  end.

Fixpoint count_new (keys : list (list bool)) (t : trie) (n : Z) : Z :=
  match keys with
  | [] => n
  | k :: keys' => if has k t then count_new keys' t n else count_new keys' (insert k t) (n + 1)
  end.

Lemma has_empty : forall k, has k Empty = false.
Proof. now destruct k. Qed.

Lemma has_insert : forall k j t, has k (insert j t) = true <-> k = j \/ has k t = true.
Proof.
  intros k j. revert k. induction j as [|x j IH]; intros k t.
  - destruct k as [|y k].
    + split; [now left|intros _; now destruct t].
    + transitivity (has (y :: k) t = true); [now destruct t, y, k|]. split; [now right|now intros [H|H]].
  - destruct k as [|y k].
    + transitivity (has [] t = true); [now destruct t, x|]. split; [now right|now intros [H|H]].
    + assert (E : (y :: k = x :: j) <-> (y = x /\ k = j)).
      { split; [intro H; now inversion H|now intros [-> ->]]. }
      rewrite E. destruct t as [|h a b], x, y; simpl; rewrite ?IH, ?has_empty; simpl; split; intro H; auto;
        try discriminate; try (destruct H as [H|H]); try (destruct H); try discriminate; auto.
Qed.

Lemma insert_distinct_sound : forall keys t t', insert_distinct keys t = Some t' ->
  NoDup keys /\ (forall k, In k keys -> has k t = false) /\ (forall k, has k t' = true <-> In k keys \/ has k t = true).
Proof.
  induction keys as [|k keys IH]; intros t t' H; simpl in H.
  - inversion H; subst. split; [constructor|]. split; [easy|]. intro. simpl. tauto.
  - destruct (has k t) eqn:K; [discriminate|]. apply IH in H as (N & F & S). split; [|split].
    + constructor; [|easy]. intro I. apply F in I. assert (has k (insert k t) = true) by (apply has_insert; now left).
      congruence.
    + intros j [<-|J]; [easy|]. apply F in J. destruct (has j t) eqn:E; [|easy].
      assert (has j (insert k t) = true) by (apply has_insert; now right). congruence.
    + intro j. rewrite S, has_insert. simpl. split; [intros [H|[H|H]]|intros [[H|H]|H]]; subst; auto.
Qed.

Lemma count_new_sound : forall keys t n, exists new,
  NoDup new /\ (forall k, In k new <-> In k keys /\ has k t = false) /\ count_new keys t n = n + Z.of_nat (length new).
Proof.
  induction keys as [|k keys IH]; intros t n; simpl.
  - exists []. split; [constructor|]. split; [intro; simpl; tauto|simpl; lia].
  - destruct (has k t) eqn:K.
    + destruct (IH t n) as (new & N & S & E). exists new. split; [easy|]. split; [|easy].
      intro j. rewrite S. split; intros [A B]; split; auto; destruct A; [subst; congruence|easy].
    + destruct (IH (insert k t) (n + 1)) as (new & N & S & E). exists (k :: new). split; [|split].
      * constructor; [|easy]. intro I. apply S in I as [_ I].
        assert (has k (insert k t) = true) by (apply has_insert; now left). congruence.
      * intro j. simpl. rewrite S. split.
        -- intros [<-|[A B]]; [auto|]. split; [now right|]. destruct (has j t) eqn:J; [|easy].
           assert (has j (insert k t) = true) by (apply has_insert; now right). congruence.
        -- intros [[<-|A] B]; [now left|]. destruct (has j (insert k t)) eqn:J; [|now right].
           apply has_insert in J as [->|J]; [now left|congruence].
      * rewrite E. simpl length. lia.
Qed.
