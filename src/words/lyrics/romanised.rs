//! Whether a Latin line spells a Korean one by ear: "tteonagan neoreul" for 떠나간 너를.
//!
//! Spellings differ (tteo, ddeo, ttuh), so both are reduced to what they share: classes of
//! consonants, and one sign for any vowels in a row.

use super::super::hangul::Syllable;

const VOWEL: u8 = b'a';
/// Shorter lines resemble each other by chance.
const SHORTEST: usize = 6;
/// Nobody sings longer lines; the rest is not compared.
const LONGEST: usize = 96;
/// How alike the spellings must be, 0…1. English translations of the same lines reach .6.
const LEAST_LIKENESS: f32 = 0.75;

/// A line as it sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sound(Vec<u8>);

impl Sound {
    /// Of a line in Hangul. Latin words in it sound as they are spelt.
    pub(super) fn of_korean(line: &str) -> Self {
        let mut sound = Self(Vec::new());
        let characters: Vec<char> = line.chars().collect();
        let mut latin = String::new();
        for (at, character) in characters.iter().enumerate() {
            let Some(syllable) = Syllable::of(*character) else {
                latin.push(*character);
                continue;
            };
            sound.push_latin(&std::mem::take(&mut latin));
            sound.push(onset(syllable.onset));
            sound.push(Some(VOWEL));
            let next = characters.get(at + 1).and_then(|c| Syllable::of(*c));
            let is_linked = next.is_some_and(|next| next.onset == 'ㅇ');
            sound.push(coda(syllable.coda, is_linked));
        }
        sound.push_latin(&latin);
        sound
    }

    /// Of a line in Latin letters, spelt as Korean is.
    pub(super) fn of_latin(line: &str) -> Self {
        let mut sound = Self(Vec::new());
        sound.push_latin(line);
        sound
    }

    /// Whether both may be the same line.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (shorter, longer) = if self.0.len() < other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        if shorter.len() < SHORTEST {
            return false;
        }
        let allowed = (1.0 - LEAST_LIKENESS) * longer.len() as f32;
        (longer.len() - shorter.len()) as f32 <= allowed
            && distance(shorter, longer) as f32 <= allowed
    }

    fn push(&mut self, sign: Option<u8>) {
        // Doubled letters and vowels in a row are spelt in too many ways to tell.
        if let Some(sign) = sign
            && self.0.last() != Some(&sign)
            && self.0.len() < LONGEST
        {
            self.0.push(sign);
        }
    }

    fn push_latin(&mut self, text: &str) {
        let text = text.to_lowercase();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let next = letters.peek().copied();
            let sign = match letter {
                'a' | 'e' | 'i' | 'o' | 'u' | 'ă' | 'ŏ' | 'ŭ' => Some(VOWEL),
                'n' if next == Some('g') => {
                    letters.next();
                    Some(b'g')
                }
                'c' | 's' if next == Some('h') => {
                    letters.next();
                    Some(if letter == 's' { b's' } else { b'c' })
                }
                'k' | 'g' | 'q' | 'c' => Some(b'k'),
                't' | 'd' => Some(b't'),
                'p' | 'b' | 'f' | 'v' => Some(b'p'),
                'r' | 'l' => Some(b'l'),
                'j' | 'z' => Some(b'c'),
                's' | 'x' => Some(b's'),
                'h' => Some(b'h'),
                'm' => Some(b'm'),
                'n' => Some(b'n'),
                // y and w belong to the vowel.
                _ => None,
            };
            self.push(sign);
        }
    }
}

fn onset(letter: char) -> Option<u8> {
    match letter {
        'ㄱ' | 'ㄲ' | 'ㅋ' => Some(b'k'),
        'ㄴ' => Some(b'n'),
        'ㄷ' | 'ㄸ' | 'ㅌ' => Some(b't'),
        'ㄹ' => Some(b'l'),
        'ㅁ' => Some(b'm'),
        'ㅂ' | 'ㅃ' | 'ㅍ' => Some(b'p'),
        'ㅅ' | 'ㅆ' => Some(b's'),
        'ㅈ' | 'ㅉ' | 'ㅊ' => Some(b'c'),
        'ㅎ' => Some(b'h'),
        _ => None,
    }
}

/// A final consonant is heard by its class, before a vowel as it is written.
fn coda(letter: char, is_linked: bool) -> Option<u8> {
    if is_linked {
        return match letter {
            'ㅅ' | 'ㅆ' | 'ㄳ' | 'ㅄ' | 'ㄽ' => Some(b's'),
            'ㅈ' | 'ㅊ' | 'ㄵ' => Some(b'c'),
            'ㅎ' => None,
            'ㄼ' | 'ㄿ' => Some(b'p'),
            'ㄾ' => Some(b't'),
            other => coda(other, false),
        };
    }
    match letter {
        'ㄱ' | 'ㄲ' | 'ㅋ' | 'ㄳ' | 'ㄺ' => Some(b'k'),
        'ㄴ' | 'ㄵ' | 'ㄶ' => Some(b'n'),
        'ㄷ' | 'ㅅ' | 'ㅆ' | 'ㅈ' | 'ㅊ' | 'ㅌ' | 'ㅎ' => Some(b't'),
        'ㄹ' | 'ㄼ' | 'ㄽ' | 'ㄾ' | 'ㅀ' => Some(b'l'),
        'ㅁ' | 'ㄻ' => Some(b'm'),
        'ㅂ' | 'ㅍ' | 'ㅄ' | 'ㄿ' => Some(b'p'),
        'ㅇ' => Some(b'g'),
        _ => None,
    }
}

/// Levenshtein distance.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.iter().enumerate() {
            let change = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_like(korean: &str, latin: &str) -> bool {
        Sound::of_korean(korean).is_like(&Sound::of_latin(latin))
    }

    #[test]
    fn spellings_by_ear_are_recognised_whatever_their_system() {
        for (korean, latin) in [
            ("떠나간 너를 아직 기다려", "tteonagan neoreul ajik gidaryeo"),
            ("떠나간 너를 아직 기다려", "ddunagan nuhreul ajik gidaryuh"),
            (
                "막차가 지나간 뒤의 정류장",
                "makchaga jinagan dwiui jeongnyujang",
            ),
            ("네 이름을 부르려다", "ne ireumeul bureuryeoda"),
            ("눈물은 소리가 없어서", "nunmureun soriga eopseoseo"),
            ("오지 않을 걸 알면서도", "oji anheul geol almyeonseodo"),
            ("Baby 너만 있으면 돼", "Baby neoman isseumyeon dwae"),
        ] {
            assert!(is_like(korean, latin), "{korean} / {latin}");
        }
    }

    #[test]
    fn translations_and_other_lines_do_not_sound_alike() {
        for (korean, latin) in [
            (
                "떠나간 너를 아직 기다려",
                "I am still waiting for you who left",
            ),
            (
                "막차가 지나간 뒤의 정류장",
                "The stop after the last bus has gone",
            ),
            ("네 이름을 부르려다", "About to call your name"),
            ("눈물은 소리가 없어서", "Because tears make no sound"),
            ("오지 않을 걸 알면서도", "Even knowing that you won't come"),
            (
                "나는 자꾸 길 끝을 보고",
                "I keep looking to the end of the road",
            ),
            ("아", "a"),
        ] {
            assert!(!is_like(korean, latin), "{korean} / {latin}");
        }
    }
}
