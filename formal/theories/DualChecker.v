(* The checker of a dual vector: the neurons are all neurons, the entries of the cover are good for the neurons that
   they name, and all tuples are covered. The functions; what they prove is in DualProofs.v. *)

Require Import ZArith QArith List FMapPositive Bool.
Require Import Signs Integers RegionChecker Networks Neurons NeuronNames RowCover PairCover TupleCover
  CoverReplay.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

Record cover_entry := {
  of_plus : bool;  (* the output sign o is 1 *)
  plus : list Z;
  minus : list Z;
  good : list (Z * list (Z * Z))  (* neurons by place, with multipliers [row, l] *)
}.

Record dual := {
  scale_unit : Q;
  values : list Z;
  names : list (list bool * bool);
  cover : list cover_entry;
  replayed : option (list Z * list Z)  (* the tokens for output weights 1 and -1; without them there is a search *)
}.

(* What an entry pays to a neuron at each row, and the vector g that the rows and the multipliers make of it. *)
Fixpoint pays (o : bool) (p m : list Z) (s : list sign) : list Z :=
  match p, m, s with
  | a :: p', b :: m', t :: s' => (match t with Pos => if o then a else - b | _ => 0 end) :: pays o p' m' s'
  | _, _, _ => []
  end.

Fixpoint combination (c : list Z) (rows : list (list Z)) : list Z :=
  match c, rows with
  | k :: c', r :: rows' => let v := combination c' rows' in if k =? 0 then v else zadd (zscale k r) v
  | _, _ => []
  end.

Fixpoint add_terms (rows : list (list Z)) (s : list sign) (terms : list (Z * Z)) (v : list Z) : option (list Z) :=
  match terms with
  | [] => Some v
  | (i, l) :: terms' =>
    match get rows i, get s i with
    | Some r, Some t =>
      if l <? 0 then None
      else add_terms rows s terms'
        (match t with Pos => zadd (zscale l r) v | Neg => zadd (zscale (- l) r) v | Zero => v end)
    | _, _ => None
    end
  end.

Definition short (rows : list (list Z)) (most : Z) (p m : list Z) (t : neuron) (terms : list (Z * Z)) : bool :=
  match add_terms rows (fst t) terms (combination (pays (snd t) p m (fst t)) rows) with
  | Some g => zdot g g <=? most
  | None => false
  end.

(* (beta k / scale_unit)^2, rounded down: k times the rows are integers. *)
Definition limit (beta : Q) (k : Z) (u : Q) : Z :=
  let q := ((beta * inject_Z k) / u)%Q in (Qnum q * Qnum q) / (QDen q * QDen q).

Fixpoint tree_of {A} (l : list A) (k : positive) (m : PositiveMap.t A) : PositiveMap.t A :=
  match l with [] => m | x :: l' => tree_of l' (Pos.succ k) (PositiveMap.add k x m) end.

(* The neurons that an entry is good for, under their keys. *)
Fixpoint mark (rows : list (list Z)) (most : Z) (tree : PositiveMap.t neuron) (p m : list Z)
  (l : list (Z * list (Z * Z))) (marked : PositiveMap.t neuron) : option (PositiveMap.t neuron) :=
  match l with
  | [] => Some marked
  | (j, terms) :: l' =>
    match at_place tree j with
    | Some t =>
      if short rows most p m t terms then
        match j + 1 with
        | Zpos k => mark rows most tree p m l' (PositiveMap.add k t marked)
        | _ => None
        end
      else None
    | None => None
    end
  end.

Fixpoint marks (marked : PositiveMap.t neuron) (neurons : list neuron) (k : positive) : list bool :=
  match neurons with
  | [] => []
  | t :: neurons' =>
    (match PositiveMap.find k marked with Some u => neuron_eqb t u | None => false end) :: marks marked neurons'
      (Pos.succ k)
  end.

Fixpoint map2 {A B} (f : Z -> A -> B) (a : list Z) (b : list A) : list B :=
  match a, b with x :: a', y :: b' => f x y :: map2 f a' b' | _, _ => [] end.

Definition check_entry (rows : list (list Z)) (most : Z) (neurons : list neuron) (tree : PositiveMap.t neuron)
  (v : list Z) (e : cover_entry) : option (bool * entry) :=
  if (zlen (plus e) =? zlen rows) && (zlen (minus e) =? zlen rows) &&
     forallb (fun b => b) (map2 Z.leb (minus e) (plus e))
  then
    match mark rows most tree (plus e) (minus e) (good e) (PositiveMap.empty neuron) with
    | Some marked =>
      Some (of_plus e,
        ((map2 (fun a b => (if of_plus e then b else - b) <=? a) (plus e) v,
          map (fun b => b <=? 0) (minus e)),
         flag (marks marked neurons 1)))
    | None => None
    end
  else None.

Fixpoint of_sign (o : bool) (l : list (bool * entry)) : list entry :=
  match l with
  | [] => []
  | (p, e) :: l' => if Bool.eqb o p then e :: of_sign o l' else of_sign o l'
  end.

Definition width_of (width : option Z) (size : Z) : Z :=
  match width with Some m => if m <? size then m else size | None => size end.

Definition covers_all (fuel : list bool) (neurons : list neuron) (m : Z) (sides : list side) (d : dual)
  (o : bool) (entries : list entry) : bool :=
  match replayed d with
  | None => covers_tuples fuel neurons m sides entries
  | Some (a, b) => replay_cover neurons m sides entries (if o then a else b)
  end.

Definition check_dual (rows : list (list Z)) (k : Z) (beta : Q) (width : option Z) (wanted : list neuron)
  (sides : list side) (d : dual) : bool :=
  let neurons := neurons_named rows (names d) in
  let tree := tree_of neurons 1 (PositiveMap.empty neuron) in
  let m := width_of width (zlen neurons) in
  let fuel := true :: map (fun _ => true) rows in
  (0 <? Qnum (scale_unit d)) && (zlen (values d) =? zlen rows) && all_neurons wanted neurons &&
  match all_some (check_entry rows (limit beta k (scale_unit d)) neurons tree (values d)) (cover d) with
  | Some l =>
    covers_all fuel neurons m sides d true (of_sign true l) && covers_all fuel neurons m sides d false (of_sign false l)
  | None => false
  end.
