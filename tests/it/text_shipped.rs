//! The shipped text model on what people type. Its figures stand in the model card; these
//! are the promises that it must never break.

use crate::support::program::project;
use maeum::inference::text::{FeelingReader, open};
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

/// Of the prompts written to measure with and never learned from, the share of one language
/// and kind whose mood is read first.
fn share_right(language: &str, kind: &str) -> f32 {
    let file = project().join("models/training/text/prompts.tsv");
    let prompts = std::fs::read_to_string(file).unwrap();
    let mut reader = shipped();
    let (mut right, mut all) = (0, 0);
    for prompt in prompts.lines() {
        let columns: Vec<&str> = prompt.split('\t').collect();
        let [of, text, mood, _, sort] = columns[..] else {
            panic!("five columns: {prompt}");
        };
        if (of, sort) == (language, kind) {
            all += 1;
            right += usize::from(reader.skim(text).mood.top().key() == mood);
        }
    }
    assert!(all >= 70, "{all} prompts");
    right as f32 / all as f32
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
        ("en", "plain", 0.9),
        ("ko", "plain", 0.85),
        ("en", "implied", 0.8),
        ("ko", "implied", 0.75),
        ("en", "wish", 0.8),
        ("ko", "wish", 0.8),
    ] {
        let right = share_right(language, kind);
        assert!(right >= least, "{language} {kind}: {right}");
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

#[test]
fn a_text_reads_the_same_whatever_it_is_read_with() {
    let mut model = open(&models()).unwrap();
    let texts = [
        "calm evening",
        "a much longer line about a storm that never ends",
        "밤",
    ];
    let together = model.read(&texts).unwrap();
    for (text, reading) in texts.iter().zip(together) {
        assert_eq!(model.read(&[text]).unwrap(), [reading]);
    }
}
