(* Whether all sets of m neurons are covered: with all neurons that may still join, or else for each one that may. The
   functions; what they prove is in TupleProofs.v. *)

Require Import ZArith List Lia Bool.
Require Import Signs Integers Networks Neurons RowCover PairCover.
Import ListNotations.
Open Scope Z_scope.
Local Arguments Z.add : simpl never.

Definition active_rows (t : neuron) : list bool := map (fun s => sign_eqb s Pos) (fst t).
Definition up_rows (t : neuron) : list bool := if snd t then active_rows t else [].
Definition down_rows (t : neuron) : list bool := if snd t then [] else active_rows t.

(* A neuron in its list: the rows where it makes a sign possible, those where it or a later one does, and how many are
   behind it. *)
Record item := { up : list bool; down : list bool; ups : list bool; downs : list bool; behind : Z }.

Definition ups_of (l : list item) : list bool := match l with [] => [] | it :: _ => ups it end.
Definition downs_of (l : list item) : list bool := match l with [] => [] | it :: _ => downs it end.
Definition number (l : list item) : Z := match l with [] => 0 | it :: _ => behind it + 1 end.

Fixpoint items (neurons : list neuron) : list item :=
  match neurons with
  | [] => []
  | t :: neurons' =>
    let rest := items neurons' in
    {| up := up_rows t; down := down_rows t; ups := union (up_rows t) (ups_of rest);
       downs := union (down_rows t) (downs_of rest); behind := number rest |} :: rest
  end.

(* An entry of a cover: what it allows, and for each neuron whether it is good for it, and for all from it on. *)
Definition flags : Type := list (bool * bool).
Definition entry : Type := allowed * flags.

Definition all_good (f : flags) : bool := match f with [] => true | (_, a) :: _ => a end.

Fixpoint flag (good : list bool) : flags :=
  match good with
  | [] => []
  | g :: good' => let f := flag good' in (g, g && all_good f) :: f
  end.

(* The entries that are good for the next neuron, the entries when it is left out, those good for all that follow. *)
Fixpoint join (known : list entry) : list entry :=
  match known with
  | [] => []
  | (e, (true, _) :: f) :: known' => (e, f) :: join known'
  | _ :: known' => join known'
  end.

Definition skip (known : list entry) : list entry := map (fun k => (fst k, tl (snd k))) known.

Fixpoint settled (known : list entry) : list allowed :=
  match known with
  | [] => []
  | (e, f) :: known' => if all_good f then e :: settled known' else settled known'
  end.

(* `rest` may still join, and k of them must; `known` are the entries good for those chosen, which make the signs
   possible in `up0` and `down0`. *)
Fixpoint choose (fuel : list bool) (sides : list side) (size : Z) (rest : list item) (k : Z) (known : list entry)
  (up0 down0 : list bool) (left : Z) : bool * Z :=
  match rest with
  | [] => (true, left)
  | it :: rest' =>
    let known1 := join known in
    let up1 := union up0 (up it) in
    let down1 := union down0 (down it) in
    let k1 := k - 1 in
    let left := left - size - zlen known1 in
    let (fine, left) :=
      if k1 =? 0 then covers_pair fuel (map fst known1) up1 down1 sides left
      else
        let all_up := union up1 (ups_of rest') in
        let all_down := union down1 (downs_of rest') in
        if number rest' <=? k1 then covers_pair fuel (settled known1) all_up all_down sides left
        else
          let (fine, left) := covers fuel (settled known1) all_up all_down left in
          if fine then (true, left) else choose fuel sides size rest' k1 known1 up1 down1 left in
    if fine then
      if number rest' <? k then (true, left) else choose fuel sides size rest' k (skip known) up0 down0 left
    else (false, left)
  end.

Definition steps : Z := 20000000.

(* `sides` are those of all regions; pairs alone may be covered by them. Every neuron has an active row, so that a pair
   with rows of both signs is one of different output signs. *)
Definition covers_tuples (fuel : list bool) (neurons : list neuron) (m : Z) (sides : list side) (entries : list entry)
  : bool :=
  let sides := if m =? 2 then sides else [] in
  let rest := items neurons in
  let size := number rest in
  let left := steps - size - zlen entries in
  if size <=? m then fst (covers_pair fuel (settled entries) (ups_of rest) (downs_of rest) sides left)
  else
    let (fine, left) := covers fuel (settled entries) (ups_of rest) (downs_of rest) left in
    if fine then true
    else (1 <=? m) && fst (choose fuel sides size rest m entries [] [] left).
