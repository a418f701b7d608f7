"""Breaker Box: high voltage. Guitars through clipped valves, clocks, alarms."""

from score import Piece, chords, voicings

KICK, SNARE, HAT, OPEN, CRASH, CHINA, RIDE = 36, 38, 42, 46, 49, 52, 51
LOW_TOM, MID_TOM, HIGH_TOM = 41, 45, 50


def power(part, start, text, velocity=104, shift=0):
    """A riff of power chords: `play` with the fifth added; a quoted note is palm-muted
    and stays single."""
    before = len(part.notes)
    part.play(start, text, velocity, gate=0.97, shift=shift, arch=3)
    for note in part.notes[before:]:
        if note.length > 0.3:
            part.add(note.start, note.length, note.pitch + 7, note.velocity - 4)


def breaker():
    """E minor at 172: galloping mutes, falling fifths, a shrieking lead."""
    p = Piece("breaker", "Breaker", [(0, 172)], 92, -10.0, room="room", tail=2.6, fade=1.6,
              glue=3.5, air=2.0)
    left = p.part("left", program=30, level=-18, pan=-0.85, drive=5.0, cabinet=True, send=0.04)
    right = p.part("right", program=29, level=-18, pan=0.85, drive=7.0, cabinet=True, send=0.04,
                   loose=0.012)
    bass = p.part("bass", program=34, level=-19, drive=2.0, high_cut=3000, send=0.0)
    lead = p.part("lead", program=30, level=-18.5, pan=0.1, drive=3.0, cabinet=True, send=0.2)
    kit = p.part("kit", program=16, bank=128, level=-15.5, drive=1.3, send=0.08, loose=0.004)

    gallop = "E2/.5' E2/.25' E2' E2/.5' E2/.25' E2' "
    riff = (gallop + "G2/.5 G2/.5 F#2/1 | " + gallop + "B2/.5 A2/.5 G2/1 | "
            + gallop + "G2/.5 G2/.5 F#2/1 | " + gallop + "C3/1 B2/1 | ")
    chorus = "E2/3! E2/.5 G2/.5 | C3/3! C3/.5 B2/.5 | A2/3! A2/.5 B2/.5 | B2/2! C3/1 B2/1 | "
    halt = "E2/1.5! E2/.5' -/2 | F2/1.5! E2/.5' -/1 G2/.5' F2/.5' | "
    for guitar in (left, right):
        power(guitar, 0, riff)
        power(guitar, 16, riff)
        power(guitar, 32, chorus + chorus, 110)
        power(guitar, 64, halt + halt, 112)
        power(guitar, 80, riff[: riff.rindex("C3")] + "C3/1 D#3/1 | ", 112)
        guitar.play(92, "E2+B2+E3/4!", 118)
    for start, text in ((16, riff), (32, chorus + chorus), (64, halt + halt), (80, riff)):
        bass.play(start, text, 104)
    bass.notes = [n for n in bass.notes if n.start < 92]
    for note in bass.notes:
        note.pitch -= 12 if note.pitch > 43 else 0
    bass.add(92, 4, 28, 118)

    shriek = ("B5/1.5! G5/.5 E5/1 G5/1 | G5/1.5! E5/.5 C5/1 E5/1 | E5/.5 G5 C6 B5 A5 G5 F#5 E5 | "
              "D#5/.5 F#5 B5/1 D#6/1! B5/1 | E6/1.5! B5/.5 G5/1 B5/1 | C6/1.5! G5/.5 E5/1 G5/1 | "
              "A5/.25 G5 E5 G5 A5 G5 E5 G5 C6 B5 G5 B5 C6 B5 A5 G5 | F#5/.25 G5 A5 G5 F#5 G5 A5 B5 "
              "D#6/1! B5/1")
    lead.play(32, shriek, 104, gate=1.0)
    lead.play(64, "-/2 E5/.25 F5 G5 F5 E5 D#5 E5 F5 | -/2 G5/.25 A5 B5 A5 G5 F#5 G5 B5 | "
                  "-/2 B5/.25 C6 D6 C6 B5 A5 B5 C6 | E6/1! D#6/1! G6/2!", 104)
    lead.play(80, "-/2 G5/.5 G5 F#5/1 | -/2 B5/.5 A5 G5/1 | -/2 G5/.5 G5 F#5/1 | "
                  "E6/4!", 104, gate=1.0)

    kit.drum(0, 3, {HAT: "x.x.x.x."}, velocity=84)
    for place in range(16):
        kit.add(12 + place * 0.25, 0.2, (38, 38, 50, 50, 45, 45, 41, 41)[place // 2],
                88 + 2 * place)
    verse = {KICK: "X.xxX.xxX...X...", SNARE: "....X.......X...", OPEN: "X...X...X...X..."}
    kit.drum(16, 4, verse, velocity=104)
    storm = {KICK: "XxXxXxXxXxXxXxXx", SNARE: "....X.......X...", CRASH: "X.......X.......",
             OPEN: "....x.......x..."}
    kit.drum(32, 8, storm, velocity=104)
    stomp = {KICK: "X.....X.........", SNARE: "........X.......", CHINA: "X...X...X...X..."}
    kit.drum(64, 4, stomp, velocity=108)
    for place in range(8):
        kit.add(78 + place * 0.25, 0.2, (38, 38, 50, 50, 45, 45, 41, 41)[place], 104)
    kit.drum(80, 3, {**storm, SNARE: "..X...X...X...X."}, velocity=108)
    for key in (KICK, SNARE, CRASH, CHINA):
        kit.add(92, 1, key, 120)
    p.lyrics = [
        (16, "You wired the house to burn"),
        (24, "you swore I'd never learn"),
        (32, "Break it, break it, tear the wall"),
        (40, "I hate the hand that let me fall"),
        (48, "Rage is the only light I own"),
        (56, "I'll scream it down the telephone"),
        (64, "No. More. Lies."),
        (80, "Throw the switch"),
    ]
    return p


def sparks():
    """D minor, heavy and mechanical: a clipped bass, stamping drums, a siren."""
    p = Piece("sparks", "불똥", [(0, 140)], 76, -10.5, room="room", tail=2.6, fade=1.6, glue=3.5,
              air=2.0)
    grind = p.part("grind", synth="grind", level=-17, send=0.03)
    left = p.part("left", program=30, level=-19, pan=-0.8, drive=6.0, cabinet=True, send=0.05)
    right = p.part("right", program=30, level=-19, pan=0.8, drive=5.0, cabinet=True, send=0.05,
                   loose=0.014)
    siren = p.part("siren", synth="lead", level=-20, drive=2.5, pan=-0.1, high_cut=5000, send=0.2)
    choir = p.part("choir", program=52, level=-22, drive=1.5, low_cut=200, send=0.3)
    kit = p.part("kit", program=16, bank=128, level=-15, drive=1.6, send=0.1, loose=0.003)
    boom = p.part("boom", synth="boom", level=-20, send=0.1)
    rise = p.part("rise", synth="riser", level=-24, send=0.1)

    machine = ("D2/.25' D2' F2 D2' D2' Ab2 D2' G2 D2' D2' F2 D2' Eb2/.5 D2/.5 | "
               "D2/.25' D2' F2 D2' D2' Ab2 D2' A2 D2' C3 D2' Bb2 A2/.5 F2/.5 | ")
    for bar in (0, 8, 16, 24):
        grind.play(bar, machine, 98, gate=0.9, arch=2)
    for guitar in (left, right):
        power(guitar, 8, "D2/2.5! F2/.5 Eb2/1 | D2/2.5! C3/.5 A2/1 | ", 108)
        power(guitar, 16, "D2/.5 D2' F2 D2' Ab2 G2 F2 Eb2 | D2/.5 D2' F2 D2' A2/1 F2/1 | ", 110)
        power(guitar, 24, "D2/.5 D2' F2 D2' Ab2 G2 F2 Eb2 | D2/.5 D2' F2 D2' Bb2/1 A2/1 | ", 110)
        power(guitar, 32, "D2/3! F2/1 | Bb2/3! A2/1 | G2/3! Bb2/1 | A2/2! C#3/2! | "
                          "D2/3! F2/1 | Bb2/3! A2/1 | G2/2! A2/2! | Bb2/2! A2/1 C#3/1 | ", 114)
        power(guitar, 64, "D2/.5 D2' F2 D2' Ab2 G2 F2 Eb2 | D2/.5 D2' F2 D2' A2/1 F2/1 | "
                          "D2/.5! D2! F2! F2! Ab2! Ab2! A2! C#3! | ", 116)
        guitar.play(76, "D2+A2+D3/3!", 120)
    grind.play(32, "D2/.5 D2 D2 D2 D2 D2 F2 F2 | Bb1/.5 Bb1 Bb1 Bb1 Bb1 Bb1 A1 A1 | "
                   "G1/.5 G1 G1 G1 G1 G1 Bb1 Bb1 | A1/.5 A1 A1 A1 C#2 C#2 C#2 C#2 | "
                   "D2/.5 D2 D2 D2 D2 D2 F2 F2 | Bb1/.5 Bb1 Bb1 Bb1 Bb1 Bb1 A1 A1 | "
                   "G1/.5 G1 G1 G1 A1 A1 A1 A1 | Bb1/.5 Bb1 Bb1 Bb1 A1 A1 C#2 C#2 | ", 100)
    grind.play(64, machine + "D2/.25 D2 D2 D2 F2 F2 F2 F2 Ab2 Ab2 Ab2 Ab2 A2 A2 C#3 C#3 | D2/3", 106,
               gate=0.9, arch=2)
    siren.play(16, "-/4 | -/2 D5/.5 F5 A5/1! | -/4 | -/2 A5/.5 Bb5 A5/1!", 96)
    siren.play(32, "A5/1.5! F5/.5 D5/1 F5/1 | F5/1.5! D5/.5 Bb4/1 D5/1 | "
                   "D5/.5 F5 G5 Bb5 A5 G5 F5 D5 | C#5/1 E5/1 A5/2! | "
                   "D6/1.5! A5/.5 F5/1 A5/1 | Bb5/1.5! F5/.5 D5/1 F5/1 | "
                   "G5/.5 Bb5 D6 Bb5 A5 C#6 E6 C#6 | D6/1! Bb5/1 A5/1! C#6/1", 102, gate=0.98)
    siren.play(64, "-/2 D6/.5 F6 Ab5/1! | -/2 D6/.5 F6 A5/1! | D5/.5! D5 F5! F5 Ab5! Ab5 A5! C#6! | "
                   "D6/2!", 104)
    choir.pads(32, voicings(chords("Dm | Bb | Gm | A | Dm | Bb | Gm A | Bb A"), 67), 92)
    choir.play(76, "D4+F4+A4+D5/3", 100)

    stamp = {KICK: "X..x..X.X..x..X.", SNARE: "....X.......X...", HAT: "x.x.x.x.x.x.x.x."}
    kit.drum(0, 2, {KICK: "X..x..X.X..x..X."}, velocity=100)
    kit.drum(8, 6, {**stamp, CHINA: "X..............."}, velocity=106)
    kit.drum(32, 8, {KICK: "X.x.X.x.X.x.X.xx", SNARE: "....X.......X...",
                     CRASH: "X.......X.......", OPEN: "x...x...x...x..."}, velocity=108)
    kit.drum(64, 2, {**stamp, KICK: "XxXxXxXxXxXxXxXx", CHINA: "X.......X......."}, velocity=110)
    kit.drum(72, 1, {SNARE: "XxXxXxXxXxXxXxXx", KICK: "X.X.X.X.X.X.X.X."}, velocity=108)
    for key in (KICK, SNARE, CRASH, CHINA):
        kit.add(76, 1, key, 122)
    for at in (0, 8, 16, 32, 48, 64, 76):
        boom.add(at, 1, 33, 110)
    rise.add(28, 4, 60, 100)
    rise.add(60, 4, 60, 90)
    return p


def floors():
    """E minor, hunted: pizzicato in three-three-two, a half step that will not resolve."""
    p = Piece("floors", "Between Floors", [(0, 126), (40, 130), (64, 142)], 66, -14.0, room="hall",
              tail=3.2, fade=1.2, glue=2.5, air=3.0)
    pizz = p.part("pizz", program=45, level=-17, pan=-0.2, send=0.2, loose=0.006)
    low = p.part("piano", program=0, level=-20, pan=0.15, low_cut=60, send=0.18, loose=0.005)
    trem = p.part("tremolo", program=44, level=-24.5, pan=0.0, low_cut=150, high_cut=4000, send=0.3)
    high = p.part("high", program=48, level=-24, pan=-0.1, low_cut=500, send=0.4)
    horn = p.part("horns", program=60, level=-20.5, pan=0.2, send=0.35, early=0.03, breath=True)
    drum = p.part("timpani", program=47, level=-20, send=0.3)
    boom = p.part("boom", synth="boom", level=-22, send=0.2)
    tick = p.part("tick", synth="tick", level=-30, pan=0.4, send=0.3)
    rise = p.part("rise", synth="riser", level=-29, send=0.3)

    cell = ("E3/.5! E3' E3' F3! E3' E3' G3! E3' | ", "E3/.5! E3' E3' F3! E3' E3' Bb3! A3' | ",
            "E3/.5! E3' E3' G3! E3' E3' B3! G3' | ", "E3/.5! B3' E3' C4! E3' E3' B3! G3' | ")
    for bar in range(16):
        text = cell[bar % 4 if bar < 12 else (bar % 2) * 2 + 1]
        pizz.play(bar * 4, text, 76 + bar, arch=2)
        if bar >= 4:
            low.play(bar * 4, text, 74 + bar, gate=0.55, shift=-12, arch=2)
        if bar >= 12:
            for slot in range(16):
                pizz.add(bar * 4 + slot * 0.25, 0.2, (76, 79, 83, 79)[slot % 4], 60 + bar)
    for beat in range(0, 32):
        tick.add(beat, 0.1, 100 if beat % 2 else 96, 80)
    clusters = ("E4+G4+B4/8", "E4+G4+C5/8", "E4+G4+B4/4", "F4+A4+C5/4", "E4+G4+A#4/4", "D#4+F#4+A4/4",
                "E4+G4+B4/4", "F#4+A4+C5/4", "G4+A#4+C#5/4", "D#5+F#5+A5/4")
    trem.play(8, " ".join(clusters), 74, gate=1.0)
    trem.control(8, 40, 11, 40, 95)
    trem.control(40, 63, 11, 95, 127)
    high.play(32, "B5/4 | C6/2 B5/2 | A#5/4 | A5/2 B5/2 | B5/2 C6/2 | C#6/2 D6/2 | D#6/4", 76, gate=1.0)
    high.control(32, 60, 11, 60, 127)
    horn.play(24, "E3/1.5 G3/.5 F3/2 | -/4 | E3/1.5 G3/.5 Bb3/2 | -/2 B3/2 | "
                  "E4/1.5! G4/.5 F4/2 | D#4/2 F#4/2 | E4/1 G4/1 F4/1 A#4/1 | B4/3! -/1 | "
                  "C5/1 B4/1 A#4/1 A4/1 | D#4+A4/4!", 92)
    for bar in range(6, 16):
        drum.play(bar * 4, "E2/.5! - - E2 - - F2 -" if bar % 2 else "E2/1.5! E2/1.5 B2/1", 86 + bar)
    skins = p.part("skins", program=48, bank=128, level=-20, send=0.2, loose=0.004)
    skins.drum(24, 4, {41: "X..x..x.", 76: "....g..g"}, velocity=80)
    skins.drum(40, 6, {41: "X.oX.oX.X.oX.oXo", 38: "g.xg.gx.g.xg.gxg", 76: "x...x...x...x..."}, velocity=90)
    for slot in range(16):
        drum.add(62 + slot * 0.125, 0.12, 40, 60 + 4 * slot)
    for at in (8, 16, 24, 32, 40, 48, 52, 56, 60):
        boom.add(at, 1, 31, 96)
    rise.add(56, 8, 60, 100)
    for part, text in ((trem, "E4+F4+B4+C5/1.5!"), (horn, "E3+F3+B3/1.5!"), (low, "E2+B2/1.5!"),
                       (pizz, "E3+F3/1!"), (high, "E6+F6/1.5!"), (drum, "E2/1!")):
        part.play(64, text, 118)
    boom.add(64, 1, 28, 120)
    return p


def corridor():
    """C minor: a sequencer that counts, a heartbeat, a filter that opens door by door."""
    p = Piece("corridor", "새벽 네 시의 복도", [(0, 116)], 66, -16.0, room="church", tail=3.0, fade=1.5,
              glue=2.0)
    seq = p.part("sequence", synth="pulse", level=-18.5, send=0.14, loose=0.001)
    drone = p.part("drone", synth="pad", level=-23, low_cut=40, send=0.3)
    bass = p.part("bass", synth="sub", level=-22, loose=0.002)
    heart = p.part("heart", synth="boom", level=-21, send=0.12)
    bell = p.part("bell", program=0, level=-22.5, pan=0.3, low_cut=400, send=0.6)
    glass = p.part("glass", program=44, level=-24, low_cut=300, send=0.5)
    tick = p.part("tick", synth="tick", level=-30, pan=-0.5, send=0.3)
    rise = p.part("rise", synth="riser", level=-27, send=0.3)

    cells = {"Cm": (48, 51, 55, 51, 56, 51, 55, 51), "Cm2": (48, 51, 55, 51, 60, 59, 56, 55),
             "Ab": (44, 51, 56, 51, 60, 51, 56, 55), "Fm": (41, 48, 53, 48, 56, 48, 53, 55),
             "B": (47, 50, 53, 50, 56, 50, 53, 50), "Db": (49, 53, 56, 53, 60, 53, 56, 55)}
    form = ["Cm", "Cm2", "Cm", "Cm2", "Ab", "Fm", "Cm", "B", "Cm", "Db", "Cm2", "B", "Ab", "Fm", "Db",
            "B"]
    for bar, name in enumerate(form):
        cell = cells[name]
        for slot in range(16):
            opened = 52 + 56 * (bar * 16 + slot) / 256
            accent = 14 if slot in (0, 3, 6, 10, 12) else 0
            seq.add(bar * 4 + slot * 0.25, 0.2, cell[slot % 8], opened + accent)
            if bar >= 8 and slot % 2 == 0:
                seq.add(bar * 4 + slot * 0.25, 0.2, cell[(slot + 4) % 8] + 12, opened)
        root = min(cell[0] - 12, 36)
        if bar >= 4:
            for beat in (0, 1.5, 2.5, 3):
                bass.add(bar * 4 + beat, 0.6, root, 84)
        heart.add(bar * 4, 0.5, 33, 96)
        heart.add(bar * 4 + 0.38, 0.5, 31, 70)
        if bar >= 8:
            heart.add(bar * 4 + 2, 0.5, 33, 96)
            heart.add(bar * 4 + 2.38, 0.5, 31, 70)
        for slot in range(8):
            if bar >= 2:
                tick.add(bar * 4 + slot * 0.5, 0.1, 98 if slot % 2 else 103, 60 + 2 * bar)
    drone.play(0, "C3+G3/16 | Ab2+Eb3/4 F2+C3/4 C3+G3/4 B2+F3/4 | C3+Eb3+G3/4 Db3+F3+Ab3/4 "
                  "C3+Eb3+G3/4 B2+D3+F3/4 | Ab2+C3+Eb3/4 F3+Ab3/4 Db3+F3/4 B2+F3+Ab3/4", 84)
    bell.play(8, "-/3 Eb6/1 | -/2.5 D6/.5 -/1 | -/3 G5/1 | -/1.5 Ab5/.5 G5/2 | -/3 Eb6/1 | "
                 "-/2 D6/1 B5/1 | -/2.5 C6/.5 G5/1 | -/1 Db6/.5 C6/.5 Ab5/2 | -/2 Eb6/.5 D6 C6/1 | "
                 "-/2 B5/.5 D6 F6/1", 66)
    glass.play(32, "G4+C5/4 Ab4+Db5/4 G4+C5+Eb5/4 F4+B4+D5/4 | Ab4+C5+Eb5/4 Ab4+C5+F5/4 "
                   "Ab4+Db5+F5/4 F4+Ab4+B4+D5/4", 78, gate=1.0)
    glass.control(32, 64, 11, 40, 127)
    rise.add(56, 8, 60, 110)
    heart.add(64, 0.5, 28, 118)
    bass.add(64, 2.5, 24, 96)
    bell.play(64, "C3+G3+C4+Eb4+G5+Ab5/3!", 92)
    return p
