//! The threads and what is answered in them.

use super::{Answer, Talk};

/// Opened before anybody elsewhere follows the board: it is fetched when they do.
pub(crate) static EARLY: Talk = Talk {
    who: "emil",
    board: "art",
    subject: "One band, no ends",
    body: "Truchet tiles: every square has two quarter circles, and a coin decides how it is turned. That is the whole rule.\n\n>it looks planned\n>it never is\n\nThe second one has three strands. Follow any of them with a finger. #tiles #knots",
    pictures: &[
        (
            "weave",
            "A glossy band in yellow, orange and blue winds over a dark ground, crossing over and under itself without an end.",
        ),
        (
            "rope",
            "A rope of three strands turns in wide circles over paper, from dark blue at the top to red at the bottom.",
        ),
    ],
    answers: &[
        Answer {
            who: "anna",
            body: ">>{0}\nI followed the yellow one for five minutes. It came back to where I started and I clapped.",
            pictures: &[],
        },
        Answer {
            who: "chie",
            body: ">>{1}\n>it came back\nMine did not. I want my coin back.",
            pictures: &[],
        },
    ],
};

/// All others, in the order they are opened.
pub(crate) static THREADS: [Talk; 15] = [
    Talk {
        who: "anna",
        board: "photo",
        subject: "Read me before you load your camera",
        body: "Welcome. Three things:\n\n1. Nothing here exists. Post it anyway.\n2. Alt texts, please: somebody listens to this board.\n3. Your camera tells where it was. We take that off before anybody sees it.\n\nThis thread is closed; open your own.",
        pictures: &[],
        answers: &[],
    },
    Talk {
        who: "fumi",
        board: "maps",
        subject: "The old chart from the attic",
        body: "Nine tints, one pen, and coffee for the paper. North is up. #map #oldpaper",
        pictures: &[(
            "old_chart",
            "An old chart on yellowed paper: three large islands and some small ones, shaded in browns, with a checked margin.",
        )],
        answers: &[Answer {
            who: "anna",
            body: "The southern island looks like a cat that stretches.\n>north is up\nIs it?",
            pictures: &[],
        }],
    },
    Talk {
        who: "dana",
        board: "maps",
        subject: "Where to picnic on the red planet",
        body: "Heights from ridged noise, light from the north-west, dust everywhere.\n\n||The picnic is on the white summit. Bring a scarf.||",
        pictures: &[(
            "red_planet",
            "A map of two rust-red continents that glow towards white summits, in a dark violet sea of dust.",
        )],
        answers: &[Answer {
            who: "chie",
            body: ">>{0}\nThe contour lines on the western plateau are a joy. What is the interval?",
            pictures: &[],
        }],
    },
    Talk {
        who: "emil",
        board: "garden",
        subject: "Two dishes on my window sill",
        body: "Reaction and diffusion: one substance feeds the other, the other eats it. After two thousand steps they look alive.\n\n>do not eat\n\n#grayscott #patterns",
        pictures: &[
            (
                "lichen",
                "Pale winding ridges like the furrows of a coral cover a dark green ground.",
            ),
            (
                "seeds",
                "Glowing orange dots and short worms on deep violet, dividing like cells.",
            ),
        ],
        answers: &[Answer {
            who: "ben",
            body: "The second one is dividing while I look at it. It is a still picture, isn't it? >>{0}",
            pictures: &[],
        }],
    },
    Talk {
        who: "chie",
        board: "photo",
        subject: "Moonrise, nobody awake",
        body: "Eight ranges, each one paler than the one before it. The wood in front is only triangles.\n\n>be me\n>wait for the moon for three hours\n>it is a disc of 55 pixels\n\nWorth it.",
        pictures: &[(
            "moonrise",
            "A pale moon above blue-green ranges of mountains with mist in the valleys and a black wood in front.",
        )],
        answers: &[Answer {
            who: "emil",
            body: ">>{0}\n>only triangles\nSo am I, on Mondays.",
            pictures: &[],
        }],
    },
    Talk {
        who: "ben",
        board: "photo",
        subject: "The river above us",
        body: "Clouds of noise, bent by clouds of noise. Nine out of ten stars are nearly dark, as it should be. #stars #night",
        pictures: &[
            (
                "river_of_stars",
                "A violet river of glowing gas runs across a black sky, with dark dust in it and a few bright stars.",
            ),
            (
                "green_night",
                "A green nebula like smoke over water, with scattered stars and long rays around the brightest.",
            ),
        ],
        answers: &[],
    },
    Talk {
        who: "ben",
        board: "art",
        subject: "Agate, or: the same noise three times",
        body: "Noise that is moved by noise that is moved by noise. I changed one number between the two.\n\n>>>/garden/ would call it a mineral, so it goes here.",
        pictures: &[
            (
                "agate",
                "Bands of blue, cream and rust fold into each other like polished agate.",
            ),
            (
                "rose_quartz",
                "Folds of pink, white and plum, like cloth under water.",
            ),
        ],
        answers: &[Answer {
            who: "anna",
            body: ">>{0}\nWhich number? ||It is always the seed.||",
            pictures: &[],
        }],
    },
    Talk {
        who: "dana",
        board: "garden",
        subject: "It breathes",
        body: "Two hundred petals, each turned by the golden angle from the one before. Open, close, open. Put it beside your bed. #loop",
        pictures: &[(
            "breathing",
            "A violet flower of many pointed petals opens and closes slowly, again and again.",
        )],
        answers: &[Answer {
            who: "fumi",
            body: "I breathed along and missed my stop.",
            pictures: &[],
        }],
    },
    Talk {
        who: "emil",
        board: "art",
        subject: "Two stones, one pond",
        body: "Every dot knows its distance to both stones and nothing else. #loop",
        pictures: &[(
            "ripple",
            "A grid of dots that swell and shrink as two sets of rings pass through each other, from violet to pale yellow.",
        )],
        answers: &[],
    },
    Talk {
        who: "anna",
        board: "art",
        subject: "Two windows",
        body: "Voronoi cells for panes, the distance to the edge for the lead. The light stands a little above the middle, where a church would have it.",
        pictures: &[
            (
                "rose_window",
                "A window of stained glass: pale yellow in its middle, then orange, crimson and night blue, with lead between the panes.",
            ),
            (
                "lagoon_window",
                "A window of stained glass in the colours of a lagoon, from white through turquoise to deep blue.",
            ),
        ],
        answers: &[Answer {
            who: "dana",
            body: "Shorter panes please, said my printer. I said >>{0} is not for printers.",
            pictures: &[],
        }],
    },
    Talk {
        who: "emil",
        board: "photo",
        subject: "From my telephone, on the way down",
        body: "It wrote into the picture where I stood. You will not find it there any more. #sunset",
        pictures: &[(
            "last_light",
            "The sun sinks behind orange and violet ranges of mountains; the nearest is black with firs.",
        )],
        answers: &[Answer {
            who: "ben",
            body: ">where I stood\nIn the middle of the Atlantic, if I read it right before. Now I read nothing at all. >>{0}",
            pictures: &[],
        }],
    },
    Talk {
        who: "ben",
        board: "garden",
        subject: "The dahlia that counts",
        body: "Petal number *n* sits at *n* × 137.5°. No two ever hide each other.\n\nThe fern and the meadow are sentences: `X` becomes `F+[[X]-X]-F[-FX]+X`, five times.",
        pictures: &[
            (
                "dahlia",
                "A red dahlia of several hundred petals, growing lighter towards its yellow middle.",
            ),
            (
                "fern",
                "Feathery green plants on cream paper, drawn as in an old herbal.",
            ),
            (
                "meadow",
                "Tall plants with small coloured blossoms before an evening sky.",
            ),
        ],
        answers: &[
            Answer {
                who: "anna",
                body: ">>{0}\nMine came up blue. Same angle, more petals. #flowers",
                pictures: &[(
                    "blue_aster",
                    "A blue aster with a golden middle on a pale ground; its petals are arranged in spirals.",
                )],
            },
            Answer {
                who: "chie",
                body: ">>{0} >>{1}\nI counted the spirals: 34 one way, 55 the other. I feel watched by Fibonacci.",
                pictures: &[],
            },
        ],
    },
    Talk {
        who: "chie",
        board: "maps",
        subject: "Archipelago, sheet 4",
        body: "The sea was drawn first and the islands are what it left. Water lines along every coast, as the old engravers had them.\n\nName an island in your answer and it goes on the next sheet. #map",
        pictures: &[(
            "archipelago",
            "A map of four large green islands with brown mountains in a blue sea that grows paler towards the coasts.",
        )],
        answers: &[
            Answer {
                who: "ben",
                body: ">>{0}\nThe long one in the middle: **Leek**.",
                pictures: &[],
            },
            Answer {
                who: "anna",
                body: ">>{1}\n>Leek\nThen the small one beside it is *Chive*.",
                pictures: &[],
            },
        ],
    },
    Talk {
        who: "anna",
        board: "photo",
        subject: "Over the last ridge",
        body: "Left at four, there at first light. The valley on the other side is green. #mountains",
        pictures: &[
            (
                "first_light",
                "Blue ranges of mountains behind each other under a pale sunrise, with mist in the valleys.",
            ),
            (
                "green_valley",
                "Green hills in morning mist under a pale blue sky, with a dark line of firs in front.",
            ),
        ],
        answers: &[Answer {
            who: "fumi",
            body: ">left at four\nI was just going to bed. >>{0} is what I dreamt of, thank you.",
            pictures: &[],
        }],
    },
    Talk {
        who: "anna",
        board: "art",
        subject: "Ribbons that never cross",
        body: "Each ribbon follows the same field of angles and stops where it would touch another. Broad ones first, then whatever fits between.\n\n>one rule\n>eight thousand tries\n\n||Seed 11. Seed 12 looks like spaghetti.|| #flowfield",
        pictures: &[
            (
                "ribbons",
                "Ribbons in red, mustard and blue flow over cream paper in long curves that never touch.",
            ),
            (
                "currents",
                "Dense currents of short bright strokes in turquoise, orange and cream swirl over a night-blue ground.",
            ),
        ],
        answers: &[
            Answer {
                who: "ben",
                body: ">>{0}\n>looks like spaghetti\nPost seed 12. We are hungry over here.",
                pictures: &[],
            },
            Answer {
                who: "chie",
                body: "My rule is older: one pen, never lifted, each line hides what is behind it. >>{0}",
                pictures: &[(
                    "one_pen",
                    "White lines over each other on black; in their middle they rise to jagged mountains.",
                )],
            },
            Answer {
                who: "dana",
                body: "Wrong thread, sorry! This was meant for >>>/maps/.",
                pictures: &[],
            },
        ],
    },
];
