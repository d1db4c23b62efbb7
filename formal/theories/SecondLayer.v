(* Tuples of first-layer neurons and the cells of their second layer, over the real numbers: the statement of the
   theorem on pairs, and what the mirror image of a tuple (all output signs flipped) has to do with it. *)

Require Import Reals ZArith List Lra Lia Bool.
Require Import Vectors Signs Networks Neurons.
Import ListNotations.
Open Scope R_scope.

Definition with_sign (o : bool) (x : R) : R := if o then x else - x.

(* u at a row x: the sum of I_j (x.w_j)_+. *)
Fixpoint second_layer (T : list neuron) (x : list R) (ws : list (list R)) : R :=
  match T, ws with
  | t :: T', w :: ws' => with_sign (snd t) (relu (dot x w)) + second_layer T' x ws'
  | _, _ => 0
  end.

(* One weight vector for each neuron, in the region of the neuron. *)
Definition in_regions (rows : list (list R)) (d : nat) (T : list neuron) (ws : list (list R)) : Prop :=
  Forall2 (fun t w => length w = d /\ map (fun x => sgn (dot x w)) rows = fst t) T ws.

(* Sign vectors of u that are not 0 where a neuron is active. *)
Definition is_cell (rows : list (list R)) (d : nat) (T : list neuron) (s : list sign) : Prop :=
  exists ws, in_regions rows d T ws /\ map (fun x => sgn (second_layer T x ws)) rows = s /\
  forall i, (i < length rows)%nat -> (exists t, In t T /\ active t i = true) ->
    second_layer T (nth i rows []) ws <> 0.

Definition flip (t : neuron) : neuron := (fst t, negb (snd t)).

Definition same (S T : list neuron) : Prop := forall t, In t S <-> In t T.

(* Each set of m different neurons is listed, in some order, and no set twice. *)
Definition all_tuples_once (neurons : list neuron) (m : Z) (tuples : list (list neuron)) : Prop :=
  (forall T, In T tuples -> NoDup T /\ Z.of_nat (length T) = m /\ incl T neurons) /\
  (forall S, NoDup S -> Z.of_nat (length S) = m -> incl S neurons -> exists T, In T tuples /\ same S T) /\
  (forall i j S T, nth_error tuples i = Some S -> nth_error tuples j = Some T -> same S T -> i = j).

Definition nonnegative (s : sign) : bool := match s with Neg => false | _ => true end.

Lemma second_layer_flip : forall T x ws, second_layer (map flip T) x ws = - second_layer T x ws.
Proof.
  induction T as [|t T IH]; intros x [|w ws]; simpl; try ring. rewrite IH. unfold with_sign.
  destruct (snd t); simpl; ring.
Qed.

Lemma opposites_twice : forall s, map opposite (map opposite s) = s.
Proof. intro s. rewrite map_map. rewrite (map_ext _ (fun x => x)); [apply map_id|apply opposite_twice]. Qed.

Lemma flip_twice : forall T, map flip (map flip T) = T.
Proof.
  intro T. rewrite map_map. rewrite (map_ext _ (fun x => x)); [apply map_id|]. intros [s o]. unfold flip. simpl.
  now rewrite negb_involutive.
Qed.

Lemma mirror_cell : forall rows d T s, is_cell rows d T s -> is_cell rows d (map flip T) (map opposite s).
Proof.
  intros rows d T s (ws & R & S & A). exists ws. split; [|split].
  - unfold in_regions in *. clear S A. induction R; simpl; constructor; easy.
  - subst s. rewrite map_map. apply map_ext. intro x. now rewrite second_layer_flip, sgn_opp.
  - intros i I (t & T1 & T2). rewrite second_layer_flip. apply in_map_iff in T1 as (u & <- & U).
    apply Ropp_neq_0_compat. apply A; [easy|]. now exists u.
Qed.

Theorem mirror_cells : forall rows d T s, is_cell rows d (map flip T) s <-> is_cell rows d T (map opposite s).
Proof.
  intros rows d T s. split; intro H; apply mirror_cell in H.
  - now rewrite flip_twice in H.
  - now rewrite opposites_twice in H.
Qed.
