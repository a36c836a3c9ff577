//! Drawings that stand where a town has photos of its works: plain shapes, further on each time.

/// Pixels.
pub const WIDTH: u32 = 640;
pub const HEIGHT: u32 = 480;

type Colour = [u8; 3];

const EARTH: Colour = [176, 138, 96];
const GRASS: Colour = [122, 153, 84];
const HILL: Colour = [96, 128, 104];
const CONCRETE: Colour = [196, 198, 200];
const WALL: Colour = [222, 205, 180];
const STEEL: Colour = [92, 102, 116];
const GLASS: Colour = [108, 146, 172];

struct Canvas(Vec<u8>);

impl Canvas {
    fn fill(&mut self, (left, top): (i32, i32), (right, bottom): (i32, i32), colour: Colour) {
        let inside = |at: i32, most: u32| usize::try_from(at.clamp(0, most.cast_signed())).unwrap_or(0);
        let (left, right) = (inside(left, WIDTH), inside(right, WIDTH));
        for row in inside(top, HEIGHT)..inside(bottom, HEIGHT) {
            let start = (row * WIDTH as usize + left) * 3;
            let end = (row * WIDTH as usize + right) * 3;
            for pixel in self.0.get_mut(start..end).unwrap_or_default().chunks_exact_mut(3) {
                pixel.copy_from_slice(&colour);
            }
        }
    }

    /// Sky, hills and ground; the sky is another one each time.
    fn landscape(&mut self, seed: u32) {
        let cloudy = seed.is_multiple_of(3);
        for row in 0..300_i32 {
            let light = u8::try_from(row / 6).unwrap_or(0);
            let sky = if cloudy { [186, 192, 198] } else { [136, 178, 216] };
            self.fill(
                (0, row),
                (WIDTH.cast_signed(), row + 1),
                sky.map(|part: u8| part.saturating_add(light)),
            );
        }
        for column in 0..WIDTH.cast_signed() {
            let at = f64::from(column) / 90.0 + f64::from(seed % 7);
            let height = (at.sin() * 26.0 + (at * 2.3).sin() * 11.0) as i32;
            self.fill((column, 216 - height), (column + 1, 300), HILL);
        }
        self.fill((0, 300), (WIDTH.cast_signed(), HEIGHT.cast_signed()), GRASS);
    }

    /// A road, canal or pipe towards the hills; what is done is of concrete.
    fn line(&mut self, percent: i32) {
        let done = 300 + (180 * (100 - percent)) / 100;
        for row in 300..HEIGHT.cast_signed() {
            let half = 12 + (row - 300) * 170 / 180;
            let colour = if row >= done { CONCRETE } else { EARTH };
            self.fill((320 - half, row), (320 + half, row + 1), colour);
            if row >= done && (row / 14) % 2 == 0 {
                let mark = 1 + (row - 300) / 40;
                self.fill((320 - mark, row), (320 + mark, row + 1), [250, 250, 246]);
            }
        }
        if percent < 100 {
            // The machine that is at work where it ends.
            self.fill((350, done - 46), (420, done - 10), [226, 164, 40]);
            self.fill((362, done - 40), (388, done - 22), GLASS);
            self.fill((346, done - 12), (426, done), STEEL);
        }
    }

    /// A house that grows floor by floor behind its scaffold.
    fn house(&mut self, percent: i32) {
        const FLOORS: i32 = 5;
        self.fill((90, 380), (560, 420), EARTH);
        let floors = percent * FLOORS / 100;
        for floor in 0..floors {
            let top = 380 - (floor + 1) * 52;
            self.fill((150, top), (490, top + 52), WALL);
            self.fill((150, top), (490, top + 4), CONCRETE);
            for window in 0..6 {
                self.fill((170 + window * 54, top + 14), (200 + window * 54, top + 40), GLASS);
            }
        }
        if percent < 96 {
            let top = 380 - (floors + 1) * 52;
            for pole in 0..12 {
                self.fill((136 + pole * 34, top), (139 + pole * 34, 380), STEEL);
            }
            for plank in 0..=floors {
                self.fill((136, 380 - plank * 52 - 3), (512, 380 - plank * 52), STEEL);
            }
        }
    }
}

/// Rows of red, green and blue, [`WIDTH`] by [`HEIGHT`]. `percent` of the work is done; works along the land are drawn as a
/// line, others as a house.
pub fn picture(along: bool, percent: i64, seed: u32) -> Vec<u8> {
    let mut canvas = Canvas(vec![0; (WIDTH * HEIGHT * 3) as usize]);
    let percent = i32::try_from(percent.clamp(2, 100)).unwrap_or(100);
    canvas.landscape(seed);
    if along {
        canvas.line(percent)
    } else {
        canvas.house(percent)
    }
    canvas.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_picture_shows_more_of_the_work() {
        let of = |along, percent, colour: Colour| {
            picture(along, percent, 4).chunks_exact(3).filter(|pixel| *pixel == colour).count()
        };
        assert!(of(true, 80, CONCRETE) > of(true, 30, CONCRETE));
        assert!(of(false, 80, GLASS) > of(false, 30, GLASS));
        assert_eq!(picture(true, 400, 1).len(), (WIDTH * HEIGHT * 3) as usize);
    }
}
