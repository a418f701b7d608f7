"""물과 대나무: slow water, bamboo, a train across a wide river."""

from score import Piece, chords, voicings

RIM, SHAKER = 37, 82


def tide():
    """D major, hardly moving: pads, harp, a flute far off, the sea."""
    p = Piece("tide", "Tide Pools", [(0, 58)], 36, -23.0, room="church", tail=4.0, fade=3.0, glue=1.2)
    line = chords("Dadd9 | G/D | Dadd9/F# | Gadd9 | D/A | Asus4 A | Gadd9 | D | D")
    pad = p.part("pad", synth="pad", level=-22, low_cut=70, send=0.35)
    harp = p.part("harp", program=46, level=-19.5, pan=0.25, send=0.35)
    flute = p.part("flute", program=73, level=-22, pan=-0.2, high_cut=4500, send=0.6, loose=0.018,
                   early=0.04, breath=True)
    sea = p.part("sea", synth="sea", level=-33, send=0.1)
    low = p.part("low", synth="sub", level=-29)
    pad.pads(0, voicings(line, 62), 60, gate=1.0)
    for start, length, chord in line:
        low.add(start, length, 26 + (chord.bass - 26) % 12, 50)
    harp.arpeggio(4, voicings(line[1:-2], 66), [0, None, 1, None, 2, None, 3, None], velocity=50,
                  ring=6)
    harp.play(32, "D4/1 A4 D5 F#5", 48, gate=4)
    flute.play(8, "A4/2 D5/2 | B4/3 A4/1 | F#5/2 E5/1 D5/1 | E5/2 C#5/2 | B4/1 D5/1 F#5/2 | A5/2 F#5/2", 58,
               gate=1.0)
    for start in range(0, 40, 8):
        sea.add(start, 9, 60, 80)
    p.lyrics = [
        (4, "The tide goes out and leaves the light"),
        (8, "in little rooms of sea"),
        (16, "A slow blue hour, a gentle sky"),
        (20, "nothing is asked of me"),
        (24, "Drift, and let the water think"),
        (28, "the evening is so still"),
        (32, "Breathe"),
    ]
    return p


def bamboo():
    """G pentatonic for plucked strings and a bamboo flute; more snow than notes."""
    p = Piece("bamboo", "눈 오는 대숲", [(0, 56), (28, 54), (34, 46)], 33, -23.5, room="church",
              tail=4.0, fade=3.0, glue=1.2)
    zither = p.part("zither", program=107, level=-20.5, pan=-0.15, high_cut=3200, send=0.3, loose=0.02)
    flute = p.part("flute", program=77, level=-21, pan=0.15, high_cut=5000, send=0.5, loose=0.02,
                   breath=True)
    warm = p.part("warm", program=49, level=-22.5, high_cut=3000, send=0.5)
    bell = p.part("bell", program=14, level=-32, send=0.6)
    low = p.part("low", program=46, level=-25, send=0.3)
    zither.play(0, "G3/1 D4/1 G4/.5 A4 B4/1 | D5/1 B4/.5 A4 G4/2 | E4/.5 G4 A4/1 B4/.5 A4 G4/1 | "
                   "D4/1 E4/1 G4/2", 66, gate=2.5)
    zither.play(16, "G3/1 D4/1 B4/1 D5/1 | E5/.5 D5 B4/1 A4/2 | G4/.5 A4 B4/1 D5/1 B4/1 | "
                    "A4/.5 G4 E4/1 G4/2 | G3/.5 D4 G4 B4 D5/2", 64, gate=2.5)
    flute.play(8, "-/2 B4/2 | D5/1.5 E5/.5 D5/2 | -/1 G5/2 E5/1 | D5/3 B4/1 | A4/1 B4/1 D5/2 | "
                  "G4/4", 62, gate=1.0)
    for at in (10.0, 16.9, 25.0):
        for step in range(8):
            flute.bends.append((at + step * 0.06, -0.9 + 0.9 * step / 7))
    warm.play(4, "G3+B3+G4/8 C4+E4+G4/4 G3+D4+G4/4 G3+B3+G4/4 C4+E4+G4/4 G3+B3+G4/4 G3+D4+G4/5", 44,
              gate=1.0)
    for at in (0, 16, 32):
        bell.add(at, 4, 67, 50)
    for start, note in ((0, 43), (4, 43), (8, 48), (12, 43), (16, 43), (20, 48), (24, 43), (28, 40),
                        (30, 43), (32, 43)):
        low.add(start, 4, note, 48)
    p.lyrics = [
        (0, "눈이 온다, 대숲에"),
        (4, "가만가만, 숨을 고르며"),
        (8, "푸른 잎이 하얗게 쉬고"),
        (16, "바람도 신을 벗고 지나간다"),
        (20, "마음은 고요한 마당"),
        (24, "아무것도 하지 않아도 좋은"),
        (28, "평화로운 저녁"),
    ]
    return p


def line_two():
    """D dorian drifting to an open G, even quarters: the afternoon train over the bridge."""
    p = Piece("line_two", "2호선, 오후", [(0, 84)], 44, -20.5, room="room", tail=3.0, fade=2.5, glue=1.6)
    line = chords("Dm7 | G7sus4 | Am7 | Dm7 | G7sus4 | Em7 | Am7 | Dm7 | C6 | G7sus4 | G7sus4")
    vibes = p.part("vibes", program=11, level=-20.5, pan=-0.2, high_cut=5000, send=0.25)
    keys = p.part("keys", program=4, level=-23, pan=0.15, high_cut=3000, send=0.2)
    bass = p.part("bass", program=32, level=-22.5, high_cut=1800, send=0.06)
    reed = p.part("clarinet", program=71, level=-22, pan=0.1, high_cut=3500, send=0.3, loose=0.014,
                  breath=True)
    shaker = p.part("shaker", program=8, bank=128, level=-34, high_cut=6000, send=0.1)
    vibes.arpeggio(0, voicings(line[:-1], 67), [0, 2, 1, 2], step=1.0, velocity=54, ring=1.6)
    keys.pads(8, voicings(line[2:], 58), 48, gate=0.95)
    bass.bass(4, line[1:-1], "R.F.", low=31, step=1.0, velocity=66)
    bass.add(40, 4, 43, 60)
    reed.play(16, "-/1 D4/1 G4/1 A4/1 | C5/2 B4/2 | -/1 E4/1 G4/1 B4/1 | A4/2 G4/2 | -/1 C5/1 B4/1 A4/1 | "
                  "G4/2 F4/1 D4/1 | D4/4", 60, gate=0.98, arch=5)
    shaker.drum(8, 8, {SHAKER: "o.g.o.g.", RIM: "..o....."}, velocity=60)
    vibes.play(40, "C5+D5+G5/4", 50)
    return p
