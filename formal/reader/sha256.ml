(* SHA-256 of a string, in hexadecimal (FIPS 180-4). The round constants are the first 32 bits of the fractional parts
   of the cube roots, the initial values those of the square roots, of the first primes. *)

let primes =
  let rec go n l = if List.length l = 64 then List.rev l
    else go (n + 1) (if List.exists (fun p -> n mod p = 0) l then l else n :: l) in
  go 2 []

(* floor(p^(1/k) 2^32) mod 2^32, exactly *)
let root_bits k p =
  let scaled = Z.shift_left (Z.of_int p) (32 * k) in
  Z.to_int (Z.extract (Z.root scaled k) 0 32)

let constants = Array.of_list (List.map (root_bits 3) primes)
let initial = Array.of_list (List.map (root_bits 2) (List.filteri (fun i _ -> i < 8) primes))

let mask = 0xFFFFFFFF
let rotate x k = ((x lsr k) lor (x lsl (32 - k))) land mask

let hex message =
  let n = String.length message in
  let padded = Bytes.make ((n + 8) / 64 * 64 + 64) '\000' in
  Bytes.blit_string message 0 padded 0 n;
  Bytes.set padded n '\128';
  Bytes.set_int64_be padded (Bytes.length padded - 8) (Int64.of_int (8 * n));
  let h = Array.copy initial and w = Array.make 64 0 in
  for block = 0 to Bytes.length padded / 64 - 1 do
    for t = 0 to 15 do
      w.(t) <- Int32.to_int (Bytes.get_int32_be padded ((64 * block) + (4 * t))) land mask
    done;
    for t = 16 to 63 do
      let a = w.(t - 15) and b = w.(t - 2) in
      let s0 = rotate a 7 lxor rotate a 18 lxor (a lsr 3) and s1 = rotate b 17 lxor rotate b 19 lxor (b lsr 10) in
      w.(t) <- (w.(t - 16) + s0 + w.(t - 7) + s1) land mask
    done;
    let v = Array.copy h in
    for t = 0 to 63 do
      let a = v.(0) and e = v.(4) in
      let s1 = rotate e 6 lxor rotate e 11 lxor rotate e 25 in
      let choice = (e land v.(5)) lxor (lnot e land mask land v.(6)) in
      let t1 = v.(7) + s1 + choice + constants.(t) + w.(t) in
      let s0 = rotate a 2 lxor rotate a 13 lxor rotate a 22 in
      let majority = (a land v.(1)) lxor (a land v.(2)) lxor (v.(1) land v.(2)) in
      Array.blit v 0 v 1 7;
      v.(4) <- (v.(4) + t1) land mask;
      v.(0) <- (t1 + s0 + majority) land mask
    done;
    Array.iteri (fun i x -> h.(i) <- (h.(i) + x) land mask) v
  done;
  String.concat "" (Array.to_list (Array.map (Printf.sprintf "%08x") h))
