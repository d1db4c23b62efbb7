(* A strict reader of JSON: no key twice, no floating-point numbers, text in UTF-8. Not verified. *)

type t =
  | Null
  | Bool of bool
  | Int of Z.t
  | Text of string  (* UTF-8; a surrogate alone is kept as three bytes *)
  | List of t list
  | Object of (string * t) list

exception Bad of string

let digits = 100_000  (* of a number as text *)
let literal = 600  (* of a JSON integer *)
let depth_limit = 100  (* levels of lists and objects *)

let fail place what = raise (Bad (place ^ ": " ^ what))

(* The length of the UTF-8 sequence at a place, 0 if there is none. *)
let sequence s i =
  let n = String.length s in
  let at k = if i + k < n then Char.code s.[i + k] else 0 in
  let tail k = at k land 0xC0 = 0x80 in
  let a = at 0 in
  if a < 0x80 then 1
  else if a >= 0xC2 && a <= 0xDF && tail 1 then 2
  else if a >= 0xE0 && a <= 0xEF && tail 1 && tail 2
          && not (a = 0xE0 && at 1 < 0xA0) && not (a = 0xED && at 1 >= 0xA0) then 3
  else if a >= 0xF0 && a <= 0xF4 && tail 1 && tail 2 && tail 3
          && not (a = 0xF0 && at 1 < 0x90) && not (a = 0xF4 && at 1 >= 0x90) then 4
  else 0

let is_utf8 s =
  let n = String.length s in
  let rec go i = i >= n || (match sequence s i with 0 -> false | k -> go (i + k)) in
  go 0

let add_code buffer c =
  let add k = Buffer.add_char buffer (Char.chr k) in
  if c < 0x80 then add c
  else if c < 0x800 then (add (0xC0 lor (c lsr 6)); add (0x80 lor (c land 0x3F)))
  else if c < 0x10000 then
    (add (0xE0 lor (c lsr 12)); add (0x80 lor ((c lsr 6) land 0x3F)); add (0x80 lor (c land 0x3F)))
  else
    (add (0xF0 lor (c lsr 18)); add (0x80 lor ((c lsr 12) land 0x3F));
     add (0x80 lor ((c lsr 6) land 0x3F)); add (0x80 lor (c land 0x3F)))

let parse place s =
  let n = String.length s in
  let i = ref 0 in
  let bad what = fail place (Printf.sprintf "%s at byte %d" what !i) in
  let peek () = if !i < n then s.[!i] else '\000' in
  let rec blank () =
    if !i < n && (match s.[!i] with ' ' | '\t' | '\n' | '\r' -> true | _ -> false) then (incr i; blank ()) in
  let word w v =
    let k = String.length w in
    if !i + k <= n && String.sub s !i k = w then (i := !i + k; v) else bad "this is no JSON" in
  let hex () =
    if !i + 4 > n then bad "an escape is cut short";
    let code = ref 0 in
    for k = !i to !i + 3 do
      let d = match s.[k] with
        | '0' .. '9' as c -> Char.code c - 48
        | 'a' .. 'f' as c -> Char.code c - 87
        | 'A' .. 'F' as c -> Char.code c - 55
        | _ -> bad "an escape is no number" in
      code := (!code * 16) + d
    done;
    i := !i + 4;
    !code in
  let text () =
    incr i;
    let buffer = Buffer.create 32 in
    let rec go () =
      if !i >= n then bad "text does not end";
      match s.[!i] with
      | '"' -> incr i
      | '\\' ->
        incr i;
        let c = peek () in
        incr i;
        (match c with
         | '"' | '\\' | '/' -> Buffer.add_char buffer c
         | 'b' -> Buffer.add_char buffer '\b'
         | 'f' -> Buffer.add_char buffer '\012'
         | 'n' -> Buffer.add_char buffer '\n'
         | 'r' -> Buffer.add_char buffer '\r'
         | 't' -> Buffer.add_char buffer '\t'
         | 'u' ->
           let high = hex () in
           if high >= 0xD800 && high < 0xDC00 && !i + 6 <= n && s.[!i] = '\\' && s.[!i + 1] = 'u' then begin
             let back = !i in
             i := !i + 2;
             let low = hex () in
             if low >= 0xDC00 && low < 0xE000 then
               add_code buffer (0x10000 + ((high - 0xD800) lsl 10) + (low - 0xDC00))
             else (i := back; add_code buffer high)
           end
           else add_code buffer high
         | _ -> bad "an escape is not known");
        go ()
      | c when Char.code c < 32 -> bad "a control character stands in text"
      | c -> Buffer.add_char buffer c; incr i; go () in
    go ();
    Buffer.contents buffer in
  let number () =
    let start = !i in
    if peek () = '-' then incr i;
    let first = !i in
    while !i < n && s.[!i] >= '0' && s.[!i] <= '9' do incr i done;
    let k = !i - first in
    if k = 0 || (k > 1 && s.[first] = '0') then bad "this is no number";
    (match peek () with '.' | 'e' | 'E' -> bad "a number is no integer; fractions are text, p/q" | _ -> ());
    if !i - start = 2 && s.[start] = '-' && s.[first] = '0' then bad "0 has no sign";
    if k > literal then bad (Printf.sprintf "an integer of %d digits must be text" k);
    Int (Z.of_string (String.sub s start (!i - start))) in
  let rec value depth =
    blank ();
    if depth > depth_limit && (peek () = '{' || peek () = '[') then bad "it is nested too deeply";
    match peek () with
    | '{' -> incr i; members depth
    | '[' -> incr i; elements depth
    | '"' -> Text (text ())
    | 'n' -> word "null" Null
    | 't' -> word "true" (Bool true)
    | 'f' -> word "false" (Bool false)
    | _ -> number ()
  and elements depth =
    blank ();
    if peek () = ']' then (incr i; List [])
    else begin
      let rec go l =
        let l = value (depth + 1) :: l in
        blank ();
        match peek () with
        | ',' -> incr i; go l
        | ']' -> incr i; List (List.rev l)
        | _ -> bad "a list does not go on" in
      go []
    end
  and members depth =
    blank ();
    if peek () = '}' then (incr i; Object [])
    else begin
      let seen = Hashtbl.create 8 in
      let rec go l =
        blank ();
        if peek () <> '"' then bad "a key is missing";
        let key = text () in
        if Hashtbl.mem seen key then bad "a key is repeated";
        Hashtbl.add seen key ();
        blank ();
        if peek () <> ':' then bad "a colon is missing";
        incr i;
        let l = (key, value (depth + 1)) :: l in
        blank ();
        match peek () with
        | ',' -> incr i; go l
        | '}' -> incr i; Object (List.rev l)
        | _ -> bad "an object does not go on" in
      go []
    end in
  let result = value 1 in
  blank ();
  if !i < n then bad "something follows the value";
  result

(* The way of writing whose hash is in the file: keys sorted, no spaces, ASCII. *)
let canonical value =
  let buffer = Buffer.create 1000 in
  let put = Buffer.add_string buffer in
  let text s =
    let n = String.length s in
    let unit c = put (Printf.sprintf "\\u%04x" c) in
    let rec go i =
      if i < n then begin
        let c = Char.code s.[i] in
        let at k = Char.code s.[i + k] land 0x3F in
        match s.[i] with
        | '"' -> put "\\\""; go (i + 1)
        | '\\' -> put "\\\\"; go (i + 1)
        | '\n' -> put "\\n"; go (i + 1)
        | '\r' -> put "\\r"; go (i + 1)
        | '\t' -> put "\\t"; go (i + 1)
        | '\b' -> put "\\b"; go (i + 1)
        | '\012' -> put "\\f"; go (i + 1)
        | _ when c < 32 || c = 127 -> unit c; go (i + 1)
        | _ when c < 128 -> Buffer.add_char buffer s.[i]; go (i + 1)
        | _ when c < 0xE0 -> unit (((c land 0x1F) lsl 6) lor at 1); go (i + 2)
        | _ when c < 0xF0 -> unit (((c land 0x0F) lsl 12) lor (at 1 lsl 6) lor at 2); go (i + 3)
        | _ ->
          let code = ((c land 0x07) lsl 18) lor (at 1 lsl 12) lor (at 2 lsl 6) lor at 3 in
          unit (0xD800 + ((code - 0x10000) lsr 10));
          unit (0xDC00 + ((code - 0x10000) land 0x3FF));
          go (i + 4)
      end in
    put "\""; go 0; put "\"" in
  let separated f l = List.iteri (fun k x -> if k > 0 then put ","; f x) l in
  let rec go = function
    | Null -> put "null"
    | Bool b -> put (string_of_bool b)
    | Int z -> put (Z.to_string z)
    | Text s -> text s
    | List l -> put "["; separated go l; put "]"
    | Object l ->
      let sorted = List.sort (fun (a, _) (b, _) -> compare a b) l in
      put "{"; separated (fun (k, v) -> text k; put ":"; go v) sorted; put "}" in
  go value;
  Buffer.contents buffer
