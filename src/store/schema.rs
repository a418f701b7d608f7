//! The database file: who may write it, its layout and its versions.

use super::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait for another connection, such as a backup, to let go.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// So long the right to write is asked for before another process counts as its holder.
const LOCK_PATIENCE: Duration = Duration::from_millis(100);

/// Every version's step from the one before. Never edit a step that was released: add one.
const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE folders (
        path            BLOB PRIMARY KEY,
        reachable       INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE tracks (
        id              INTEGER PRIMARY KEY,
        path            BLOB NOT NULL,
        size_bytes      INTEGER NOT NULL,
        mtime_unix_ns   INTEGER NOT NULL,
        beside          INTEGER NOT NULL,
        content         BLOB NOT NULL,
        tags            TEXT NOT NULL,
        duration_secs   REAL NOT NULL,
        codec           TEXT NOT NULL,
        has_cover       INTEGER NOT NULL,
        lyrics          TEXT NOT NULL,
        missing         INTEGER NOT NULL,
        removed         INTEGER NOT NULL,
        added           INTEGER NOT NULL,
        play_count      INTEGER NOT NULL,
        skip_count      INTEGER NOT NULL,
        last_played     INTEGER,
        problem_version INTEGER,
        problem         TEXT
    );

    CREATE TABLE lyrics (
        track           INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        lines           TEXT NOT NULL
    );

    CREATE TABLE analyses (
        track           INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        version         INTEGER NOT NULL,
        features        TEXT NOT NULL,
        mood            TEXT NOT NULL
    );

    CREATE TABLE problems (
        path            BLOB PRIMARY KEY,
        reason          TEXT NOT NULL,
        unsupported     INTEGER NOT NULL,
        size_bytes      INTEGER,
        mtime_unix_ns   INTEGER,
        beside          INTEGER
    ) WITHOUT ROWID;

    CREATE TABLE history (
        id              INTEGER PRIMARY KEY,
        track           INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
        at              INTEGER NOT NULL,
        played_secs     REAL NOT NULL,
        finished        INTEGER NOT NULL
    );
    CREATE INDEX history_by_time ON history (at);
",
    // The moods of lyrics: which model read which words, and ten bytes a line.
    "
    ALTER TABLE tracks ADD COLUMN lyrics_hash INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE lyric_moods (
        track           INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        version         TEXT NOT NULL,
        lyrics_hash     INTEGER NOT NULL,
        language        TEXT,
        lines           BLOB NOT NULL
    );
",
    // What the listener did about tracks, as it happened.
    "
    CREATE TABLE feedback (
        id              INTEGER PRIMARY KEY,
        track           INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
        at              INTEGER NOT NULL,
        reaction        TEXT NOT NULL,
        setting         TEXT
    );
",
    // What reading a track from end to end told: how loud it is, its outline, its moods.
    "
    CREATE TABLE whole_tracks (
        track           INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        version         TEXT NOT NULL,
        lufs            REAL NOT NULL,
        true_peak       REAL NOT NULL,
        waveform        BLOB NOT NULL,
        arc             BLOB NOT NULL
    );
",
    // Stars, 1 to 5; 0 is no rating.
    "
    ALTER TABLE tracks ADD COLUMN rating INTEGER NOT NULL DEFAULT 0;
",
    // What the audio model heard, and which: about two hundred bytes.
    "
    CREATE TABLE audio_readings (
        track           INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE,
        version         TEXT NOT NULL,
        reading         BLOB NOT NULL
    );
",
    // The queue as it was last, and the place in it.
    "
    CREATE TABLE queue (
        place           INTEGER PRIMARY KEY,
        track           INTEGER,
        path            BLOB NOT NULL,
        rank            INTEGER NOT NULL,
        outside         TEXT
    );

    CREATE TABLE queue_state (
        id              INTEGER PRIMARY KEY CHECK (id = 1),
        current         INTEGER,
        position_secs   REAL NOT NULL,
        shuffled        INTEGER NOT NULL,
        repeat          TEXT NOT NULL
    );
",
    // Playlists, with those that come along. An entry is a track, or an imported line that
    // no track fits.
    "
    CREATE TABLE playlists (
        id              INTEGER PRIMARY KEY,
        place           INTEGER NOT NULL,
        name            TEXT NOT NULL,
        builtin         TEXT,
        cover           TEXT NOT NULL,
        smart           INTEGER NOT NULL,
        rules           TEXT
    );
    INSERT INTO playlists (id, place, name, builtin, cover, smart) VALUES
        (1, 0, '', 'recently_added', '\"mosaic\"', 1),
        (2, 1, '', 'most_played', '\"mosaic\"', 1),
        (3, 2, '', 'not_heard_for_a_year', '\"mosaic\"', 1),
        (4, 3, '', 'calm_evening', '{\"mood\":\"peaceful\"}', 1);

    CREATE TABLE playlist_entries (
        playlist        INTEGER NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
        place           INTEGER NOT NULL,
        track           INTEGER REFERENCES tracks (id) ON DELETE CASCADE,
        unmatched       TEXT,
        PRIMARY KEY (playlist, place)
    ) WITHOUT ROWID;
",
    // What led to plays.
    "
    CREATE TABLE sittings (
        id              INTEGER PRIMARY KEY,
        occasion        TEXT NOT NULL
    );
    ALTER TABLE history ADD COLUMN sitting INTEGER REFERENCES sittings (id);
",
    // Whether the stars were given here; others come from the file's tags.
    "
    ALTER TABLE tracks ADD COLUMN rated INTEGER NOT NULL DEFAULT 0;
    UPDATE tracks SET rated = 1 WHERE rating > 0;
",
];

/// An open database.
#[derive(Debug)]
pub struct Database {
    /// The connection.
    pub connection: Connection,
    /// Held while this process may write; `None` for a mere reader.
    pub lock: Option<File>,
    /// Where a damaged database was put, when there was one.
    pub set_aside: Option<PathBuf>,
}

/// Opens the database at `path`, making or migrating it as needed. `load` reads it; when
/// that shows damage, the file is set aside and an empty library takes its place.
pub fn open<T>(
    path: &Path,
    load: impl Fn(&Connection) -> rusqlite::Result<T>,
) -> Result<(Database, T), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let read_only = |error: &io::Error| {
        let denied = [
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::ReadOnlyFilesystem,
        ];
        denied.contains(&error.kind()) && path.exists()
    };
    let lock = match fs::create_dir_all(folder).and_then(|()| lock(path)) {
        Ok(Some(lock)) => lock,
        Ok(None) => return open_reader(path, load, false),
        Err(error) if read_only(&error) => return open_reader(path, load, true),
        Err(source) => {
            let path = folder.to_path_buf();
            return Err(StoreError::Folder { path, source });
        }
    };
    let mut set_aside = None;
    loop {
        match open_writer(path).and_then(|connection| {
            let loaded = load(&connection).map_err(|error| Failure::of(path, error))?;
            Ok((connection, loaded))
        }) {
            Ok((connection, loaded)) => {
                let database = Database {
                    connection,
                    lock: Some(lock),
                    set_aside,
                };
                return Ok((database, loaded));
            }
            Err(Failure::Damaged(error)) if set_aside.is_none() => {
                let aside = put_aside(path)?;
                tracing::warn!(
                    "{} is damaged ({error}); now {}",
                    path.display(),
                    aside.display()
                );
                set_aside = Some(aside);
            }
            Err(Failure::Damaged(source)) => {
                let path = path.to_path_buf();
                return Err(StoreError::Read { path, source });
            }
            Err(Failure::Other(error)) => return Err(error),
        }
    }
}

/// What SQLite says of tables that are not ours, or not all of them.
const FOREIGN: [&str; 5] = [
    "no such table",
    "no such column",
    "has no column named",
    "already exists",
    "duplicate column name",
];

enum Failure {
    Damaged(rusqlite::Error),
    Other(StoreError),
}

impl Failure {
    fn of(path: &Path, source: rusqlite::Error) -> Self {
        if is_damage(&source) {
            return Self::Damaged(source);
        }
        let path = path.to_path_buf();
        Self::Other(StoreError::Read { path, source })
    }
}

/// Corruption, no database at all, or tables that are not ours. A lock, a drive or a number
/// that is out of range can be mended.
fn is_damage(error: &rusqlite::Error) -> bool {
    let foreign = |told: &str| FOREIGN.iter().any(|sign| told.contains(sign));
    match error {
        rusqlite::Error::SqliteFailure(cause, told) => match cause.code {
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => true,
            ErrorCode::Unknown => told.as_deref().is_some_and(foreign),
            _ => false,
        },
        rusqlite::Error::SqlInputError { msg, .. } => foreign(msg),
        _ => false,
    }
}

/// The right to write: one process holds it; it is let go even by a killed one.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.with_extension("lock"))?;
    let patience = Instant::now() + LOCK_PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            // A program that is just being started holds all open files for an instant, also
            // one that this process has let go of.
            Err(TryLockError::WouldBlock) if Instant::now() < patience => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => {
                // Some network drives know no locks; SQLite will still see to single writes.
                tracing::warn!("{} cannot be locked: {error}", path.display());
                return Ok(Some(file));
            }
        }
    }
}

fn open_writer(path: &Path) -> Result<Connection, Failure> {
    let of = |error| Failure::of(path, error);
    let mut connection = Connection::open(path).map_err(of)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(of)?;
    // With a write-ahead log, NORMAL keeps every commit through a kill, and the database
    // whole (less the last commits at worst) through a power cut.
    connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
        .map_err(of)?;
    connection
        .pragma_update(None, "synchronous", "NORMAL")
        .map_err(of)?;
    connection
        .pragma_update(None, "foreign_keys", true)
        .map_err(of)?;
    let check: String = connection
        .pragma_query_value(None, "quick_check", |row| row.get(0))
        .map_err(of)?;
    if check != "ok" {
        let damage = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        let error = rusqlite::Error::SqliteFailure(damage, Some(check));
        return Err(Failure::Damaged(error));
    }
    let version = version(&connection).map_err(of)?;
    let Some(steps) = MIGRATIONS.get(version..) else {
        let path = path.to_path_buf();
        return Err(Failure::Other(StoreError::Newer { path }));
    };
    for (index, step) in steps.iter().enumerate() {
        let migrate = |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "user_version", (version + index + 1) as i64)?;
            transaction.commit()
        };
        migrate(&mut connection).map_err(of)?;
    }
    Ok(connection)
}

/// `untouchable`: not even the files of the write-ahead log can be made.
fn open_reader<T>(
    path: &Path,
    load: impl Fn(&Connection) -> rusqlite::Result<T>,
    untouchable: bool,
) -> Result<(Database, T), StoreError> {
    let read = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = if untouchable && !path.with_extension("db-wal").exists() {
            Connection::open_with_flags(immutable_uri(path), flags)?
        } else {
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok((version(&connection)?, load(&connection)?, connection))
    };
    let (version, loaded, connection) = read().map_err(|source| StoreError::Read {
        path: path.to_path_buf(),
        source,
    })?;
    if version > MIGRATIONS.len() {
        let path = path.to_path_buf();
        return Err(StoreError::Newer { path });
    }
    let database = Database {
        connection,
        lock: None,
        set_aside: None,
    };
    Ok((database, loaded))
}

/// `file:` with everything escaped that a URI could mistake.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            let _ = write!(uri, "%{byte:02x}");
        }
    }
    uri + "?immutable=1"
}

fn version(connection: &Connection) -> rusqlite::Result<usize> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// Renames a damaged database with its log, and tells its new name.
fn put_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let with_suffix = |path: &Path, suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let aside = (1..10_000)
        .map(|number: u32| with_suffix(path, &format!(".damaged-{number}")))
        .find(|aside| !aside.exists())
        .unwrap_or_else(|| with_suffix(path, ".damaged"));
    let set_aside = || {
        fs::rename(path, &aside)?;
        for suffix in ["-wal", "-shm"] {
            let log = with_suffix(path, suffix);
            if log.exists() {
                fs::rename(log, with_suffix(&aside, suffix))?;
            }
        }
        Ok(())
    };
    match set_aside() {
        Ok(()) => Ok(aside),
        Err(source) => {
            let path = path.to_path_buf();
            Err(StoreError::SetAside { path, source })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_of_any_earlier_version_is_brought_up_to_date() {
        for old in 0..=MIGRATIONS.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("library.db");
            let connection = Connection::open(&path).unwrap();
            for step in &MIGRATIONS[..old] {
                connection.execute_batch(step).unwrap();
            }
            connection
                .pragma_update(None, "user_version", old as i64)
                .unwrap();
            if old > 0 {
                let folder = "INSERT INTO folders (path, reachable) VALUES (x'2f6d', 1)";
                connection.execute(folder, []).unwrap();
            }
            drop(connection);
            let (database, model) = open(&path, super::super::rows::load).unwrap();
            assert_eq!(version(&database.connection).unwrap(), MIGRATIONS.len());
            assert_eq!(model.folders().len(), old.min(1));
            assert!(database.set_aside.is_none());
        }
    }

    #[test]
    fn only_damage_sets_a_library_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let sqlite = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        for code in [
            rusqlite::ffi::SQLITE_PROTOCOL,
            rusqlite::ffi::SQLITE_IOERR,
            rusqlite::ffi::SQLITE_BUSY,
            rusqlite::ffi::SQLITE_ERROR,
        ] {
            let refused = open(&path, |_| Err::<(), _>(sqlite(code)));
            assert!(matches!(refused, Err(StoreError::Read { .. })), "{code}");
        }
        let odd = |_: &Connection| Err::<(), _>(rusqlite::Error::IntegralValueOutOfRange(0, 999));
        assert!(matches!(open(&path, odd), Err(StoreError::Read { .. })));
        let whole = |path: &Path| open(path, |_| Ok(())).unwrap().0.set_aside.is_none();
        assert!(whole(&path));
        // Tables of another program, and tables that have gone.
        let foreign = folder.path().join("foreign.db");
        let connection = Connection::open(&foreign).unwrap();
        connection.execute("CREATE TABLE folders (x)", []).unwrap();
        drop(connection);
        assert!(!whole(&foreign));
        let connection = Connection::open(&path).unwrap();
        connection.execute("DROP TABLE feedback", []).unwrap();
        connection.execute("DROP TABLE analyses", []).unwrap();
        drop(connection);
        let (database, _) = open(&path, super::super::rows::load).unwrap();
        assert!(database.set_aside.is_some());
    }

    #[test]
    fn numbers_that_do_not_fit_spoil_only_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let (database, ()) = open(&path, |_| Ok(())).unwrap();
        database
            .connection
            .execute_batch(
                "INSERT INTO tracks (id, path, size_bytes, mtime_unix_ns, beside, content, tags,
                        duration_secs, codec, has_cover, lyrics, missing, removed, added,
                        play_count, skip_count, rating)
                 VALUES (1, x'2f61', 1, 1, 1, x'00', '{}', 1.0, 'FLAC', 0, 'none', 0, 0, 5,
                        -1, 5000000000, 999)",
            )
            .unwrap();
        drop(database);
        let (database, model) = open(&path, super::super::rows::load).unwrap();
        assert!(database.set_aside.is_none());
        let library = model.library();
        let track = &library.tracks()[0];
        assert_eq!((track.play_count, track.skip_count), (0, u32::MAX));
        assert_eq!((track.rating, track.added_unix_secs), (5, 5));
    }

    #[test]
    fn the_log_and_the_foreign_keys_are_on() {
        let folder = tempfile::tempdir().unwrap();
        let (database, ()) = open(&folder.path().join("library.db"), |_| Ok(())).unwrap();
        let text = |name| -> String {
            let read = |row: &rusqlite::Row<'_>| row.get(0);
            database
                .connection
                .pragma_query_value(None, name, read)
                .unwrap()
        };
        assert_eq!(text("journal_mode"), "wal");
        let refused = database
            .connection
            .execute("INSERT INTO lyrics (track, lines) VALUES (1, '')", []);
        assert!(refused.is_err());
    }

    #[test]
    fn a_folder_that_cannot_be_written_at_all_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("what? 100%#.db");
        drop(open(&path, |_| Ok(())).unwrap());
        let (database, count) = open_reader(
            &path,
            |connection| connection.query_row("SELECT count(*) FROM tracks", [], |row| row.get(0)),
            true,
        )
        .unwrap();
        assert_eq!((count, database.lock.is_none()), (0_i64, true));
    }
}
