//! Taking Hangul syllables apart and putting them together (Unicode, chapter 3.12).

const FIRST: u32 = 0xAC00;
const LAST: u32 = 0xD7A3;
const VOWELS: u32 = 21;
const CODAS: u32 = 28;
const ONSET_LETTERS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
const VOWEL_LETTERS: [char; VOWELS as usize] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ',
    'ㅟ', 'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
const CODA_LETTERS: [char; CODAS as usize] = [
    ' ', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ',
    'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// One syllable in letters (compatibility jamo).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    pub onset: char,
    pub vowel: char,
    /// The final consonant; a space when there is none.
    pub coda: char,
}

impl Syllable {
    /// The parts of a syllable block; `None` for anything else.
    pub(super) fn of(block: char) -> Option<Self> {
        let index = u32::from(block).checked_sub(FIRST)?;
        if !is_syllable(block) {
            return None;
        }
        Some(Self {
            onset: ONSET_LETTERS[(index / (VOWELS * CODAS)) as usize],
            vowel: VOWEL_LETTERS[(index / CODAS % VOWELS) as usize],
            coda: CODA_LETTERS[(index % CODAS) as usize],
        })
    }

    /// The syllable block of these letters; the replacement character when there is none.
    pub(super) fn block(self) -> char {
        let place = |letters: &[char], letter| letters.iter().position(|other| *other == letter);
        let index = place(&ONSET_LETTERS, self.onset)
            .zip(place(&VOWEL_LETTERS, self.vowel))
            .zip(place(&CODA_LETTERS, self.coda))
            .map(|((onset, vowel), coda)| {
                (onset as u32 * VOWELS + vowel as u32) * CODAS + coda as u32
            });
        index
            .and_then(|index| char::from_u32(FIRST + index))
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(super) fn is_open(self) -> bool {
        self.coda == ' '
    }

    pub(super) fn opened(self) -> Self {
        Self { coda: ' ', ..self }
    }
}

pub(super) fn is_syllable(letter: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(letter))
}

/// A letter standing alone, as in ㅋㅋ or ㅠㅠ.
pub(super) fn is_letter(letter: char) -> bool {
    ('ㄱ'..='ㅣ').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syllable_comes_apart_and_together_again() {
        for block in (FIRST..=LAST).filter_map(char::from_u32) {
            assert_eq!(Syllable::of(block).map(Syllable::block), Some(block));
        }
        assert_eq!(Syllable::of('a'), None);
        assert_eq!(Syllable::of('ㅋ'), None);
    }
}
