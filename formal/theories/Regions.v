(* What the regions of an arrangement are, over the real numbers: the statement of the theorem on regions, no proofs
   about programs. *)

Require Import Reals ZArith QArith Qreals List Lra.
Require Import Vectors Signs Integers.
Import ListNotations.
Open Scope R_scope.

(* A hyperplane x.w = b, as (x, b). Rows that are zero, with b = 0, are no hyperplanes: every point solves them. *)
Definition hyperplane : Type := list R * R.
Definition side (h : hyperplane) (w : list R) : R := dot (fst h) w - snd h.
Definition trivial (h : hyperplane) : Prop := null (fst h) /\ snd h = 0.

(* The points that lie on no hyperplane; the regions are the connected components of their set. *)
Definition off (a : list hyperplane) (w : list R) : Prop := forall h, In h a -> side h w = 0 -> trivial h.

Definition sign_vector (a : list hyperplane) (w : list R) : list sign := map (fun h => sgn (side h w)) a.

Definition is_region (a : list hyperplane) (d : nat) (s : list sign) : Prop :=
  exists w, length w = d /\ off a w /\ sign_vector a w = s.

(* Sign vectors are the right names of regions: two points off the hyperplanes have the same signs if and only if the
   segment between them meets no hyperplane. *)
Definition between (t : R) (v w : list R) : list R := vadd (scale (1 - t) v) (scale t w).
Definition connected (a : list hyperplane) (v w : list R) : Prop := forall t, 0 <= t <= 1 -> off a (between t v w).

Lemma side_between : forall h t v w, side h (between t v w) = (1 - t) * side h v + t * side h w.
Proof. intros. unfold side, between. rewrite dot_vadd_r, !dot_scale_r. ring. Qed.

Theorem regions_are_sign_vectors : forall a v w, off a v -> off a w ->
  (sign_vector a v = sign_vector a w <-> connected a v w).
Proof.
  intros a v w Hv Hw. split.
  - intros E t Ht h Hh H0. unfold sign_vector in E. rewrite side_between in H0.
    assert (Eh : sgn (side h v) = sgn (side h w)).
    { clear Hv Hw. induction a as [|k a IH]; [easy|]. simpl in E. injection E as E1 E2.
      destruct Hh as [<-|Hh]; auto. }
    destruct (Rtotal_order (side h v) 0) as [L|[L|L]].
    + rewrite (proj2 (sgn_neg _) L) in Eh. symmetry in Eh. apply sgn_neg in Eh. exfalso.
      destruct (Req_dec t 0) as [->|N]; [lra|].
      assert (t * side h w < 0) by nra. assert ((1 - t) * side h v <= 0) by nra. lra.
    + now apply Hv.
    + rewrite (proj2 (sgn_pos _) L) in Eh. symmetry in Eh. apply sgn_pos in Eh. exfalso.
      destruct (Req_dec t 0) as [->|N]; [lra|].
      assert (0 < t * side h w) by nra. assert (0 <= (1 - t) * side h v) by nra. lra.
  - intro C. unfold sign_vector. apply map_ext_in. intros h Hh.
    destruct (Req_dec (side h v) 0) as [Z|Z].
    { destruct (Hv h Hh Z) as [N0 B0]. unfold side. rewrite !dot_null, B0 by easy. easy. }
    destruct (Req_dec (side h w) 0) as [Z'|Z'].
    { destruct (Hw h Hh Z') as [N0 B0]. unfold side. rewrite !dot_null, B0 by easy. easy. }
    destruct (Rlt_dec (side h v * side h w) 0) as [L|L].
    + exfalso. set (p := side h v) in *. set (q := side h w) in *.
      assert (D : p - q <> 0) by nra.
      assert (Ht : 0 <= p / (p - q) <= 1).
      { destruct (Rlt_dec 0 p) as [P|P].
        - assert (q < 0) by nra. split.
          + apply Rlt_le, Rdiv_lt_0_compat; lra.
          + apply Rmult_le_reg_r with (p - q); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
        - assert (p < 0) by lra. assert (0 < q) by nra.
          replace (p / (p - q)) with ((- p) / (q - p)) by (field; lra). split.
          + apply Rlt_le, Rdiv_lt_0_compat; lra.
          + apply Rmult_le_reg_r with (q - p); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
      specialize (C _ Ht h Hh). rewrite side_between in C. fold p q in C.
      destruct C as [N0 B0]; [field; lra|]. apply Z. unfold p, side. rewrite dot_null, B0 by easy. ring.
    + destruct (Rlt_dec 0 (side h v)) as [P|P].
      * rewrite (proj2 (sgn_pos _) P). symmetry. apply sgn_pos. nra.
      * assert (N : side h v < 0) by lra. rewrite (proj2 (sgn_neg _) N). symmetry. apply sgn_neg. nra.
Qed.

(* The arrangement of a file: rows, with offsets or without. *)
Definition arrangement (rows : list (list Q)) (offsets : option (list Q)) : list hyperplane :=
  match offsets with
  | None => map (fun x => (rational x, 0)) rows
  | Some b => combine (map rational rows) (map Q2R b)
  end.
