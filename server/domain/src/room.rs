//! Places of residents at a meeting that everybody may come to.
//!
//! Invariants: nobody waits while there is a free place; nobody overtakes those who wait; a place that
//! somebody has is not taken away, also where the room became smaller.

/// The most places a meeting may have.
pub const MOST: i32 = 5000;

/// How the places of a meeting stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// How many there are; nothing: as many as come.
    pub capacity: Option<i32>,
    /// How many are taken.
    pub taken: i32,
    /// How many wait for one.
    pub waiting: i32,
}

impl Room {
    /// Whether whoever comes now gets a place, or else waits.
    #[must_use]
    pub fn has_room(self) -> bool {
        self.waiting == 0 && self.capacity.is_none_or(|places| self.taken < places)
    }

    /// How many of those who wait, the first first, move up now.
    #[must_use]
    pub fn moves_up(self) -> i32 {
        let free = self
            .capacity
            .map_or(self.waiting, |places| places - self.taken);
        free.clamp(0, self.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn nobody_overtakes_those_who_wait_and_nobody_waits_beside_a_free_place() {
        for capacity in [None, Some(1), Some(3), Some(5)] {
            for (taken, waiting) in (0..6).flat_map(|taken| (0..4).map(move |n| (taken, n))) {
                let before = Room {
                    capacity,
                    taken,
                    waiting,
                };
                let up = before.moves_up();
                let after = Room {
                    taken: taken + up,
                    waiting: waiting - up,
                    ..before
                };
                assert!(up >= 0 && after.waiting >= 0, "{before:?}");
                assert_eq!(after.moves_up(), 0, "{before:?}");
                let free = capacity.is_none_or(|places| after.taken < places);
                assert_eq!(after.has_room(), free, "{after:?}");
                assert!(!before.has_room() || waiting == 0, "{before:?}");
            }
        }
    }

    #[test]
    fn a_smaller_room_takes_no_place_away() {
        let crowded = Room {
            capacity: Some(2),
            taken: 5,
            waiting: 1,
        };
        assert_eq!((crowded.moves_up(), crowded.has_room()), (0, false));
    }
}
