//! Letters of symbol fonts (Symbol, Wingdings) as letters that common fonts have.

/// Whether a letter stands in the private area where Word keeps the letters of symbol fonts.
pub fn is_private(letter: char) -> bool {
    matches!(letter, '\u{f000}'..='\u{f0ff}')
}

/// The common letter for one of a symbol font; a bullet for one without an equal.
pub fn letter(letter: char, font: &str) -> char {
    if !is_private(letter) && (letter > '\u{ff}' || !is_symbol_font(font)) {
        return letter;
    }
    let code = letter as u32 & 0xff;
    if font.eq_ignore_ascii_case("Symbol") { from_symbol(code) } else { from_wingdings(code) }.unwrap_or(match letter {
        other if is_private(other) => '•',
        other => other,
    })
}

/// Whether plain letters in this font mean signs.
pub fn is_symbol_font(font: &str) -> bool {
    ["Symbol", "Wingdings", "Webdings", "Wingdings 2", "Wingdings 3"].iter().any(|own| own.eq_ignore_ascii_case(font))
}

fn from_symbol(code: u32) -> Option<char> {
    Some(match code {
        0x20..=0x21 | 0x23 | 0x25..=0x26 | 0x28..=0x29 | 0x2b..=0x2c | 0x2e..=0x3f => char::from_u32(code)?,
        0x2a => '∗',
        0x2d => '−',
        0x61 => 'α',
        0x62 => 'β',
        0x67 => 'γ',
        0x64 => 'δ',
        0x6c => 'λ',
        0x6d => 'μ',
        0x70 => 'π',
        0x73 => 'σ',
        0x44 => 'Δ',
        0x53 => 'Σ',
        0x57 => 'Ω',
        0xa3 => '≤',
        0xb0 => '°',
        0xb1 => '±',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xa5 => '∞',
        0xac => '←',
        0xad => '↑',
        0xae => '→',
        0xaf => '↓',
        0xd6 => '√',
        0xe5 => '∑',
        _ => return None,
    })
}

fn from_wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x6c | 0x9f => '●',
        0x6e => '■',
        0x6f | 0x71 | 0x72 | 0xa8 => '□',
        0x73..=0x76 => '◊',
        0xa1 | 0x6d => '○',
        0xa7 => '▪',
        0xd8 | 0xe0 | 0xe8 => '►',
        0xdf | 0xe7 => '◄',
        0xfb => '✗',
        0xfc => '✓',
        0xfd => '☒',
        0xfe => '☑',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_of_word_become_common_letters() {
        for (given, font, expected) in [
            ('\u{f0b7}', "Symbol", '•'),
            ('\u{f0a7}', "Wingdings", '▪'),
            ('\u{f0d8}', "Wingdings", '►'),
            ('\u{f0fc}', "Wingdings", '✓'),
            ('\u{f001}', "Wingdings", '•'),
            ('o', "Courier New", 'o'),
            ('-', "Times New Roman", '-'),
            ('ü', "Wingdings", '✓'),
            ('ệ', "Wingdings", 'ệ'),
        ] {
            assert_eq!(letter(given, font), expected, "{given:?} in {font}");
        }
    }
}
