(* checker FILE: ask the verified functions about a certificate.
   Status 0: accepted. 3: rejected, with a reason. 2: no such file. *)

open Certificate

(* Whether it is version 3, and not the one before. *)
let is_new content earlier =
  match content with
  | Json.Object l ->
    (match List.assoc_opt "version" l with
     | Some (Json.Int z) when Z.equal z (Z.of_int 3) -> true
     | Some (Json.Int z) when Z.equal z (Z.of_int earlier) -> false
     | _ -> Json.fail "version" (Printf.sprintf "it is not %d or 3" earlier))
  | _ -> false

let provenance value data =
  match fields value "provenance" [ "software"; "parameters"; "sha256" ] with
  | [ Json.Text _; Json.Object _; Json.Text digest ] ->
    need (digest = Sha256.hex (Json.canonical data)) "provenance.sha256" "it is not that of the input"
  | _ -> Json.fail "provenance" "it names software, parameters and sha256"

(* The verified parts in order; the first that is false is named. What is asked for in the end is the whole. *)
let verdict parts whole =
  match List.find_opt (fun (_, holds) -> not (holds ())) parts with
  | Some (what, _) -> Json.fail what "the verified checker says no"
  | None -> need (whole ()) "file" "the verified checker says no"

(* A fraction with 15 decimals, rounded by a division that rounds down, or up. *)
let decimal divide (q : Verified.q) =
  let places = 15 in
  let scaled = divide (Z.mul q.qnum (Z.pow (Z.of_int 10) places)) q.qden in
  let digits = Z.to_string (Z.abs scaled) in
  let digits = String.make (max 0 (places + 1 - String.length digits)) '0' ^ digits in
  let n = String.length digits - places in
  (if Z.sign scaled < 0 then "-" else "") ^ String.sub digits 0 n ^ "." ^ String.sub digits n places

let check content =
  let kind = match content with Json.Object l -> List.assoc_opt "format" l | _ -> None in
  match kind with
  | Some (Json.Text "multilayer-arrangements/regions") ->
    let now = is_new content 1 in
    (match fields content "file" [ "format"; "version"; "provenance"; "input"; "claim"; "first" ] with
     | [ _; _; origin; data; claim; first ] ->
       provenance origin data;
       let data, first = if now then Version3.regions data first else (data, first) in
       (match (fields data "input" [ "rows"; "offsets" ], fields claim "claim" [ "regions" ]) with
        | [ rows; offsets ], [ claimed ] ->
          let rows = matrix rows "input.rows" and offsets = or_null vector offsets "input.offsets" in
          let claimed = whole claimed "claim.regions" and proof = regions first "first" in
          let whole () = Verified.check_regions rows offsets proof claimed in
          if not (whole ()) then
            verdict [ ("first", fun () -> Verified.check_region_proof rows offsets proof); ("claim", whole) ] whole;
          Z.to_string claimed ^ " regions"
        | _ -> assert false)
     | _ -> assert false)
  | Some (Json.Text "multilayer-arrangements/optimum") ->
    let now = is_new content 2 in
    let names = [ "format"; "version"; "provenance"; "input"; "claim"; "network"; "first"; "dual" ] in
    (match fields content "file" (if now then names @ [ "logarithms" ] else names) with
     | _ :: _ :: origin :: data :: claim :: network :: first :: duals :: logarithms ->
       provenance origin data;
       let loss, c =
         match logarithms with
         | [ logarithms ] ->
           let data, first, duals, tokens, bounds = Version3.optimum data first duals logarithms in
           let loss, c = optimum data claim network first duals in
           (loss, Version3.followed tokens bounds c)
         | _ -> optimum data claim network first duals in
       let whole () = loss.check c in
       if not (whole ()) then
         verdict
           [ ("input.loss", fun () -> loss.allowed);
             ("input", fun () -> Verified.check_input c);
             ("network, or claim.upper", fun () -> Verified.check_upper loss.value c);
             ("first", fun () -> Verified.check_first_layer c);
             ("dual", fun () -> Verified.check_duals c);
             ("claim.lower", fun () -> Verified.check_lower loss.conjugate c) ]
           whole;
       let width = match c.width with Some m -> "width " ^ Z.to_string m | None -> "unlimited width" in
       Printf.sprintf "the optimum of %s is between %s and %s (rounded outwards)" width
         (decimal Z.fdiv c.lower) (decimal Z.cdiv c.upper)
     | _ -> assert false)
  | Some (Json.Text "multilayer-arrangements/second-layer") ->
    let now = is_new content 1 in
    (match fields content "file" [ "format"; "version"; "provenance"; "input"; "claim"; "first"; "tuples" ] with
     | [ _; _; origin; data; claim; first; tuples ] ->
       provenance origin data;
       let data, first, tuples = if now then Version3.pairs data first tuples else (data, first, tuples) in
       (match fields data "input" [ "rows"; "width" ] with
        | [ rows; width ] ->
          let rows = matrix rows "input.rows" and width = width_of width "input.width" in
          let proof = regions first "first" and tuples = each second_layer_tuple "tuples" tuples in
          let claim = pairs_claim claim in
          let whole () = Verified.check_second_layer rows width proof tuples claim in
          if not (whole ()) then
            verdict
              [ ("first", fun () -> Verified.check_region_proof rows None proof);
                ("tuples, or claim", whole) ]
              whole;
          Printf.sprintf "%s regions; %s tuples, %s pairs and %s masks of width %s"
            (Z.to_string claim.regions_claimed) (Z.to_string claim.tuples_claimed) (Z.to_string claim.pairs_claimed)
            (Z.to_string claim.masks_claimed) (Z.to_string width)
        | _ -> assert false)
     | _ -> assert false)
  | _ -> Json.fail "format" "it is not known"

let () =
  match Sys.argv with
  | [| _; path |] ->
    (match
       let content = File.load path in
       Limits.check_denominators content;
       check content
     with
     | claim -> print_endline ("accepted: " ^ claim)
     | exception Json.Bad reason -> print_endline ("rejected: " ^ reason); exit 3
     | exception Stack_overflow -> print_endline "rejected: it takes more memory than the stack has"; exit 3
     | exception Limits.Too_much_memory ->
       print_endline "rejected: file: it takes more memory than a file of its size may"; exit 3
     | exception Out_of_memory -> print_endline "rejected: it takes more memory than there is"; exit 3
     | exception Sys_error reason -> prerr_endline (reason ^ ": cannot be read"); exit 2)
  | _ -> prerr_endline "usage: checker FILE"; exit 2
