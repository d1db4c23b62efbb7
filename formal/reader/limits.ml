(* What keeps a small file from asking for much time or memory. Not verified: it only says no. *)

open Json

let denominator_bits = 40_000  (* of the least common multiple of all denominators; certificates have a few hundred *)
let words = 20_000_000  (* of the heap, 160 MB, *)
let words_a_byte = 6  (* and more for a longer file *)

let is_fraction s =
  let digits i j =
    let rec go k = k >= j || (s.[k] >= '0' && s.[k] <= '9' && go (k + 1)) in
    i < j && go i in
  match String.index_opt s '/' with
  | Some k -> digits (if s.[0] = '-' then 1 else 0) k && digits (k + 1) (String.length s)
  | None -> false

(* Sums of fractions have denominators as long as this. *)
let check_denominators content =
  let common = ref Z.one in
  let add s =
    let k = String.index s '/' + 1 in
    let q = Z.of_string (String.sub s k (String.length s - k)) in
    if Z.sign q > 0 && not (Z.divisible !common q) then common := Z.lcm !common q;
    if Z.numbits !common > denominator_bits then
      fail "file" (Printf.sprintf "its denominators have a common multiple of more than %d bits" denominator_bits) in
  let rec go = function
    | [] -> ()
    | Text s :: rest -> if String.length s <= digits && is_fraction s then add s; go rest
    | List l :: rest -> go l; go rest
    | Object l :: rest -> List.iter (fun (_, v) -> go [ v ]) l; go rest
    | _ :: rest -> go rest in
  go [ content ]

exception Too_much_memory

(* From now on, for a file of so many bytes. *)
let watch_memory bytes =
  let most = words + (words_a_byte * bytes) in
  ignore (Gc.create_alarm (fun () -> if (Gc.quick_stat ()).heap_words > most then raise Too_much_memory))
