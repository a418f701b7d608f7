"""What a photo can show: the tags, the words that mean them, and the ImageNet classes that do."""

import re

import numpy as np

from data import Photo

# tag: (words of captions, themes and human tags, then phrases after a bar; ImageNet classes).
TAGS: dict[str, tuple[str, str]] = {
    "sea": ("sea ocean seaside coast seashore shore harbour harbor bay waves surf underwater", "seashore|promontory|sandbar|breakwater"),
    "beach": ("beach seashore sandbar", "seashore|sandbar"),
    "lake": ("lake pond lagoon lakeside", "lakeside"),
    "river": ("river stream creek rapids rafting canal", "dam|gondola|canoe"),
    "sky": ("sky skies", "balloon|parachute|airliner"),
    "cloud": ("cloud cloudy overcast", ""),
    "sunset": ("sunset sunrise dusk dawn", ""),
    "night": ("night midnight nighttime moon", "spotlight"),
    "snow": ("snow snowy winter ice glacier skier skiing ski skijump blizzard", "ski|snowmobile|dogsled|snowplow|bobsled|alp"),
    "rain": ("rain rainy umbrella raindrop", "umbrella"),
    "storm": ("storm stormy lightning thunder tornado hurricane|dark clouds", ""),
    "fog": ("fog foggy mist misty haze hazy", ""),
    "forest": ("forest wood woods woodland jungle bamboo tree", ""),
    "mountain": ("mountain hill peak cliff canyon valley volcano rock|hills|dunes", "alp|cliff|valley|volcano"),
    "field": ("field meadow grassland savanna farm countryside pasture moorland prairie", "hay|thresher"),
    "desert": ("desert dune|sand dunes", ""),
    "flower": ("flower blossom rose sunflower tulip daisy bouquet bloom", "daisy|yellow lady's slipper|vase"),
    "garden": ("garden park lawn greenhouse", "greenhouse|fountain|patio|picket fence"),
    "autumn": ("autumn fall foliage|autumn leaves", ""),
    "city": ("city skyline skyscraper downtown urban town cityscape", ""),
    "street": ("street sidewalk alley crosswalk pavement", "streetcar|street sign|traffic light|parking meter"),
    "road": ("road highway path track railroad railway trail lane", "racer|traffic light"),
    "building": ("building house architecture tower castle palace skyscraper facade church temple mosque barn cottage", "castle|palace|barn|church|mosque|monastery|stupa|dome|triumphal|bell cote|obelisk|boathouse|beacon"),
    "bridge": ("bridge viaduct", "suspension|steel arch|viaduct"),
    "church": ("church cathedral chapel temple mosque", "church|mosque|monastery|altar"),
    "ruin": ("ruin ruins abandoned destruction rubble wreckage collapsed debris", ""),
    "room": ("room indoor indoors interior kitchen bathroom bedroom office hallway gym auditorium museum restaurant shop classroom", "studio couch|dining table|desk|bookcase|china cabinet|entertainment center|home theater|restaurant|library|barbershop|wardrobe|refrigerator|stove|washbasin|shower curtain|medicine chest"),
    "bed": ("bed bedroom sofa couch sleeping", "four-poster|studio couch|quilt|crib|bassinet|cradle"),
    "book": ("book library reading bookshelf newspaper paper", "library|bookshop|book jacket|bookcase|comic book"),
    "crowd": ("crowd audience spectators rally parade crowded protest", ""),
    "stage": ("stage concert orchestra performance band singer performer musician", "stage|microphone|drum|electric guitar"),
    "instrument": ("guitar piano violin drum trumpet instrument saxophone flute musician orchestra", "acoustic guitar|electric guitar|grand piano|upright|violin|cello|sax|trombone|cornet|flute|harp|drum|banjo|accordion|oboe|bassoon|french horn|harmonica"),
    "party": ("party celebration celebrating birthday celebrate festival dancing toast cheering fireworks", "balloon"),
    "wedding": ("wedding bride groom", "groom|gown"),
    "people": ("people person man woman men women boy girl child children family friends group player players couple crowd baby someone lady guy worker portrait singer bride pedestrians", "groom|scuba diver|ballplayer"),
    "couple": ("couple romantic kissing kiss hugging embracing bride", "groom"),
    "child": ("child children kid boy girl baby toddler infant siblings", "bib|crib|bassinet"),
    "baby": ("baby infant newborn toddler", "bassinet|bib|crib"),
    "portrait": ("portrait face selfie headshot posing", ""),
    "animal": ("animal wildlife dog cat bird horse cow sheep goat lion tiger bear elephant monkey wolf deer fox fish shark snake spider insect pig zebra penguin seal puppy kitten duck rooster raccoon lizard frog butterfly bee cockroach giraffe owl gorilla orangutan chipmunk ferret lamb meerkat opossum pigeon crow stingray", "0-397"),
    "dog": ("dog puppy hound", "151-268"),
    "cat": ("cat kitten", "281-285"),
    "bird": ("bird duck eagle owl pigeon crow penguin gull swan parrot rooster goose", "7-24|80-100|127-146"),
    "insect": ("insect spider bee butterfly cockroach beetle ant wasp bug dragonfly", "70-79|300-326"),
    "snake": ("snake lizard reptile crocodile turtle", "33-68"),
    "food": ("food meal cake fruit vegetable bread pizza dessert soup barbeque dish dinner eating breakfast cooking", "924-966"),
    "drink": ("drink coffee tea beer wine alcohol cocktail bottle cup glass bar", "espresso|cup|beer glass|beer bottle|wine bottle|red wine|coffee mug|goblet|cocktail shaker|eggnog"),
    "vehicle": ("car vehicle truck bus train motorcycle bicycle boat ship plane airplane aircraft helicopter van ambulance tractor racing", "ambulance|beach wagon|cab|convertible|jeep|limousine|minivan|model t|racer|sports car|pickup|tow truck|trailer truck|minibus|school bus|fire engine|police van|moving van|garbage truck|motor scooter|moped|mountain bike|airliner|warplane|speedboat|yawl|catamaran|trimaran|container ship|liner|steam locomotive|electric locomotive|bullet train|streetcar|tank|tractor|freight car|passenger car"),
    "boat": ("boat ship sailboat yacht ferry canoe kayak sailing", "speedboat|yawl|catamaran|trimaran|container ship|liner|fireboat|lifeboat|schooner|canoe|gondola|pirate"),
    "airplane": ("plane airplane aircraft airport tarmac jet helicopter skydiving parachuting", "airliner|warplane|airship|parachute|wing"),
    "sport": ("sport sports football basketball tennis baseball hockey soccer boxing wrestling gymnastics swimming volleyball badminton cricket rugby golf skiing surfing climbing fencing weightlifting race player players stadium court racing bungee motocross rafting archery athlete exercise yoga", "ballplayer|basketball|football helmet|soccer ball|volleyball|tennis ball|baseball|rugby ball|golf ball|ping-pong ball|barbell|dumbbell|parallel bars|horizontal bar|balance beam|scoreboard|racket|puck|ski|punching bag|crash helmet|swimming trunks"),
    "fire": ("fire flame burning lava bonfire campfire explosion wildfire", "volcano"),
    "smoke": ("smoke smoking pollution explosion fumes", "volcano"),
    "weapon": ("gun weapon knife rifle pistol sword shooting soldier", "assault rifle|rifle|revolver|holster|cleaver|tank|missile|cannon|bulletproof vest|military uniform"),
    "fight": ("fight fighting punch attack confrontation brawl assault violence riot", ""),
    "accident": ("crash accident wreck wreckage collision disaster crashed", ""),
    "blood": ("injury injured wound blood bloody dead corpse carcass surgery tumor severed bodies", ""),
    "war": ("war soldier tank military army battle neonazi explosion bomb", "assault rifle|tank|military uniform|warplane|missile|half track"),
    "garbage": ("garbage trash dump litter dirt dirty feces filthy clutter toilet", "garbage truck|ashcan|toilet seat|plastic bag"),
    "statue": ("statue sculpture monument gargoyle", "megalith|totem pole|pedestal"),
}
NAMES = list(TAGS)
# A photo that has one of these has the other.
IMPLIED = {
    "beach": "sea", "couple": "people", "child": "people", "baby": "child", "crowd": "people", "dog": "animal", "cat": "animal", "bird": "animal",
    "insect": "animal", "snake": "animal", "boat": "vehicle", "airplane": "vehicle", "church": "building", "bed": "room",
}
WEATHER = {"Cloudy": ["cloud", "sky"], "Rain": ["rain"], "Shine": ["sky"], "Sunrise": ["sunset", "sky"]}
# How sure a word makes us, and what a teacher's say counts for where no word stands.
SURE, UNSAID = 0.95, 0.6


def words_of(row: Photo) -> str:
    """All that people said of a photo, in small letters."""
    theme = row.group if row.set == "oasis" else ""
    return " ; ".join([*row.tags, row.caption, theme]).lower()


def said(rows: list[Photo]) -> np.ndarray:
    """[n, tags]: 1 where people named the tag."""
    found = np.zeros((len(rows), len(NAMES)), np.float32)
    patterns = [pattern(words) for words, _ in TAGS.values()]
    for i, row in enumerate(rows):
        text = words_of(row)
        found[i] = [bool(each.search(text)) for each in patterns]
        if row.set == "weather":
            for tag in WEATHER[row.group.split()[1]]:
                found[i, NAMES.index(tag)] = 1
    imply(found)
    return found


def imply(values: np.ndarray):
    """Raises what a tag implies to at least the tag's own value, in place."""
    for tag, other in IMPLIED.items():
        at = NAMES.index(other)
        values[:, at] = np.maximum(values[:, at], values[:, NAMES.index(tag)])


def pattern(words: str) -> re.Pattern:
    """Words are parted by spaces; after the first bar stand phrases, parted by bars."""
    single, *phrases = words.split("|")
    return re.compile(r"\b(?:" + "|".join([*single.split(), *phrases]) + r")(?:s|es)?\b")


def classes(wanted: str, labels: list[str]) -> list[int]:
    """ImageNet classes (0 to 999) of a tag: names or ranges of numbers, parted by bars. `labels`
    are ImageNet's names in order, each with its synonyms."""
    names = [[name.strip().lower() for name in label.split(",")] for label in labels]
    found = set()
    for part in wanted.split("|"):
        if ranged := re.fullmatch(r"(\d+)-(\d+)", part):
            found.update(range(int(ranged[1]), int(ranged[2]) + 1))
            continue
        at = [i for i, same in enumerate(names) if part in same]
        at = at or [i for i, same in enumerate(names) if any(name.startswith(f"{part} ") for name in same)]
        assert at, f"no ImageNet class {part!r}"
        found.update(at)
    return sorted(found)


def targets(rows: list[Photo], imagenet: np.ndarray, labels: list[str], sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Soft targets [n, tags] and how much each counts.

    People's words are sure. Where they are silent the teachers speak: the ImageNet classifier's
    probabilities [n, 1000] and the face detector's sizes [n, 2]. Silence itself says "not there"
    only for photos that somebody described.
    """
    words = said(rows)
    taught = np.zeros_like(words)
    for at, (_, wanted) in enumerate(TAGS.values()):
        if wanted:
            taught[:, at] = imagenet[:, classes(wanted, labels)].sum(1)
    at = NAMES.index
    taught[:, at("people")] = np.maximum(taught[:, at("people")], sizes[:, 1] > 0.06)
    taught[:, at("portrait")] = np.maximum(taught[:, at("portrait")], np.clip((sizes[:, 1] - 0.2) / 0.2, 0, 1))
    imply(taught)
    target = np.where(words > 0, SURE, UNSAID * taught)
    described = np.array([row.set != "weather" for row in rows])[:, None]
    weight = np.where(words > 0, 1.0, np.where(described, 1.0 - 0.7 * (taught > 0.2), 0.15))
    return np.clip(target, 0.01, SURE).astype(np.float32), weight.astype(np.float32)
