//! From text to clues: words, emoji and marks with the keys under which the norms may know
//! them, and how negation and degree words before (or, in Korean, after) bend them.

use super::hangul::{is_letter, is_syllable};
use super::korean;
use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;

/// What a negated word keeps of its meaning: "not happy" is not the opposite of happy,
/// but leans there.
pub(super) const NEGATED: f32 = -0.65;
/// "hardly", 별로.
const HARDLY: f32 = -0.35;
const STRONGER: f32 = 1.4;
const WEAKER: f32 = 0.7;
/// How many English words a negation reaches.
const REACH: usize = 3;
/// Runs longer than any word are noise; they are cut to bound the work.
const MOST_LETTERS: usize = 24;

/// One thing in the text that may say something about the mood.
#[derive(Debug, Clone, PartialEq)]
pub struct Clue {
    /// Where in the text, in bytes, with a negation or degree word that belongs to it.
    pub span: Range<usize>,
    /// The keys under which the norms may know it; a Korean word has several.
    pub keys: Vec<String>,
    /// How strongly it is said: 1 as it is, above when intensified, below 0 when negated.
    pub factor: f32,
    /// Whether it is Korean writing.
    pub is_korean: bool,
    /// Whether it can be shown as a reason; "the", "!" and a lone "not" cannot.
    pub is_telling: bool,
}

/// What a run of characters is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Latin,
    Hangul,
    /// Lone Hangul letters: ㅋㅋ, ㅠㅠ.
    Letters,
    Symbol,
    /// Ends a clause, and with it the reach of a negation.
    Stop,
    Other,
}

/// The clues of a text, in order. `text` should be canonically composed (NFC).
#[must_use]
pub fn clues(text: &str) -> Vec<Clue> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut found = Vec::new();
    let mut bent = Bent::default();
    // Where the clues of this clause begin.
    let mut clause = 0;
    for (kind, span) in runs(text) {
        let run = &text[span.clone()];
        match kind {
            Kind::Latin => latin(run, span, &stemmer, &mut bent, &mut found),
            Kind::Hangul => hangul(run, span, clause, &mut bent, &mut found),
            Kind::Letters => {
                if let Some(key) = letters_key(run) {
                    found.push(plain(span, key.to_string(), true, true));
                }
            }
            Kind::Symbol => {
                let key: String = run.chars().take(3).collect();
                found.push(plain(span, key, false, true));
            }
            Kind::Stop => {
                bent = Bent::default();
                if run.contains(['!', '?', '…']) || run.contains("..") {
                    let key = if run.contains('!') {
                        "!"
                    } else if run.contains('?') {
                        "?"
                    } else {
                        "…"
                    };
                    found.push(plain(span, key.to_owned(), false, false));
                }
                clause = found.len();
            }
            Kind::Other => {}
        }
    }
    found
}

/// What words already read do to the next ones.
#[derive(Debug, Default)]
struct Bent {
    /// Factor and how many more English words it reaches.
    negation: Option<(f32, usize)>,
    degree: Option<f32>,
    /// Where the bending word starts.
    start: Option<usize>,
    /// The English word before, for "can't wait" and "a bit".
    previous: String,
}

impl Bent {
    fn factor(&mut self) -> f32 {
        let negation = match &mut self.negation {
            Some((factor, reach)) => {
                let factor = *factor;
                *reach = reach.saturating_sub(1);
                if *reach == 0 {
                    self.negation = None;
                }
                factor
            }
            None => 1.0,
        };
        negation * self.degree.take().unwrap_or(1.0)
    }

    fn negate(&mut self, factor: f32, reach: usize, at: usize) {
        self.negation = Some((factor, reach));
        self.start.get_or_insert(at);
    }

    fn intensify(&mut self, factor: f32, at: usize) {
        self.degree = Some(factor);
        self.start.get_or_insert(at);
    }
}

/// A mark or an emoji, or a word that only serves others.
fn plain(span: Range<usize>, key: String, is_korean: bool, is_telling: bool) -> Clue {
    Clue {
        span,
        keys: vec![key],
        factor: 1.0,
        is_korean,
        is_telling,
    }
}

fn latin(run: &str, span: Range<usize>, stemmer: &Stemmer, bent: &mut Bent, found: &mut Vec<Clue>) {
    let word = run.to_lowercase().replace('’', "'");
    let word = word.trim_matches('\'');
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word.is_empty() {
        return;
    }
    let before = std::mem::replace(&mut bent.previous, word.to_owned());
    // The stemmer leaves degrees alone: happier, happiest.
    let root = word.strip_suffix("ier").or(word.strip_suffix("iest"));
    let key = root.map_or_else(
        || stemmer.stem(word).into_owned(),
        |root| format!("{root}i"),
    );
    let negates = word.ends_with("n't")
        || matches!(
            word,
            "not" | "no" | "never" | "without" | "cannot" | "dont" | "cant" | "isnt" | "aint"
        );
    // "can't wait" and "can't stop smiling" are anything but a no; nor is "not only".
    if bent.negation.is_some() && matches!(word, "wait" | "stop" | "help" | "only" | "just") {
        bent.negation = None;
        bent.start = None;
        found.push(plain(span, format!("not {key}"), false, false));
        return;
    }
    if matches!(word, "but" | "though" | "yet") {
        *bent = Bent::default();
    }
    if negates {
        found.push(plain(span.clone(), "not".to_owned(), false, false));
        bent.negate(NEGATED, REACH, span.start);
        return;
    }
    if matches!(word, "hardly" | "barely" | "rarely") {
        bent.negate(HARDLY, REACH, span.start);
        return;
    }
    let degree = degree_of(word, &before);
    if let Some(degree) = degree {
        bent.intensify(degree, span.start);
    }
    if degree.is_some() || is_glue(word) {
        found.push(plain(span, key, false, false));
        return;
    }
    // "Never been happier" is as happy as can be.
    if matches!(before.as_str(), "be" | "been")
        && is_comparative(word)
        && bent.negation.take().is_some()
    {
        found.retain(|clue| clue.keys[0] != "not");
    }
    let denied = bent.negation.is_some();
    let start = bent.start.take().unwrap_or(span.start);
    let mut keys = vec![key];
    let factor = bent.factor();
    if denied {
        keys.push(format!("not {}", keys[0]));
        if word == "worry" {
            // "Don't worry, be happy", with or without the comma.
            bent.negation = None;
        }
        if bent.negation.is_some() {
            // The rest of its reach is said in the same breath.
            bent.start = Some(start);
        }
    }
    found.push(Clue {
        span: start..span.end,
        keys,
        factor,
        is_korean: false,
        is_telling: true,
    });
}

/// How much an English word strengthens or softens the next one.
fn degree_of(word: &str, before: &str) -> Option<f32> {
    match word {
        "very" | "so" | "really" | "too" | "extremely" | "super" | "totally" | "absolutely"
        | "deeply" | "incredibly" | "utterly" | "truly" | "completely" => Some(STRONGER),
        "slightly" | "kinda" | "somewhat" | "bit" | "fairly" | "rather" => Some(WEAKER),
        "little" if before == "a" => Some(WEAKER),
        _ => None,
    }
}

fn is_comparative(word: &str) -> bool {
    matches!(
        word,
        "happier" | "better" | "calmer" | "prouder" | "luckier" | "sadder" | "worse" | "lonelier"
    )
}

/// Words that a negation or degree word reaches across.
fn is_glue(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "to"
            | "be"
            | "been"
            | "is"
            | "am"
            | "are"
            | "was"
            | "were"
            | "my"
            | "your"
            | "me"
            | "i"
            | "i'm"
            | "it"
            | "any"
            | "feel"
            | "feeling"
            | "at"
            | "in"
            | "on"
            | "and"
            | "that"
            | "this"
            | "all"
    )
}

/// Turns a clue round, whose denial reaches to `end`.
fn deny(clue: &mut Clue, end: usize) {
    if clue.factor > 0.0 {
        clue.factor *= NEGATED;
        clue.span.end = end;
    }
}

/// Korean denials that follow what they deny: –지 않다, –지 못하다, –지 마; 걱정(이) 없다,
/// 슬픈 게 아니다. Whether `run` is nothing but such a denial of a clue from `clause` on.
fn denies_before(run: &str, end: usize, clause: usize, found: &mut Vec<Clue>) -> bool {
    let Some(last) = found[clause..].iter().rposition(|clue| clue.is_korean) else {
        return false;
    };
    let last = clause + last;
    if run.starts_with(['않', '못', '말', '마']) {
        let open = ["지", "진", "질", "지는", "지도", "지를"];
        let word = found[last].keys[0].as_str();
        let is_wish = word.starts_with('싶');
        if open.iter().any(|ending| word.ends_with(ending)) {
            // 울고 싶지 않다: what is not wanted is the crying.
            if is_wish && last > clause {
                deny(&mut found[last - 1], end);
            }
            deny(&mut found[last], end);
            return true;
        }
    } else if run.starts_with("없") || run.starts_with("아니") || run.starts_with("아닌") {
        deny(&mut found[last], end);
        let key: String = run.chars().take(1).collect();
        found.push(plain(end - run.len()..end, key, true, false));
        return true;
    }
    false
}

fn hangul(run: &str, span: Range<usize>, clause: usize, bent: &mut Bent, found: &mut Vec<Clue>) {
    if denies_before(run, span.end, clause, found) {
        return;
    }
    match run {
        // When it is tells nothing of how it feels; what was learned for these words is
        // the company they happened to keep.
        "오늘" | "오늘은" | "오늘도" | "지금" | "지금은" | "요즘" | "요즘은" => {
            return;
        }
        "안" | "못" => {
            bent.negate(NEGATED, 1, span.start);
            found.push(plain(span, run.to_owned(), true, false));
            return;
        }
        "별로" | "그다지" | "전혀" => {
            bent.negate(HARDLY, 1, span.start);
            return;
        }
        "너무" | "너무너무" | "정말" | "정말로" | "진짜" | "진짜로" | "엄청" | "완전" | "매우"
        | "아주" | "무척" | "굉장히" | "되게" | "몹시" | "참" | "너무나" | "훨씬" =>
        {
            bent.intensify(STRONGER, span.start);
            found.push(plain(span, run.to_owned(), true, false));
            return;
        }
        "조금" | "좀" | "약간" | "살짝" | "다소" => {
            bent.intensify(WEAKER, span.start);
            found.push(plain(span, run.to_owned(), true, false));
            return;
        }
        _ => {}
    }
    let start = bent.start.take().unwrap_or(span.start);
    let denied = bent.negation.is_some();
    let mut keys = korean::keys(run);
    if denied {
        let own: Vec<String> = keys.iter().map(|key| format!("안 {key}")).collect();
        keys.extend(own);
    }
    found.push(Clue {
        span: start..span.end,
        keys,
        factor: bent.factor(),
        is_korean: true,
        is_telling: true,
    });
}

/// ㅋㅋㅋ → ㅋ, ㅜㅜ and ㅠㅠ → ㅠ; `None` for other lone letters.
fn letters_key(run: &str) -> Option<char> {
    match run.chars().next()? {
        'ㅜ' | 'ㅠ' => Some('ㅠ'),
        letter @ ('ㅋ' | 'ㅎ' | 'ㄷ' | 'ㅂ') => Some(letter),
        _ => None,
    }
}

/// The text cut into runs of one kind, with their places in bytes.
fn runs(text: &str) -> Vec<(Kind, Range<usize>)> {
    let mut runs: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut letters = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        let end = start + character.len_utf8();
        let mut kind = kind_of(character);
        // Emoticons: :) :( ^^ <3
        if let Some(length) = emoticon(&text[start..]) {
            let end = start + length;
            while characters.peek().is_some_and(|(next, _)| *next < end) {
                characters.next();
            }
            runs.push((Kind::Symbol, start..end));
            letters = 0;
            continue;
        }
        if character == '\'' || character == '’' {
            kind = Kind::Latin;
        }
        let joins = match runs.last() {
            Some((last, span)) => {
                *last == kind && span.end == start && kind != Kind::Symbol && letters < MOST_LETTERS
            }
            None => false,
        };
        if joins {
            letters += 1;
            if let Some((_, span)) = runs.last_mut() {
                span.end = end;
            }
        } else {
            letters = 1;
            runs.push((kind, start..end));
        }
    }
    runs
}

fn kind_of(character: char) -> Kind {
    match character {
        character if is_syllable(character) => Kind::Hangul,
        character if is_letter(character) => Kind::Letters,
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\n' | '。' | '，' | '！' | '？' => {
            Kind::Stop
        }
        character if character.is_ascii_alphabetic() || ('À'..='ɏ').contains(&character) => {
            Kind::Latin
        }
        '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' => Kind::Symbol,
        _ => Kind::Other,
    }
}

/// The length in bytes of an emoticon at the start of `text`.
fn emoticon(text: &str) -> Option<usize> {
    [
        ":)", ":-)", ":(", ":-(", ":D", ";)", "^^", "<3", ":'(", "T_T",
    ]
    .iter()
    .find(|sign| text.starts_with(**sign))
    .map(|sign| sign.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Factor and text of every telling clue.
    fn told(text: &str) -> Vec<(f32, &str)> {
        clues(text)
            .into_iter()
            .filter(|clue| clue.is_telling)
            .map(|clue| (clue.factor, &text[clue.span]))
            .collect()
    }

    #[test]
    fn a_denial_reaches_to_the_end_of_its_clause() {
        assert_eq!(
            told("not happy, sad"),
            [(NEGATED, "not happy"), (1.0, "sad")]
        );
        assert_eq!(told("not sad but calm")[1].0, 1.0);
        assert_eq!(
            told("it isn't very happy"),
            [(NEGATED * STRONGER, "isn't very happy")]
        );
    }

    #[test]
    fn korean_denies_before_and_after() {
        assert_eq!(told("안 슬퍼"), [(NEGATED, "안 슬퍼")]);
        assert_eq!(told("슬프지 않아"), [(NEGATED, "슬프지 않아")]);
        assert_eq!(told("걱정 없다"), [(NEGATED, "걱정 없다")]);
        assert_eq!(told("슬프다 않아")[0].0, 1.0);
        assert_eq!(told("행복해. 아니 그냥 그래")[0], (1.0, "행복해"));
        assert_eq!(told("행복해 아니야")[0].0, NEGATED);
    }

    #[test]
    fn degree_words_bend_the_next_word_only() {
        assert_eq!(told("너무 슬픈 밤"), [(STRONGER, "너무 슬픈"), (1.0, "밤")]);
        assert_eq!(told("a bit sad")[0].0, WEAKER);
    }

    #[test]
    fn emoji_and_letters_are_clues() {
        let keys = |text: &str| -> Vec<String> {
            clues(text)
                .into_iter()
                .map(|clue| clue.keys[0].clone())
                .collect()
        };
        assert_eq!(keys("ㅠㅠㅠ"), ["ㅠ"]);
        assert_eq!(keys("ㅜㅜ"), ["ㅠ"]);
        assert_eq!(keys("🙂 :)"), ["🙂", ":)"]);
        assert_eq!(keys("12 34"), [""; 0]);
    }

    #[test]
    fn every_span_lies_in_the_text() {
        for text in [
            "안",
            "n't not 't",
            "’’’",
            "지 않",
            "not 안 별로 very",
            "없다 없다",
            "싶지 않아",
        ] {
            for clue in clues(text) {
                assert!(text.get(clue.span).is_some(), "{text}");
                assert!(!clue.keys.is_empty());
            }
        }
    }
}
