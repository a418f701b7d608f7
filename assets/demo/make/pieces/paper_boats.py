"""Paper Boats: bright rooms, open windows. A small band."""

from score import Piece, chords, voicings

KICK, RIM, SNARE, CLAP, HAT, PEDAL, OPEN, CRASH, RIDE = 36, 37, 38, 39, 42, 44, 46, 49, 51
TAMBOURINE, SHAKER = 54, 82


def kites():
    """G major, a strummed and clapped four; the tune is made to be whistled."""
    p = Piece("kites", "Kites over the River", [(0, 136), (72, 136), (78, 122)], 77, -13.0,
              room="room", tail=2.2, glue=2.5, air=2.5)
    verse = chords("G | D/F# | Em7 | C | G | D | C | D")
    bridge = chords("Em7 | C | G/B | D")
    last = chords("G | D/F# | C D | G")
    form = [(8, verse), (40, bridge), (56, last)]

    ukulele = p.part("ukulele", program=24, level=-22, pan=-0.45, low_cut=280, send=0.12)
    guitar = p.part("guitar", program=25, level=-22.5, pan=0.5, low_cut=180, send=0.12)
    intro = chords("G | Cadd9")
    ukulele.strum(0, voicings(intro, 70), "D.DU.UDU", velocity=76)
    for start, line in form:
        ukulele.strum(start, voicings(line, 70), "D.DU.UDU", velocity=78)
        guitar.strum(start, voicings(line, 60), "D.D.DUDU", velocity=80, spread=0.012)
    ukulele.strum(72, voicings(chords("G"), 70), "D.......", velocity=84, spread=0.06)
    guitar.strum(72, voicings(chords("G"), 58), "D.......", velocity=84, spread=0.06)

    bass = p.part("bass", program=33, level=-20, high_cut=2500, send=0.03)
    for start, line in form:
        bass.bass(start, line, "R..RF.RA" if start != 40 else "R.R.F.R.", velocity=84)
    bass.add(72, 4, 31, 86)

    tune = p.part("whistle", program=78, level=-18.3, pan=0.05, send=0.26, loose=0.011,
                  early=0.02, breath=True)
    bells = p.part("bells", program=9, level=-25, pan=0.2, send=0.3)
    a = ("D5/.5 E5 G5/1 B5/.5 A5 G5/1 | A5/1.5 G5/.5 F#5 E5 D5/1 | "
         "E5/.5 G5 B5/1 D6/.5 B5 A5/1 | G5/1.5 A5/.5 E5/1 -/1 | "
         "D5/.5 E5 G5/1 B5/.5 A5 G5/1 | A5/1 B5/.5 A5 F#5/1 D5/1 | "
         "E5/.5 G5 C6/1 B5/.5 A5 G5 E5 | F#5/1 A5/1 -/.5 A5/.5 B5 C6")
    b = ("B5/1.5! B5/.5 A5 G5 E5/1 | C6/1.5! C6/.5 B5 A5 G5/1 | "
         "D6/1 D6/.5 B5 G5/1 B5/1 | A5/2 -/.5 A5/.5 B5 D6")
    c = ("D6/.5! B5 G5/1 B5/.5 A5 G5/1 | A5/1.5 G5/.5 F#5 E5 D5/1 | "
         "E5/.5 G5 C6/1 B5/.5 A5 F#5/1 | G5/3 -/.5 D5/.5 | G5/1! D5/.5 B5 G6/2")
    tune.play(8, a, 84)
    tune.play(40, b, 88)
    tune.play(56, c, 90)
    bells.play(40, b, 70, shift=12)
    bells.play(56, c, 74, shift=12)
    piano = p.part("piano", program=0, level=-23, pan=-0.15, low_cut=160, send=0.15)
    piano.strum(24, voicings(verse[4:], 67), "..D..D..", velocity=66, spread=0.003, ring=1.0)
    for start, line in form[1:]:
        piano.strum(start, voicings(line, 69), "D..D..D.", velocity=72, spread=0.003, ring=1.0)
    piano.play(72, "G3+D4+G4+B4/4", 80)

    kit = p.part("kit", program=8, bank=128, level=-17.2, send=0.07, loose=0.005)
    kit.drum(0, 2, {CLAP: "..x...x.", SHAKER: "xgogxgog"}, velocity=80)
    kit.drum(8, 8, {KICK: "X...x.x.", SNARE: "..o...o.", CLAP: "..x...x.", HAT: "xoxoxoxo", SHAKER: "xgogxgogxgogxgog",
                    TAMBOURINE: "..o...o."})
    kit.drum(40, 4, {KICK: "X.x.X.x.", SNARE: "..X...X.", CLAP: "..x...x.", HAT: "xoxoxoxo"})
    kit.drum(56, 4, {KICK: "X.xxX.x.", SNARE: "..X...Xg", CLAP: "..x...x.",
                     TAMBOURINE: "xoxoxoxoxoxoxoxo", HAT: "x.x.x.x."})
    for place, key in enumerate((38, 38, 48, 48, 45, 45, 41, 41)):
        kit.add(38 + place * 0.25, 0.2, key, 72 + place * 5)
    kit.add(40, 1, CRASH, 92)
    kit.add(56, 1, CRASH, 96)
    kit.add(72, 1, CRASH, 90)
    kit.add(72, 1, KICK, 100)
    p.lyrics = [
        (8, "We tied a wish to a paper tail"),
        (16, "and ran until it learned to sail"),
        (24, "The whole wide river looked up and grinned"),
        (32, "all you need is a little wind"),
        (40, "Higher, higher, let out the line"),
        (48, "your laugh is caught up there with mine"),
        (56, "Morning, hold us by a string"),
        (64, "we have the sky and everything"),
        (72, "Hey!"),
    ]
    return p


def bicycle():
    """F major swing: piano, walking bass, vibraphone and clarinet in step."""
    p = Piece("bicycle", "첫 자전거", [(0, 178), (80, 178), (87, 158)], 86, -12.8,
              room="room", tail=2.0, swing=0.63, glue=2.5, air=3.0)
    a = chords("F F/A | Gm7 C7 | F F7/A | Bb Bdim7 | F/C D7 | Gm7 C7 | F F/A | Bb C7")
    b = chords("F F/A | Gm7 C7 | F/A D7 | Gm7 C7 | Bb Bdim7 | F/C D7 | Gm7 C7 | F")
    tag = chords("Bb C7 | F D7 | Gm7 C7 | F69")
    intro = chords("F F/A | Bb C7")

    bass = p.part("bass", program=32, level=-20, high_cut=2800, send=0.06)
    piano = p.part("piano", program=0, level=-21.5, pan=-0.3, low_cut=150, send=0.14)
    kit = p.part("kit", program=40, bank=128, level=-19.8, send=0.12, loose=0.006)
    hand = None
    for start, line, comp in ((0, intro, "D..D...."), (8, a, "D..U..D..U.D...."),
                              (40, b, ".D..D..U..D.D..."), (72, tag, "D..D..D.")):
        voiced = voicings(line, 63, seed_notes=hand)
        hand = voiced[-1][3]
        if start < 72:
            bass.walk(start, line)
            piano.strum(start, voiced, comp, velocity=72, spread=0.002, ring=0.7)
    bass.walk(72, tag[:6])
    piano.strum(72, voicings(tag[:6], 63), "D..D....", velocity=76, spread=0.002, ring=0.7)
    piano.play(84, "F3+A3+D4+G4+C5/1.5!", 88)
    bass.add(84, 1.5, 29, 92)

    vibes = p.part("vibes", program=11, level=-21, pan=0.25, send=0.25)
    reed = p.part("clarinet", program=71, level=-19, pan=0.08, send=0.22, loose=0.010,
                  breath=True)
    first = ("C5/.5 D5 F5/1 A5/.5 F5 D5/1 | G5/.5 A5 Bb5/1 G5/.5 E5 C5/1 | "
             "F5/.5 A5 C6/1.5 A5/.5 F5 Eb5 | D5/.5 F5 Bb5/1 Ab5/.5 F5 D5/1 | "
             "C5/.5 F5 A5/1 C6/.5 A5 F#5/1 | G5/.5 Bb5 D6/1 C6/.5 Bb5 G5 E5 | "
             "F5/1 A5/.5 F5/1 D5/.5 -/1 | -/.5 G5 Bb5 A5 G5 E5 C5 D5")
    second = ("F5/1.5! C5/.5 D5 F5 A5/1 | Bb5/1.5! G5/.5 A5 Bb5 C6/1 | "
              "C6/.5 A5 E5/1 F#5/.5 A5 C6/1 | Bb5/.5 A5 G5 F5 E5/1 -/1 | "
              "D6/1! Bb5/.5 D6 B5 D6 F6/1 | C6/1 A5/.5 F5 F#5 A5 C6/1 | "
              "Bb5/.5 D6 G5 Bb5 E5 G5 C5 E5 | F5/1 A5/.5 C6 F6/1 -/1")
    close = ("-/.5 G5 Bb5 D6 C6 Bb5 G5 E5 | F5/1 A5/.5 C6 F#5/1 D5/1 | "
             "-/.5 G5 Bb5 D6 E6 C6 Bb5 G5 | F5/.5' -/.5 F6/1!")
    reed.play(8, first, 84, gate=0.88, shift=-12)
    vibes.play(8, first, 74)
    reed.play(40, second, 88, gate=0.88)
    vibes.play(40, second, 72, shift=-12)
    reed.play(72, close, 90, gate=0.85)
    vibes.play(72, close, 78, octave_double=-12)

    swing = {RIDE: "X.xoX.xo", PEDAL: "..x...x.", KICK: "o...o..."}
    kit.drum(0, 2, {PEDAL: "..x...x.", SNARE: "x.oox.oo"}, velocity=74)
    kit.drum(8, 8, {**swing, SNARE: "..x..gxg"}, velocity=80)
    kit.drum(40, 8, {**swing, SNARE: ".gxg.gX.", KICK: "x..ox..."}, velocity=86)
    kit.drum(72, 3, {**swing, SNARE: "..X.g.Xg"}, velocity=88)
    kit.add(84, 1, SNARE, 104)
    kit.add(84, 1, CRASH, 92)
    kit.add(84, 1, KICK, 104)
    p.lyrics = [
        (8, "손 놓지 마, 아니 이제 놓아 봐"),
        (16, "골목이 나보다 먼저 달려가"),
        (24, "무릎엔 반창고 두 개"),
        (32, "그래도 페달은 노래해"),
        (40, "따르릉, 비켜요 햇살"),
        (48, "바람이 등을 밀어 줘"),
        (56, "넘어져도 웃음이 나"),
        (64, "세상이 동그랗게 굴러가"),
        (72, "따르릉, 한 바퀴만 더"),
    ]
    return p


def tangerine():
    """A major city pop: four on the floor, chopped guitar, brass and a singing lead."""
    p = Piece("tangerine", "귤빛 토요일", [(0, 118)], 68, -13.0, room="plate", tail=2.4,
              glue=3.0, air=2.5)
    line = chords("Aadd9 | A6 | Bm7 | E13 | Aadd9 | A6 | Dadd9 | E9sus4 E7")
    hook = chords("Dadd9 | E13 | Aadd9 | A6 | Dadd9 | E13 | Aadd9 | Bm7 E7")
    kit = p.part("kit", program=16, bank=128, level=-18, send=0.06, loose=0.004)
    bass = p.part("bass", program=33, level=-18.5, high_cut=3500, send=0.02, loose=0.005)
    keys = p.part("keys", program=4, level=-21.5, pan=-0.2, low_cut=150, send=0.15)
    chop = p.part("chop", program=27, level=-23.5, pan=0.55, low_cut=300, send=0.12)
    strings = p.part("strings", program=48, level=-24, low_cut=250, send=0.35)
    horns = p.part("horns", program=61, level=-21.5, pan=0.1, low_cut=160, send=0.22)
    solo = p.part("solo", synth="lead", level=-19.5, pan=-0.05, send=0.28)

    bass.bass(4, line, "R.-RO-R.F.OR-RA.", low=28, step=0.25, velocity=88)
    bass.bass(36, hook, "RORORORORORORORO", low=28, step=0.5, velocity=92)
    bass.add(68, 3, 33, 96)
    keys.pads(4, voicings(line, 62), 64, gate=0.9)
    keys.strum(36, voicings(hook, 64), "..D..D..D..D..D.", step=0.25, velocity=74, spread=0.004, ring=0.45)
    keys.play(68, "G#3+B3+C#4+E4/4", 78)
    chop.strum(4, voicings(line, 68), "x.Dxx.Dx.xDx.xDx", step=0.25, velocity=72, spread=0.006, ring=0.35)
    chop.strum(36, voicings(hook, 70), "xxDx.xDx.xDxD.Dx", step=0.25, velocity=76, spread=0.006, ring=0.35)
    strings.pads(36, voicings(hook, 76), 62)
    strings.play(68, "E5+A5+C#6/4", 70)

    horns.play(0, "-/2 -/.5 C#5+E5+A5/.5' D5+F#5+B5/.5' E5+G#5+C#6/.5!'", 96)
    horns.play(18, "-/2 E5+A5/.5' -/.25 F#5+B5/.5' G#5+C#6/.75'", 90)
    horns.play(34, "E5+A5/.25 F#5+B5 G#5+C#6 A5+D6 B5+E6/.75!'", 96)
    horns.play(42, "-/2 -/.5 C#5+E5/.25' C#5+E5' E5+A5/.5' E5+A5/.5'", 90)
    horns.play(58, "-/2 -/.5 C#5+E5/.25' C#5+E5' E5+A5/.5' C#5+E5/.5'", 92)
    horns.play(68, "C#5+E5+A5/1!'", 104)
    solo.play(4, "-/1 E5/.5 G#5 B5/1 A5/.5 G#5 | E5/1.5 F#5/.5 A5 G#5 F#5/1 | "
                 "-/.5 F#5 A5 C#6 D6/1 C#6/.5 A5 | B5/1.5 C#6/.5 B5/1 -/1 | "
                 "-/1 E5/.5 G#5 B5/1 A5/.5 G#5 | E5/1.5 F#5/.5 A5 C#6 E6/1 | "
                 "D6/.75 C#6/.75 A5/.5 F#5/1 A5/1 | B5/2 -/2", 84)
    solo.play(36, "C#6/1.5! A5/.5 F#5 A5 C#6/1 | D6/1.5! B5/.5 G#5 B5 D6/1 | "
                  "C#6/.75 B5/.75 A5/.5 E5/2 | -/.5 E5 A5 B5 C#6 E6/1 C#6/.5 | "
                  "F#6/1.5! E6/.5 C#6 A5 F#5/1 | G#5/.75 B5/.75 D6/.5 F#6/1 E6/1 | "
                  "C#6/.75 E6/.75 C#6/.5 A5/1 C#6/1 | D6/.75 C#6/.75 B5/.5 G#5/1 B5/1 | "
                  "A5/4", 92)

    kit.drum(4, 8, {KICK: "X.x.X.x.".replace("x", "."), SNARE: "..X...X.",
                    HAT: "xgogxgogxgogxgog", OPEN: ".......x"}, velocity=88)
    kit.drum(36, 8, {KICK: "X.X.X.X.", SNARE: "..X...X.", CLAP: "..x...x.",
                     OPEN: ".x.x.x.x", HAT: "x.ox..oxx.ox..ox", TAMBOURINE: "x.oox.oox.oox.oo"},
             velocity=92)
    for place, key in enumerate((38, 38, 50, 50, 47, 47, 43, 38)):
        kit.add(2 + place * 0.25, 0.2, key, 84 + 3 * place)
        kit.add(34 + place * 0.25, 0.2, key, 84 + 3 * place)
    kit.drum(0, 1, {HAT: "xgogxgog", KICK: "X...X..."}, velocity=84)
    chop.strum(0, voicings(chords("E9sus4"), 68), "xxDxx.Dx........", step=0.25, velocity=70,
               spread=0.006, ring=0.35)
    bass.play(0, "E1/.75 E1/.25 E2/.5 D2/.5 E1/.5 G#1/.5 B1/.5 E2/.5", 88)
    for at in (4, 36, 52, 68):
        kit.add(at, 1, CRASH, 98)
    kit.add(68, 1, KICK, 108)
    return p


def umbrellas():
    """D major bossa: nylon guitar, flute, then strings under the turn to minor four."""
    p = Piece("umbrellas", "Two Umbrellas", [(0, 118), (66, 118), (75, 86)], 76, -16.5,
              room="hall", tail=3.2, fade=2.0, glue=1.8, air=2.5)
    a = chords("Dmaj9 | Dmaj9 | Em9 | A13 | F#m7 | B7b9 | Em9 | A7")
    b = chords("Gmaj7 | Gm6 | F#m7 | Bm7 | Em9 | A13 | Dmaj9 | Dmaj9")
    guitar = p.part("guitar", program=24, level=-19.5, pan=-0.3, low_cut=110, send=0.16)
    bass = p.part("bass", program=32, level=-21, high_cut=2200, send=0.06)
    flute = p.part("flute", program=73, level=-17.5, pan=0.12, send=0.38, loose=0.014,
                   early=0.04, breath=True)
    strings = p.part("strings", program=49, level=-23.5, low_cut=180, send=0.45)
    kit = p.part("kit", program=40, bank=128, level=-24.0, send=0.15, loose=0.006)

    pattern = "D..U..D...U.D..."  # the bossa clave, in quarter beats of a two-bar feel
    for start, line in ((0, chords("Dmaj9 | A9sus4")), (8, a), (40, b)):
        guitar.strum(start, voicings(line, 62), pattern, step=0.5, velocity=66, spread=0.008)
        bass.bass(start, line, "R..FF..R", low=31, velocity=76)
    guitar.strum(72, voicings(chords("D69"), 63), "D.......", velocity=62, spread=0.09)
    bass.add(72, 4, 38, 74)
    flute.play(8, "A4/1.5 C#5/.5 E5/2 | D5/.5 C#5 B4/1 A4/2 | B4/1.5 D5/.5 F#5/2 | "
                  "E5/.5 D5 C#5/1 B4/1 -/1 | C#5/1.5 E5/.5 A5/2 | A5/.5 G5 F#5/1 D#5/1.5 C5/.5 | "
                  "B4/1 D5/1 G5/1 F#5/1 | E5/1.5 F#5/.5 E5/1 -/1", 74, gate=0.99, arch=12)
    flute.play(40, "F#5/1.5 D5/.5 B5/2 | Bb5/1.5 A5/.5 G5/1 E5/1 | A5/1.5 E5/.5 C#5/1 E5/1 | "
                   "D5/1 F#5/1 A5/1.5 F#5/.5 | G5/1.5 F#5/.5 E5/1 D5/1 | "
                   "C#5/1 F#5/1 E5/1 C#5/1 | D5/3 -/1 | -/.5 A4 D5 E5 F#5/1 A5/1 | B5/1 A5/3",
               80, gate=0.99, arch=14)
    strings.pads(24, voicings(a[4:], 64), 52)
    strings.pads(40, voicings(b, 66), 62)
    strings.pads(72, voicings(chords("D69"), 66), 56)
    strings.control(24, 40, 11, 60, 90)
    strings.control(40, 60, 11, 90, 120)
    strings.control(60, 75, 11, 120, 70)
    kit.drum(8, 16, {RIM: "x..x..x...x..x..", HAT: "xgogxgogxgogxgog", KICK: "x..ox..o"},
             velocity=66)
    p.lyrics = [
        (8, "Two umbrellas, one small street"),
        (16, "you slow your step to match my feet"),
        (24, "The rain is only an excuse"),
        (32, "to stand this close and call it luck"),
        (40, "If you close yours, I'll open mine"),
        (48, "we'll share the roof, the evening shine"),
        (56, "Take the long way, kiss me twice"),
        (64, "the lamps are gold along the tide"),
    ]
    return p


def ledger():
    """Lo-fi keys between F, C and D dorian, neither bright nor dark. An ordinary afternoon."""
    p = Piece("ledger", "Tuesday Ledger", [(0, 76)], 40, -20.5, room="room", tail=3.0, fade=2.5,
              swing=0.57, swing_step=0.5, glue=2.0)
    line = chords("Fmaj7 | Em7 | Dm7 | Am7 | Fmaj7 | Em7 | Dm7 | G7sus4 | Dm7")
    keys = p.part("keys", program=4, level=-19.5, pan=-0.1, low_cut=120, high_cut=3200, send=0.2)
    bass = p.part("bass", synth="sub", level=-23)
    kit = p.part("kit", program=8, bank=128, level=-25, high_cut=4200, send=0.08, loose=0.009)
    tune = p.part("tune", program=26, level=-21.5, pan=0.25, high_cut=2800, send=0.3, loose=0.015)
    dust = p.part("dust", synth="dust", level=-45)
    voiced = voicings(line, 60)
    keys.strum(0, voiced[:-1], "D.....U...D.....", step=0.25, velocity=58, spread=0.014)
    keys.strum(36, voicings(chords("Dm7"), 60), "D...............", step=0.25, velocity=50,
               spread=0.05)
    bass.bass(4, line[1:], "R.....-.R.-.F...", low=33, step=0.25, velocity=74)
    tune.play(8, "-/1 A4/.5 C5 D5/1 C5/1 | E5/1.5 D5/.5 C5/1 -/1 | -/1 C5/.5 E5 D5/1.5 C5/.5 | "
                 "D5/2 -/2 | -/1 C5/.5 D5 E5/1 C5/1 | D5/1.5 C5/.5 A4/1 -/1", 66, arch=6)
    kit.drum(4, 8, {KICK: "x......o..o.....", RIM: "....x.......x..g",
                    HAT: "..g...g...g...gg"}, velocity=70)
    dust.add(0, 42, 60, 60)
    return p
