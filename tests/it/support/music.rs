//! Music folders made for a test: tones that differ, tags byte by byte, and whole scans.

use super::fixtures;
use maeum::library::{Library, Problem, ScanEvent, ScanSummary, ScannedFile};
use maeum::scan::{ScanControl, ScanRequest, scan};
use maeum::store::{Store, StoreHandle};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A WAV file of a third of a second whose sound differs with every `seed`.
pub fn wav(seed: u32) -> Vec<u8> {
    wav_with_info(seed, &[])
}

/// The same with RIFF INFO texts, raw.
pub fn wav_with_info(seed: u32, info: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    const RATE_HZ: u32 = 8000;
    let mut random = fastrand::Rng::with_seed(u64::from(seed));
    let samples: Vec<u8> = (0..RATE_HZ / 3)
        .flat_map(|_| random.i16(-8000..8000).to_le_bytes())
        .collect();
    let mut format = Vec::new();
    format.extend(1_u16.to_le_bytes());
    format.extend(1_u16.to_le_bytes());
    format.extend(RATE_HZ.to_le_bytes());
    format.extend((RATE_HZ * 2).to_le_bytes());
    format.extend(2_u16.to_le_bytes());
    format.extend(16_u16.to_le_bytes());
    let mut body = b"WAVE".to_vec();
    body.extend(chunk(*b"fmt ", &format));
    body.extend(chunk(*b"data", &samples));
    if !info.is_empty() {
        let mut list = b"INFO".to_vec();
        for (key, text) in info {
            list.extend(chunk(**key, text));
        }
        body.extend(chunk(*b"LIST", &list));
    }
    chunk(*b"RIFF", &body)
}

fn chunk(key: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = key.to_vec();
    chunk.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    chunk.extend(body);
    if body.len() % 2 == 1 {
        chunk.push(0);
    }
    chunk
}

/// The frames of an MP3, without any tag.
pub fn bare_mp3() -> Vec<u8> {
    let bytes = fs::read(fixtures::path("mp3-cbr.mp3")).unwrap();
    if !bytes.starts_with(b"ID3") {
        return bytes;
    }
    let size = bytes[6..10]
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(*byte));
    bytes[10 + size..].to_vec()
}

/// An `ID3v2.3` tag of raw frames.
pub fn id3v2(frames: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (id, content) in frames {
        body.extend(*id);
        body.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        body.extend([0, 0]);
        body.extend(content);
    }
    let mut tag = b"ID3\x03\0\0".to_vec();
    tag.extend([21, 14, 7, 0].map(|shift| (body.len() >> shift) as u8 & 0x7F));
    tag.extend(body);
    tag
}

/// Text that claims to be Latin-1, whatever it is.
pub fn latin1_frame(bytes: &[u8]) -> Vec<u8> {
    let mut content = vec![0];
    content.extend(bytes);
    content
}

/// The 128 bytes of an `ID3v1` tag.
pub fn id3v1(title: &[u8], artist: &[u8], album: &[u8]) -> Vec<u8> {
    let mut tag = b"TAG".to_vec();
    for text in [title, artist, album] {
        let mut field = [0; 30];
        let len = text.len().min(30);
        field[..len].copy_from_slice(&text[..len]);
        tag.extend(field);
    }
    tag.extend([0; 35]);
    tag[127] = 17;
    tag
}

/// Text in CP949.
pub fn cp949(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::EUC_KR.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

/// A library in a temporary folder, with a folder of music beside it.
pub struct Collection {
    root: tempfile::TempDir,
    store: Option<Store>,
}

impl Collection {
    pub fn new() -> Self {
        let collection = Self {
            root: tempfile::tempdir().unwrap(),
            store: None,
        };
        fs::create_dir(collection.music()).unwrap();
        let mut collection = collection;
        collection.reopen();
        collection.store().add_folder(collection.music()).unwrap();
        collection
    }

    /// Closes the library and opens it again.
    pub fn reopen(&mut self) {
        self.store = None;
        self.store = Some(Store::open(&self.database(), |_| {}).unwrap());
    }

    pub fn database(&self) -> PathBuf {
        self.root.path().join("data/library.db")
    }

    pub fn music(&self) -> PathBuf {
        self.root.path().join("music")
    }

    /// A path in the music folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.music().join(name)
    }

    /// Writes a file into the music folder.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn store(&self) -> &StoreHandle {
        self.store.as_ref().unwrap().handle()
    }

    pub fn library(&self) -> Arc<Library> {
        self.store().library().unwrap()
    }

    pub fn problems(&self) -> Vec<Problem> {
        self.store().problems().unwrap()
    }

    /// Scans the folders of the library.
    pub fn scan(&self) -> ScanSummary {
        let folders = self.store().folders().unwrap();
        let request = ScanRequest {
            folders: folders.into_iter().map(|folder| folder.path).collect(),
            files: self.store().single_files().unwrap(),
        };
        let known = self.store().known_files().unwrap();
        let completed = scan(
            &request,
            &known,
            &ScanControl::default(),
            &mut |_| {},
            &mut |event| self.store().apply_scan(event),
        );
        self.store().finish_scan(completed).unwrap()
    }
}

/// What one scan of a folder that nobody knows finds.
pub fn scan_once(folder: &Path) -> Vec<ScanEvent> {
    let mut events = Vec::new();
    let request = ScanRequest {
        folders: vec![folder.to_path_buf()],
        files: Vec::new(),
    };
    let completed = scan(
        &request,
        &maeum::library::KnownFiles::new(),
        &ScanControl::default(),
        &mut |_| {},
        &mut |event| events.push(event),
    );
    assert!(completed);
    events
}

/// Reads a file made of these bytes.
pub fn read(name: &str, bytes: &[u8]) -> ScannedFile {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    maeum::scan::read_file(&path).unwrap()
}
