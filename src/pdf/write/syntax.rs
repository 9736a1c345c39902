//! The syntax of PDF: names, numbers, strings, references, as bytes.
//!
//! What content streams and objects have in common; knows nothing of either.

/// Number of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub u32);

/// Bytes in the syntax of PDF, one token after the other.
#[derive(Default)]
pub struct Syntax {
    pub bytes: Vec<u8>,
}

impl Syntax {
    /// What is fixed: operators, brackets, names.
    pub fn raw(&mut self, part: &str) -> &mut Syntax {
        self.bytes.extend_from_slice(part.as_bytes());
        self
    }

    pub fn integer(&mut self, number: i64) -> &mut Syntax {
        self.number::<0>(number)
    }

    /// A number with at most so many decimals, the last zeros left out.
    pub fn decimal<const DECIMALS: u32>(&mut self, number: f64) -> &mut Syntax {
        let units = number * 10_u64.pow(DECIMALS) as f64;
        let whole = units as i64;
        // A half is rounded away from zero.
        let rest = units - whole as f64;
        self.number::<DECIMALS>(whole.saturating_add(i64::from(rest >= 0.5) - i64::from(rest <= -0.5)))
    }

    /// A number that is given in units of its last decimal.
    fn number<const DECIMALS: u32>(&mut self, units: i64) -> &mut Syntax {
        let mut digits = [0; 24];
        let mut start = digits.len();
        let mut put = |byte: u8| {
            start -= 1;
            digits[start] = byte;
        };
        let scale = 10_u64.pow(DECIMALS);
        let (mut whole, mut rest) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
        if rest > 0 {
            let mut places = DECIMALS;
            while rest % 10 == 0 {
                rest /= 10;
                places -= 1;
            }
            for _ in 0..places {
                put(b'0' + (rest % 10) as u8);
                rest /= 10;
            }
            put(b'.');
        }
        loop {
            put(b'0' + (whole % 10) as u8);
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        if units < 0 {
            put(b'-');
        }
        self.bytes.extend_from_slice(&digits[start..]);
        self
    }

    /// A length in points, to a hundredth.
    pub fn points(&mut self, points: f64) -> &mut Syntax {
        self.decimal::<2>(points)
    }

    pub fn list(&mut self, points: &[f64]) -> &mut Syntax {
        self.raw("[");
        for (index, length) in points.iter().enumerate() {
            self.raw(if index > 0 { " " } else { "" }).points(*length);
        }
        self.raw("]")
    }

    pub fn reference(&mut self, id: Id) -> &mut Syntax {
        self.integer(i64::from(id.0)).raw(" 0 R")
    }

    pub fn references(&mut self, ids: impl IntoIterator<Item = Id>) -> &mut Syntax {
        self.raw("[");
        for (index, id) in ids.into_iter().enumerate() {
            self.raw(if index > 0 { " " } else { "" }).reference(id);
        }
        self.raw("]")
    }

    pub fn name(&mut self, name: &[u8]) -> &mut Syntax {
        self.bytes.push(b'/');
        for byte in name {
            match byte {
                b'!'..=b'~' if !b"#%()/<>[]{}".contains(byte) => self.bytes.push(*byte),
                _ => {
                    self.bytes.push(b'#');
                    self.pair(*byte);
                }
            }
        }
        self
    }

    /// A string of bytes as they are.
    pub fn literal(&mut self, bytes: &[u8]) -> &mut Syntax {
        self.bytes.push(b'(');
        bytes.iter().for_each(|byte| self.bytes.extend_from_slice(literal_byte(byte)));
        self.bytes.push(b')');
        self
    }

    pub fn hexadecimal(&mut self, bytes: &[u8]) -> &mut Syntax {
        self.bytes.push(b'<');
        bytes.iter().for_each(|byte| self.pair(*byte));
        self.bytes.push(b'>');
        self
    }

    /// A text string: UTF-16 with its mark.
    pub fn text(&mut self, text: &str) -> &mut Syntax {
        self.raw("<FEFF");
        for unit in text.encode_utf16() {
            unit.to_be_bytes().into_iter().for_each(|byte| self.pair(byte));
        }
        self.raw(">")
    }

    fn pair(&mut self, byte: u8) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.bytes.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
}

/// One byte within a literal string, as it is written.
pub fn literal_byte(byte: &u8) -> &[u8] {
    match byte {
        b'(' => b"\\(",
        b')' => b"\\)",
        b'\\' => b"\\\\",
        // Readers take a bare carriage return for a line feed.
        b'\r' => b"\\r",
        _ => std::slice::from_ref(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Syntax) -> &mut Syntax) -> String {
        let mut syntax = Syntax::default();
        write(&mut syntax);
        String::from_utf8(syntax.bytes).expect("plain bytes")
    }

    #[test]
    fn numbers_are_short() {
        let shown = |number: f64| written(|syntax| syntax.points(number));
        let cases = [(0.0, "0"), (-0.001, "0"), (12.0, "12"), (0.05, "0.05"), (-3.456, "-3.46"), (841.9, "841.9")];
        for (number, expected) in cases {
            assert_eq!(shown(number), expected);
        }
        assert_eq!(written(|syntax| syntax.integer(-120).raw(" ").integer(0)), "-120 0");
    }

    #[test]
    fn strings_and_names_keep_every_byte() {
        assert_eq!(written(|syntax| syntax.literal(b"a(b)\\\r")), "(a\\(b\\)\\\\\\r)");
        assert_eq!(written(|syntax| syntax.name(b"A B#/")), "/A#20B#23#2F");
        assert_eq!(written(|syntax| syntax.text("ấ")), "<FEFF1EA5>");
        assert_eq!(written(|syntax| syntax.hexadecimal(&[0, 255])), "<00FF>");
    }
}
