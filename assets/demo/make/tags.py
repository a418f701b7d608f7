"""Tags, embedded covers and lyrics, each the way its format wants them."""

import base64

from mutagen.flac import Picture
from mutagen.id3 import APIC, ID3, TALB, TCON, TDRC, TIT2, TPE1, TPE2, TRCK, USLT
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

import covers


def lrc(piece):
    """The piece's lyrics with times."""
    lines = []
    for beat, text in piece.lyrics:
        at = piece.seconds(beat)
        lines.append(f"[{int(at // 60):02}:{at % 60:05.2f}]{text}\n")
    return "".join(lines)


def write_id3(path, words, picture, lyrics, language):
    tags = ID3()
    for frame, value in ((TIT2, words["title"]), (TPE1, words["artist"]), (TPE2, words["album artist"]),
                         (TALB, words["album"]), (TRCK, words["number"]), (TDRC, words["year"]),
                         (TCON, words["genre"])):
        tags.add(frame(encoding=3, text=value))
    if picture:
        tags.add(APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=picture))
    if lyrics:
        tags.add(USLT(encoding=3, lang={"ko": "kor", "en": "eng"}[language], desc="", text=lyrics))
    tags.save(path, v2_version=4)


def write_mp4(path, words, picture, lyrics):
    tags = MP4(path)
    tags["\xa9nam"], tags["\xa9ART"], tags["aART"] = (
        words["title"], words["artist"], words["album artist"])
    tags["\xa9alb"], tags["\xa9day"], tags["\xa9gen"] = words["album"], words["year"], words["genre"]
    number, total = map(int, words["number"].split("/"))
    tags["trkn"] = [(number, total)]
    if picture:
        tags["covr"] = [MP4Cover(picture, MP4Cover.FORMAT_JPEG)]
    if lyrics:
        tags["\xa9lyr"] = lyrics
    tags.save()


def write_vorbis(kind, path, words, picture, lyrics):
    tags = kind(path)
    number, total = words["number"].split("/")
    for key, value in (("title", words["title"]), ("artist", words["artist"]),
                       ("albumartist", words["album artist"]), ("album", words["album"]),
                       ("tracknumber", number), ("tracktotal", total), ("date", words["year"]),
                       ("genre", words["genre"])):
        tags[key] = value
    if picture:
        block = Picture()
        block.type, block.mime, block.data = 3, "image/jpeg", picture
        block.width = block.height = covers.SIZE
        block.depth = 24
        tags["metadata_block_picture"] = base64.b64encode(block.write()).decode("ascii")
    if lyrics:
        tags["lyrics"] = lyrics
    tags.save()


def write(path, album, number, track, piece):
    words = {"title": piece.title, "artist": track.artist or album.artist,
             "album artist": album.artist, "album": album.title,
             "number": f"{number}/{len(album.tracks)}", "year": str(album.year),
             "genre": album.genre}
    picture = covers.jpeg(piece.slug) if album.cover == "tracks" else None
    text = lrc(piece) if track.lyrics_language else ""
    inside = text if track.lyrics_embedded else ""
    if path.suffix == ".mp3":
        write_id3(path, words, picture, inside, track.lyrics_language)
    elif path.suffix == ".m4a":
        write_mp4(path, words, picture, inside)
    else:
        write_vorbis(OggOpus if path.suffix == ".opus" else OggVorbis, path, words, picture, inside)
    if text and not track.lyrics_embedded:
        path.with_suffix(".lrc").write_text(text, encoding="utf-8")
