"""What is on the shelves: albums, their tracks, and the format each is kept in."""

from dataclasses import dataclass
from typing import Callable

from pieces import breaker_box, paper_boats, water, window


@dataclass
class Track:
    compose: Callable
    mood: str  # what it is meant to feel like; never written into the file
    ending: str
    quality: list
    lyrics_language: str = ""
    lyrics_embedded: bool = False  # in the tags instead of an .lrc beside the file
    artist: str = ""  # when it is a guest on the album


@dataclass
class Album:
    title: str
    artist: str
    year: int
    genre: str
    cover: str  # "tracks": one drawn for each and embedded; "folder": one cover.jpg
    tracks: list


def opus(rate):
    return ["-b:a", f"{rate}k"]


BAND, WIRE = "Maeum House Band", "The Fuse Wire"
CHAMBER, ROOMS = "마음 실내악단", "일곱 방 Seven Rooms"

ALBUMS = [
    Album("Paper Boats", BAND, 2025, "Indie Pop", "tracks", [
        Track(paper_boats.kites, "happy", "opus", opus(72), "en"),
        Track(paper_boats.bicycle, "happy", "mp3", ["-q:a", "6"], "ko", lyrics_embedded=True),
        Track(paper_boats.umbrellas, "romantic", "ogg", ["-q:a", "0"], "en"),
        Track(paper_boats.ledger, "neutral", "opus", opus(60)),
        Track(paper_boats.tangerine, "happy", "opus", opus(72), artist=WIRE),
    ]),
    Album("창가의 일곱 시", CHAMBER, 2024, "Chamber", "folder", [
        Track(window.seat, "romantic", "ogg", ["-q:a", "1"], "ko"),
        Track(window.lamp, "peaceful", "opus", opus(48), "en"),
        Track(window.stop, "sad", "ogg", ["-q:a", "0"], "ko"),
        Track(window.postcard, "sad", "m4a", ["-b:a", "64k"], "en"),
    ]),
    Album("Breaker Box", WIRE, 2026, "Rock", "tracks", [
        Track(breaker_box.floors, "tense", "opus", opus(64), artist=CHAMBER),
        Track(breaker_box.breaker, "angry", "mp3", ["-q:a", "6"], "en"),
        Track(breaker_box.corridor, "tense", "opus", opus(60), artist=ROOMS),
        Track(breaker_box.sparks, "angry", "opus", opus(72)),
    ]),
    Album("물과 대나무", ROOMS, 2025, "Ambient", "folder", [
        Track(water.tide, "peaceful", "opus", opus(48), "en"),
        Track(water.bamboo, "peaceful", "opus", opus(48), "ko"),
        Track(water.line_two, "neutral", "opus", opus(48)),
    ]),
]
