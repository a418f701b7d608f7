use super::*;
use crate::library::LyricLine;

fn lyrics(text: &str) -> Lyrics {
    Lyrics {
        lines: text
            .lines()
            .map(|line| LyricLine::new(None, line.to_owned()))
            .collect(),
    }
}

/// The sung lines, each as often as it is sung.
fn told(text: &str) -> Vec<String> {
    let lines = sung(&lyrics(text));
    assert_eq!(lines.len(), text.lines().count());
    lines
        .into_iter()
        .flatten()
        .flat_map(|line| std::iter::repeat_n(line.text, line.times.into()))
        .collect()
}

const SONG: [(&str, &str, &str); 5] = [
    (
        "막차가 지나간 뒤의 정류장",
        "makchaga jinagan dwiui jeongnyujang",
        "The stop after the last bus has gone",
    ),
    (
        "아무도 앉지 않는 긴 의자",
        "amudo anji anneun gin uija",
        "A long bench where nobody sits",
    ),
    (
        "네 이름을 부르려다",
        "ne ireumeul bureuryeoda",
        "About to call your name",
    ),
    (
        "입김만 하얗게 흩어졌다",
        "ipgimman hayake heuteojyeotda",
        "Only my breath went white and away",
    ),
    (
        "나는 자꾸 길 끝을 보고",
        "naneun jakku gil kkeuteul bogo",
        "I keep looking to the end of the road",
    ),
];

fn korean() -> Vec<String> {
    SONG.iter()
        .map(|(korean, ..)| (*korean).to_owned())
        .collect()
}

#[test]
fn what_is_written_around_the_words_is_left_out() {
    let text = "작사: 누구\n작곡: 누구\n\n[Verse 1]\n밤하늘에 별이 진다\n(간주중)\n♪\n\n[Chorus]\nStay with me\noh yeah\n";
    assert_eq!(told(text), ["밤하늘에 별이 진다", "Stay with me"]);
}

#[test]
fn a_chorus_counts_as_often_as_it_is_sung() {
    let called = "[Chorus]\nStay with me\n\n[Verse]\nIt is late\n\n[Chorus]\n\n[Verse 2]\nIt is later\n\n[Chorus x2]";
    assert_eq!(
        told(called),
        [
            "Stay with me",
            "Stay with me",
            "Stay with me",
            "Stay with me",
            "It is late",
            "It is later"
        ]
    );
    let written = "Stay with me\nIt is late\nStay with me";
    assert_eq!(told(written).len(), 3);
    assert_eq!(
        told("가지 마 (x3)\n내 곁에 있어"),
        ["가지 마", "가지 마", "가지 마", "내 곁에 있어"]
    );
    assert_eq!(told("It is late\n\nStay with me\nStay here\n(x2)").len(), 5);
    assert_eq!(told("[Chorus x2]\nStay with me\n\nIt is late").len(), 3);
}

#[test]
fn romanised_and_translated_lines_count_once() {
    let below = |lines: fn(&(&'static str, &'static str, &'static str)) -> Vec<&'static str>| {
        SONG.iter().flat_map(lines).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(told(&below(|(k, r, e)| vec![k, r, e])), korean());
    assert_eq!(told(&below(|(k, r, _)| vec![k, r])), korean());
    assert_eq!(told(&below(|(k, _, e)| vec![k, e])), korean());
    assert_eq!(told(&below(|(k, r, e)| vec![r, k, e])), korean());
    let english: Vec<_> = SONG.iter().map(|(.., e)| (*e).to_owned()).collect();
    assert_eq!(told(&below(|(k, _, e)| vec![e, k])), english);
    let in_blocks = [below(|(k, ..)| vec![k]), below(|(_, r, _)| vec![r])].join("\n\n");
    assert_eq!(told(&in_blocks), korean());
}

#[test]
fn a_song_in_two_languages_keeps_both() {
    let mixed = "오늘 밤은 너와 함께\nDancing in the light\n이 순간이 영원하길\n눈을 감으면 보여\nLook at me now\nWe are never coming down\n손을 잡아줘";
    assert_eq!(told(mixed).len(), 7);
    let languages: Vec<Language> = sung(&lyrics(mixed))
        .into_iter()
        .flatten()
        .map(|line| line.language)
        .collect();
    assert_eq!(
        languages.iter().filter(|l| **l == Language::Korean).count(),
        4
    );
}

#[test]
fn lines_with_one_time_are_a_line_and_its_translation() {
    let at = |start_secs: f32, text: &str| LyricLine::new(Some(start_secs), text.to_owned());
    let lines = vec![
        at(1.0, "夜空に星が落ちる"),
        at(1.0, "밤하늘에 별이 진다"),
        at(4.0, "그대를 기다리며"),
        at(4.0, "Waiting for you"),
        at(8.0, "Stay with me"),
        at(8.0, "Stay right here"),
    ];
    let told: Vec<_> = sung(&Lyrics { lines })
        .into_iter()
        .map(|line| line.map(|line| line.text))
        .collect();
    assert_eq!(
        told.iter().map(Option::as_deref).collect::<Vec<_>>(),
        [
            None,
            Some("밤하늘에 별이 진다"),
            Some("그대를 기다리며"),
            None,
            Some("Stay with me"),
            Some("Stay right here"),
        ]
    );
}

#[test]
fn calls_scraps_and_unreadable_scripts_do_not_count() {
    assert!(told("La la la\n오 예\nOh\nㅋ\nI\n夜空\nこんにちは\nЛюбовь\n-\n😀").is_empty());
    assert!(told("").is_empty());
}

#[test]
fn whatever_is_written_there_is_one_answer_a_line() {
    let mut random = fastrand::Rng::with_seed(11);
    let scraps = [
        "[Chorus]",
        "(x2)",
        "[",
        "]",
        "(",
        "）",
        "작사:",
        "막차가 지나간",
        "makchaga jinagan",
        "x",
        "[00:12.00]",
        "<",
        "반복",
        "Chorus",
        ":",
        " ",
        "oh",
        "밤",
        "💔",
        "\u{0}",
        "é\u{301}",
        "夜",
        "repeat",
        "2번",
        "×9",
        "Stay with me",
    ];
    for _ in 0..2000 {
        let lines: Vec<LyricLine> = (0..random.usize(..30))
            .map(|_| LyricLine {
                words: Vec::new(),
                start_secs: random.bool().then(|| f32::from(random.u8(..4))),
                text: (0..random.usize(..5))
                    .map(|_| *random.choice(&scraps).unwrap())
                    .collect(),
            })
            .collect();
        let count = lines.len();
        let sung = sung(&Lyrics { lines });
        assert_eq!(sung.len(), count);
        for line in sung.into_iter().flatten() {
            assert!((1..=MOST_TIMES).contains(&line.times) && !line.text.is_empty());
        }
    }
}

#[test]
fn a_book_is_gone_through_in_good_time() {
    let book = "막차가 지나간 뒤의 정류장\nmakchaga jinagan dwiui jeongnyujang\n".repeat(10_000);
    assert_eq!(sung(&lyrics(&book)).len(), 20_000);
}
