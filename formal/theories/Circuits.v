(* Circuits: dependencies sum c_i row_i = 0. If the sides of a point on the rows of a circuit agree with the signs of
   its numbers, or all with their opposites, 0 is a sum of numbers of one strict sign: a contradiction. *)

Require Import Reals ZArith List Lra Lia.
Require Import Vectors Signs Integers.
Import ListNotations.
Open Scope Z_scope.

Definition circuit : Type := list (Z * Z).  (* place of a row, number *)

Fixpoint weighted_sum (rows : list (list Z)) (c : circuit) : option (list Z) :=
  match c with
  | [] => Some []
  | (i, k) :: c' =>
    match get rows i, weighted_sum rows c' with
    | Some r, Some v => Some (zadd (zscale k r) v)
    | _, _ => None
    end
  end.

Fixpoint distinct (l : list Z) : bool :=
  match l with [] => true | x :: l' => negb (existsb (Z.eqb x) l') && distinct l' end.

Definition dependent (rows : list (list Z)) (c : circuit) : bool :=
  match c with
  | [] => false
  | _ => forallb (fun t => negb (snd t =? 0)) c && distinct (map fst c) &&
         match weighted_sum rows c with Some v => zero v | None => false end
  end.

(* The sign of a row that is decided already, Zero if it is not. *)
Fixpoint decided (known : list (Z * sign)) (i : Z) : sign :=
  match known with
  | [] => Zero
  | (j, s) :: known' => if i =? j then s else decided known' i
  end.

Fixpoint all_agree (want : bool) (known : list (Z * sign)) (c : circuit) : bool :=
  match c with
  | [] => true
  | (i, k) :: c' =>
    match decided known i with
    | Zero => false
    | Pos => Bool.eqb (0 <? k) want && all_agree want known c'
    | Neg => Bool.eqb (0 <? k) (negb want) && all_agree want known c'
    end
  end.

Definition refutes (known : list (Z * sign)) (c : circuit) : bool :=
  all_agree true known c || all_agree false known c.

(* What is decided is true of a point. *)
Definition row_side (rows : list (list Z)) (p : list R) (i : Z) : R :=
  match get rows i with Some r => dot (reals r) p | None => 0%R end.

Definition agrees (side : Z -> R) (known : list (Z * sign)) : Prop :=
  forall i s, In (i, s) known -> sgn (side i) = s.

Fixpoint total (rows : list (list Z)) (p : list R) (c : circuit) : R :=
  match c with
  | [] => 0%R
  | (i, k) :: c' => (IZR k * row_side rows p i + total rows p c')%R
  end.

Lemma weighted_sum_total : forall rows p c v, weighted_sum rows c = Some v -> dot (reals v) p = total rows p c.
Proof.
  induction c as [|[i k] c IH]; intros v H; simpl in *.
  - now inversion H.
  - unfold row_side. destruct (get rows i) as [r|]; [|discriminate].
    destruct (weighted_sum rows c) as [u|]; [|discriminate]. inversion H; subst.
    rewrite reals_add, reals_scale, dot_vadd, dot_scale. f_equal. now apply IH.
Qed.

Lemma decided_in : forall known i s, decided known i = s -> s <> Zero -> In (i, s) known.
Proof.
  induction known as [|[j t] known IH]; intros i s H N; simpl in H; [now subst|].
  destruct (Z.eqb_spec i j) as [->|E]; [subst; now left|right; auto].
Qed.

Definition nonzero (c : circuit) : bool := forallb (fun t => negb (snd t =? 0)) c.

Lemma agree_sum : forall rows p known want c,
  agrees (row_side rows p) known -> nonzero c = true -> all_agree want known c = true ->
  if want then (0 <= total rows p c /\ (c <> [] -> 0 < total rows p c))%R
  else (total rows p c <= 0 /\ (c <> [] -> total rows p c < 0))%R.
Proof.
  intros rows p known want c A. induction c as [|[i k] c IH]; intros N H; simpl in *.
  - destruct want; (split; [lra|easy]).
  - apply andb_prop in N as [N1 N2]. apply Bool.negb_true_iff, Z.eqb_neq in N1.
    assert (T : forall s, decided known i = s -> s <> Zero -> sgn (row_side rows p i) = s)
      by (intros; apply A, decided_in; auto).
    destruct (decided known i) eqn:D; try discriminate; apply andb_prop in H as [H1 H2];
      specialize (T _ eq_refl ltac:(easy)); specialize (IH N2 H2); apply Bool.eqb_prop in H1;
      [apply sgn_neg in T|apply sgn_pos in T]; destruct want; simpl in H1;
      destruct (Z.ltb_spec 0 k) as [L|L]; try discriminate;
      [assert (K : (IZR k < 0)%R) by (apply IZR_lt; lia)|assert (K : (0 < IZR k)%R) by now apply IZR_lt
      |assert (K : (0 < IZR k)%R) by now apply IZR_lt|assert (K : (IZR k < 0)%R) by (apply IZR_lt; lia)];
      (split; [|intros _]); nra.
Qed.

Theorem refuted : forall rows p known c,
  agrees (row_side rows p) known -> dependent rows c = true -> refutes known c = true -> False.
Proof.
  intros rows p known c A D F. unfold dependent in D. destruct c as [|t c]; [discriminate|].
  remember (t :: c) as c' eqn:E. assert (N : c' <> []) by now subst. clear E t c.
  apply andb_prop in D as [D Z]. apply andb_prop in D as [D _].
  destruct (weighted_sum rows c') as [v|] eqn:W; [|discriminate].
  apply weighted_sum_total with (p := p) in W. apply zero_null in Z. rewrite dot_null in W by easy.
  unfold refutes in F. apply Bool.orb_prop in F as [F|F];
    apply (agree_sum rows p known _ _ A D) in F; destruct F as [_ F]; specialize (F N); lra.
Qed.
