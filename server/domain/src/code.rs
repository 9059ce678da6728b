//! One text code per value: what the API, the database and the data files write.

/// A closed set of values, each with exactly one text code.
///
/// Invariant: `from_code(x.code()) == Some(x)` for every `x` of [`Code::ALL`]; codes are
/// distinct, lower case, `snake_case`, and never change once published.
pub trait Code: Copy + Eq + Sized + 'static {
    /// Every value, in the order it is listed to people.
    const ALL: &'static [Self];

    /// The text that stands for this value.
    fn code(self) -> &'static str;

    /// The value a text stands for; `None` when the text is no code of this set.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// Defines an enum together with its text codes, so that no variant can lack one.
macro_rules! coded {
    ($(#[$about:meta])* pub enum $name:ident {
        $($(#[$said:meta])* $variant:ident = $code:literal,)+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$said])* $variant,)+
        }

        impl $crate::code::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str($crate::code::Code::code(*self))
            }
        }
    };
}
pub(crate) use coded;

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;
    use std::fmt::Debug;

    fn codes_are_sound<T: Code + Debug>() {
        let mut seen = BTreeSet::new();
        for value in T::ALL {
            let code = value.code();
            assert!(seen.insert(code), "{code} stands for two values");
            assert_eq!(T::from_code(code), Some(*value));
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        }
        assert_eq!(T::from_code(""), None);
        assert_eq!(T::from_code("Received"), None);
    }

    #[test]
    fn every_code_names_exactly_one_value() {
        codes_are_sound::<crate::seat::Institution>();
        codes_are_sound::<crate::seat::Role>();
        codes_are_sound::<crate::topic::Class>();
        codes_are_sound::<crate::concern::State>();
        codes_are_sound::<crate::concern::Identity>();
        codes_are_sound::<crate::concern::Need>();
        codes_are_sound::<crate::answer::Verdict>();
        codes_are_sound::<crate::access::Visibility>();
        codes_are_sound::<crate::place::Council>();
        codes_are_sound::<crate::place::Language>();
        codes_are_sound::<crate::consultation::Phase>();
        codes_are_sound::<crate::consultation::Became>();
        codes_are_sound::<crate::consultation::Mark>();
        codes_are_sound::<crate::consultation::Method>();
        codes_are_sound::<crate::question::State>();
        codes_are_sound::<crate::poll::Audience>();
        codes_are_sound::<crate::poll::State>();
        codes_are_sound::<crate::poll::TextState>();
        codes_are_sound::<crate::poll::Way>();
        codes_are_sound::<crate::poll::RoomState>();
        codes_are_sound::<crate::poll::Scale>();
    }

    #[test]
    fn the_sets_have_the_sizes_the_api_names() {
        assert_eq!(crate::seat::Institution::ALL.len(), 11);
        assert_eq!(crate::concern::State::ALL.len(), 14);
        assert_eq!(crate::answer::Verdict::ALL.len(), 5);
    }
}
