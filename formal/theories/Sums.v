(* Finite sums over lists, and a few inequalities about them. *)

Require Import Reals List Lra.
Require Import Vectors.
Import ListNotations.
Open Scope R_scope.

Fixpoint sum {A} (f : A -> R) (l : list A) : R :=
  match l with [] => 0 | x :: l' => f x + sum f l' end.

Lemma sum_ext : forall A (f g : A -> R) l, (forall x, In x l -> f x = g x) -> sum f l = sum g l.
Proof.
  induction l as [|x l IH]; intro H; simpl; [easy|]. rewrite (H x), IH; [easy| |now left]. intros. apply H. now right.
Qed.

Lemma sum_le : forall A (f g : A -> R) l, (forall x, In x l -> f x <= g x) -> sum f l <= sum g l.
Proof.
  induction l as [|x l IH]; intro H; simpl; [lra|].
  apply Rplus_le_compat; [apply H; now left|apply IH; intros; apply H; now right].
Qed.

Lemma sum_nonneg : forall A (f : A -> R) l, (forall x, In x l -> 0 <= f x) -> 0 <= sum f l.
Proof.
  induction l as [|x l IH]; intro H; simpl; [lra|].
  assert (0 <= f x) by (apply H; now left). assert (0 <= sum f l) by (apply IH; intros; apply H; now right). lra.
Qed.

Lemma sum_pos : forall A (f : A -> R) l, 0 < sum f l -> exists x, In x l /\ 0 < f x.
Proof.
  induction l as [|x l IH]; simpl; intro H; [lra|]. destruct (Rlt_dec 0 (f x)) as [P|P].
  - exists x. split; [now left|easy].
  - destruct IH as (y & Y & Q); [lra|]. exists y. split; [now right|easy].
Qed.

Lemma sum_plus : forall A (f g : A -> R) l, sum (fun x => f x + g x) l = sum f l + sum g l.
Proof. induction l as [|x l IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_minus : forall A (f g : A -> R) l, sum (fun x => f x - g x) l = sum f l - sum g l.
Proof. induction l as [|x l IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_scale : forall A c (f : A -> R) l, sum (fun x => c * f x) l = c * sum f l.
Proof. induction l as [|x l IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_zero : forall A (l : list A), sum (fun _ => 0) l = 0.
Proof. induction l as [|x l IH]; simpl; [easy|]. rewrite IH. ring. Qed.

Lemma sum_swap : forall A B (f : A -> B -> R) l m,
  sum (fun x => sum (f x) m) l = sum (fun y => sum (fun x => f x y) l) m.
Proof.
  induction l as [|x l IH]; intro m; simpl; [now rewrite sum_zero|]. rewrite IH, <- sum_plus. now apply sum_ext.
Qed.

Lemma sum_map : forall A B (g : A -> B) (f : B -> R) l, sum f (map g l) = sum (fun x => f (g x)) l.
Proof. induction l as [|x l IH]; simpl; [easy|]. now rewrite IH. Qed.

Lemma sum_app : forall A (f : A -> R) l m, sum f (l ++ m) = sum f l + sum f m.
Proof. induction l as [|x l IH]; intro m; simpl; [ring|]. rewrite IH. ring. Qed.

(* The positions of a list. *)
Definition below (n : nat) : list nat := seq 0 n.

Lemma in_below : forall n i, In i (below n) <-> (i < n)%nat.
Proof. intros. unfold below. rewrite in_seq. split; [now intros []|]. split; [apply Nat.le_0_l|easy]. Qed.

(* a b <= (a^2/k + k b^2)/2, coordinate by coordinate: all that is needed of the Cauchy-Schwarz inequality. *)
Lemma product_bound : forall k t g z, 0 < k -> dot g g <= k * k -> t * dot g z <= k / 2 * (t * t + dot z z).
Proof.
  intros k t g z Hk Hg.
  assert (H : forall g z, 0 <= t * t * dot g g + k * k * dot z z - 2 * k * t * dot g z).
  { clear. induction g as [|a g IH]; intros [|b z]; simpl; try nra.
    - pose proof (dot_square_nonneg z). assert (0 <= k * k * (b * b + dot z z)) by (apply Rmult_le_pos; nra). lra.
    - pose proof (dot_square_nonneg g). assert (0 <= t * t * (a * a + dot g g)) by (apply Rmult_le_pos; nra). lra.
    - specialize (IH z). pose proof (Rle_0_sqr (t * a - k * b)). unfold Rsqr in *. nra. }
  specialize (H g z). assert (t * t * dot g g <= t * t * (k * k)) by (apply Rmult_le_compat_l; nra).
  apply Rmult_le_reg_l with (2 * k); [lra|].
  replace (2 * k * (k / 2 * (t * t + dot z z))) with (t * t * (k * k) + k * k * dot z z) by field. lra.
Qed.
