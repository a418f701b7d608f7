//! What is done to a text before the tokenizer sees it. The model was trained on texts
//! treated by `models/training/text/normalise.py` in the same way;
//! `tests/fixtures/words/normalise.tsv` holds both to the same answers.

use unicode_normalization::UnicodeNormalization;

/// A character is repeated this often at most: "soooo" says no more than "sooo".
const LONGEST_RUN: usize = 3;

/// The text in NFC without anything invisible, no character more than three times in a row,
/// single spaces.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut run = (' ', 0);
    let mut gap = false;
    for character in text.nfc().filter(|character| !is_drawing(*character)) {
        if character.is_whitespace() || character.is_control() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !normal.is_empty() {
            normal.push(' ');
            run.1 = 0;
        }
        if run.0 != character {
            run = (character, 0);
        }
        run.1 += 1;
        if run.1 <= LONGEST_RUN {
            normal.push(character);
        }
    }
    normal
}

/// Variation selectors and joiners say how to draw a character, skin tones whose hand it is.
fn is_drawing(character: char) -> bool {
    matches!(
        character,
        '\u{FE0E}' | '\u{FE0F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'
            | '\u{FEFF}'
            | '\u{1F3FB}'..='\u{1F3FF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Undoes `\n`, `\t`, `\\` and `\u{…}`, with which the fixture is written.
    fn unescaped(text: &str) -> String {
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\\') {
            plain.push_str(before);
            rest = &after[1..];
            match after.as_bytes()[0] {
                b'n' => plain.push('\n'),
                b't' => plain.push('\t'),
                b'u' => {
                    let (code, after) = rest[1..].split_once('}').unwrap();
                    plain.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
                    rest = after;
                }
                other => plain.push(char::from(other)),
            }
        }
        plain + rest
    }

    #[test]
    fn texts_are_treated_as_in_training() {
        let pairs = include_str!("../../../tests/fixtures/words/normalise.tsv");
        for line in pairs.lines() {
            let (text, normal) = line.split_once('\t').unwrap();
            assert_eq!(normalise(&unescaped(text)), unescaped(normal), "{line}");
        }
        assert!(pairs.lines().count() >= 40);
    }

    #[test]
    fn a_normal_text_stays_as_it_is_whatever_it_was() {
        let mut random = fastrand::Rng::with_seed(5);
        for _ in 0..2000 {
            let text: String = (0..random.usize(..40))
                .filter_map(|_| match random.u8(..6) {
                    0 => Some('ㅋ'),
                    1 => Some('\u{FE0F}'),
                    2 => Some(random.char('\0'..' ')),
                    3 => Some(random.char('가'..'나')),
                    4 => char::from_u32(random.u32(..0x11_0000)),
                    _ => Some(' '),
                })
                .collect();
            let normal = normalise(&text);
            assert_eq!(normalise(&normal), normal, "{text:?}");
            assert!(!normal.starts_with(' ') && !normal.ends_with(' '));
            assert!(!normal.contains("  ") && !normal.contains(char::is_control));
        }
    }
}
