//! Reading texts with a model, whatever the text. The model is the small one of the
//! fixtures, whose opinions are known.

use crate::support::program::small_models;
use maeum::inference::text::{FeelingReader, TextModel, open};
use maeum::library::{LineMood, LyricLine, Lyrics};
use maeum::mood::{Mood, MoodVector};
use maeum::words;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn model() -> TextModel {
    open(Path::new(small_models())).unwrap()
}

/// A copy of the small model's folder, to be spoilt.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in ["manifest.json", "text.onnx", "tokenizer.json"] {
        let from = Path::new(small_models()).join(file);
        std::fs::copy(from, folder.path().join(file)).unwrap();
    }
    folder
}

fn is_valid(mood: &MoodVector) -> bool {
    (mood.moods.iter().sum::<f32>() - 1.0).abs() < 1e-3
        && (-1.0..=1.0).contains(&mood.valence)
        && (-1.0..=1.0).contains(&mood.arousal)
        && (0.0..=1.0).contains(&mood.confidence)
}

#[test]
fn many_texts_are_read_in_their_order_and_each_as_if_alone() {
    let mut model = model();
    let texts = ["so sad", "calm sea", "눈물 눈물 슬퍼", "", "qwxz", "happy"];
    let read = model.read(&texts).unwrap();
    let tops: Vec<Option<Mood>> = read
        .iter()
        .map(|reading| (!reading.is_nothing).then(|| reading.mood.top()))
        .collect();
    assert_eq!(
        tops,
        [
            Some(Mood::Sad),
            Some(Mood::Peaceful),
            Some(Mood::Sad),
            None,
            None,
            Some(Mood::Happy)
        ]
    );
    for (text, reading) in texts.iter().zip(&read) {
        assert_eq!(model.read(&[text]).unwrap(), [*reading], "{text}");
    }
    let happy = read[5].mood;
    assert!((happy.valence - 0.7).abs() < 1e-3 && (happy.arousal - 0.5).abs() < 1e-3);
    assert!(happy.confidence > 0.9 && read[4].mood.confidence < 0.2);
}

#[test]
fn the_words_that_moved_the_reading_are_named_strongest_first() {
    let mut model = model();
    let told = |model: &mut TextModel, text| -> Vec<String> {
        let reading = model.feel(text).unwrap();
        reading.evidence.into_iter().map(|word| word.text).collect()
    };
    assert_eq!(told(&mut model, "stones and tears, alone"), ["alone"]);
    assert_eq!(told(&mut model, "돌멩이 하나 슬퍼"), ["슬퍼"]);
    assert_eq!(told(&mut model, "happy"), ["happy"]);
    // A negation is left out with its word, so it is named with it.
    assert_eq!(told(&mut model, "stones, not happy"), ["not happy"]);
    let reading = model.feel("stones and tears, alone").unwrap();
    assert!(reading.evidence[0].valence < 0.0);
}

#[test]
fn a_long_text_is_read_to_its_end_in_pieces() {
    let mut model = model();
    let stones = "stones lie there. ".repeat(40);
    let reading = model
        .feel(&format!("{stones} I am so sad and alone."))
        .unwrap();
    assert_eq!(reading.mood.top(), Mood::Sad);
    let told = |word: &str| reading.evidence.iter().any(|each| each.text.contains(word));
    assert!(told("sad"), "{:?}", reading.evidence);
    // Pieces that mean nothing do not thin out the one that does.
    assert!(reading.mood.confidence > 0.5, "{:?}", reading.mood);
    let unbroken = "슬퍼".repeat(1_900);
    assert!(is_valid(&model.feel(&unbroken).unwrap().mood));
}

#[test]
fn what_means_nothing_is_unknown_and_has_no_evidence() {
    let mut model = model();
    for text in [
        "",
        "  \n\t",
        "qwzx vbnm",
        "뷁쉛뛝",
        "\u{0}\u{1}\u{fffd}",
        "\u{200b}\u{feff}",
    ] {
        let reading = model.feel(text).unwrap();
        assert_eq!(reading.mood, MoodVector::UNKNOWN, "{text:?}");
        assert!(reading.evidence.is_empty());
    }
}

#[test]
fn endless_and_random_texts_are_read_all_the_same() {
    let mut model = model();
    for long in [
        "슬퍼 ".repeat(50_000),
        "슬".repeat(100_000),
        "a".repeat(100_000),
    ] {
        assert!(is_valid(&model.feel(&long).unwrap().mood));
    }
    let mut random = fastrand::Rng::with_seed(3);
    let scraps = [
        "sad",
        "슬퍼",
        "not ",
        "안 ",
        "!",
        " ",
        "\n",
        "😭",
        "👩‍👩‍👧",
        "e\u{301}",
        "ㅠㅠ",
        "夜",
        ".",
    ];
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..random.usize(..400)).map(|_| random.u8(..)).collect();
        let mixed: String = (0..random.usize(..60))
            .map(|_| *random.choice(&scraps).unwrap())
            .collect();
        for text in [&String::from_utf8_lossy(&bytes), mixed.as_str()] {
            let reading = model.feel(text).unwrap();
            assert!(is_valid(&reading.mood), "{text:?}");
            for word in &reading.evidence {
                assert!(!word.text.trim().is_empty());
            }
        }
    }
}

#[test]
fn lyrics_are_read_line_by_line_and_a_chorus_as_often_as_it_is_sung() {
    let lines = "작사: 누구\n[Chorus]\nI am so sad and alone\n\nstones lie there\nCalm sea today (x2)\n\n[Chorus]";
    let lyrics = Lyrics {
        lines: lines
            .lines()
            .map(|text| LyricLine::new(None, text.to_owned()))
            .collect(),
    };
    let mut model = model();
    let read = model.read_lyrics(&lyrics, || true).unwrap().unwrap();
    let times: Vec<u8> = read.lines.iter().map(LineMood::times).collect();
    assert_eq!(times, [0, 0, 2, 0, 0, 2, 0, 0], "stones mean nothing");
    assert_eq!(read.counted_lines, 4);
    assert_eq!(read.lines[2].mood().top(), Mood::Sad);
    assert_eq!(read.language, Some(maeum::language::Language::English));
    let mut lines_left = 1;
    let stopped = model.read_lyrics(&lyrics, || {
        lines_left -= 1;
        lines_left >= 0
    });
    assert_eq!(stopped.unwrap(), None);
}

#[test]
fn a_missing_or_damaged_model_leaves_the_word_norms_and_says_why() {
    let mut spoilt: Vec<(&str, PathBuf, Option<TempDir>)> = Vec::new();
    for (expected, file) in [("damaged", "text.onnx"), ("damaged", "tokenizer.json")] {
        let folder = copy();
        std::fs::write(folder.path().join(file), b"not what it was").unwrap();
        spoilt.push((expected, folder.path().to_path_buf(), Some(folder)));
    }
    let folder = copy();
    std::fs::remove_file(folder.path().join("text.onnx")).unwrap();
    spoilt.push(("text.onnx", folder.path().to_path_buf(), Some(folder)));
    let folder = copy();
    let manifest = folder.path().join("manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("\"nothing\"", "\"bored\"")).unwrap();
    spoilt.push(("other moods", folder.path().to_path_buf(), Some(folder)));
    spoilt.push(("manifest.json", PathBuf::from("/nowhere/at/all"), None));
    for (expected, folder, _kept) in &spoilt {
        let mut reader = FeelingReader::open(folder);
        let problem = reader.problem().expect("a problem").to_string();
        assert!(problem.contains(expected), "{problem}");
        let text = "비 오는 밤, 혼자라 슬프다";
        assert_eq!(reader.feel(text), words::read(text));
        assert_eq!(reader.skim(text), words::read(text));
    }
    assert!(
        FeelingReader::open(Path::new(small_models()))
            .problem()
            .is_none()
    );
}

#[test]
fn skimming_finds_the_same_mood() {
    let mut reader = FeelingReader::open(Path::new(small_models()));
    for text in ["so sad and alone", "calm sea", "qwxz", ""] {
        let (feel, skim) = (reader.feel(text), reader.skim(text));
        assert_eq!((feel.mood, feel.language), (skim.mood, skim.language));
    }
    let words = reader.skim("so lonely and sad").evidence;
    assert!(
        words.iter().any(|word| word.text.contains("sad")),
        "{words:?}"
    );
}
