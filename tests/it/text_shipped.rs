//! The shipped text model on what people type. Its figures stand in the model card; these
//! are the promises that it must never break.

use crate::support::program::project;
use maeum::inference::text::FeelingReader;
use maeum::mood::{Mood, MoodVector};
use std::path::PathBuf;

/// The models folder: the shipped one, or another that is to be tried.
fn models() -> PathBuf {
    std::env::var_os("MAEUM_TEST_MODELS").map_or_else(|| project().join("models"), PathBuf::from)
}

fn shipped() -> FeelingReader {
    let reader = FeelingReader::open(&models());
    assert!(reader.problem().is_none(), "{:?}", reader.problem());
    reader
}

/// Of the prompts written to measure with and never learned from, the shares of one language
/// and kind whose mood is read first, and whose valence has the right sign.
fn shares_right(language: &str, kind: &str) -> (f32, f32) {
    let file = project().join("models/training/text/prompts.tsv");
    let prompts = std::fs::read_to_string(file).unwrap();
    let mut reader = shipped();
    let (mut right, mut all) = (0, 0);
    let (mut right_sign, mut signed) = (0, 0);
    for prompt in prompts.lines() {
        let columns: Vec<&str> = prompt.split('\t').collect();
        let [of, text, mood, sign, sort] = columns[..] else {
            panic!("five columns: {prompt}");
        };
        if (of, sort) == (language, kind) {
            let read = reader.skim(text).mood;
            all += 1;
            right += usize::from(read.top().key() == mood);
            if matches!(sign, "+" | "-") {
                signed += 1;
                right_sign += usize::from((read.valence > 0.0) == (sign == "+"));
            }
        }
    }
    assert!(
        all >= 70 && signed >= 50,
        "{all} prompts, {signed} with a sign"
    );
    (right as f32 / all as f32, right_sign as f32 / signed as f32)
}

#[test]
fn feelings_are_understood_without_their_names() {
    let mut reader = shipped();
    for (text, mood) in [
        (
            "my heart is pounding, the results come out in five minutes",
            Mood::Tense,
        ),
        ("떠나간 너를", Mood::Sad),
        ("calm evening by the sea", Mood::Peaceful),
        ("비 오는 밤, 혼자라 슬프다", Mood::Sad),
        ("화가 나서 소리 지르고 싶다", Mood::Angry),
    ] {
        assert_eq!(reader.feel(text).mood.top(), mood, "{text}");
    }
}

#[test]
fn most_prompts_that_it_never_learned_from_are_read_right() {
    for (language, kind, least) in [
        ("en", "plain", 0.93),
        ("ko", "plain", 0.93),
        ("en", "implied", 0.8),
        ("ko", "implied", 0.75),
        ("en", "wish", 0.8),
        ("ko", "wish", 0.8),
    ] {
        let (right, sign) = shares_right(language, kind);
        assert!(right >= least, "{language} {kind}: {right}");
        if kind == "plain" {
            assert!(sign >= 0.96, "{language} {kind}: sign of {sign}");
        }
    }
}

#[test]
fn a_wish_asks_for_what_is_wished() {
    let mut reader = shipped();
    for (text, mood) in [
        ("calm me down", Mood::Peaceful),
        ("something to cheer me up", Mood::Happy),
        ("신나는 거 틀어줘", Mood::Happy),
        // Whatever they say to be in.
        ("화났어 진정시켜줘", Mood::Peaceful),
        ("우울해서 신나는 거 듣고 싶어", Mood::Happy),
        ("I'm so stressed, give me something soft", Mood::Peaceful),
    ] {
        assert_eq!(reader.feel(text).mood.top(), mood, "{text}");
    }
}

#[test]
fn the_deciding_words_are_named() {
    let mut reader = shipped();
    for (text, word) in [
        ("비 오는 밤, 혼자라 슬프다", "슬프다"),
        ("I feel so lonely tonight", "lonely"),
    ] {
        let evidence = reader.feel(text).evidence;
        let named = evidence.iter().any(|each| each.text.contains(word));
        assert!(named, "{text}: {evidence:?}");
    }
}

#[test]
fn gibberish_is_unknown_and_odd_texts_have_an_answer() {
    let mut reader = shipped();
    for text in ["", " \n", "qwzx vbnm plokij", "뷁쉛뛝", "12345 67890"] {
        assert_eq!(reader.feel(text).mood, MoodVector::UNKNOWN, "{text:?}");
    }
    for text in [
        "슬프다 ".repeat(25_000),
        "rainy night, 혼자라 너무 sad".to_owned(),
    ] {
        assert_eq!(reader.feel(&text).mood.top(), Mood::Sad);
    }
}
