//! Why a box does not add up, in a sentence a journalist can print.

use core::fmt;

/// Which part of the box is meant; all counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The box as a whole.
    Whole,
    /// An item.
    Item(usize),
    /// An issuer.
    Issuer(usize),
    /// An issuer's signature on an item.
    Signature {
        /// The item.
        item: usize,
        /// The issuer.
        issuer: usize,
    },
    /// An earlier published root that was supplied.
    Root(usize),
    /// A receipt that was supplied.
    Receipt(usize),
    /// A row of the ranking, or a choice.
    Row(usize),
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident),+ })? => $place:expr, $code:literal, $english:literal, $albanian:literal;)+) => {
        /// Why a box is refused. The first fault in the order of this list is the one told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name $({
                $(
                    #[doc = "Which one, from 0."]
                    $field: usize,
                )+
            })?,)+
        }

        impl Refusal {
            /// A stable code, the same in every verifier.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)+ }
            }

            /// Where.
            #[must_use]
            pub const fn place(&self) -> Place {
                match *self { $(Self::$name $({ $($field),+ })? => $place,)+ }
            }

            /// What is wrong, in English.
            #[must_use]
            pub const fn english(&self) -> &'static str {
                match self { $(Self::$name { .. } => $english,)+ }
            }

            /// What is wrong, in Albanian.
            #[must_use]
            pub const fn albanian(&self) -> &'static str {
                match self { $(Self::$name { .. } => $albanian,)+ }
            }

            /// Every code with its sentences, in the order in which faults are looked for.
            #[must_use]
            pub const fn all() -> &'static [(&'static str, &'static str, &'static str)] {
                &[$(($code, $english, $albanian),)+]
            }
        }
    };
}

refusals! {
    /// Not a box of this format, or parts that cannot belong together.
    Unreadable => Place::Whole, "unreadable",
        "This file is not a ballot box that can be recounted.",
        "Ky skedar nuk është një kuti votimi që mund të rinumërohet.";
    /// A key that is not RSA-2048 with e = 65537.
    WeakKey { issuer } => Place::Issuer(issuer), "weak_key",
        "The institution's key is not of the required kind, so its signatures prove nothing.",
        "Çelësi i institucionit nuk është i llojit të kërkuar, ndaj nënshkrimet e tij nuk vërtetojnë asgjë.";
    /// Two institutions with one key, identity or commitment.
    RepeatedIssuer { issuer } => Place::Issuer(issuer), "repeated_issuer",
        "The institution uses the key of another one, so one institution counts as two.",
        "Institucioni përdor çelësin e një institucioni tjetër, ndaj një institucion llogaritet si dy.";
    /// Other keys than announced.
    SwappedKey { issuer } => Place::Issuer(issuer), "swapped_key",
        "The institution's key is not the one that was announced before the vote.",
        "Çelësi i institucionit nuk është ai që u njoftua para votimit.";
    /// The statement is not the institution's, or not about this announcement.
    WrongStatement { issuer } => Place::Issuer(issuer), "wrong_statement",
        "The institution did not sign this statement about the rules and about what it issued.",
        "Institucioni nuk e ka nënshkruar këtë deklaratë për rregullat dhe për sa ka lëshuar.";
    /// More tokens than the accounts were due.
    MoreTokensThanAccounts { issuer } => Place::Issuer(issuer), "more_tokens_than_accounts",
        "The institution issued more voting tokens than its verified residents were entitled to.",
        "Institucioni ka lëshuar më shumë të drejta vote sesa u takonin banorëve të verifikuar.";
    /// The reveal is not what was committed to.
    WrongReveal { issuer } => Place::Issuer(issuer), "wrong_reveal",
        "The random number the institution revealed is not the one it had committed to.",
        "Numri i rastit që zbuloi institucioni nuk është ai për të cilin ishte zotuar.";
    /// The beacon does not follow from list and reveals.
    WrongBeacon => Place::Whole, "wrong_beacon",
        "The public draw that assigns concerns does not follow from the institutions' numbers.",
        "Shorti publik që cakton shqetësimet nuk del nga numrat e institucioneve.";
    /// Fewer items than the root says, or than an earlier root said.
    DroppedItems => Place::Whole, "dropped_item",
        "The box holds fewer votes than were published: votes were removed.",
        "Kutia e votimit ka më pak vota sesa janë publikuar: janë hequr vota.";
    /// More items than the root says.
    AddedItems => Place::Whole, "added_item",
        "The box holds more votes than were published: votes were added.",
        "Kutia e votimit ka më shumë vota sesa janë publikuar: janë shtuar vota.";
    /// One token twice.
    DuplicateToken { item } => Place::Item(item), "duplicate_token",
        "The same voting token was counted twice.",
        "E njëjta e drejtë vote është numëruar dy herë.";
    /// Not in the order of tokens.
    Reordered { item } => Place::Item(item), "reordered",
        "The votes are not in the prescribed order, so they could tell when they were cast.",
        "Votat nuk janë në renditjen e caktuar, ndaj mund të tregojnë kur janë hedhur.";
    /// Another concern than the assigned one.
    WrongAssignment { item } => Place::Item(item), "wrong_assignment",
        "The vote rates a concern that the public draw did not assign to it.",
        "Vota vlerëson një shqetësim që shorti publik nuk ia ka caktuar.";
    /// Not a rating or a choice.
    ValueOutOfRange { item } => Place::Item(item), "value_out_of_range",
        "The vote has a value that the ballot does not offer.",
        "Vota ka një vlerë që fleta e votimit nuk e lejon.";
    /// Fewer signatures than the threshold.
    TooFewSignatures { item } => Place::Item(item), "too_few_signatures",
        "Too few institutions signed the voting token of this vote.",
        "Të drejtën e kësaj vote e kanë nënshkruar më pak institucione sesa duhen.";
    /// The token's signature fails.
    BadTokenSignature { item } => Place::Item(item), "bad_token_signature",
        "The vote was changed after the voter signed it, or no voter ever signed it.",
        "Vota është ndryshuar pasi e nënshkroi votuesi, ose nuk e ka nënshkruar asnjë votues.";
    /// An issuer's signature fails.
    BadIssuerSignature { item, issuer } => Place::Signature { item, issuer }, "bad_issuer_signature",
        "The institution's signature on this vote is forged: it never issued the token.",
        "Nënshkrimi i institucionit te kjo votë është i rremë: ai nuk e ka lëshuar këtë të drejtë vote.";
    /// More items than tokens issued.
    MoreItemsThanTokens { issuer } => Place::Issuer(issuer), "more_items_than_tokens",
        "The box holds more votes signed by the institution than it says to have issued.",
        "Kutia e votimit ka më shumë vota të nënshkruara nga institucioni sesa ai thotë se ka lëshuar.";
    /// The root does not follow from the items.
    WrongRoot => Place::Whole, "wrong_root",
        "The published fingerprint of the box does not match the votes in it.",
        "Gjurma e publikuar e kutisë së votimit nuk përputhet me votat që ka brenda.";
    /// The box closed with another root than the one known from elsewhere.
    OtherClosing => Place::Whole, "wrong_root",
        "The published fingerprint of the box does not match the votes in it.",
        "Gjurma e publikuar e kutisë së votimit nuk përputhet me votat që ka brenda.";
    /// The box once held more items.
    LostRoot { root } => Place::Root(root), "dropped_item",
        "The box holds fewer votes than were published: votes were removed.",
        "Kutia e votimit ka më pak vota sesa janë publikuar: janë hequr vota.";
    /// A supplied receipt proves nothing.
    BadReceipt { receipt } => Place::Receipt(receipt), "bad_receipt",
        "This receipt does not belong to any published state of the box.",
        "Kjo dëftesë nuk i përket asnjë gjendjeje të publikuar të kutisë së votimit.";
    /// A receipt's item is not in the box.
    DroppedReceipt { receipt } => Place::Receipt(receipt), "dropped_item",
        "The box holds fewer votes than were published: votes were removed.",
        "Kutia e votimit ka më pak vota sesa janë publikuar: janë hequr vota.";
    /// A receipt's item is in the box with other content, or an older one in its stead.
    ChangedItem { receipt } => Place::Receipt(receipt), "changed_item",
        "The vote of this receipt is in the box with another content.",
        "Vota e kësaj dëftese është në kutinë e votimit me përmbajtje tjetër.";
    /// The count differs.
    WrongResult { row } => Place::Row(row), "wrong_result",
        "The published result is not what the votes in the box add up to.",
        "Rezultati i publikuar nuk është ai që del nga votat në kutinë e votimit.";
}

impl Refusal {
    /// The sentence with its place in front, in English.
    #[must_use]
    pub fn in_english(&self) -> String {
        let sentence = self.english();
        match self.place() {
            Place::Whole => sentence.to_owned(),
            Place::Item(item) => format!("Vote no. {}: {sentence}", item + 1),
            Place::Issuer(issuer) => format!("Institution no. {}: {sentence}", issuer + 1),
            Place::Signature { item, issuer } => format!(
                "Vote no. {}, institution no. {}: {sentence}",
                item + 1,
                issuer + 1
            ),
            Place::Root(root) => format!("Published fingerprint no. {}: {sentence}", root + 1),
            Place::Receipt(receipt) => format!("Receipt no. {}: {sentence}", receipt + 1),
            Place::Row(row) => format!("Row no. {}: {sentence}", row + 1),
        }
    }

    /// The sentence with its place in front, in Albanian.
    #[must_use]
    pub fn in_albanian(&self) -> String {
        let sentence = self.albanian();
        match self.place() {
            Place::Whole => sentence.to_owned(),
            Place::Item(item) => format!("Vota nr. {}: {sentence}", item + 1),
            Place::Issuer(issuer) => format!("Institucioni nr. {}: {sentence}", issuer + 1),
            Place::Signature { item, issuer } => format!(
                "Vota nr. {}, institucioni nr. {}: {sentence}",
                item + 1,
                issuer + 1
            ),
            Place::Root(root) => format!("Gjurma e publikuar nr. {}: {sentence}", root + 1),
            Place::Receipt(receipt) => format!("Dëftesa nr. {}: {sentence}", receipt + 1),
            Place::Row(row) => format!("Rreshti nr. {}: {sentence}", row + 1),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("box"),
            Self::Item(item) => write!(f, "item {item}"),
            Self::Issuer(issuer) => write!(f, "issuer {issuer}"),
            Self::Signature { item, issuer } => write!(f, "item {item} issuer {issuer}"),
            Self::Root(root) => write!(f, "root {root}"),
            Self::Receipt(receipt) => write!(f, "receipt {receipt}"),
            Self::Row(row) => write!(f, "row {row}"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_english())
    }
}

impl core::error::Error for Refusal {}
