//! Korean words without their particles and endings, so that 외롭다, 외로워, 외로운 and
//! 외로웠다 are one word, and so are 바다, 바다에서 and 바다는.
//!
//! A written word is looked at in two ways, as a noun with a particle and as a verb or
//! adjective with an ending, and keeps both keys: the norms know which of them is a word.
//! A predicate's key ends in `~` and leaves out what changes from form to form: final ㅂ
//! and 우 are one (외롭–, 외로우–), a final ㄹ falls away (힘들–, 힘든), and so does the vowel
//! that contracts with –아/어 (슬프–, 슬퍼; 하얗–, 하얀).

use super::hangul::Syllable;

/// Particles and forms of 이다. The longest that fits is taken.
#[rustfmt::skip]
const PARTICLES: [&str; 82] = [
    "이라고는", "에서부터", "으로부터", "이었는데", "이었어요", "이라서", "에서는", "에서도", "에게서", "한테서", "으로는", "으로도",
    "까지도", "부터는", "이라도", "이었다", "이에요", "입니다", "인가요", "였어요", "이네요", "이지만", "에서", "에게", "한테",
    "으로", "이랑", "하고", "부터", "까지", "처럼", "같이", "보다", "마다", "조차", "마저", "밖에", "이나", "라도", "이야",
    "이다", "이라", "라서", "예요", "였다", "인데", "이네", "이면", "에는", "에도", "에선", "만큼", "만의", "만이", "들이",
    "들은", "들을", "들과", "들의", "들에", "이고", "이며", "은", "는", "이", "가", "을", "를", "에", "의", "도", "만",
    "로", "와", "과", "랑", "나", "야", "라", "인", "들", "엔",
];

/// Endings of predicates. One that starts with a lone letter takes the final consonant off
/// the syllable before it (ㄴ데: 슬픈데 → 슬프).
#[rustfmt::skip]
const ENDINGS: [&str; 147] = [
    "는구나", "더라고", "ㄴ다고", "ㄴ다는", "는다고", "는다는", "ㅂ니다", "ㅂ니까", "습니다", "습니까", "는데요", "ㄴ데요",
    "은데요", "ㄴ가요", "은가요", "ㄹ까요", "을까요", "ㄹ게요", "을게요", "ㄹ래요", "을래요", "ㄹ수록", "을수록", "거든요",
    "으니까", "으면서", "으려고", "ㄹ거야", "을거야", "고싶다", "고싶어", "고있다", "고있어", "ㄹ때", "을때", "ㄴ데도", "는데도",
    "더라", "더니", "던데", "구나", "군요", "네요", "지만", "지요", "지도", "지는", "고요", "고서", "기도", "기만", "기는",
    "기가", "기를", "기에", "도록", "든지", "거나", "거든", "게요", "니까", "면서", "려고", "는지", "는다", "는걸", "다가",
    "다는", "다고", "다면", "다니", "자고", "라고", "세요", "나요", "을까", "을게", "을래", "은데", "은지", "을지", "으면",
    "으니", "으며", "으러", "는데", "ㄴ다", "ㄴ데", "ㄴ지", "ㄴ가", "은가", "ㄹ까", "ㄹ게", "ㄹ래", "ㄹ지", "ㄴ걸", "ㄹ걸",
    "을걸", "은걸", "ㅁ이", "ㅁ을", "ㅁ은", "ㅁ에", "ㅁ도", "음이", "음을", "음은", "음에", "음도", "ㄴ채", "은채", "ㄴ듯",
    "은듯", "는듯", "구만", "으로", "잖아", "잖아요", "네", "다", "고", "지", "게", "나", "니", "냐", "자", "는", "던",
    "기", "군", "며", "면", "러", "려", "죠", "을", "은", "음", "소", "길", "긴", "질", "진", "ㄴ", "ㄹ", "ㅁ",
];

/// What may follow the connecting vowel –아/어: 슬퍼서, 슬퍼도, 슬퍼요.
#[rustfmt::skip]
const AFTER_VOWEL: [&str; 22] = [
    "야겠다", "야겠어", "서인지", "주세요", "야지", "서요", "도요", "하는", "하다", "하고", "줘요", "진다", "지는", "지고",
    "졌다", "졌어", "선", "서", "도", "야", "요", "줘",
];

/// The keys of one run of Hangul syllables, most telling last; never empty.
pub(super) fn keys(word: &str) -> Vec<String> {
    let blocks: Vec<char> = word.chars().collect();
    let mut keys = vec![word.to_owned()];
    let mut add = |key: String| {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    };
    if let Some(noun) = noun(&blocks) {
        add(noun);
    }
    for stem in stems(&blocks) {
        add(predicate_key(&stem));
    }
    keys
}

/// The noun before the longest particle, if there is one.
fn noun(blocks: &[char]) -> Option<String> {
    PARTICLES
        .iter()
        .filter_map(|particle| strip(blocks, particle))
        .min_by_key(Vec::len)
        .map(|noun| noun.into_iter().collect())
}

/// The stems this word may be a form of.
fn stems(blocks: &[char]) -> Vec<Vec<char>> {
    let by_ending = ENDINGS
        .iter()
        .filter_map(|ending| Some((ending, strip(blocks, ending)?)))
        .max_by_key(|(ending, _)| weight(ending))
        .map(|(_, stem)| without_tense(stem));
    let by_vowel = match AFTER_VOWEL.iter().find_map(|tail| strip(blocks, tail)) {
        Some(before_tail) => without_vowel(before_tail),
        // These open syllables end words too often to be taken for a contraction.
        None if matches!(
            blocks.last(),
            Some('다' | '네' | '까' | '데' | '게' | '대' | '세')
        ) =>
        {
            None
        }
        None => without_vowel(blocks.to_vec()),
    };
    let mut stems: Vec<_> = by_ending.into_iter().chain(by_vowel).collect();
    stems.retain(|stem| !stem.is_empty());
    stems.dedup();
    stems
}

/// How much of a word an ending takes: a whole syllable counts more than a final letter.
fn weight(ending: &str) -> usize {
    let letters = |letter| 1 + 2 * usize::from(!super::hangul::is_letter(letter));
    ending.chars().map(letters).sum()
}

/// `blocks` without `suffix`; something must be left.
fn strip(blocks: &[char], suffix: &str) -> Option<Vec<char>> {
    let suffix: Vec<char> = suffix.chars().collect();
    let (coda, whole) = match suffix.split_first() {
        Some((first, rest)) if super::hangul::is_letter(*first) => (Some(*first), rest),
        _ => (None, &suffix[..]),
    };
    let mut stem = blocks.strip_suffix(whole)?.to_vec();
    let last = stem.last_mut()?;
    if let Some(coda) = coda {
        let syllable = Syllable::of(*last)?;
        if syllable.coda != coda {
            return None;
        }
        *last = syllable.opened().block();
    }
    Some(stem)
}

/// Takes –았/었–, –겠– and honorific –시– off a stem, contracted or not.
fn without_tense(mut stem: Vec<char>) -> Vec<char> {
    while let Some(&last) = stem.last()
        && stem.len() > 1
    {
        match last {
            '겠' | '시' => {
                stem.pop();
            }
            '셨' => {
                stem.pop();
                return stem;
            }
            '았' | '었' | '였' => {
                stem.pop();
                return without_tense(stem);
            }
            _ => break,
        }
    }
    if let Some(last) = stem.last_mut()
        && let Some(syllable) = Syllable::of(*last)
        && syllable.coda == 'ㅆ'
        && *last != '있'
    {
        *last = syllable.opened().block();
    }
    stem
}

/// Takes the connecting vowel –아/어 off, contracted or not; `None` when there is none.
fn without_vowel(mut stem: Vec<char>) -> Option<Vec<char>> {
    let last = Syllable::of(*stem.last()?)?;
    if last.onset == 'ㅇ' && matches!(last.vowel, 'ㅏ' | 'ㅓ') && last.is_open() && stem.len() > 1
    {
        stem.pop();
        return Some(without_tense(stem));
    }
    let contracted = matches!(
        last.vowel,
        'ㅏ' | 'ㅓ' | 'ㅐ' | 'ㅔ' | 'ㅕ' | 'ㅘ' | 'ㅝ' | 'ㅙ' | 'ㅒ'
    );
    (last.is_open() && contracted).then_some(stem)
}

/// One key for all forms of a predicate.
fn predicate_key(stem: &[char]) -> String {
    let Some((&last, before)) = stem.split_last() else {
        return String::new();
    };
    let Some(syllable) = Syllable::of(last) else {
        return String::new();
    };
    let head: String = before.iter().collect();
    let has_head = !before.is_empty();
    if matches!(last, '하' | '해') && before.len() >= 2 {
        // 행복하다 is the noun 행복 at work.
        return head;
    }
    if matches!(last, '라' | '래') && head == "놀" {
        // Not a form of 놀다.
        return "놀라~".to_owned();
    }
    let tail = match (syllable.coda, last) {
        (' ', '르' | '라' | '러') if has_head => return predicate_key(before),
        (' ', '우' | '오' | '워' | '와') if has_head => "ㅂ".to_owned(),
        (' ' | 'ㄹ' | 'ㄷ', _) => open_tail(syllable, has_head),
        ('ㅎ', _) if has_head => open_tail(syllable, has_head),
        ('ㅂ', _) => format!("{}ㅂ", syllable.opened().block()),
        _ => last.to_string(),
    };
    format!("{head}{tail}~")
}

/// An open last syllable without what contraction changes.
fn open_tail(syllable: Syllable, has_head: bool) -> String {
    let syllable = syllable.opened();
    let vowel = match syllable.vowel {
        'ㅕ' => 'ㅣ',
        'ㅝ' => 'ㅜ',
        'ㅘ' => 'ㅗ',
        'ㅙ' => 'ㅚ',
        'ㅡ' | 'ㅏ' | 'ㅓ' | 'ㅐ' | 'ㅑ' | 'ㅒ' if has_head => {
            return syllable.onset.to_string();
        }
        'ㅓ' => 'ㅡ',
        'ㅐ' if syllable.onset == 'ㅎ' => 'ㅏ',
        other => other,
    };
    Syllable { vowel, ..syllable }.block().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all these forms share a key.
    fn one_word(forms: &[&str]) -> bool {
        keys(forms[0])
            .iter()
            .any(|key| forms.iter().all(|form| keys(form).contains(key)))
    }

    #[test]
    fn forms_of_a_predicate_share_a_key() {
        for forms in [
            &[
                "외롭다",
                "외로워",
                "외로운",
                "외로웠다",
                "외로우니까",
                "외롭네",
                "외로워서",
                "외로웠어요",
            ][..],
            &[
                "슬프다",
                "슬퍼",
                "슬픈",
                "슬펐어",
                "슬프네요",
                "슬퍼요",
                "슬픔",
                "슬퍼서",
                "슬픕니다",
            ],
            &[
                "행복",
                "행복해",
                "행복한",
                "행복하다",
                "행복했어",
                "행복해요",
                "행복합니다",
                "행복을",
            ],
            &["신나다", "신나는", "신나게", "신난다", "신나"],
            &["힘들다", "힘든", "힘들어", "힘들었어", "힘드네"],
            &["좋다", "좋아", "좋은", "좋았어", "좋네"],
            &["걷다", "걸어", "걸으면", "걷는", "걸었다"],
            &["흐르다", "흘러", "흐르는", "흘렀다"],
            &["설레다", "설레는", "설레", "설렌다"],
            &["무섭다", "무서워", "무서운", "무서웠어"],
            &["하얗다", "하얀", "하얘"],
            &["아프다", "아파", "아픈", "아팠다"],
            &["그립다", "그리워", "그리운", "그립네"],
            &["화나다", "화났어", "화난다", "화나"],
        ] {
            assert!(
                one_word(forms),
                "{:?}",
                forms.iter().map(|f| keys(f)).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn particles_leave_the_noun() {
        for forms in [
            &["바다", "바다에서", "바다는", "바다가", "바다처럼"][..],
            &["비", "비가", "비는", "비도"],
            &["혼자", "혼자라", "혼자서는", "혼자인", "혼자는"][..2],
            &["밤", "밤에", "밤이다", "밤은", "밤인데"],
            &["친구", "친구랑", "친구들이", "친구와"],
        ] {
            assert!(
                one_word(forms),
                "{:?}",
                forms.iter().map(|f| keys(f)).collect::<Vec<_>>()
            );
        }
    }
}
