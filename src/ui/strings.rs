//! Every text of the window, in English and 한국어.

mod diary;
mod files;
mod library;
mod playlists;
mod reasons;
mod sentences;

pub use diary::{date, day_part, left_after, occasion, really_erase, time_of_day};
pub use library::{by, group_facts, groups};
pub use playlists::{
    added_to, deleted, imported, rule_added, rule_heard, rule_mood, rule_plays, rule_stars,
    rule_years, saved_as, taken_out, unmatched,
};

pub use reasons::reason;

pub use sentences::{
    and_more, energy, enqueued, exported, journey_from, leaning, like, no_lyrics_help, photos,
    point_near, polled, rating_of, reading_photos, removed, seconds, share_of_lines, sleep_in,
    stops_in,
};

pub use files::{
    copy_facts, duplicate_facts, edit_failed, edited, forgotten, in_the_way, not_played, not_shown,
    not_there, not_trashed, trashed,
};

use crate::language::Language;

macro_rules! strings {
    ($($(#[$doc:meta])* $name:ident: $english:literal, $korean:literal;)*) => {
        /// The window's texts in one language.
        #[derive(Debug)]
        #[allow(missing_docs)] // Each text says what it is.
        pub struct Strings {
            $($(#[$doc])* pub $name: &'static str,)*
        }

        const ENGLISH: Strings = Strings { $($name: $english,)* };
        const KOREAN: Strings = Strings { $($name: $korean,)* };
    };
}

strings! {
    // Places.
    feel: "Feel", "지금 기분";
    library: "Library", "보관함";
    settings: "Settings", "설정";
    queue: "Up next", "대기열";
    // Feel.
    question: "How do you feel?", "지금 기분이 어때요?";
    question_hint: "How do you feel? · 지금 기분이 어때요?", "지금 기분이 어때요? · How do you feel?";
    question_help: "Write it in your own words. Maeum finds the music in your library that feels the same.",
        "떠오르는 대로 적어 보세요. 보관함에서 그 마음과 닮은 음악을 찾아 드릴게요.";
    or_start_here: "Or start from one of these", "이런 마음은 어때요?";
    your_music: "Your music, by mood", "내 음악의 기분";
    lately: "Like what I heard lately", "요즘 들은 음악처럼";
    clear: "Clear", "지우기";
    mood_plane: "Mood plane", "마음 지도";
    plane_help: "Click where you are, or where you want to be. Hold Shift and draw to be led along a way.",
        "지금 마음이 있는 곳이나 가고 싶은 곳을 눌러 보세요. Shift를 누른 채 길을 그리면 그 길을 따라가요.";
    pleasant: "pleasant", "밝음";
    unpleasant: "unpleasant", "어두움";
    excited: "lively", "활기참";
    calm: "calm", "차분함";
    understood: "What I understood", "이렇게 이해했어요";
    because_of: "Because of", "이 말에서";
    unknown_title: "I don't know these words yet", "아직 모르는 말이에요";
    unknown_text: "Try saying it another way, pick a mood above, or touch the mood plane.",
        "다른 말로 적어 보거나, 위에서 기분을 고르거나, 마음 지도를 눌러 주세요.";
    no_match_title: "Nothing fits yet", "아직 어울리는 곡이 없어요";
    no_match_text: "Try another feeling, or clear the genre filter.",
        "다른 기분을 적어 보거나 장르 필터를 지워 보세요.";
    weak_matches: "Hardly any of your music feels like this. These tracks come nearest.",
        "이 마음과 꼭 닮은 곡이 거의 없어 가장 가까운 곡을 골랐어요.";
    nothing_ready_title: "Still listening to your music", "아직 음악을 듣고 있어요";
    nothing_ready_text: "Suggestions appear as soon as the first tracks are ready.",
        "첫 곡이 준비되는 대로 바로 골라 드릴게요.";
    photo_title: "A photo says it too", "사진으로도 말할 수 있어요";
    photo_help: "Drop it anywhere in this window, paste it with Ctrl+V, or choose one",
        "이 창 아무 곳에나 놓거나, Ctrl+V로 붙여 넣거나, 골라 주세요";
    choose_photos: "Choose photos", "사진 고르기";
    photos: "Photos", "사진";
    drop_photo_title: "Let go to hear your photo", "놓으면 사진이 음악이 돼요";
    drop_photo_text: "One photo, or a whole day of them", "한 장도, 하루치 사진도 좋아요";
    drop_any_title: "Let go here", "여기에 놓아 주세요";
    drop_any_text: "Photos become a playlist, music joins your library",
        "사진은 재생목록이 되고, 음악은 보관함에 들어가요";
    no_photo_title: "I could not read this", "사진을 읽지 못했어요";
    no_photo_help: "JPEG, PNG, WebP, GIF, BMP and TIFF can be read.", "JPEG, PNG, WebP, GIF, BMP, TIFF 사진을 읽을 수 있어요.";
    looking_at_photo: "Looking at your photo…", "사진을 보고 있어요…";
    seen: "What I see", "이런 것이 보여요";
    opinions: "Who thinks what", "누가 어떻게 느꼈나";
    colour: "Colour", "색";
    energy: "Energy", "에너지";
    calmer: "calmer", "차분하게";
    livelier: "livelier", "활기차게";
    surprise: "Surprise me", "깜짝 추천";
    hidden_gems: "Hidden gems", "숨은 보석";
    hidden_gems_help: "Only what you hardly ever played", "거의 듣지 않은 곡만 골라요";
    journey: "Journey", "여정";
    journey_help: "An even walk from one mood to what you asked for", "한 기분에서 원하는 기분까지 고르게 이어 가요";
    from_here: "From where I am", "지금 기분에서 시작";
    journey_words: "From words, a point or a photo…", "글, 지도의 점, 사진에서 시작…";
    journey_with_photo: "From a photo…", "사진에서 시작…";
    journey_starts: "From", "출발";
    journey_begins: "Where the journey begins", "여정의 출발점";
    journey_leads: "to what you ask above", "위에 적은 기분까지";
    journey_hint: "Type it, drop or paste a photo, or click the mood plane", "적거나, 사진을 놓거나, 마음 지도를 눌러 주세요";
    journey_here: "where I am now", "지금 내 기분";
    journey_photo: "Begin with a photo", "사진에서 출발하기";
    drop_start_title: "Let go, and the journey begins here", "놓으면 이 사진에서 출발해요";
    no_journey: "No journey", "여정 없이";
    drawn_way: "The way I drew", "직접 그린 길";
    any_language: "Any language", "모든 언어";
    lyrics_language: "Language of the lyrics", "노랫말의 언어";
    instrumental: "Instrumental", "연주곡";
    each_top: "A few of each kind", "종류마다 조금씩";
    each_top_help: "Takes the best of every kind of likeness, rather than what most of them agree on",
        "여러 기준이 함께 고른 곡 대신, 기준마다 으뜸인 곡을 조금씩 골라요";
    why_this: "Why this track", "이 곡을 고른 까닭";
    near: "near", "가까움";
    thumb_up: "Like", "좋아요";
    thumb_down: "Dislike", "싫어요";
    never: "Never suggest", "추천하지 않기";
    never_track: "Never suggest this track", "이 곡 추천하지 않기";
    never_artist: "Never suggest this artist", "이 아티스트 추천하지 않기";
    never_in_mood: "Not in this mood", "이 기분일 때는 추천하지 않기";
    allow_again: "Allow again", "다시 추천하기";
    thumb_up_said: "Noted. More like it from now on.", "기억할게요. 비슷한 곡을 더 골라 드릴게요.";
    thumb_down_said: "Noted. Less like it from now on.", "기억할게요. 비슷한 곡은 줄일게요.";
    thumb_taken_said: "Taken back", "되돌렸어요";
    never_track_said: "This track will not be suggested any more", "이 곡은 더 이상 추천하지 않을게요";
    never_artist_said: "This artist will not be suggested any more", "이 아티스트는 더 이상 추천하지 않을게요";
    never_in_mood_said: "Not in this mood any more", "이 기분일 때는 더 이상 추천하지 않을게요";
    moved_up_said: "Moved up. I will pick it sooner for such a feeling.", "위로 옮겼어요. 이런 기분에는 더 먼저 골라 드릴게요.";
    taken_out_said: "Taken out. I will pick it less for such a feeling.", "목록에서 뺐어요. 이런 기분에는 덜 골라 드릴게요.";
    move_to_top: "Move to the top", "맨 위로 옮기기";
    take_out: "Take out of this list", "이 목록에서 빼기";
    drop_takes_out: "Let go to take it out", "놓으면 목록에서 빠져요";
    allowed_said: "May be suggested again", "다시 추천할게요";
    play: "Play", "재생";
    play_all: "Play all", "모두 재생";
    pause: "Pause", "일시정지";
    shuffle: "Shuffle", "무작위 재생";
    another_mix: "Another mix", "다르게 골라 줘";
    export: "Export playlist", "재생목록 내보내기";
    export_hint: "Save as an M3U file", "M3U 파일로 저장";
    export_path: "File to write", "저장할 파일";
    choose: "Choose…", "찾아보기…";
    save: "Save", "저장";
    cancel: "Cancel", "취소";
    length: "Length", "길이";
    genre: "Genre", "장르";
    genre_hint: "Any genre", "모든 장르";
    match_score: "match", "어울림";
    more_like_this: "More like this", "비슷한 곡 더 찾기";
    play_next: "Play next", "바로 다음에 재생";
    add_to_queue: "Add to queue", "대기열에 추가";
    // Library.
    search: "Search the library", "보관함에서 찾기";
    title: "Title", "제목";
    artist: "Artist", "아티스트";
    album: "Album", "앨범";
    time: "Time", "시간";
    mood: "Mood", "기분";
    tempo: "Tempo", "빠르기";
    plays: "Plays", "재생 수";
    any_mood: "All moods", "모든 기분";
    not_analyzed: "not analyzed yet", "분석 전";
    missing: "file not found", "파일 없음";
    leave_library: "Take out of the library", "보관함에서 지우기";
    unknown_artist: "Unknown artist", "알 수 없는 아티스트";
    empty_library_title: "No music here yet", "아직 음악이 없어요";
    empty_library_text: "None of your folders holds music Maeum can play. Add another one, or drop files anywhere in this window.",
        "등록한 폴더에서 재생할 수 있는 음악을 찾지 못했어요. 다른 폴더를 추가하거나 이 창에 파일을 끌어다 놓으세요.";
    no_result_title: "Nothing found", "찾은 곡이 없어요";
    no_result_text: "Try fewer or other words, or all moods.", "낱말을 줄이거나 바꿔 보고, ‘모든 기분’에서도 찾아보세요.";
    show_all: "Show everything", "모두 보기";
    tracks: "Tracks", "곡";
    albums: "Albums", "앨범";
    artists: "Artists", "아티스트";
    music_in_folders: "Folders", "폴더";
    one_album: "ALBUM", "앨범";
    one_artist: "ARTIST", "아티스트";
    no_album: "No album", "앨범 없음";
    various_artists: "Various artists", "여러 아티스트";
    back: "Back", "뒤로";
    problems: "Files with problems", "문제가 있는 파일";
    problems_help: "Everything else works as usual. These files could not be read:",
        "다른 곡은 문제없이 들을 수 있어요. 아래 파일은 읽지 못했어요.";
    // First start.
    welcome: "Where is your music?", "음악이 어디에 있나요?";
    welcome_help: "Choose a folder. Maeum listens to every track once.\nEverything stays on this computer.",
        "폴더를 골라 주세요. 마음이 한 곡씩 들어 볼게요.\n모든 일은 이 컴퓨터 안에서만 이루어져요.";
    choose_folder: "Choose folder…", "폴더 고르기…";
    paste_path: "Or paste a path", "또는 경로를 붙여 넣으세요";
    add: "Add", "추가";
    try_demo: "Try the demo library", "체험용 음악으로 둘러보기";
    drop_hint: "You can also drop folders or files anywhere in this window.",
        "이 창 아무 곳에나 폴더나 파일을 끌어다 놓아도 돼요.";
    drop_title: "Let go to add your music", "놓으면 음악이 추가돼요";
    drop_text: "Folders and single files are both welcome", "폴더도 파일도 모두 좋아요";
    opening: "Opening your library…", "보관함을 여는 중…";
    no_dialog: "This desktop offers no file dialog. Type or paste the path instead.",
        "이 데스크톱에서는 파일 창을 열 수 없어요. 경로를 직접 입력하거나 붙여 넣어 주세요.";
    demo_badge: "Demo library", "체험용 보관함";
    leave_demo: "Back to my music", "내 음악으로 돌아가기";
    // Player bar.
    nothing_playing: "Nothing playing", "재생 중인 곡이 없어요";
    nothing_playing_help: "Tell me how you feel", "지금 기분을 적어 보세요";
    previous: "Previous", "이전 곡";
    next: "Next", "다음 곡";
    position: "Position", "재생 위치";
    volume: "Volume", "음량";
    mute: "Mute", "음소거";
    unmute: "Unmute", "음소거 해제";
    repeat_off: "Repeat: off", "반복: 끔";
    repeat_all: "Repeat: all", "반복: 전체";
    repeat_one: "Repeat: one track", "반복: 한 곡";
    shuffle_on: "Shuffle: on", "무작위: 켬";
    shuffle_off: "Shuffle: off", "무작위: 끔";
    show_queue: "Show queue", "대기열 보기";
    hide_queue: "Hide queue", "대기열 닫기";
    no_device_help: "Plug it in, or choose another in the settings, and the music goes on by itself.",
        "장치를 연결하거나 설정에서 다른 장치를 고르면 바로 이어서 들려 드릴게요.";
    could_not_play: "Could not play", "재생하지 못했어요";
    // Now playing.
    lyrics: "Lyrics", "노랫말";
    lyrics_without_times: "without times", "시간 정보 없음";
    no_lyrics: "No lyrics", "노랫말이 없어요";
    follow_the_song: "Follow the song", "노래 따라가기";
    from_sound: "Sound", "소리";
    from_words: "Words", "노랫말";
    together: "Together", "합쳐서";
    together_help: "as it stands in your library", "내 보관함에서의 자리";
    major: "major", "장조";
    minor: "minor", "단조";
    emotion_arc: "How the feeling moves", "감정의 흐름";
    outline: "Waveform", "파형";
    rating: "Rating", "별점";
    // Files and their tags.
    edit_tags: "Edit tags", "태그 고치기";
    edit_tags_help: "Only what you change is written, into the files themselves. It can be undone.",
        "바꾼 것만 파일에 저장하고, 되돌릴 수 있어요.";
    undo_edit: "Undo the last change of tags", "마지막 태그 수정 되돌리기";
    several_values: "several values", "여러 값";
    will_be_empty: "will be removed", "지워져요";
    album_artist: "Album artist", "앨범 아티스트";
    track_number: "Track", "트랙 번호";
    disc_number: "Disc", "디스크 번호";
    cover: "Cover", "표지";
    cover_stays: "as it is", "그대로";
    cover_goes: "will be removed", "지워져요";
    cover_new: "a new picture", "새 그림";
    cover_path: "Picture for the cover", "표지 그림 파일";
    cover_hint: "A file, or drop one here", "파일 경로를 적거나 끌어다 놓으세요";
    show_in_folder: "Show in folder", "폴더에서 보기";
    ratings_in_tags: "Write stars to the files' tags, too, for other players",
        "다른 플레이어에서도 보이게 별점을 파일의 태그에도 쓰기";
    find_duplicates: "Find duplicates", "겹치는 곡 찾기";
    duplicates: "Duplicates", "겹치는 곡";
    duplicates_help: "The same recording in more than one file, the better one first. No file goes unless you move it to the trash.",
        "같은 녹음이 여러 파일로 있는 곡이에요. 더 나은 파일이 먼저 나오고, 직접 휴지통에 넣기 전에는 어떤 파일도 지우지 않아요.";
    duplicates_help_no_trash: "The same recording in more than one file, the better one first. To delete one, show it in its folder.",
        "같은 녹음이 여러 파일로 있는 곡이에요. 더 나은 파일이 먼저 나와요. 지우려면 폴더에서 보기를 눌러 주세요.";
    looking: "Looking for duplicates…", "겹치는 곡을 찾는 중…";
    no_duplicates: "No duplicates", "겹치는 곡이 없어요";
    no_duplicates_help: "Every recording is here once.", "모든 곡이 한 번씩만 들어 있어요.";
    same_audio: "same audio", "같은 소리";
    same_recording: "same artist, title and length", "아티스트·제목·길이가 같음";
    better_lossless: "lossless", "무손실";
    better_bit_rate: "kept more", "음질이 더 좋음";
    better_tags: "fuller tags", "태그가 더 자세함";
    move_to_trash: "Move to the trash", "휴지통에 넣기";
    drop_cover_title: "Let go to use it as the cover", "놓으면 표지가 돼요";
    // Queue.
    now_playing: "Now playing", "지금 재생 중";
    queue_empty: "The queue is empty", "대기열이 비어 있어요";
    queue_empty_help: "Play something, or add tracks from the library.",
        "음악을 재생하거나 보관함에서 곡을 추가해 보세요.";
    remove: "Remove", "빼기";
    clear_queue: "Clear queue", "대기열 비우기";
    undo: "Undo", "되돌리기";
    sleep_timer: "Sleep timer", "취침 타이머";
    sleep_after_track: "After this track", "이 곡이 끝나면";
    sleep_after_queue: "At the end of the queue", "대기열이 끝나면";
    sleep_off: "Do not stop", "멈추지 않기";
    stops_after_track: "Stops after this track", "이 곡이 끝나면 멈춰요";
    stops_after_queue: "Stops at the end of the queue", "대기열이 끝나면 멈춰요";
    // Playlists.
    playlists: "Playlists", "재생목록";
    playlist: "PLAYLIST", "재생목록";
    smart_playlist: "SMART PLAYLIST", "스마트 재생목록";
    new_playlist: "New playlist", "새 재생목록";
    new_smart: "New smart playlist", "새 스마트 재생목록";
    new_or_import: "New playlist or import", "새 재생목록 또는 가져오기";
    import: "Import M3U…", "M3U 가져오기…";
    import_short: "Import", "가져오기";
    import_path: "M3U file to read", "읽을 M3U 파일";
    no_playlists: "No playlist yet", "아직 재생목록이 없어요";
    no_playlists_help: "Save one from a feeling, or put tracks together yourself.",
        "기분에 맞는 곡을 저장하거나 직접 곡을 모아 보세요.";
    playlist_empty: "Nothing in here yet", "아직 담긴 곡이 없어요";
    playlist_empty_help: "Add tracks from any track's menu (right click).",
        "곡을 오른쪽 클릭해서 담아 보세요.";
    smart_empty: "No track fits right now", "지금은 맞는 곡이 없어요";
    smart_empty_help: "It fills itself as soon as one does.", "맞는 곡이 생기면 저절로 채워져요.";
    not_in_library: "not in the library", "보관함에 없음";
    save_playlist: "Save as a playlist", "재생목록으로 저장";
    add_to_playlist: "Add to playlist", "재생목록에 담기";
    rename: "Rename", "이름 바꾸기";
    name: "Name", "이름";
    delete: "Delete", "지우기";
    delete_playlist: "Delete playlist", "재생목록 지우기";
    all_rules: "All of:", "모두 맞을 때:";
    any_rule: "Any of:", "하나라도 맞을 때:";
    add_rule: "Add a rule", "조건 추가";
    no_rules: "Without rules, everything is in it", "조건이 없으면 모든 곡이 담겨요";
    genre_is: "Genre has", "장르에 있음:";
    genre_is_not: "Genre has not", "장르에 없음:";
    artist_is: "Artist has", "아티스트에 있음:";
    artist_is_not: "Artist has not", "아티스트에 없음:";
    year: "Year", "발매 연도";
    last_heard: "Last heard", "마지막으로 들은 때";
    when_added: "Added", "들어온 때";
    order: "Order", "순서";
    at_most: "At most", "최대";
    no_limit: "no limit", "제한 없음";
    order_album: "album", "앨범";
    order_title: "title", "제목";
    order_added: "last added first", "최근에 들어온 순";
    order_plays: "most played first", "많이 들은 순";
    order_stars: "most stars first", "별이 많은 순";
    order_heard: "longest unheard first", "오래 듣지 않은 순";
    order_newest: "newest first", "최신 발매 순";
    order_calmest: "calmest first", "차분한 순";
    order_liveliest: "liveliest first", "활기찬 순";
    order_shuffled: "shuffled daily", "날마다 섞어서";
    // Diary.
    diary: "Diary", "음악 일기";
    diary_help: "What you heard and the feeling that led to it. It stays on this computer.",
        "무엇을 어떤 기분으로 들었는지 적혀 있어요. 이 컴퓨터에만 남아요.";
    diary_empty: "Nothing heard yet", "아직 들은 음악이 없어요";
    diary_empty_help: "Tell me how you feel, and today's page begins.",
        "기분을 적어 보세요. 오늘의 첫 장이 시작돼요.";
    play_again: "Play again", "다시 듣기";
    older: "Show older days", "더 오래된 날 보기";
    export_diary: "Export", "내보내기";
    erase_diary: "Erase the diary", "일기 모두 지우기";
    erase_day: "Erase the day", "이날 지우기";
    erase: "Erase", "지우기";
    replace: "Replace", "바꾸기";
    erased: "Erased", "지웠어요";
    // Settings.
    folders: "Music folders", "음악 폴더";
    folders_help: "Their tracks are your library. Files are only read, unless you change their tags.",
        "이 폴더의 음악이 보관함이 돼요. 태그를 고칠 때 말고는 파일을 바꾸지 않아요.";
    no_folders: "No folder yet", "아직 폴더가 없어요";
    unreachable: "not reachable now; its tracks are kept", "지금은 열 수 없어요. 곡 정보는 그대로 두었어요";
    remove_folder: "Remove folder", "폴더 빼기";
    rescan: "Look again", "다시 살펴보기";
    analysis: "Analysis", "분석";
    effort: "Analysis effort", "분석 강도";
    effort_help: "How much of this computer listening to new music may use.",
        "새 음악을 들어 볼 때 컴퓨터를 얼마나 쓸지 정해요.";
    gentle: "gentle", "조용히";
    full: "full speed", "최대한 빠르게";
    desktop: "Desktop", "데스크톱";
    desktop_help: "Media keys and the desktop's own controls work while Maeum is open.",
        "마음이 열려 있는 동안 키보드의 미디어 키와 데스크톱의 재생 단추를 쓸 수 있어요.";
    notify: "Say so when the track changes", "곡이 바뀌면 알림 보내기";
    taste: "What I learned about your taste", "내 취향에 대해 배운 것";
    taste_help: "From thumbs, skips and what you hear to the end. It stays on this computer and bends every suggestion; why tells where.",
        "좋아요와 싫어요, 넘긴 곡, 끝까지 들은 곡에서 배웠어요. 이 컴퓨터에만 두고 추천에 반영하며, 고른 까닭에서 알려 드려요.";
    nothing_learned: "Nothing yet", "아직 없어요";
    forget_taste: "Forget all of it", "모두 잊기";
    really_forget: "Forget every thumb, ban and leaning? This cannot be undone.",
        "좋아요와 싫어요, 추천하지 않기로 한 곡, 알게 된 취향을 모두 잊을까요? 되돌릴 수 없어요.";
    forget: "Forget", "잊기";
    taste_forgotten: "Forgotten. Suggestions are as at the beginning.", "잊었어요. 추천이 처음으로 돌아갔어요.";
    sound: "Sound", "소리";
    output: "Output", "출력 장치";
    system_default: "System default", "시스템 기본";
    not_connected: "not connected", "연결 안 됨";
    device_lost: "When it goes away", "장치가 사라지면";
    lost_wait: "Wait for it", "기다리기";
    lost_move: "Move to another", "다른 장치로 옮기기";
    crossfade: "Crossfade", "크로스페이드";
    crossfade_help: "Tracks fade into each other; those of an album that play through join without a fade.",
        "곡이 서로 겹치며 이어져요. 앨범을 차례로 들을 때는 겹치지 않고 그대로 이어져요.";
    levelling: "Loudness levelling", "음량 맞추기";
    levelling_help: "All music sounds equally loud. Automatic keeps the differences within an album.",
        "모든 음악이 비슷한 크기로 들려요. 자동은 한 앨범 안의 차이를 그대로 두어요.";
    level_off: "Off", "끔";
    level_track: "By track", "곡마다";
    level_album: "By album", "앨범마다";
    level_auto: "Automatic", "자동";
    target_loudness: "Target loudness", "목표 음량";
    quieter: "quieter", "작게";
    louder: "louder", "크게";
    join_rates: "Join different sample rates", "샘플레이트가 달라도 잇기";
    join_rates_help: "Off: each track at its own rate, after a short pause", "끄면 원래 샘플레이트로, 잠깐 쉬고 재생해요";
    appearance: "Appearance", "모양";
    language: "Language", "언어";
    follow_system: "System", "시스템 설정";
    theme: "Theme", "테마";
    dark: "Dark", "어둡게";
    light: "Light", "밝게";
    motion: "Motion", "움직임 효과";
    motion_help: "Short, soft transitions", "짧고 부드러운 전환";
    models: "Models", "모델";
    models_help: "Small networks that Maeum trained itself. They run on this computer and send nothing anywhere.",
        "마음이 직접 학습시킨 작은 모델들이에요. 이 컴퓨터에서만 돌고 아무것도 내보내지 않아요.";
    model_words: "Words and lyrics", "글과 노랫말";
    model_photos: "Photos", "사진";
    model_sound: "Sound", "소리";
    version: "version", "버전";
    learned_from: "Learned from", "배운 자료";
    no_models: "No models are here. Feelings are read with a table of words, and sound with a fixed rule.",
        "모델이 없어요. 글은 낱말 표로, 소리는 정해진 규칙으로 읽어요.";
    about: "About", "정보";
    about_text: "A music player that listens to how you feel. Everything happens on this computer.",
        "마음을 듣는 음악 플레이어. 모든 일은 이 컴퓨터 안에서 이루어져요.";
    data_folder: "Data folder", "데이터 폴더";
    copy_path: "Copy path", "경로 복사";
    licences: "Type: Pretendard (SIL Open Font License 1.1). Icons: Phosphor (MIT). Maeum: MIT or Apache-2.0.",
        "글꼴: Pretendard (SIL 오픈 폰트 라이선스 1.1). 아이콘: Phosphor (MIT). 마음: MIT 또는 Apache-2.0.";
    // Progress.
    scanning: "Looking for music", "음악을 찾는 중";
    analyzing: "Listening along", "들어 보는 중";
    paused: "Paused", "잠시 멈춤";
    pause_analysis: "Pause analysis", "분석 멈추기";
    resume_analysis: "Resume analysis", "분석 계속하기";
    // Notices.
    nothing_to_add: "No music found there", "거기에는 음악이 없어요";
    no_text_model: "The text model cannot be used, so feelings are read word by word",
        "글 모델을 쓸 수 없어 기분을 낱말로만 읽어요";
    no_photo_model: "The photo model cannot be used, so photos are read by their colours alone",
        "사진 모델을 쓸 수 없어 사진을 색으로만 읽어요";
    dismiss: "Dismiss", "닫기";
    unusable: "Your library could not be opened", "보관함을 열 수 없어요";
    engine_gone: "The player's engine has stopped. Please restart Maeum.",
        "플레이어가 멈췄어요. 마음을 다시 시작해 주세요.";
}

/// The texts in `language`.
#[must_use]
pub const fn strings(language: Language) -> &'static Strings {
    match language {
        Language::English => &ENGLISH,
        Language::Korean => &KOREAN,
    }
}

/// Feelings offered to a newcomer, in both languages each.
pub const EXAMPLES: [(&str, &str); 6] = [
    ("calm evening by the sea", "바닷가의 고요한 저녁"),
    ("alone on a rainy night, sad", "비 오는 밤, 혼자라 슬프다"),
    ("so happy I could dance", "춤추고 싶을 만큼 행복해"),
    ("falling in love in spring", "봄날, 사랑에 빠진 기분"),
    (
        "nervous before something big",
        "큰일을 앞두고 긴장되고 떨린다",
    ),
    ("angry, I want to scream", "화가 나서 소리치고 싶어"),
];

/// `1234567` → `1,234,567`.
#[must_use]
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A duration as `m:ss` or `h:mm:ss`.
#[must_use]
pub fn clock(secs: f32) -> String {
    let secs = secs.max(0.0) as u64;
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

/// "1,234 tracks".
#[must_use]
pub fn tracks(language: Language, number: usize) -> String {
    let shown = count(number);
    match language {
        Language::English if number == 1 => "1 track".to_owned(),
        Language::English => format!("{shown} tracks"),
        Language::Korean => format!("{shown}곡"),
    }
}

/// "20 tracks · 1 h 12 min".
#[must_use]
pub fn tracks_and_time(language: Language, number: usize, secs: f32) -> String {
    format!(
        "{} · {}",
        tracks(language, number),
        long_time(language, secs)
    )
}

/// A duration in words: "1 h 12 min", "1시간 12분".
#[must_use]
pub fn long_time(language: Language, secs: f32) -> String {
    let minutes = (secs.max(0.0) / 60.0).round() as u64;
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (language, hours, rest) {
        (Language::English, 0, _) => format!("{rest} min"),
        (Language::English, _, 0) => format!("{hours} h"),
        (Language::English, ..) => format!("{hours} h {rest} min"),
        (Language::Korean, 0, _) => format!("{rest}분"),
        (Language::Korean, _, 0) => format!("{hours}시간"),
        (Language::Korean, ..) => format!("{hours}시간 {rest}분"),
    }
}

/// Time left of the analysis: "about 4 min left".
#[must_use]
pub fn time_left(language: Language, secs: f32) -> String {
    if secs < 50.0 {
        return language
            .pick("less than a minute left", "1분도 안 남았어요")
            .to_owned();
    }
    let time = long_time(language, secs.max(60.0));
    match language {
        Language::English => format!("about {time} left"),
        Language::Korean => format!("약 {time} 남았어요"),
    }
}

/// "120 of 3,000 tracks are ready".
#[must_use]
pub fn ready_of(language: Language, ready: usize, all: usize) -> String {
    let (ready, all) = (count(ready), count(all));
    match language {
        Language::English => format!("{ready} of {all} tracks are ready"),
        Language::Korean => format!("{all}곡 가운데 {ready}곡이 준비됐어요"),
    }
}

/// "3 selected".
#[must_use]
pub fn selected(language: Language, number: usize) -> String {
    match language {
        Language::English => format!("{} selected", count(number)),
        Language::Korean => format!("{}곡 선택", count(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_read_naturally() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(clock(59.9), "0:59");
        assert_eq!(clock(3_725.0), "1:02:05");
        assert_eq!(long_time(Language::English, 4_320.0), "1 h 12 min");
        assert_eq!(long_time(Language::Korean, 4_320.0), "1시간 12분");
        assert_eq!(tracks(Language::English, 1), "1 track");
    }
}
