(* From a file to the plain values that the verified functions take. Not verified: what it reads is what is proven
   about, so it says no to everything that the format does not name. *)

open Json

let need condition place what = if not condition then fail place what

(* An object with exactly these keys: their values. *)
let fields value place names =
  match value with
  | Object l when List.sort compare (List.map fst l) = List.sort compare names ->
    List.map (fun name -> List.assoc name l) names
  | _ -> fail place ("it must be an object with exactly the fields " ^ String.concat ", " names)

let items value place = match value with List l -> l | _ -> fail place "it must be a list"

(* Lists can be long: List.map of OCaml 4 is not made for that. *)
let each f place value = List.rev (List.rev_map (fun x -> f x place) (items value place))

let quotient p q : Verified.q =
  let g = Z.gcd p q in
  { qnum = Z.divexact p g; qden = Z.divexact q g }

let all_digits s i j =
  let rec go k = k >= j || (s.[k] >= '0' && s.[k] <= '9' && go (k + 1)) in
  i < j && go i

let exact = Z.pow (Z.of_int 2) 53  (* JSON integers beyond this are no exact numbers *)

(* No zeros at the front, and no sign of zero. *)
let plain s i j = all_digits s i j && (s.[i] <> '0' || (j = i + 1 && i = 0))

let number value place : Verified.q =
  match value with
  | Int z ->
    need (Z.leq (Z.abs z) exact) place "an integer beyond 2^53 must be text";
    { qnum = z; qden = Z.one }
  | Text s ->
    let n = String.length s in
    let start = if n > 0 && s.[0] = '-' then 1 else 0 in
    let slash = match String.index_opt s '/' with Some k -> k | None -> n in
    need (n <= digits && plain s start slash && (slash = n || plain s (slash + 1) n)) place "it is no number";
    let p = Z.of_string (String.sub s 0 slash) in
    let q = if slash = n then Z.one else Z.of_string (String.sub s (slash + 1) (n - slash - 1)) in
    let written =
      if slash = n then Z.gt (Z.abs p) exact else Z.gt q Z.one && Z.equal (Z.gcd p q) Z.one in
    need written place "it must be an integer up to 2^53, or a reduced fraction";
    quotient p q
  | _ -> fail place "it is no number"

let whole value place =
  let exact = number value place in
  need (Z.equal exact.qden Z.one) place "it is no integer";
  exact.qnum

(* Places in lists are JSON integers. *)
let index value place = match value with Int z -> z | _ -> fail place "it is no JSON integer"

let widest = Z.pow (Z.of_int 10) 100

let width_of value place =
  let m = index value place in
  need (Z.lt m widest) place "it is 10^100 or more";
  m

let vector value place = each number place value
let integers value place = each whole place value
let indices value place = each index place value
let matrix value place = each vector place value
let or_null f value place = match value with Null -> None | _ -> Some (f value place)

let pair value place = match value with List [ a; b ] -> (a, b) | _ -> fail place "it must be a list of 2 entries"

let signs value place : Verified.sign list =
  match value with
  | Text s ->
    List.init (String.length s) (fun i ->
        match s.[i] with
        | '+' -> Verified.Pos
        | '-' -> Verified.Neg
        | '0' -> Verified.Zero
        | _ -> fail place "it must be text of signs + - 0")
  | _ -> fail place "it must be text of signs + - 0"

let mask value place =
  match value with
  | Text s ->
    List.init (String.length s) (fun i ->
        match s.[i] with '1' -> true | '0' -> false | _ -> fail place "it must be text of 0 and 1")
  | _ -> fail place "it must be text of 0 and 1"

let output_sign value place =
  match value with
  | Int z when Z.equal z Z.one -> true
  | Int z when Z.equal z Z.minus_one -> false
  | _ -> fail place "it must be 1 or -1"

let neuron value place = let m, o = pair value place in (mask m place, output_sign o place)

let region value place = let s, w = pair value place in (signs s place, vector w place)

let term value place = let i, c = pair value place in (index i place, number c place)

let regions value place : Verified.region_proof =
  match fields value place [ "regions"; "circuits"; "count" ] with
  | [ listed; circuits; count ] ->
    let counted = match count with Bool b -> b | _ -> fail (place ^ ".count") "it must be true or false" in
    let complete : Verified.completeness =
      if circuits = Null then begin
        need counted place "there is no proof of completeness";
        Counted
      end
      else
        match fields circuits (place ^ ".circuits") [ "table"; "leaves" ] with
        | [ table; leaves ] ->
          Circuits
            ( each (fun c p -> each term p c) (place ^ ".circuits.table") table,
              indices leaves (place ^ ".circuits.leaves") )
        | _ -> assert false in
    { listed = each region (place ^ ".regions") listed; complete }
  | _ -> assert false

(* The functions of a loss, the last to check the whole with it. *)
type loss = {
  value : Z.t option -> Verified.q -> Verified.q -> Verified.q option;
  conjugate : (Z.t * Z.t) option -> Verified.q -> Verified.q -> Verified.q option;
  allowed : bool;
  check : Verified.optimum -> bool;
}

let named (name : Verified.loss_name) =
  { value = Verified.exact_value name; conjugate = Verified.exact_conjugate name;
    allowed = Verified.check_loss name; check = Verified.check_optimum name }

let loss value =
  match fields value "input.loss" [ "name"; "threshold" ] with
  | [ Text "squared"; Null ] -> named Squared
  | [ Text "hinge"; Null ] -> named Hinge
  | [ Text "huber"; t ] -> named (Huber (number t "input.loss.threshold"))
  | [ Text "logistic"; Null ] ->
    { value = Verified.logistic_value; conjugate = Verified.logistic_below;
      allowed = true; check = Verified.check_logistic }
  | _ -> fail "input.loss" "it is no loss"

let weights value place : Verified.weights =
  match fields value place [ "first"; "second"; "output" ] with
  | [ first; second; output ] ->
    { first_layer = matrix first (place ^ ".first");
      second_layer = vector second (place ^ ".second");
      output_layer = vector output (place ^ ".output") }
  | _ -> assert false

let cover_entry value place : Verified.cover_entry =
  match value with
  | List [ o; plus; minus; good ] ->
    let multiplier v p = let i, l = pair v p in (index i p, whole l p) in
    let item v p = let j, terms = pair v p in (index j p, each multiplier p terms) in
    { of_plus = output_sign o place;
      plus = integers plus place;
      minus = integers (if minus = Null then plus else minus) place;
      good = each item place good }
  | _ -> fail place "it must be a list of 4 entries"

let dual value place : Verified.dual =
  match fields value place [ "scale"; "v"; "neurons"; "cover" ] with
  | [ scale; v; neurons; cover ] ->
    { scale_unit = number scale (place ^ ".scale");
      values = integers v (place ^ ".v");
      names = each neuron (place ^ ".neurons") neurons;
      cover = each cover_entry (place ^ ".cover") cover;
      replayed = None }
  | _ -> assert false

let optimum data claim network first duals : loss * Verified.optimum =
  (* weights of rows may be left out: then all are 1 *)
  let names = [ "rows"; "targets"; "beta"; "width"; "loss" ] in
  let named_weights, names =
    match data with
    | Object l when List.mem_assoc "weights" l -> (Some (List.assoc "weights" l), names @ [ "weights" ])
    | _ -> (None, names) in
  match
    ( fields data "input" names,
      fields claim "claim" [ "upper"; "lower" ],
      fields network "network" [ "subnetworks" ] )
  with
  | rows :: targets :: beta :: width :: called :: _, [ upper; lower ], [ subnetworks ] ->
    ( loss called,
    { rows = matrix rows "input.rows";
      row_weights =
        (match named_weights with
         | Some w -> vector w "input.weights"
         | None -> each (fun _ _ -> quotient Z.one Z.one) "input.rows" rows);
      targets = matrix targets "input.targets";
      beta = number beta "input.beta";
      width = or_null width_of width "input.width";
      upper = number upper "claim.upper";
      lower = number lower "claim.lower";
      network = each weights "network.subnetworks" subnetworks;
      first_regions = regions first "first";
      dual_vectors = each dual "dual" duals;
      loss_bounds = [];
      entropy_bounds = [] } )
  | _ -> assert false

let second_layer_tuple value place : Verified.tuple_proof =
  match fields value place [ "neurons"; "cells"; "leaves" ] with
  | [ neurons; cells; leaves ] ->
    let cell v p = let s, w = pair v p in (signs s p, matrix w p) in
    let term v p =
      match v with
      | List [ j; i; c ] -> ((index j p, index i p), number c p)
      | _ -> fail p "it must be a list of 3 entries" in
    { members = each neuron (place ^ ".neurons") neurons;
      cells = each cell (place ^ ".cells") cells;
      cell_leaves = each (fun v p -> each term p v) (place ^ ".leaves") leaves }
  | _ -> assert false

let pairs_claim value : Verified.pairs_claim =
  match fields value "claim" [ "regions"; "tuples"; "pairs"; "masks" ] with
  | [ regions; tuples; pairs; masks ] ->
    { regions_claimed = whole regions "claim.regions";
      tuples_claimed = whole tuples "claim.tuples";
      pairs_claimed = whole pairs "claim.pairs";
      masks_claimed = whole masks "claim.masks" }
  | _ -> assert false
