//! Deflate (RFC 1950, 1951) for the dots of a picture, most of which are like those beside them or above them.
//!
//! What repeats is looked for at two places only: one byte back and one row back. That takes a fraction of the time of a
//! search through all that went before, and dots of text and bars that are drawn on whole dots hardly pack larger.

/// Shortest and longest repetition.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;
/// How far back one can look.
const WINDOW: usize = 32_768;
/// Pieces coded with the same codes.
const BLOCK: usize = 32_768;
/// Ends a block.
const END: usize = 256;
/// Codes of bytes, of the end of a block and of lengths.
const LETTERS: usize = 286;
/// Codes of distances; of them two are used.
const DISTANCES: usize = 30;
/// The order in which the lengths of the codes of code lengths stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Packs rows of so many bytes to a zlib stream. Same bytes, same stream.
pub(super) fn packed(bytes: &[u8], row: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x78, 0x01], held: 0, count: 0 };
    let mut pieces = Pieces { bytes, row: row.clamp(2, WINDOW), at: 0 };
    let mut block = Vec::with_capacity(BLOCK);
    loop {
        block.clear();
        block.extend(pieces.by_ref().take(BLOCK));
        let is_last = pieces.at == bytes.len();
        write_block(&mut bits, &block, pieces.row, is_last);
        if is_last {
            break;
        }
    }
    bits.flush();
    bits.bytes.extend(adler(bytes).to_be_bytes());
    bits.bytes
}

/// A byte, or a repetition.
#[derive(Clone, Copy)]
enum Piece {
    Byte(u8),
    Again { length: usize, of_row: bool },
}

struct Pieces<'a> {
    bytes: &'a [u8],
    /// Bytes back to the row above.
    row: usize,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let byte = *self.bytes.get(self.at)?;
        let beside = self.repeated(1);
        let (length, of_row) = match beside {
            LONGEST => (beside, false),
            _ => {
                let above = self.repeated(self.row);
                (above.max(beside), above > beside)
            }
        };
        if length < SHORTEST {
            self.at += 1;
            return Some(Piece::Byte(byte));
        }
        self.at += length;
        Some(Piece::Again { length, of_row })
    }
}

impl Pieces<'_> {
    /// How many bytes are the same as those so far back.
    fn repeated(&self, distance: usize) -> usize {
        let Some(start) = self.at.checked_sub(distance) else { return 0 };
        if self.bytes[start] != self.bytes[self.at] {
            return 0;
        }
        let end = self.bytes.len().min(self.at + LONGEST);
        let (own, before) = (&self.bytes[self.at..end], &self.bytes[start..start + (end - self.at)]);
        let ((words, rest), (words_before, rest_before)) = (own.as_chunks::<8>(), before.as_chunks::<8>());
        for (number, (own, before)) in words.iter().zip(words_before).enumerate() {
            let differs = u64::from_le_bytes(*own) ^ u64::from_le_bytes(*before);
            if differs != 0 {
                return number * 8 + differs.trailing_zeros() as usize / 8;
            }
        }
        words.len() * 8 + rest.iter().zip(rest_before).take_while(|(own, before)| own == before).count()
    }
}

/// A number from a range that has one code: the code, how many bits follow it, and the number itself in them.
#[derive(Clone, Copy)]
struct Ranged {
    code: usize,
    bits: u32,
    rest: u32,
}

impl Ranged {
    /// Of a number from nought on, where so many codes share each count of bits that follow.
    fn of(number: usize, shared: usize) -> Ranged {
        let bits = (number / shared).checked_ilog2().unwrap_or(0);
        Ranged { code: bits as usize * shared + (number >> bits), bits, rest: (number & ((1 << bits) - 1)) as u32 }
    }

    fn length(length: usize) -> Ranged {
        match length {
            LONGEST => Ranged { code: LETTERS - 1, bits: 0, rest: 0 },
            _ => {
                let own = Ranged::of(length - SHORTEST, 4);
                Ranged { code: own.code + END + 1, ..own }
            }
        }
    }

    fn distance(distance: usize) -> Ranged {
        Ranged::of(distance - 1, 2)
    }
}

fn write_block(bits: &mut Bits, block: &[Piece], row: usize, is_last: bool) {
    let lengths: Vec<Ranged> = (SHORTEST..=LONGEST).map(Ranged::length).collect();
    let (beside, above) = (Ranged::distance(1), Ranged::distance(row));
    let mut letters = [0; LETTERS];
    let mut distances = [0; DISTANCES];
    letters[END] = 1;
    for piece in block {
        match piece {
            Piece::Byte(byte) => letters[usize::from(*byte)] += 1,
            Piece::Again { length, of_row } => {
                letters[lengths[length - SHORTEST].code] += 1;
                distances[if *of_row { above.code } else { beside.code }] += 1;
            }
        }
    }
    let (letters, distances) = (Codes::new(&letters, 15), Codes::new(&distances, 15));
    bits.push(u32::from(is_last), 1);
    bits.push(2, 2);
    write_codes(bits, &letters, &distances);
    for piece in block {
        match piece {
            Piece::Byte(byte) => letters.write(bits, usize::from(*byte)),
            Piece::Again { length, of_row } => {
                let length = lengths[length - SHORTEST];
                letters.write(bits, length.code);
                bits.push(length.rest, length.bits);
                let distance = if *of_row { above } else { beside };
                distances.write(bits, distance.code);
                bits.push(distance.rest, distance.bits);
            }
        }
    }
    letters.write(bits, END);
}

/// How long the codes of a block are.
fn write_codes(bits: &mut Bits, letters: &Codes, distances: &Codes) {
    let lengths = || letters.lengths.iter().chain(&distances.lengths).map(|length| usize::from(*length));
    let mut counts = [0; ORDER.len()];
    lengths().for_each(|length| counts[length] += 1);
    let codes = Codes::new(&counts, 7);
    bits.push((LETTERS - 257) as u32, 5);
    bits.push((DISTANCES - 1) as u32, 5);
    bits.push((ORDER.len() - 4) as u32, 4);
    for place in ORDER {
        bits.push(u32::from(codes.lengths[place]), 3);
    }
    lengths().for_each(|length| codes.write(bits, length));
}

/// Codes that are the shorter the more often they come.
struct Codes {
    /// In bits; 0 for what does not come.
    lengths: Vec<u8>,
    /// The first bit lowest, as they are written.
    codes: Vec<u16>,
}

impl Codes {
    /// From how often each comes, none longer than so many bits.
    fn new(counts: &[u32], longest: u8) -> Codes {
        let mut counts = counts.to_vec();
        // a code needs two sides, if only for the readers of old
        for at in 0..counts.len() {
            if counts.iter().filter(|count| **count > 0).count() >= 2 {
                break;
            }
            counts[at] = counts[at].max(1);
        }
        let mut lengths = code_lengths(&counts);
        while lengths.iter().any(|length| *length > longest) {
            counts.iter_mut().for_each(|count| *count = count.div_ceil(2));
            lengths = code_lengths(&counts);
        }
        let mut codes = vec![0; lengths.len()];
        let mut next = 0_u16;
        for length in 1..=longest {
            for at in (0..lengths.len()).filter(|at| lengths[*at] == length) {
                codes[at] = next.reverse_bits() >> (16 - u32::from(length));
                next = next.wrapping_add(1);
            }
            next <<= 1;
        }
        Codes { lengths, codes }
    }

    fn write(&self, bits: &mut Bits, at: usize) {
        bits.push(u32::from(self.codes[at]), u32::from(self.lengths[at]));
    }
}

/// Huffman's lengths: the two that come least are joined, again and again.
fn code_lengths(counts: &[u32]) -> Vec<u8> {
    let mut leaves: Vec<(u32, usize)> =
        counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(at, count)| (*count, at)).collect();
    leaves.sort_unstable();
    // the leaves in order, then the joints as they are made, which is in order too
    let mut weights: Vec<u32> = leaves.iter().map(|(count, _)| *count).collect();
    let mut parents = vec![0; leaves.len()];
    let (mut leaf, mut joint) = (0, leaves.len());
    while weights.len() + 1 < leaves.len() * 2 {
        let mut weight = 0;
        for _ in 0..2 {
            let is_leaf = leaf < leaves.len() && (joint >= weights.len() || weights[leaf] <= weights[joint]);
            let least = if is_leaf { &mut leaf } else { &mut joint };
            weight += weights[*least];
            parents[*least] = weights.len();
            *least += 1;
        }
        weights.push(weight);
        parents.push(0);
    }
    let mut depths = vec![0_u8; weights.len()];
    for at in (0..weights.len().saturating_sub(1)).rev() {
        depths[at] = depths[parents[at]].saturating_add(1);
    }
    let mut lengths = vec![0; counts.len()];
    leaves.iter().zip(depths).for_each(|((_, at), depth)| lengths[*at] = depth);
    lengths
}

/// Bits on their way into bytes, the lowest first.
struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// At most 32 bits.
    fn push(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend((self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// Fills the last byte up.
    fn flush(&mut self) {
        let rest = self.held.to_le_bytes();
        self.bytes.extend(rest.iter().take(self.count.div_ceil(8) as usize));
    }
}

/// Bytes summed side by side.
const LANES: usize = 16;
/// Of the sums of Adler-32.
const MODULUS: u64 = 65_521;

/// The check sum of a zlib stream.
fn adler(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u64, 0_u64);
    for piece in bytes.chunks(4_096) {
        let (mut sums, mut sums_of_sums) = ([0_u32; LANES], [0_u32; LANES]);
        let lanes = piece.chunks_exact(LANES);
        let rest = lanes.remainder();
        high += (piece.len() - rest.len()) as u64 * low;
        for own in lanes {
            for at in 0..LANES {
                sums[at] += u32::from(own[at]);
                sums_of_sums[at] += sums[at];
            }
        }
        for at in 0..LANES {
            low += u64::from(sums[at]);
            high += LANES as u64 * u64::from(sums_of_sums[at]) - at as u64 * u64::from(sums[at]);
        }
        for byte in rest {
            low += u64::from(*byte);
            high += low;
        }
        (low, high) = (low % MODULUS, high % MODULUS);
    }
    (high << 16 | low) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Read;

    fn unpacked(stream: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(stream).read_to_end(&mut bytes).expect("a sound stream");
        bytes
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let noise = |at: usize| (at * at / 7 % 251) as u8;
        for (bytes, row) in [
            (Vec::new(), 10),
            (vec![7], 1),
            (vec![0; 100_000], 976),
            ((0..200_000).map(noise).collect(), 976),
            ((0..200_000).map(|at| noise(at % 976 / 30)).collect(), 976),
            ((0..70_000).map(noise).collect(), 100_000),
        ] {
            assert_eq!(unpacked(&packed(&bytes, row)), bytes, "{} bytes in rows of {row}", bytes.len());
        }
    }

    #[test]
    fn what_repeats_packs_small() {
        let row: Vec<u8> = (0..976).map(|at| (at * 31 % 256) as u8).collect();
        assert!(packed(&row.repeat(1_000), 976).len() < 8_000);
        assert!(packed(&vec![0x77; 1_000_000], 976).len() < 2_000);
    }

    #[test]
    fn no_code_is_longer_than_it_may_be() {
        let mut counts = vec![1, 1];
        (2..30).for_each(|at: usize| counts.push(counts[at - 1] + counts[at - 2]));
        for longest in [7, 15] {
            let codes = Codes::new(&counts, longest);
            assert!(codes.lengths.iter().all(|length| (1..=longest).contains(length)));
            let filled: u32 = codes.lengths.iter().map(|length| 1 << (longest - length)).sum();
            assert_eq!(filled, 1 << longest, "no code is wasted");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(0_u8..6, 0..3_000), row in 0_usize..400) {
            prop_assert_eq!(unpacked(&packed(&bytes, row)), bytes);
        }
    }
}
