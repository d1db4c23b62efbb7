(* A certificate as one JSON object, or as JSON Lines: a header that names the place of a list, its elements, an end. *)

open Json

let read path =
  let channel = open_in_bin path in
  Fun.protect
    ~finally:(fun () -> close_in channel)
    (fun () -> really_input_string channel (in_channel_length channel))

let is_blank line =
  let rec go i =
    i >= String.length line
    || (match line.[i] with ' ' | '\t' | '\r' -> go (i + 1) | _ -> false) in
  go 0

let contains text part =
  let n = String.length text and k = String.length part in
  let rec go i = i + k <= n && (String.sub text i k = part || go (i + 1)) in
  go 0

(* Put a list where the header says: "a.b" is the field b of the object a. *)
let rec insert place path value header =
  match (header, path) with
  | Object l, [ name ] ->
    if List.mem_assoc name l then fail place "its list is there already";
    Object ((name, value) :: l)
  | Object l, key :: rest ->
    if not (List.mem_assoc key l) then fail place "its list has no place";
    Object (List.map (fun (k, v) -> (k, if k = key then insert place rest value v else v)) l)
  | _ -> fail place "its list has no place"

let load path =
  let text = read path in
  Limits.watch_memory (String.length text);
  if String.length text > 1 && text.[0] = '\x1f' && text.[1] = '\x8b' then
    fail "file" "it is compressed; unpack it first (gunzip)";
  if not (is_utf8 text) then fail "file" "it is not UTF-8";
  let lines = List.filter (fun line -> not (is_blank line)) (String.split_on_char '\n' text) in
  match lines with
  | first :: (_ :: _ as rest) when contains first "\"stream\"" ->
    let header = parse "line 1" first in
    let last, elements =
      match List.rev rest with last :: elements -> (last, elements) | [] -> assert false in
    (match parse "the last line" last with
     | Object [ ("end", Int n) ] when Z.equal n (Z.of_int (List.length elements)) -> ()
     | _ -> fail "the last line" "it must count the lines, else the file is cut short");
    (match header with
     | Object l ->
       (match List.assoc_opt "stream" l with
        | Some (Text stream) ->
          let value = List (List.rev_map (parse "a line") elements) in
          insert "line 1" (String.split_on_char '.' stream) value (Object (List.remove_assoc "stream" l))
        | _ -> fail "line 1" "it is no header")
     | _ -> fail "line 1" "it is no header")
  | _ -> parse "file" text
