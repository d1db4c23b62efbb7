(* Vectors of real numbers as lists. Sums pad the shorter vector with zeros and inner products cut the longer one,
   so that both are linear without any condition on lengths. *)

Require Import Reals List Lra.
Import ListNotations.
Open Scope R_scope.

Fixpoint dot (a b : list R) : R :=
  match a, b with
  | x :: a', y :: b' => x * y + dot a' b'
  | _, _ => 0
  end.

Fixpoint vadd (a b : list R) : list R :=
  match a, b with
  | [], _ => b
  | _, [] => a
  | x :: a', y :: b' => (x + y) :: vadd a' b'
  end.

Definition scale (c : R) (a : list R) : list R := map (Rmult c) a.

Definition null (a : list R) : Prop := Forall (eq 0) a.

Lemma dot_nil_r : forall a, dot a [] = 0.
Proof. now destruct a. Qed.

Lemma dot_comm : forall a b, dot a b = dot b a.
Proof. induction a as [|x a IH]; intros [|y b]; simpl; try easy. rewrite IH; ring. Qed.

Lemma dot_vadd : forall a b w, dot (vadd a b) w = dot a w + dot b w.
Proof.
  induction a as [|x a IH]; intros b w; simpl; [ring|].
  destruct b as [|y b], w as [|z w]; simpl; try ring. rewrite IH; ring.
Qed.

Lemma dot_vadd_r : forall a b w, dot w (vadd a b) = dot w a + dot w b.
Proof. intros. now rewrite dot_comm, dot_vadd, (dot_comm a), (dot_comm b). Qed.

Lemma dot_scale : forall c a w, dot (scale c a) w = c * dot a w.
Proof.
  induction a as [|x a IH]; intros w; simpl; [ring|].
  destruct w; simpl; [ring|]. fold (scale c a). rewrite IH; ring.
Qed.

Lemma dot_scale_r : forall c a w, dot w (scale c a) = c * dot w a.
Proof. intros. now rewrite dot_comm, dot_scale, dot_comm. Qed.

Lemma dot_null : forall a w, null a -> dot a w = 0.
Proof.
  induction a as [|x a IH]; intros w H; simpl; [easy|].
  inversion H; subst. destruct w; [easy|]. rewrite IH by easy. ring.
Qed.

Lemma dot_app : forall a b c d, length a = length c -> dot (a ++ b) (c ++ d) = dot a c + dot b d.
Proof.
  induction a as [|x a IH]; intros b [|y c] d H; simpl in *; try discriminate; [ring|].
  rewrite IH by congruence. ring.
Qed.

Lemma dot_square_nonneg : forall a, 0 <= dot a a.
Proof. induction a as [|x a IH]; simpl; [lra|]. pose proof (Rle_0_sqr x). unfold Rsqr in *. lra. Qed.

Lemma vadd_length : forall a b, length a = length b -> length (vadd a b) = length a.
Proof. induction a as [|x a IH]; intros [|y b] H; simpl in *; try discriminate; auto. Qed.

Lemma scale_length : forall c a, length (scale c a) = length a.
Proof. intros. apply map_length. Qed.
