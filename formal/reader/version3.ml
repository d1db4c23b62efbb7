(* Certificates of version 3, written as those of the version before, which the verified functions are asked about.
   Signs are read from trees, and neurons by their numbers. The tokens of covers and the bounds of logarithms go to the
   verified functions as they are. Not verified. *)

open Json
open Certificate

let text value place = match value with Text s -> s | _ -> fail place "it must be text"

(* The prefixes of full depth of a tree: for each shorter one the sign that follows, or * for both. *)
let prefixes tree depth place =
  let used = ref 0 and found = ref [] and stack = ref [ "" ] in
  let rec go () =
    match !stack with
    | [] -> ()
    | p :: rest ->
      stack := rest;
      if String.length p = depth then found := p :: !found
      else begin
        need (!used < String.length tree) place "it ends early";
        (match tree.[!used] with
         | '*' -> stack := (p ^ "+") :: (p ^ "-") :: rest
         | '+' -> stack := (p ^ "+") :: rest
         | '-' -> stack := (p ^ "-") :: rest
         | _ -> fail place "it must be text of + - *");
        incr used
      end;
      go () in
  go ();
  need (!used = String.length tree) place "not all of it is of use";
  List.rev !found

(* Signs at some rows, in order; at the others those of `blank`. *)
let filled blank rows prefix =
  let signs = Bytes.of_string blank in
  List.iteri (fun k i -> Bytes.set signs i prefix.[k]) rows;
  Bytes.to_string signs

let together a b place =
  need (List.length a = List.length b) place "there are more or fewer than its tree has";
  List.rev (List.rev_map2 (fun x y -> List [ x; y ]) a b)

(* A flat list as a list of lists of one length. *)
let grouped size value place =
  let rec go l group left found =
    match (l, left) with
    | [], n when n = size -> List.rev found
    | [], _ -> fail place "it ends within a group"
    | x :: l', 1 -> go l' [] size (List (List.rev (x :: group)) :: found)
    | x :: l', n -> go l' (x :: group) (n - 1) found in
  List (go (items value place) [] size [])

let mapped f value place = List (List.rev (List.rev_map f (items value place)))

(* The rows that are not zero, and the number of all. *)
let decided rows offsets =
  let zero (q : Verified.q) = Z.sign q.qnum = 0 in
  let normals = matrix rows "input.rows" in
  let shifts =
    match or_null vector offsets "input.offsets" with
    | Some b -> b
    | None -> List.map (fun _ -> quotient Z.zero Z.one) normals in
  need (List.length shifts = List.length normals) "input.offsets" "there is one for each row";
  let all = List.mapi (fun i (row, b) -> (i, row, b)) (List.combine normals shifts) in
  (List.map (fun (i, _, _) -> i) (List.filter (fun (_, row, b) -> not (List.for_all zero (b :: row))) all),
   List.length normals)

(* A circuit has terms, no row twice, and no number 0. *)
let circuit value =
  let place = "first.circuits" in
  let terms = grouped 2 value place in
  let row v = match v with List [ i; _ ] -> index i place | _ -> fail place "it is no circuit" in
  let factor v = match v with List [ _; c ] -> number c place | _ -> fail place "it is no circuit" in
  let rows = List.sort_uniq Z.compare (each (fun v _ -> row v) place terms) in
  let factors = each (fun v _ -> factor v) place terms in
  need (rows <> [] && List.length rows = List.length factors) place "it is empty, or a row is there twice";
  need (List.for_all (fun (q : Verified.q) -> Z.sign q.qnum <> 0) factors) place "a number is 0";
  terms

(* `first` of the version before, and the signs of the regions. *)
let first_layer value (rows, n) =
  match fields value "first" [ "regions"; "tree"; "circuits"; "leaves"; "count" ] with
  | [ listed; tree; circuits; leaves; count ] ->
    let found = prefixes (text tree "first.tree") (List.length rows) "first.tree" in
    let signs = List.rev (List.rev_map (filled (String.make n '0') rows) found) in
    let names = List.rev (List.rev_map (fun s -> Text s) signs) in
    let circuits = mapped circuit circuits "first.circuits" in
    (Object
       [ ("regions", List (together names (items listed "first.regions") "first.regions"));
         ("circuits", Object [ ("table", circuits); ("leaves", leaves) ]);
         ("count", count) ],
     Array.of_list signs)
  | _ -> assert false

(* 2 r is the region r with output sign 1, 2 r + 1 that with -1: signs and output sign. *)
let numbered signs value place =
  let k = index value place in
  need (Z.sign k >= 0 && Z.lt k (Z.of_int (2 * Array.length signs))) place "it is no neuron";
  let k = Z.to_int k in
  need (String.contains signs.(k / 2) '+') place "the region has no active row";
  (signs.(k / 2), if k mod 2 = 0 then 1 else -1)

let mask_and_sign (signs, o) =
  List [ Text (String.map (fun c -> if c = '-' then '0' else '1') signs); Int (Z.of_int o) ]

(* The signs that a tuple leaves no choice, and the rows where it does. *)
let forced neurons n =
  let active i o = List.exists (fun (signs, own) -> own = o && signs.[i] = '+') neurons in
  let sign i = match (active i 1, active i (-1)) with true, false -> '+' | false, true -> '-' | _ -> '0' in
  (String.init n sign, List.filter (fun i -> active i 1 && active i (-1)) (List.init n (fun i -> i)))

let pairs_of_tuple signs n value =
  match fields value "tuples" [ "neurons"; "cells"; "tree"; "leaves" ] with
  | [ neurons; cells; tree; leaves ] ->
    let neurons = List.map (fun v -> numbered signs v "tuples.neurons") (items neurons "tuples.neurons") in
    let blank, mixed = forced neurons n in
    let found = prefixes (text tree "tuples.tree") (List.length mixed) "tuples.tree" in
    let names = List.map (fun p -> Text (filled blank mixed p)) found in
    Object
      [ ("neurons", List (List.map mask_and_sign neurons));
        ("cells", List (together names (items cells "tuples.cells") "tuples.cells"));
        ("leaves", mapped (fun leaf -> grouped 3 leaf "tuples.leaves") leaves "tuples.leaves") ]
  | _ -> assert false

let token entries value place =
  let t = index value place in
  need (Z.geq t (Z.of_int (-2)) && Z.lt t (Z.of_int entries)) place "it is no token";
  t

let cover_for o value place =
  match fields value place [ "entries"; "tree" ] with
  | [ entries; tree ] ->
    let entries = items entries place in
    let tokens = each (token (List.length entries)) (place ^ ".tree") tree in
    let good item =
      match items item place with
      | j :: terms -> List [ j; grouped 2 (List terms) place ]
      | [] -> fail place "a neuron is missing" in
    let entry value =
      match value with
      | List [ plus; minus; named ] -> List [ Int (Z.of_int o); plus; minus; mapped good named place ]
      | _ -> fail place "it must be a list of 3 entries" in
    (List.rev (List.rev_map entry entries), tokens)
  | _ -> assert false

(* A dual vector of the version before, and the tokens of both covers. *)
let dual_vector signs value =
  match fields value "dual" [ "scale"; "v"; "order"; "covers" ] with
  | [ scale; v; order; covers ] ->
    let (above, tokens_above), (below, tokens_below) =
      match covers with
      | List [ plus; minus ] -> (cover_for 1 plus "dual.covers[0]", cover_for (-1) minus "dual.covers[1]")
      | _ -> fail "dual.covers" "it must be a list of 2 entries" in
    let names = mapped (fun v -> mask_and_sign (numbered signs v "dual.order")) order "dual.order" in
    let cover = List (List.rev_append (List.rev above) below) in
    (Object [ ("scale", scale); ("v", v); ("neurons", names); ("cover", cover) ], (tokens_above, tokens_below))
  | _ -> assert false

(* Names are null or as many texts as there are columns, outputs or classes. *)
let texts value length place =
  match value with
  | Null -> ()
  | List l -> need (List.length l = length && List.for_all (fun x -> match x with Text _ -> true | _ -> false) l) place
                "it must be null or a list of as many texts"
  | _ -> fail place "it must be null or a list of texts"

let width_of_rows rows = match matrix rows "input.rows" with row :: _ -> List.length row | [] -> 0

let one_or_minus_one (q : Verified.q) = Z.equal q.qden Z.one && Z.equal (Z.abs q.qnum) Z.one

(* Bounds of logarithms, for each output and row. *)
let logarithm_bounds value outputs rows =
  let unit v p =
    let t = whole v p in
    need (Z.sign t >= 0) p "it is below 0";
    t in
  let units v p = let a, b = pair v p in (unit a p, unit b p) in
  let table f v p =
    let found = each (fun l p -> each f p l) p v in
    need (List.length found = outputs && List.for_all (fun l -> List.length l = rows) found) p
      "there must be one for each output and row";
    found in
  match fields value "logarithms" [ "losses"; "entropies" ] with
  | [ losses; entropies ] ->
    (table unit losses "logarithms.losses", table units entropies "logarithms.entropies")
  | _ -> assert false

(* The input of the version before. *)
let question data =
  let names = [ "rows"; "targets"; "weights"; "beta"; "width"; "loss"; "columns"; "outputs"; "classes" ] in
  match fields data "input" names with
  | [ rows; targets; weights; beta; width; loss; columns; outputs; classes ] ->
    let ys = each vector "input.targets" targets in
    let count = List.length ys in
    texts columns (width_of_rows rows) "input.columns";
    texts outputs count "input.outputs";
    texts classes (if count = 1 then 2 else count) "input.classes";
    need (classes = Null || List.for_all (List.for_all one_or_minus_one) ys) "input.classes" "a target is not 1 or -1";
    let own = if weights = Null then [] else [ ("weights", weights) ] in
    Object ([ ("rows", rows); ("targets", targets); ("beta", beta); ("width", width); ("loss", loss) ] @ own)
  | _ -> assert false

let regions data first =
  match fields data "input" [ "rows"; "offsets"; "columns" ] with
  | [ rows; offsets; columns ] ->
    texts columns (width_of_rows rows) "input.columns";
    (Object [ ("rows", rows); ("offsets", offsets) ], fst (first_layer first (decided rows offsets)))
  | _ -> assert false

let pairs data first tuples =
  match fields data "input" [ "rows"; "width"; "columns" ] with
  | [ rows; width; columns ] ->
    texts columns (width_of_rows rows) "input.columns";
    let all, n = decided rows Null in
    let first, signs = first_layer first (all, n) in
    (Object [ ("rows", rows); ("width", width) ], first, mapped (pairs_of_tuple signs n) tuples "tuples")
  | _ -> assert false

(* The input, the regions and the dual vectors of the version before; the tokens of their covers, and bounds. *)
let optimum data first duals logarithms =
  let given = question data in
  let rows, targets, logistic =
    match given with
    | Object l ->
      ( List.assoc "rows" l,
        items (List.assoc "targets" l) "input.targets",
        match List.assoc "loss" l with
        | Object loss -> List.assoc_opt "name" loss = Some (Text "logistic")
        | _ -> false )
    | _ -> assert false in
  let bounds =
    match logarithms with
    | Null -> need (not logistic) "logarithms" "they are missing"; ([], [])
    | value ->
      need logistic "logarithms" "this loss has none";
      logarithm_bounds value (List.length targets) (List.length (items rows "input.rows")) in
  let first, signs = first_layer first (decided rows Null) in
  let vectors, tokens = List.split (List.map (dual_vector signs) (items duals "dual")) in
  (given, first, List vectors, tokens, bounds)

(* What is asked about, with the tokens and bounds of the file. *)
let followed tokens (loss_bounds, entropy_bounds) (c : Verified.optimum) : Verified.optimum =
  let dual_vectors = List.map2 (fun (d : Verified.dual) t -> { d with replayed = Some t }) c.dual_vectors tokens in
  { c with dual_vectors; loss_bounds; entropy_bounds }
