//! Whether somebody is asked who they are. A poll that asks that is not published (DESIGN §4; law 124/2024:
//! pupils are asked without their parents because nothing of them is kept).

use crate::text::fold;

/// What asks whoever answers, in whatever kind of question.
const OWN: &[&str] = &[
    "si quhesh",
    "si quheni",
    "si te quajne",
    "si ju quajne",
    "ku banon",
    "ku banoni",
    "where do you live",
    "si e ke emrin",
    "si e keni emrin",
    "emri yt",
    "emri jot",
    "emrin tend",
    "emrin tuaj",
    "emri juaj",
    "emri dhe mbiemri",
    "emrin dhe mbiemrin",
    "emer mbiemer",
    "emer dhe mbiemer",
    "mbiemri yt",
    "mbiemri juaj",
    "numri yt i telefonit",
    "numrin tend te telefonit",
    "numrin tuaj te telefonit",
    "numri juaj i telefonit",
    "telefoni yt",
    "telefoni juaj",
    "numri yt ne regjister",
    "numri i amzes",
    "numrin e amzes",
    "nr i amzes",
    "adresa jote",
    "adresa juaj",
    "adresen tende",
    "adresen tuaj",
    "emaili yt",
    "emaili juaj",
    "email i yt",
    "kur ke lindur",
    "kur keni lindur",
    "datelindja jote",
    "datelindja juaj",
    "your name",
    "your full name",
    "your surname",
    "your first name",
    "your last name",
    "what are you called",
    "your phone number",
    "your mobile number",
    "your telephone",
    "your address",
    "your home address",
    "your email",
    "your e mail",
    "your birthday",
    "your date of birth",
    "your register number",
    "your roll number",
    "your username",
];

/// What an answer in words or numbers would tell of a person, whosever it is.
const ASKED: &[&str] = &[
    "mbiem",
    "emri i plote",
    "emri i nxenes",
    "emrin e nxenes",
    "emrat e nxenes",
    "emri i mesues",
    "emrin e mesues",
    "emri i shok",
    "emrin e shok",
    "emri i shoqe",
    "emrin e shoqe",
    "emri i person",
    "emrin e person",
    "emri i prind",
    "emrin e prind",
    "emri i nenes",
    "emri i babait",
    "emri i perdorues",
    "numri i telefon",
    "numrin e telefon",
    "numer telefon",
    "nr i telefon",
    "nr telefon",
    "nr tel",
    "numri i celular",
    "numrin e celular",
    "nr celular",
    "kush je ",
    "kush jeni ",
    "who are you",
    "shkruaj emrin",
    "shkruani emrin",
    "emri dhe klasa",
    "emrin dhe klasen",
    "name and class",
    "amza",
    "amze",
    "amzes",
    "numri ne regjister",
    "numri i regjistr",
    "numrin e regjistr",
    "nr personal",
    "nr amze",
    "nr ne regjister",
    "nr i regjistr",
    "numri rendor",
    "numri personal",
    "numrin personal",
    "numri i identitetit",
    "leternjoftim",
    "karta e identitetit",
    "datelind",
    "ditelind",
    "date lindj",
    "data e lindjes",
    "daten e lindjes",
    "adresa e shtepi",
    "adresen e shtepi",
    "adresa e banimit",
    "adresen e banimit",
    "email",
    "e mail",
    "posta elektronike",
    "postes elektronike",
    "full name",
    "surname",
    "first name",
    "last name",
    "family name",
    "name of the pupil",
    "name of the student",
    "name of the teacher",
    "name of the person",
    "name of your",
    "names of the pupils",
    "phone number",
    "phone no",
    "mobile number",
    "telephone number",
    "register number",
    "roll number",
    "student id",
    "id number",
    "personal number",
    "identity card",
    "date of birth",
    "birth date",
    "birthday",
    "home address",
    "user name",
    "username",
];

/// What asks for a name where it is all that is asked.
const ALONE: &[&str] = &[
    "emri", "emrin", "emer", "telefoni", "telefon", "tel", "adresa", "name", "phone", "address",
];

/// Whether a text asks for a personal datum. `open`: it is answered in words or in a number of one's own.
#[must_use]
pub fn asks_personal(text: &str, open: bool) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let line = format!(" {} ", words.join(" "));
    let names = |phrases: &[&str]| {
        phrases
            .iter()
            .any(|phrase| line.contains(&format!(" {phrase}")))
    };
    let alone = words.len() == 1 && words.first().is_some_and(|word| ALONE.contains(word));
    names(OWN) || open && (alone || names(ASKED))
}

#[cfg(test)]
mod tests {
    use super::asks_personal;

    #[test]
    fn a_question_that_asks_who_somebody_is_is_found() {
        for asked in [
            "Emri dhe mbiemri:",
            "Si quhesh?",
            "SI QUHENI",
            "Shkruaj emrin tënd dhe klasën",
            "What is your name?",
            "Your full name, please",
            "Numri i amzës",
            "Numri yt i telefonit",
            "Your phone number",
            "Kur ke lindur?",
            "Adresa jote",
            "Si të quajnë?",
            "Ku banon?",
            "Where do you live?",
        ] {
            assert!(asks_personal(asked, false), "{asked}");
            assert!(asks_personal(asked, true), "{asked}");
        }
        for asked in [
            "Emri",
            "Name:",
            "Mbiemri",
            "Nr. tel.",
            "Numri në regjistër",
            "Numri personal i letërnjoftimit",
            "Cili është emri i nxënësit që të ngacmon?",
            "The name of the pupil who did it",
            "Datëlindja",
            "Date of birth",
            "E-mail",
            "Cila është adresa e shtëpisë?",
            "Kush je?",
            "Who are you?",
            "Shkruaj emrin",
            "Emri dhe klasa",
            "Name and class",
            "Nr. amze",
            "Numrin e regjistrit",
            "Tel.",
            "Phone no.",
        ] {
            assert!(asks_personal(asked, true), "{asked}");
        }
    }

    #[test]
    fn a_question_that_only_has_such_a_word_in_it_is_not() {
        for asked in [
            "Si quhet rruga ku nuk ndihesh i sigurt?",
            "Emri i rrugës ku mungon ndriçimi",
            "A përdoret telefoni në klasë?",
            "Çfarë të shqetëson në rrugën për në shkollë?",
            "What worries you on social media such as Instagram?",
            "The name of the street that is too dark",
            "Sa herë në javë ke frikë?",
            "Kush jep ndihmë në shkollë?",
            "What do you use your phone for on the way home?",
        ] {
            assert!(!asks_personal(asked, true), "{asked}");
        }
        for asked in [
            "A e di numrin e telefonit të policisë?",
            "Kush jeni?",
            "Do you know the phone number of the child helpline?",
            "A të kanë kërkuar dikush mbiemrin në internet?",
        ] {
            assert!(!asks_personal(asked, false), "{asked}");
        }
    }
}
