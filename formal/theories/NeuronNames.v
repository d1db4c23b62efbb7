(* Neurons by their names in a file, and the check that they are all neurons of the regions. *)

Require Import Reals ZArith List Lia Bool.
Require Import Signs Integers Networks Neurons Parts.
Import ListNotations.
Open Scope Z_scope.

(* Neurons by their names: the mask says which signs are not -, and rows that are zero have sign 0. *)
Fixpoint signs_of (rows : list (list Z)) (mask : list bool) : list sign :=
  match rows, mask with
  | r :: rows', b :: mask' => (if b then if zero r then Zero else Pos else Neg) :: signs_of rows' mask'
  | [], _ :: _ => [Neg]
  | _, [] => []
  end.

Definition neurons_named (rows : list (list Z)) (l : list (list bool * bool)) : list neuron :=
  map (fun t => (signs_of rows (fst t), snd t)) l.

Definition neurons_of (signs : list (list sign)) : list neuron :=
  flat_map (fun s => if some_active s then [(s, true); (s, false)] else []) signs.

Definition neuron_eqb (a b : neuron) : bool := Bool.eqb (snd a) (snd b) && signs_eqb (fst a) (fst b).

Definition all_neurons (wanted neurons : list neuron) : bool :=
  (zlen wanted =? zlen neurons) && forallb (fun t => existsb (neuron_eqb t) neurons) wanted.

Lemma neuron_eqb_eq : forall a b, neuron_eqb a b = true <-> a = b.
Proof.
  intros [s o] [t p]. unfold neuron_eqb. simpl. rewrite andb_true_iff, eqb_true_iff, signs_eqb_eq.
  split; [now intros [-> ->]|intro H; now inversion H].
Qed.

Lemma neurons_of_in : forall signs t, In t (neurons_of signs) <-> In (fst t) signs /\ some_active (fst t) = true.
Proof.
  intros signs [s o]. unfold neurons_of. rewrite in_flat_map. simpl. split.
  - intros (r & R & H). destruct (some_active r) eqn:E; [|easy].
    destruct H as [H|[H|[]]]; inversion H; now subst.
  - intros [S A]. exists s. split; [easy|]. rewrite A. destruct o; simpl; auto.
Qed.

Lemma neurons_of_distinct : forall signs, NoDup signs -> NoDup (neurons_of signs).
Proof.
  intros signs H. induction H as [|s signs S H IH]; [constructor|]. unfold neurons_of. simpl.
  fold (neurons_of signs). assert (N : forall o, ~ In (s, o) (neurons_of signs)) by (intros o I;
    now apply neurons_of_in in I).
  destruct (some_active s); [|easy]. simpl. constructor; [|constructor; [apply N|easy]].
  intros [E|E]; [discriminate|now apply N in E].
Qed.

Lemma all_neurons_sound : forall wanted neurons, all_neurons wanted neurons = true -> NoDup wanted ->
  incl wanted neurons /\ incl neurons wanted /\ NoDup neurons.
Proof.
  intros wanted neurons H N. apply andb_prop in H as [L H]. apply Z.eqb_eq in L. rewrite !zlen_eq in L.
  assert (I : incl wanted neurons).
  { intros t T. rewrite forallb_forall in H. apply H in T. apply existsb_exists in T as (u & U & E).
    apply neuron_eqb_eq in E. now subst. }
  split; [easy|]. split; [apply NoDup_length_incl; try easy; lia|]. apply NoDup_incl_NoDup with wanted; try easy. lia.
Qed.
