//! Chance that comes out the same on every machine: whole numbers, and of the fractions only sums and products.

/// `SplitMix64`, by Steele, Lea and Flood: enough for towns that are drawn, and for nothing secret.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * u128::try_from(bound).unwrap_or(0);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// From 0 to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or(0)) / 4_294_967_296.0
    }

    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// Nearly a normal deviate of mean 0 and deviation 1: twelve even ones, less 6. A logarithm would differ
    /// from one mathematical library to another.
    pub(crate) fn normal(&mut self) -> f64 {
        let mut sum = 0.0;
        for _ in 0..3 {
            let drawn = self.next();
            for part in 0..4 {
                let bits = u16::try_from((drawn >> (16 * part)) & 0xffff).unwrap_or(0);
                sum += (f64::from(bits) + 0.5) / 65_536.0;
            }
        }
        sum - 6.0
    }

    /// Brings a list into some order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last + 1);
            list.swap(last, other);
        }
    }
}
