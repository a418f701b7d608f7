//! Why a photo cannot be read.

use crate::language::Language;

/// Why a photo cannot be read, to be told to the listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoProblem {
    /// The file cannot be opened or read; the system's reason.
    Unreadable(String),
    /// It holds nothing.
    Empty,
    /// It is no picture of a kind that is known here.
    NotAPicture,
    /// It is a picture of a kind that cannot be decoded here: its name.
    Unsupported(&'static str),
    /// It is a video.
    Video,
    /// It has more pixels than can be decoded in the memory that photos may take.
    TooLarge {
        /// Width, pixels.
        width: u32,
        /// Height, pixels.
        height: u32,
    },
    /// The file is larger than any photo: megabytes.
    HugeFile(u64),
    /// It is damaged or cut off; the decoder's reason.
    Damaged(String),
    /// The clipboard holds no picture.
    NothingToPaste,
}

impl PhotoProblem {
    /// The reason as a sentence without the photo's name.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, Self::Unreadable(reason)) => {
                format!("the file cannot be read: {reason}")
            }
            (Language::Korean, Self::Unreadable(reason)) => {
                format!("파일을 읽을 수 없어요: {reason}")
            }
            (Language::English, Self::Empty) => "the file is empty".into(),
            (Language::Korean, Self::Empty) => "빈 파일이에요".into(),
            (Language::English, Self::NotAPicture) => {
                "this is no picture that is known here; JPEG, PNG, WebP, GIF, BMP and TIFF are"
                    .into()
            }
            (Language::Korean, Self::NotAPicture) => {
                "알 수 있는 사진이 아니에요. JPEG, PNG, WebP, GIF, BMP, TIFF를 읽을 수 있어요"
                    .into()
            }
            (Language::English, Self::Unsupported(kind)) => {
                format!("{kind} pictures cannot be read here yet; save it as JPEG or PNG")
            }
            (Language::Korean, Self::Unsupported(kind)) => {
                format!("{kind} 사진은 아직 읽을 수 없어요. JPEG나 PNG로 저장해 주세요")
            }
            (Language::English, Self::Video) => {
                "this is a video; a picture taken from it would do".into()
            }
            (Language::Korean, Self::Video) => {
                "동영상이에요. 한 장면을 사진으로 저장해 주세요".into()
            }
            (Language::English, Self::TooLarge { width, height }) => {
                format!("{width} × {height} pixels are too many; make it smaller first")
            }
            (Language::Korean, Self::TooLarge { width, height }) => {
                format!("{width} × {height} 픽셀은 너무 커요. 먼저 작게 줄여 주세요")
            }
            (Language::English, Self::HugeFile(megabytes)) => {
                format!("the file is too large ({megabytes} MB)")
            }
            (Language::Korean, Self::HugeFile(megabytes)) => {
                format!("파일이 너무 커요 ({megabytes} MB)")
            }
            (Language::English, Self::Damaged(reason)) => {
                format!("the picture is damaged or cut off: {reason}")
            }
            // The decoders give their reasons in English only.
            (Language::Korean, Self::Damaged(_)) => "사진이 손상되었거나 잘렸어요".into(),
            (Language::English, Self::NothingToPaste) => "there is no picture to paste".into(),
            (Language::Korean, Self::NothingToPaste) => "붙여 넣을 사진이 없어요".into(),
        }
    }
}

impl std::fmt::Display for PhotoProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.line(Language::English))
    }
}

impl std::error::Error for PhotoProblem {}
