"""창가의 일곱 시: a chamber group at a window, some evenings apart."""

from score import Piece, chords, voicings


def seat():
    """Db major, slow: piano in broken chords, the cello sings, violins answer above."""
    p = Piece("seat", "너의 옆자리", [(0, 78), (28, 80), (40, 72), (47, 54)], 46, -16.8, room="hall",
              tail=3.2, fade=2.2, glue=1.8, air=2.5)
    line = chords("Dbmaj7 | Ab/C | Bbm7 | Bbm7/Ab | Gbmaj7 | Db/F | Ebm7 | Ab7sus4 Ab7 | "
                  "Gbmaj7 Gbm6 | Db/F Bbm7 | Ebm9 Ab13")
    piano = p.part("piano", program=0, level=-18.5, low_cut=60, send=0.22, width=0.8)
    cello = p.part("cello", program=42, level=-17.5, pan=-0.15, send=0.38, loose=0.016,
                   early=0.09, breath=True)
    high = p.part("violins", program=48, level=-21.5, pan=0.2, low_cut=220, send=0.45,
                  early=0.06)
    low = p.part("low", program=49, level=-25, low_cut=70, send=0.4)
    voiced = voicings(line, 63)
    piano.arpeggio(0, voiced[:4], [0, 2, 1, 3, 2, 1, 3, 2], velocity=56, ring=3)
    piano.arpeggio(0, voiced[4:9], [0, 1, 2, 3, 4, 3, 2, 1], velocity=62, ring=3)
    piano.arpeggio(0, voiced[9:], [0, 1, 2, 3, 4, 3, 2, 1], step=0.25, velocity=66, ring=6)
    for start, length, chord in line:
        piano.add(start, length, 36 + (chord.bass - 36) % 12, 60)
        piano.add(start + 0.5, length - 0.5, 48 + (chord.bass - 48) % 12, 46)
    for place, note in enumerate((37, 49, 56, 60, 63, 65, 72, 77)):
        piano.add(44 + place * 0.12, 5, note, 58 - place)
    piano.pedal([start for start, _, _ in line] + [44], 50)
    cello.play(4, "Eb4/2.5 Db4/.5 C4/1 | Db4/2 Bb3/1 F4/1 | F4/1.5 Eb4/.5 Db4/2 | "
                  "Bb3/1.5 Db4/.5 F4/2 | Ab4/2 F4/1 Db4/1 | Gb4/1.5 F4/.5 Eb4/1 Bb3/1 | "
                  "Db4/2 C4/2", 76, gate=1.02, arch=14)
    cello.play(0, "-/2 Ab3/.5 Bb3/.5 C4/1", 66, gate=1.02)
    high.play(16, "F5/4 | Ab5/4 | Gb5/3 F5/1 | Eb5/2 Gb5/2", 52, gate=1.0)
    high.play(32, "Bb5/2 A5/1 Gb5/1 | Ab5/2 F5/1 Db5/1 | Gb5/1 F5/1 Eb5/1 C5/1 | Db5/4", 82,
              gate=1.02, arch=12)
    cello.play(32, "Db4/2 Db4/1 Eb4/1 | F4/2 Db4/2 | Bb3/2 C4/2 | Ab3/4", 70, gate=1.02)
    low.pads(16, voicings(line[4:], 56), 50)
    low.play(44, "Db3+Ab3+F4/4", 48)
    low.control(16, 36, 11, 60, 115)
    low.control(36, 48, 11, 115, 60)
    p.lyrics = [
        (2, "너의 옆자리는 늘 조금 따뜻해서"),
        (8, "말없이 앉아 있어도 좋았어"),
        (16, "창밖의 불빛이 네 어깨에 내리면"),
        (24, "나는 그만 손을 잡고 싶어져"),
        (32, "사랑한다는 말은 아껴 두었다가"),
        (37, "네가 고개를 기댈 때"),
        (41, "작게, 아주 작게 건넬게"),
    ]
    return p


def lamp():
    """F major lullaby in three: piano, then a celesta an octave up, one lamp, no hurry."""
    p = Piece("lamp", "Lamp Left On", [(0, 72), (30, 72), (45, 50)], 45, -23.0, room="hall",
              tail=3.5, fade=2.5, glue=1.3)
    line = chords("F | Bb/F | F | C7/E | Bb | F/A | Gm7 | C7 | F | Bb/F | Bb | F/A | C7 | F",
                  3)
    piano = p.part("piano", program=0, level=-20, high_cut=5200, send=0.28, width=0.7, loose=0.014)
    bell = p.part("bell", program=8, level=-24, pan=0.2, send=0.45)
    warm = p.part("warm", program=49, level=-28, low_cut=120, high_cut=3000, send=0.5)
    for start, length, chord in line:
        if start >= 39:
            continue
        piano.add(start, 3, 41 + (chord.bass - 41) % 12, 46)
        for beat, note in ((1, 57 + (chord.fifth - 57) % 12), (2, 57 + (chord.third - 57) % 12)):
            if start < 36:
                piano.add(start + beat, 1.6, note, 38)
    piano.play(0, "C5/2 A4/1 | D5/2 Bb4/1 | C5/2 F4/1 | G4/3 | D5/2 Bb4/1 | C5/2 A4/1 | "
                  "Bb4/1.5 A4/.5 G4/1 | C5/3 | C5/2 A4/1 | D5/2 Bb4/1 | F5/1.5 D5/.5 Bb4/1 | C5/2 A4/1", 60, arch=8)
    bell.play(24, "A5/2 C6/1 | Bb5/2 F5/1 | D6/1.5 Bb5/.5 F5/1 | A5/2 F5/1 | G5/1.5 F5/.5 E5/1 | F5/3", 54)
    piano.play(36, "Bb4/1.5 A4/.5 G4/1 | F4/3", 52)
    for place, note in enumerate((41, 53, 57, 60, 67, 69)):
        piano.add(39 + place * 0.2, 5, note, 46 - place)
    bell.play(41.5, "C6/.5 F6/3", 44)
    warm.pads(12, voicings(line[4:13], 60), 44)
    warm.play(39, "F3+C4+A4/5", 42)
    piano.pedal([start for start, _, _ in line], 46)
    p.lyrics = [
        (0, "I left the lamp on by the stair"),
        (6, "the quiet has a chair to spare"),
        (12, "Put down the day, it knows the way"),
        (18, "the kettle hums, the curtains sway"),
        (24, "Rest now, the stars will keep the time"),
        (30, "breathe in, breathe out, no hill to climb"),
        (36, "Softly, all is well"),
    ]
    return p


def stop():
    """D minor over a falling bass: a piano that waits, a cello that does not come home."""
    p = Piece("stop", "빈 정류장", [(0, 58), (28, 60), (36, 46)], 35, -21.5, room="hall", tail=4.0,
              fade=2.5, glue=1.4)
    line = chords("Dm | Dm/C | Bbmaj7 | Gm6 A7 | Gm | Dm/F | Em7b5 A7 | Dm")
    piano = p.part("piano", program=0, level=-19.5, high_cut=4600, send=0.28, width=0.8, loose=0.016)
    cello = p.part("cello", program=42, level=-20.5, pan=-0.2, send=0.42, loose=0.018,
                   early=0.09, breath=True)
    low = p.part("low", program=49, level=-26, pan=0.1, high_cut=3000, send=0.5)
    voiced = voicings(line, 57)
    for start, length, chord, notes in voiced[:-1]:
        piano.add(start, length, 29 + (chord.bass - 29) % 12, 52)
        order = [0, 1, 2, 1] if length == 2 else [0, 1, 2, 1]
        for slot, index in enumerate(order[: int(length)]):
            piano.add(start + slot + (0.5 if length == 4 else 0), 2, notes[index], 40)
    piano.play(0, "-/1 A4/1 D5/1 E5/1 | F5/2.5 E5/.5 D5/1 | D5/1.5 C5/.5 Bb4/1 A4/1 | "
                  "Bb4/1.5 G4/.5 C#5/2", 62, arch=10)
    cello.play(16, "Bb3/1 D4/1 G4/1.5 F4/.5 | A4/2 F4/1 D4/1 | E4/1.5 D4/.5 C#4/1 E4/1 | D4/5", 72,
               gate=1.02, arch=14)
    piano.play(16, "-/2 D5/2 | -/2 F5/1 D5/1 | -/2 G5/2 | F5/1.5 E5/.5 D5/1 A4/1", 50)
    for place, note in enumerate((26, 38, 45, 53, 57)):
        piano.add(32 + place * 0.25, 6, note, 44 - 2 * place)
    piano.play(28, "D2+D3/3 -/1", 46)
    low.pads(16, voicings(line[5:], 58), 46)
    low.control(16, 24, 11, 50, 110)
    low.control(24, 34, 11, 110, 50)
    low.play(31, "D3+A3+F4/4", 44)
    piano.pedal([start for start, _, _ in line] + [32], 38)
    p.lyrics = [
        (1, "막차가 지나간 뒤의 정류장"),
        (4, "아무도 앉지 않는 긴 의자"),
        (8, "네 이름을 부르려다"),
        (12, "입김만 하얗게 흩어졌다"),
        (16, "오지 않을 걸 알면서도"),
        (20, "나는 자꾸 길 끝을 보고"),
        (24, "눈물은 소리가 없어서"),
        (28, "빗물인 척 흘러내렸다"),
    ]
    return p


def postcard():
    """C minor in a slow three: oboe and strings, a harp underneath."""
    p = Piece("postcard", "The Last Postcard", [(0, 63), (33, 66), (42, 48)], 42, -20.0, room="church",
              tail=3.5, fade=2.5, glue=1.5)
    line = chords("Cm | Cm/Bb | Abmaj7 | G7sus4 G7 | Cm/Eb | Fm7 | Dm7b5 | G7 | Ab | Fm/Ab | "
                  "Cm/G | G7 | Cm", 3)
    harp = p.part("harp", program=46, level=-22.5, pan=0.25, send=0.25)
    oboe = p.part("oboe", program=68, level=-19, pan=0.08, high_cut=5500, send=0.38, loose=0.016,
                  early=0.03, breath=True)
    viola = p.part("strings", program=48, level=-21.5, pan=-0.1, low_cut=60, high_cut=4500, send=0.35,
                   early=0.06)
    bass = p.part("bass", program=49, level=-24.5, high_cut=1200, send=0.25)
    voiced = voicings(line, 58)
    harp.arpeggio(0, voiced[:-1], [0, None, 1, None, 2, None], velocity=50, ring=4)
    oboe.play(3, "-/1 G4/1 C5/1 | Eb5/2 D5/.5 C5 | D5/2 B4/1 | C5/1 Eb5/1 G5/1 | Ab5/2 G5/.5 F5 | "
                 "F5/1 D5/1 C5/1 | B4/3", 74, gate=1.0, arch=14)
    viola.play(12, "Eb4+G4/3 | C4+Ab4/3 | D4+Ab4/3 | D4+F4/3", 54)
    viola.play(24, "C5/1 Eb5/1 Ab5/1 | Ab5/2 G5/.5 F5 | G5/2 Eb5/1 | D5/1.5 C5/.5 B4/1 | C5/5", 86,
               gate=1.02, arch=12)
    viola.play(24, "Eb4+Ab4/3 | C4+F4/3 | C4+Eb4/3 | D4+F4/3 | C4+Eb4/5", 62)
    viola.control(12, 30, 11, 62, 118)
    viola.control(30, 42, 11, 118, 50)
    oboe.play(33, "-/3 | -/1 G4/1 Eb4/1 | C4/3", 60, gate=1.0)
    for start, length, chord in line:
        if start >= 12:
            bass.add(start, length * 0.98, 36 + (chord.bass - 36) % 12, 62)
    harp.play(36, "C3/.33 G3 C4 Eb4 G4 C5", 48, gate=6)
    p.lyrics = [
        (4, "The last postcard had no stamp"),
        (9, "I found it underneath the lamp"),
        (14, "You wrote: the winter here is long"),
        (19, "you never said what I did wrong"),
        (24, "I keep the blue ink and the sea"),
        (30, "and all the words not meant for me"),
        (36, "Goodbye, it says, and nothing more"),
    ]
    return p
