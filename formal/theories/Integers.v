(* Integer vectors and tables; rational tables are made integral by one common denominator, once.
   The common denominator is found by `Z.gcd` but need not be right: each division is checked to be exact. *)

Require Import Reals ZArith QArith Qreals List Lra Lia FMapPositive.
Require Import Vectors Signs.
Import ListNotations.
Open Scope Z_scope.

Fixpoint zdot (a b : list Z) : Z :=
  match a, b with
  | x :: a', y :: b' => x * y + zdot a' b'
  | _, _ => 0
  end.

Fixpoint zadd (a b : list Z) : list Z :=
  match a, b with
  | [], _ => b
  | _, [] => a
  | x :: a', y :: b' => (x + y) :: zadd a' b'
  end.

Definition zscale (c : Z) (a : list Z) : list Z := map (Z.mul c) a.

Definition zero (a : list Z) : bool := forallb (Z.eqb 0) a.

Definition reals (a : list Z) : list R := map IZR a.

Lemma reals_dot : forall a b, IZR (zdot a b) = dot (reals a) (reals b).
Proof. induction a as [|x a IH]; intros [|y b]; simpl; try easy. rewrite plus_IZR, mult_IZR, IH. easy. Qed.

Lemma reals_add : forall a b, reals (zadd a b) = vadd (reals a) (reals b).
Proof. induction a as [|x a IH]; intros [|y b]; simpl; try easy. rewrite plus_IZR. f_equal. apply IH. Qed.

Lemma reals_scale : forall c a, reals (zscale c a) = scale (IZR c) (reals a).
Proof.
  intros. unfold reals, zscale, scale. rewrite !map_map. apply map_ext. intro. now rewrite mult_IZR.
Qed.

Lemma zero_null : forall a, zero a = true <-> null (reals a).
Proof.
  unfold zero, null, reals. intro a. rewrite forallb_forall, Forall_map, Forall_forall.
  split; intros H x Hx; specialize (H x Hx).
  - apply Z.eqb_eq in H. now subst.
  - apply Z.eqb_eq. now apply eq_IZR.
Qed.

(* The element at a place, counted from 0; places are integers because integers are fast after extraction. *)
Fixpoint get {A} (l : list A) (i : Z) : option A :=
  match l with
  | [] => None
  | x :: l' => if i =? 0 then Some x else get l' (i - 1)
  end.

Fixpoint zlength_from {A} (k : Z) (l : list A) : Z :=
  match l with [] => k | _ :: l' => zlength_from (k + 1) l' end.

Definition zlen {A} (l : list A) : Z := zlength_from 0 l.

Lemma zlength_from_eq : forall A (l : list A) k, zlength_from k l = k + Z.of_nat (length l).
Proof. induction l as [|x l IH]; intro k; simpl length; simpl zlength_from; [lia|]. rewrite IH. lia. Qed.

Lemma zlen_eq : forall A (l : list A), zlen l = Z.of_nat (length l).
Proof. intros. apply zlength_from_eq. Qed.

Lemma get_nth : forall A (l : list A) i x,
  get l i = Some x -> 0 <= i /\ nth_error l (Z.to_nat i) = Some x.
Proof.
  induction l as [|y l IH]; intros i x H; simpl in H; [discriminate|].
  destruct (Z.eqb_spec i 0) as [E|E].
  - subst. inversion H; subst. easy.
  - apply IH in H as [H1 H2]. split; [lia|].
    replace (Z.to_nat i) with (S (Z.to_nat (i - 1))) by lia. easy.
Qed.

Lemma get_middle : forall A (l : list A) x r, get (l ++ x :: r) (zlen l) = Some x.
Proof.
  intros. rewrite zlen_eq. induction l as [|y l IH]; [easy|].
  simpl app. simpl length. cbn [get]. destruct (Z.eqb_spec (Z.of_nat (S (length l))) 0); [lia|].
  now replace (Z.of_nat (S (length l)) - 1) with (Z.of_nat (length l)) by lia.
Qed.

Lemma get_in : forall A (l : list A) i x, get l i = Some x -> In x l.
Proof. intros A l i x H. apply get_nth in H as [_ H]. now apply nth_error_In in H. Qed.

(* Long tables are kept as trees: places count from 0, keys from 1. *)
Definition at_place {A} (m : PositiveMap.t A) (i : Z) : option A :=
  if i <? 0 then None else match i + 1 with Zpos k => PositiveMap.find k m | _ => None end.

Lemma at_place_found : forall A (m : PositiveMap.t A) i x, at_place m i = Some x -> exists k, PositiveMap.find k m =
  Some x.
Proof.
  intros A m i x H. unfold at_place in H. destruct (i <? 0); [discriminate|].
  destruct (i + 1); try discriminate. now exists p.
Qed.

(* Rational vectors, as real ones and as integral multiples. *)

Definition rational (a : list Q) : list R := map Q2R a.

Definition clear (d : Z) (q : Q) : option Z :=
  if d mod (QDen q) =? 0 then Some (Qnum q * (d / QDen q)) else None.

Fixpoint all_some {A B} (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | x :: l' => match f x, all_some f l' with Some y, Some r => Some (y :: r) | _, _ => None end
  end.

Definition common (d : Z) (q : Q) : Z := d * (QDen q / Z.gcd d (QDen q)).

Definition clear_vector (a : list Q) : option (Z * list Z) :=
  let d := fold_left common a 1 in
  if 0 <? d then match all_some (clear d) a with Some z => Some (d, z) | None => None end else None.

Definition common_table (rows : list (list Q)) : Z := fold_left (fun d a => fold_left common a d) rows 1.

Definition clear_table (rows : list (list Q)) : option (Z * list (list Z)) :=
  let d := common_table rows in
  if 0 <? d then match all_some (all_some (clear d)) rows with Some z => Some (d, z) | None => None end else None.

Lemma clear_real : forall d q z, clear d q = Some z -> (IZR z = IZR d * Q2R q)%R.
Proof.
  intros d q z H. unfold clear in H. destruct (Z.eqb_spec (d mod QDen q) 0) as [E|E]; [|discriminate].
  inversion H; subst z. clear H. unfold Q2R. set (n := QDen q) in *.
  assert (Hn : (IZR n <> 0)%R) by (apply not_0_IZR; now subst n).
  assert (Hd : d = n * (d / n)) by (apply Z_div_exact_full_2; [now subst n|exact E]).
  rewrite mult_IZR. rewrite Hd at 2. rewrite mult_IZR. field. exact Hn.
Qed.

Lemma all_some_clear : forall d a z, all_some (clear d) a = Some z -> reals z = scale (IZR d) (rational a).
Proof.
  intro d. induction a as [|q a IH]; intros z H; simpl in H.
  - now inversion H.
  - destruct (clear d q) eqn:E, (all_some (clear d) a) eqn:F; try discriminate. inversion H; subst.
    simpl. rewrite (clear_real _ _ _ E). f_equal. now apply IH.
Qed.

Lemma clear_vector_real : forall a d z,
  clear_vector a = Some (d, z) -> (0 < IZR d)%R /\ reals z = scale (IZR d) (rational a).
Proof.
  intros a d z H. unfold clear_vector in H.
  destruct (Z.ltb_spec 0 (fold_left common a 1)) as [L|L]; [|discriminate].
  destruct (all_some _ _) eqn:E; inversion H; subst. split; [now apply IZR_lt|]. now apply all_some_clear.
Qed.

Lemma clear_table_real : forall rows d z, clear_table rows = Some (d, z) ->
  (0 < IZR d)%R /\ map reals z = map (fun a => scale (IZR d) (rational a)) rows.
Proof.
  intros rows d z H. unfold clear_table in H.
  destruct (Z.ltb_spec 0 (common_table rows)) as [L|L]; [|discriminate].
  set (k := common_table rows) in *.
  destruct (all_some (all_some (clear k)) rows) eqn:E; inversion H; subst d z. split; [now apply IZR_lt|].
  clearbody k. clear L H. revert l E. induction rows as [|a rows IH]; intros l E; simpl in E.
  - now inversion E.
  - destruct (all_some (clear k) a) eqn:F, (all_some (all_some (clear k)) rows) eqn:G; try discriminate.
    inversion E; subst. simpl. rewrite (all_some_clear _ _ _ F). f_equal. now apply IH.
Qed.
