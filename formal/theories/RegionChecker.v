(* The checker of a list of regions: witnesses, and circuits with the tree of signs, or the count. The functions; what
   they prove is in RegionProofs.v. *)

Require Import ZArith QArith List FMapPositive.
Require Import Signs Integers Circuits SignTree Counting Tries.
Import ListNotations.
Open Scope Z_scope.

(* Why there are no other regions: circuits and leaves of the tree of signs, or the number of regions. *)
Inductive completeness := Circuits (table : list (list (Z * Q))) (leaves : list Z) | Counted.

(* What stands under `first` in a certificate. Where it has circuits, its field `count` is of no use here. *)
Record region_proof := { listed : list (list sign * list Q); complete : completeness }.

Fixpoint rev_map {A B} (f : A -> B) (l : list A) (r : list B) : list B :=
  match l with [] => r | x :: l' => rev_map f l' (f x :: r) end.

Definition clear_circuit (c : list (Z * Q)) : option circuit :=
  match clear_vector (map snd c) with Some (_, z) => Some (combine (map fst c) z) | None => None end.

(* Whether an integral point has the listed signs, and lies on no row that is not zero. *)
Fixpoint has_signs (rows : list (list Z)) (p : list Z) (s : list sign) : bool :=
  match rows, s with
  | [], [] => true
  | r :: rows', t :: s' =>
    sign_eqb (zsgn (zdot r p)) t && (match t with Zero => zero r | _ => true end) && has_signs rows' p s'
  | _, _ => false
  end.

(* Points and rows with one more coordinate where there are offsets. *)
Definition lift_point (affine : bool) (w : list Q) : list Q := if affine then w ++ [1%Q] else w.

Fixpoint lift_rows (rows : list (list Q)) (b : list Q) : option (list (list Q)) :=
  match rows, b with
  | [], [] => Some []
  | x :: rows', c :: b' => match lift_rows rows' b' with Some r => Some ((x ++ [Qopp c]) :: r) | None => None end
  | _, _ => None
  end.

Definition is_table (rows : list (list Q)) : bool :=
  match rows with
  | [] => false
  | x :: rows' => negb (zlen x =? 0) && forallb (fun y => zlen y =? zlen x) rows'
  end.

Definition columns (rows : list (list Q)) : Z := match rows with x :: _ => zlen x | [] => 0 end.

Definition witness_fits (affine : bool) (d : Z) (rows : list (list Z)) (region : list sign * list Q) : bool :=
  (zlen (snd region) =? d) &&
  match clear_vector (lift_point affine (snd region)) with
  | Some (_, p) => has_signs rows p (fst region)
  | None => false
  end.

Definition witnesses_fit (affine : bool) (d : Z) (rows : list (list Z)) (proof : region_proof) : bool :=
  forallb (witness_fits affine d rows) (listed proof).

Definition is_positive (s : sign) : bool := match s with Pos => true | _ => false end.

Definition all_distinct (signs : list (list sign)) : bool :=
  match insert_distinct (rev_map (map is_positive) signs []) Empty with Some _ => true | None => false end.

(* `cone` is the rows, and behind them the row at infinity where there are offsets, which `known` says is positive.
   With that row, every region and its mirror image are regions of the cone: `images` is 2, without it 1. *)
Definition is_complete (rows cone : list (list Z)) (known : list (Z * sign)) (images : Z) (proof : region_proof) :
  bool :=
  let signs := rev_map fst (listed proof) [] in
  match complete proof with
  | Counted => all_distinct signs && at_most cone (images * zlen signs)
  | Circuits circuits leaves =>
    match all_some clear_circuit circuits with
    | Some table =>
      match number_circuits cone table 1 (PositiveMap.empty circuit) with
      | Some m =>
        match replay (refute_by m) (number_rows 0 rows) known signs leaves with
        | Some [] => true
        | _ => false
        end
      | None => false
      end
    | None => false
    end
  end.

Definition row_at_infinity (d scale : Z) (rows : list (list Q)) : list Z :=
  match rows with x :: _ => map (fun _ => 0) x ++ [scale] | [] => [] end.

Definition check_region_proof (rows : list (list Q)) (offsets : option (list Q)) (proof : region_proof) : bool :=
  is_table rows &&
  match offsets with
  | None =>
    match clear_table rows with
    | Some (_, z) => witnesses_fit false (columns rows) z proof && is_complete z z [] 1 proof
    | None => false
    end
  | Some b =>
    match lift_rows rows b with
    | Some lifted =>
      match clear_table lifted with
      | Some (k, z) =>
        witnesses_fit true (columns rows) z proof &&
        is_complete z (z ++ [row_at_infinity (columns rows) k rows]) [(zlen z, Pos)] 2 proof
      | None => false
      end
    | None => false
    end
  end.

(* A certificate of regions claims their number. *)
Definition check_regions (rows : list (list Q)) (offsets : option (list Q)) (proof : region_proof) (claim : Z) : bool :=
  check_region_proof rows offsets proof && (zlen (listed proof) =? claim).

Definition sign_vectors (proof : region_proof) : list (list sign) := map fst (listed proof).
