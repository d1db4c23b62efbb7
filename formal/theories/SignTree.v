(* The tree of signs: rows are decided one after the other, + before -. The listed sign vectors are divided by the way;
   where none is left, a leaf must refute the signs so far, and where no row is left, one must be left. What a leaf is,
   and when it refutes, is left open: regions and the second layer have leaves of their own. *)

Require Import Reals ZArith List Lra Lia FMapPositive.
Require Import Vectors Signs Integers Circuits.
Import ListNotations.
Open Scope Z_scope.

Definition circuit_table : Type := PositiveMap.t circuit.

Fixpoint number_circuits (rows : list (list Z)) (table : list circuit) (k : positive) (m : circuit_table)
  : option circuit_table :=
  match table with
  | [] => Some m
  | c :: table' =>
    if dependent rows c then number_circuits rows table' (Pos.succ k) (PositiveMap.add k c m) else None
  end.

(* Divide lists of signs by the first, which must be + or -. *)
Fixpoint divide (inside plus minus : list (list sign)) : option (list (list sign) * list (list sign)) :=
  match inside with
  | [] => Some (plus, minus)
  | (Pos :: t) :: rest => divide rest (t :: plus) minus
  | (Neg :: t) :: rest => divide rest plus (t :: minus)
  | _ => None
  end.

(* Take off the first sign, which must be s. *)
Fixpoint strip (s : sign) (inside rest : list (list sign)) : option (list (list sign)) :=
  match inside with
  | [] => Some rest
  | (x :: t) :: inside' => if sign_eqb x s then strip s inside' (t :: rest) else None
  | _ => None
  end.

(* A row that is decided in the tree, or whose sign is known. *)
Inductive step := Open (i : Z) | Forced (s : sign).

(* `todo` are the rows that are left; the leaves that are left over are returned. *)
Fixpoint replay {leaf} (refute : list (Z * sign) -> leaf -> bool) (todo : list step) (known : list (Z * sign))
  (inside : list (list sign)) (leaves : list leaf) : option (list leaf) :=
  match inside with
  | [] =>
    match leaves with
    | [] => None
    | l :: leaves' => if refute known l then Some leaves' else None
    end
  | _ =>
    match todo with
    | [] => match inside with [[]] => Some leaves | _ => None end
    | Forced s :: todo' =>
      match strip s inside [] with Some rest => replay refute todo' known rest leaves | None => None end
    | Open i :: todo' =>
      match divide inside [] [] with
      | Some (plus, minus) =>
        match replay refute todo' ((i, Pos) :: known) plus leaves with
        | Some leaves' => replay refute todo' ((i, Neg) :: known) minus leaves'
        | None => None
        end
      | None => None
      end
    end
  end.

(* The leaves of regions are places of circuits in a table. *)
Definition refute_by (table : circuit_table) (known : list (Z * sign)) (leaf : Z) : bool :=
  match at_place table leaf with Some c => refutes known c | None => false end.

Fixpoint number_rows (i : Z) (rows : list (list Z)) : list step :=
  match rows with
  | [] => []
  | r :: rows' => (if zero r then Forced Zero else Open i) :: number_rows (i + 1) rows'
  end.

Definition dependent_table (rows : list (list Z)) (m : circuit_table) : Prop :=
  forall k c, PositiveMap.find k m = Some c -> dependent rows c = true.

Lemma number_circuits_sound : forall rows table k m m',
  number_circuits rows table k m = Some m' -> dependent_table rows m -> dependent_table rows m'.
Proof.
  induction table as [|c table IH]; intros k m m' H D; simpl in H; [now inversion H; subst|].
  destruct (dependent rows c) eqn:E; [|discriminate]. apply IH in H; [exact H|].
  intros j d F. rewrite PositiveMapAdditionalFacts.gsspec in F.
  destruct (PositiveMap.E.eq_dec j k); [inversion F; now subst|now apply D in F].
Qed.

Lemma dependent_at : forall rows m i c, dependent_table rows m -> at_place m i = Some c -> dependent rows c = true.
Proof.
  intros rows m i c D H. apply at_place_found in H as (k & H). now apply D in H.
Qed.

(* The tails of the lists that begin with a sign. *)
Fixpoint tails (s : sign) (inside : list (list sign)) : list (list sign) :=
  match inside with
  | [] => []
  | (x :: t) :: rest => if sign_eqb x s then t :: tails s rest else tails s rest
  | [] :: rest => tails s rest
  end.

Lemma in_tails : forall s t inside, In t (tails s inside) <-> In (s :: t) inside.
Proof.
  induction inside as [|[|x u] rest IH]; simpl; [easy| |].
  - rewrite IH. split; intro H; [now right|now destruct H].
  - destruct (sign_eqb x s) eqn:E; simpl; rewrite IH.
    + apply sign_eqb_eq in E. subst. split; intros [H|H]; auto; [left; congruence|left; congruence].
    + split; intro H; [now right|destruct H as [H|H]; [|easy]].
      inversion H; subst. now destruct s.
Qed.

Lemma divide_tails : forall inside a b p m, divide inside a b = Some (p, m) ->
  p = rev (tails Pos inside) ++ a /\ m = rev (tails Neg inside) ++ b /\
  (NoDup (tails Pos inside) -> NoDup (tails Neg inside) -> NoDup inside).
Proof.
  induction inside as [|[|[] t] rest IH]; intros a b p m H; simpl in H; try discriminate.
  - inversion H; subst. repeat split. intros; constructor.
  - apply IH in H as (-> & -> & H). simpl. rewrite <- app_assoc. repeat split.
    intros N1 N2. inversion N2; subst. constructor; [|auto]. now rewrite <- in_tails.
  - apply IH in H as (-> & -> & H). simpl. rewrite <- app_assoc. repeat split.
    intros N1 N2. inversion N1; subst. constructor; [|auto]. now rewrite <- in_tails.
Qed.

Lemma strip_tails : forall s inside a r, strip s inside a = Some r ->
  r = rev (tails s inside) ++ a /\ (NoDup (tails s inside) -> NoDup inside).
Proof.
  induction inside as [|[|x t] rest IH]; intros a r H; simpl in H; try discriminate.
  - inversion H; subst. split; [easy|]. intros; constructor.
  - simpl. destruct (sign_eqb x s) eqn:E; [|discriminate]. apply sign_eqb_eq in E. subst x.
    apply IH in H as (-> & H). simpl. rewrite <- app_assoc. split; [easy|].
    intros N1. inversion N1; subst. constructor; [|auto]. now rewrite <- in_tails.
Qed.

Definition sides (side : Z -> R) (todo : list step) : list sign :=
  map (fun o => match o with Open i => sgn (side i) | Forced s => s end) todo.

Definition never_refuted {leaf} (refute : list (Z * sign) -> leaf -> bool) (side : Z -> R) : Prop :=
  forall known l, agrees side known -> refute known l = true -> False.

Lemma empty_refuted : forall leaf (refute : list (Z * sign) -> leaf -> bool) todo known leaves rest,
  replay refute todo known [] leaves = Some rest ->
  forall side, never_refuted refute side -> agrees side known -> False.
Proof.
  intros leaf refute todo known leaves rest H side N A. destruct todo; simpl in H;
    (destruct leaves as [|l leaves]; [discriminate|]; destruct (refute known l) eqn:F; [|discriminate];
     exact (N known l A F)).
Qed.

Theorem replay_sound : forall leaf (refute : list (Z * sign) -> leaf -> bool) todo known inside leaves rest,
  replay refute todo known inside leaves = Some rest ->
  NoDup inside /\
  forall side, never_refuted refute side -> agrees side known ->
  (forall i, In (Open i) todo -> side i <> 0%R) -> In (sides side todo) inside.
Proof.
  intros leaf refute. induction todo as [|o todo IH]; intros known inside leaves rest H.
  - destruct inside as [|t inside].
    + split; [constructor|]. intros side N A _. exfalso. now apply empty_refuted with (1 := H) (side := side).
    + simpl in H. destruct t; [|discriminate]. destruct inside; [|discriminate].
      split; [constructor; [easy|constructor]|]. intros. now left.
  - destruct inside as [|t inside].
    + split; [constructor|]. intros side N A _. exfalso. now apply empty_refuted with (1 := H) (side := side).
    + set (all := t :: inside) in *.
      assert (H' : match o with
        | Forced s => match strip s all [] with Some r => replay refute todo known r leaves | None => None end
        | Open i => match divide all [] [] with
          | Some (plus, minus) =>
            match replay refute todo ((i, Pos) :: known) plus leaves with
            | Some leaves' => replay refute todo ((i, Neg) :: known) minus leaves'
            | None => None end
          | None => None end
        end = Some rest) by (destruct o; exact H).
      clear H. clearbody all. clear t inside. destruct o as [i|s].
      * destruct (divide all [] []) as [[plus minus]|] eqn:D; [|discriminate].
        apply divide_tails in D as (-> & -> & ND). rewrite !app_nil_r in *.
        destruct (replay _ _ ((i, Pos) :: known) _ _) as [l'|] eqn:P; [|discriminate].
        apply IH in P as [N1 S1]. apply IH in H' as [N2 S2].
        split; [apply ND; now apply NoDup_rev in N1, N2; rewrite rev_involutive in *|].
        intros side N A Z. simpl.
        assert (Z' : forall j, In (Open j) todo -> side j <> 0%R) by (intros; apply Z; now right).
        destruct (sgn (side i)) eqn:E; apply in_tails.
        -- apply in_rev. apply S2; [easy| |easy]. intros j s [J|J]; [now inversion J; subst|now apply A].
        -- exfalso. apply sgn_zero in E. apply Z in E; [easy|now left].
        -- apply in_rev. apply S1; [easy| |easy]. intros j s [J|J]; [now inversion J; subst|now apply A].
      * destruct (strip s all []) as [r|] eqn:D; [|discriminate].
        apply strip_tails in D as (-> & ND). rewrite app_nil_r in *.
        apply IH in H' as [N S]. split; [apply ND; now apply NoDup_rev in N; rewrite rev_involutive in *|].
        intros side NR A Z. simpl. apply in_tails, in_rev. apply S; [easy|easy|]. intros; apply Z; now right.
Qed.

Lemma circuits_never_refute : forall rows table p, dependent_table rows table ->
  never_refuted (refute_by table) (row_side rows p).
Proof.
  intros rows table p D known l A F. unfold refute_by in F. destruct (at_place table l) as [c|] eqn:C; [|discriminate].
  apply (refuted rows p known c A); [now apply dependent_at with (2 := C)|easy].
Qed.

(* Numbered rows stand for the rows of a table, which may go on behind them. *)
Lemma sides_numbered : forall more p rows front,
  sides (row_side (front ++ rows ++ more) p) (number_rows (zlen front) rows) =
    map (fun r => sgn (dot (reals r) p)) rows.
Proof.
  induction rows as [|r rows IH]; intro front; [easy|]. simpl. f_equal.
  - destruct (zero r) eqn:Z.
    + apply zero_null in Z. rewrite dot_null by easy. symmetry. now apply sgn_zero.
    + unfold row_side. now rewrite get_middle.
  - specialize (IH (front ++ [r])). rewrite <- app_assoc in IH. simpl in IH. rewrite <- IH. f_equal. f_equal.
    rewrite !zlen_eq, app_length. simpl. lia.
Qed.

Lemma numbered_in : forall more p rows front i,
  In (Open i) (number_rows (zlen front) rows) ->
  exists r, In r rows /\ zero r = false /\ row_side (front ++ rows ++ more) p i = dot (reals r) p.
Proof.
  induction rows as [|r rows IH]; intros front i H; [easy|]. simpl in H. destruct H as [H|H].
  - destruct (zero r) eqn:Z; [discriminate|]. inversion H; subst. exists r. split; [now left|].
    split; [easy|]. unfold row_side. simpl. now rewrite get_middle.
  - specialize (IH (front ++ [r]) i). rewrite <- app_assoc in IH. simpl in IH.
    destruct IH as (s & I & Z & E).
    + replace (zlen (front ++ [r])) with (zlen front + 1); [easy|]. rewrite !zlen_eq, app_length. simpl. lia.
    + exists s. split; [now right|]. now split.
Qed.
