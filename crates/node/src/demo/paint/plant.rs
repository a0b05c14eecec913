//! Plants grown by rewriting: a word of turns and steps grows by its rules and is then drawn as stem and leaf
//! (L-systems, <https://algorithmicbotany.org/papers/#abop>).

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise::{self, Dice};

/// What a bed of plants looks like.
pub(crate) struct Bed<'a> {
    /// The air from top to ground.
    pub(crate) air: &'a [u32],
    /// Stem and leaves from the foot to the tips.
    pub(crate) green: &'a [u32],
    /// The blossoms; none where it is empty.
    pub(crate) blossoms: &'a [u32],
    /// The plants: where each stands as a share of the width, how tall it is as a share of the height, its lean.
    pub(crate) plants: &'a [(f32, f32, f32)],
    /// The rule of growth.
    pub(crate) rule: Rule,
}

/// How a plant grows.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// Feathery, as ferns are.
    Fern,
    /// Branches in turn to both sides.
    Bush,
}

impl Rule {
    fn of(self) -> (&'static str, [(char, &'static str); 2], usize, f32) {
        match self {
            Self::Fern => ("X", [('X', "F+[[X]-X]-F[-FX]+X"), ('F', "FF")], 5, 0.42),
            Self::Bush => ("X", [('X', "F[+X]F[-X]+X"), ('F', "FF")], 6, 0.36),
        }
    }
}

/// Paints a bed of plants.
pub(crate) fn paint(size: Size, seed: u32, bed: &Bed<'_>) -> RgbImage {
    let (width, height) = size.reach();
    let air = Gradient::new(bed.air);
    let mut canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let paper = noise::clouds(x / 210.0, y / 210.0, 4, seed) * 0.05;
        let edge = (x / width - 0.5).hypot(y / height - 0.5);
        air.at(y / height + paper).scaled(1.06 - 0.25 * edge * edge)
    });
    let green = Gradient::new(bed.green);
    let mut dice = Dice::new(u64::from(seed));
    let word = grown(bed.rule);
    for (place, tall, lean) in bed.plants {
        let foot = (width * place, height * 0.965);
        let plant = Plant {
            word: &word,
            turn: bed.rule.of().3,
            green: &green,
            blossoms: bed.blossoms,
        };
        plant.draw(&mut canvas, &mut dice, foot, height * tall, *lean);
    }
    canvas.finish()
}

fn grown(rule: Rule) -> String {
    let (start, rules, rounds, _) = rule.of();
    let mut word = start.to_owned();
    for _ in 0..rounds {
        word = word
            .chars()
            .map(|letter| {
                let found = rules.iter().find(|(from, _)| *from == letter);
                found.map_or_else(|| letter.to_string(), |(_, to)| (*to).to_owned())
            })
            .collect();
    }
    word
}

struct Plant<'a> {
    word: &'a str,
    turn: f32,
    green: &'a Gradient,
    blossoms: &'a [u32],
}

impl Plant<'_> {
    fn draw(&self, canvas: &mut Canvas, dice: &mut Dice, foot: (f32, f32), tall: f32, lean: f32) {
        // Steps on the way from the foot to the top, to know how long one may be.
        let step = tall / self.reach();
        let mut pen = Pen {
            at: foot,
            angle: -std::f32::consts::FRAC_PI_2 + lean,
            depth: 0,
        };
        let mut stack = Vec::new();
        let mut tips = Vec::new();
        for letter in self.word.chars() {
            match letter {
                'F' => {
                    let climbed = (foot.1 - pen.at.1) / tall;
                    let bend = dice.between(-0.028, 0.028);
                    pen.angle += bend;
                    let to = (
                        pen.at.0 + pen.angle.cos() * step,
                        pen.at.1 + pen.angle.sin() * step,
                    );
                    let breadth = (tall / 105.0 * 0.62_f32.powi(pen.depth)).max(0.9);
                    canvas.stroke(pen.at, to, breadth, self.green.at(climbed * 0.55));
                    pen.at = to;
                }
                '+' => pen.angle += self.turn * dice.between(0.75, 1.25),
                '-' => pen.angle -= self.turn * dice.between(0.75, 1.25),
                '[' => {
                    stack.push(pen);
                    pen.depth += 1;
                }
                ']' => {
                    tips.push(pen);
                    pen = stack.pop().unwrap_or(pen);
                }
                _ => {}
            }
        }
        tips.push(pen);
        for tip in tips {
            let climbed = (foot.1 - tip.at.1) / tall;
            let length = tall / 34.0 * dice.between(0.7, 1.35);
            let colour = self.green.at(climbed.mul_add(0.7, dice.between(0.0, 0.3)));
            let angle = tip.angle + dice.between(-0.5, 0.5);
            canvas.leaf(tip.at, (length, length * 0.36), angle, colour);
            if climbed > 0.45 && dice.unit() < 0.2 {
                self.blossom(canvas, dice, tip.at, tall / 95.0);
            }
        }
    }

    fn blossom(&self, canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), size: f32) {
        let Some(code) = dice.pick(self.blossoms) else {
            return;
        };
        let colour = Colour::hex(*code);
        let size = size * dice.between(0.7, 1.3);
        for petal in 0..5 {
            let angle = petal as f32 * 1.2566 + dice.between(0.0, 0.3);
            let (px, py) = (x + angle.cos() * size * 0.8, y + angle.sin() * size * 0.8);
            canvas.disc(px, py, size * 0.66, colour.scaled(dice.between(0.85, 1.1)));
        }
        canvas.disc(x, y, size * 0.42, Colour::hex(0xF6C945));
    }

    /// How many steps high the plant is if it grows straight.
    fn reach(&self) -> f32 {
        let (mut at, mut stack, mut highest) = (0_u32, Vec::new(), 1_u32);
        for letter in self.word.chars() {
            match letter {
                'F' => at += 1,
                '[' => stack.push(at),
                ']' => at = stack.pop().unwrap_or(at),
                _ => {}
            }
            highest = highest.max(at);
        }
        highest as f32
    }
}

#[derive(Clone, Copy)]
struct Pen {
    at: (f32, f32),
    angle: f32,
    depth: i32,
}
