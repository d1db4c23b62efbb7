(* Whether all selections of m elements of a list are in a set. *)

Require Import ZArith List Lia Bool.
Require Import Integers TupleProofs Tries.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

Definition yes_of (t : trie) : trie := match t with Empty => Empty | Node _ y _ => y end.
Definition no_of (t : trie) : trie := match t with Empty => Empty | Node _ _ n => n end.

(* Whether every key as long as a list, with m times true, is in the set. *)
Fixpoint has_all {A} (l : list A) (m : Z) (t : trie) : bool :=
  match l with
  | [] => if m =? 0 then has [] t else true
  | _ :: l' =>
    (if 0 <? m then has_all l' (m - 1) (yes_of t) else true) &&
    (if m <=? zlen l' then has_all l' m (no_of t) else true)
  end.

Lemma has_all_sound : forall A (l : list A) m t, has_all l m t = true ->
  forall b, length b = length l -> count b = m -> has b t = true.
Proof.
  induction l as [|x l IH]; intros m t H b L C; destruct b as [|y b]; try discriminate; simpl in H.
  - simpl in C. now rewrite <- C in H.
  - apply andb_prop in H as [H1 H2]. injection L as L. simpl in C. pose proof (count_nonneg b) as B.
    pose proof (count_length b) as B'. destruct y.
    + destruct (Z.ltb_spec 0 m); [|lia]. apply IH with (b := b) in H1; [|easy|lia].
      destruct t; [simpl in H1; rewrite has_empty in H1; discriminate|easy].
    + rewrite zlen_eq in H2. destruct (Z.leb_spec m (Z.of_nat (length l))); [|lia].
      apply IH with (b := b) in H2; [|easy|lia].
      destruct t; [simpl in H2; rewrite has_empty in H2; discriminate|easy].
Qed.
