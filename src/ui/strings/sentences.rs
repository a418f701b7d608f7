//! Sentences that hold a name or a number.

use super::{count, long_time, strings, tracks};
use crate::engine::PhotoSource;
use crate::language::Language;

/// "from sad".
#[must_use]
pub fn journey_from(language: Language, mood: &str) -> String {
    match language {
        Language::English => format!("From {mood}"),
        Language::Korean => format!("{mood}에서 시작"),
    }
}

/// "a point near sad".
#[must_use]
pub fn point_near(language: Language, mood: &str) -> String {
    match language {
        Language::English => format!("a point near {mood}"),
        Language::Korean => format!("‘{mood}’ 가까운 곳"),
    }
}

/// "62 % of 24 lines are sad".
#[must_use]
pub fn share_of_lines(language: Language, share: f32, lines: usize, mood: &str) -> String {
    let percent = (share * 100.0).round();
    match language {
        Language::English => format!("{percent} % of {} lines are {mood}", count(lines)),
        Language::Korean => format!("{}줄 가운데 {percent} %가 {mood}", count(lines)),
    }
}

/// How to give a track lyrics.
#[must_use]
pub fn no_lyrics_help(language: Language, stem: &str) -> String {
    match language {
        Language::English => {
            format!("Put a file named “{stem}.lrc” or “{stem}.txt” beside the music.")
        }
        Language::Korean => {
            format!("음악 파일 옆에 ‘{stem}.lrc’나 ‘{stem}.txt’를 두면 여기에 나와요.")
        }
    }
}

/// "Rating: Nocturne".
#[must_use]
pub fn rating_of(language: Language, title: &str) -> String {
    format!("{}: {title}", strings(language).rating)
}

/// "+0.60 · thumbs up 2×".
#[must_use]
pub fn leaning(leaning: f32, because: &str) -> String {
    if because.is_empty() {
        format!("{leaning:+.2}")
    } else {
        format!("{leaning:+.2} · {because}")
    }
}

/// "More like Nocturne".
#[must_use]
pub fn like(language: Language, title: &str) -> String {
    match language {
        Language::English => format!("More like {title}"),
        Language::Korean => format!("‘{title}’ 같은 음악"),
    }
}

/// "sea.jpg", "3 photos".
#[must_use]
pub fn photos(language: Language, photos: &[PhotoSource]) -> String {
    match (language, photos) {
        (_, [PhotoSource::File(path)]) => path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned(),
        (Language::English, [_]) => "The pasted picture".to_owned(),
        (Language::Korean, [_]) => "붙여 넣은 사진".to_owned(),
        (Language::English, many) => format!("{} photos", many.len()),
        (Language::Korean, many) => format!("사진 {}장", many.len()),
    }
}

/// "3 of 12 photos".
#[must_use]
pub fn reading_photos(language: Language, done: usize, of: usize) -> String {
    match language {
        Language::English => format!("Looking at your photos: {done} of {of}"),
        Language::Korean => format!("사진을 보고 있어요: {of}장 가운데 {done}장"),
    }
}

/// "and 4 more".
#[must_use]
pub fn and_more(language: Language, number: usize) -> String {
    match language {
        Language::English => format!("and {number} more"),
        Language::Korean => format!("그 밖에 {number}장"),
    }
}

/// "livelier 40 %": `energy` is −1…1.
#[must_use]
pub fn energy(language: Language, energy: f32) -> String {
    let percent = (energy.abs() * 100.0).round();
    let text = strings(language);
    if percent < 6.0 {
        return language.pick("as the photo is", "사진 그대로").to_owned();
    }
    let side = if energy < 0.0 {
        text.calmer
    } else {
        text.livelier
    };
    format!("{side} {percent:.0} %")
}

/// "Saved to /home/…".
#[must_use]
pub fn exported(language: Language, path: &str) -> String {
    match language {
        Language::English => format!("Saved to {path}"),
        Language::Korean => format!("{path}에 저장했어요"),
    }
}

/// "Removed 3 tracks".
#[must_use]
pub fn removed(language: Language, number: usize) -> String {
    match language {
        Language::English => format!("Removed {}", tracks(language, number)),
        Language::Korean => format!("{}을 뺐어요", tracks(language, number)),
    }
}

/// "In 15 minutes", as a choice.
#[must_use]
pub fn sleep_in(language: Language, minutes: u64) -> String {
    match language {
        Language::English => format!("In {minutes} minutes"),
        Language::Korean => format!("{minutes}분 뒤"),
    }
}

/// "Stops in 12 min".
#[must_use]
pub fn stops_in(language: Language, secs: f32) -> String {
    // Rounded up: the last minute is one minute, not none.
    let time = long_time(language, (secs / 60.0).ceil() * 60.0);
    match language {
        Language::English => format!("Stops in {time}"),
        Language::Korean => format!("{time} 뒤에 멈춰요"),
    }
}

/// "6 s".
#[must_use]
pub fn seconds(language: Language, secs: f32) -> String {
    match language {
        Language::English => format!("{secs:.0} s"),
        Language::Korean => format!("{secs:.0}초"),
    }
}

/// "The system can watch no more folders: …".
#[must_use]
pub fn polled(language: Language, path: &str) -> String {
    match language {
        Language::English => format!(
            "This system can watch no more folders at once; {path} is looked at every 20 seconds instead"
        ),
        Language::Korean => {
            format!("시스템이 더 많은 폴더를 지켜볼 수 없어 {path} 폴더는 20초마다 살펴볼게요")
        }
    }
}

/// "Added to the queue: 3 tracks".
#[must_use]
pub fn enqueued(language: Language, number: usize) -> String {
    match language {
        Language::English => format!("Added to the queue: {}", tracks(language, number)),
        Language::Korean => format!("{}을 대기열에 넣었어요", tracks(language, number)),
    }
}
