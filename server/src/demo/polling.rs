//! What the sample's youth council asks in classes, what the council does with it, and the study's own survey.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::Code as _;
use domain::poll::{Audience, Given, TextState, Way, count};
use domain::text::Choice;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::Names;
use super::steps::staff;
use crate::codes::Code;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::polls::rooms::{self, answers};
use crate::polls::study::{self, Survey};
use crate::polls::{self, Asked, PollId, paper::PollPaper, templates};

/// The classes that answered: school, class, how many pupils, how many answered.
const CLASSES: [(&str, &str, i32, usize); 7] = [
    ("Gjimnazi i parë", "10-A", 29, 27),
    ("Gjimnazi i parë", "11-B", 31, 28),
    ("Gjimnazi i parë", "12-A", 26, 24),
    ("Gjimnazi i dytë", "10-C", 30, 26),
    ("Gjimnazi i dytë", "11-A", 28, 25),
    ("Shkolla e mesme Gjinar", "10", 9, 8),
    ("Shkolla e mesme Gjinar", "11", 8, 7),
];

/// What the first of them wrote to the council.
const WORDS: [&str; 12] = [
    "Ndizni dritat te rruga që vjen nga stacioni i autobusit.",
    "Vendosni një kalim për këmbësorë para portës.",
    "Qentë na ndjekin çdo mëngjes te ura.",
    "Duam një psikolog që është në shkollë çdo ditë, jo një herë në muaj.",
    "Në oborrin e pasmë askush nuk shikon.",
    "Makinat nuk ndalojnë te vijat e bardha.",
    "Na tregoni çfarë bëtë me përgjigjet tona.",
    "Vendosni ndriçim te palestra, mbarojmë stërvitjen natën.",
    "Flisni me ne para se të vendosni kamera.",
    "Tualetet në katin e dytë nuk mbyllen.",
    "Duam një vend ku të luajmë pas mësimit.",
    "Autobusi i fundit ikën para orës së gjashtë.",
];
/// How many of these the youth council let stand.
const SHOWN: usize = 9;

/// The year the study was published in.
const STUDY: i32 = 2024;
/// How many days ago the classes answered.
const ASKED: i64 = 34;
/// How many days ago the poll was closed.
const CLOSED: i64 = 27;

/// Takes the study's survey over, lets a poll of the last weeks be answered and closed, and leaves one open.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn ask(unit: &mut Unit<'_>, names: &Names) -> Result<(), Problem> {
    let now = unit.now;
    let place = places::store::get_municipality_by_code(unit, &names.municipality)?;
    let survey: Survey = serde_json::from_str(include_str!("../../../data/survey_idm2024.json"))
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    study::take_over(unit, &place, &survey, STUDY)?;
    let young = staff(names, "youth_council")?;
    let secretary = staff(names, "secretary")?;
    unit.now = now - TimeDelta::days(ASKED);
    let paper = template("school_safety")?;
    let school = publish(unit, names, "youth_council", Audience::School, &paper)?;
    let mut draw = StdRng::seed_from_u64(1);
    let mut words = WORDS.iter();
    for (school_name, class, pupils, answered) in CLASSES {
        let asked = rooms::Asked {
            way: Way::Slips,
            consultation: None,
            class: Some((named(school_name)?, named(class)?)),
            invited: Some(pupils),
            grace_minutes: 5,
        };
        let code = rooms::add(unit, young, &school, asked)?.code;
        let (_, slips) = rooms::make_slips(unit, young, &code)?;
        rooms::open(unit, young, &code, TimeDelta::minutes(20))?;
        let rules = paper.as_paper()?;
        for slip in slips.into_iter().take(answered) {
            let mut given = drawn(&mut draw);
            if let Some(said) = words.next() {
                given.insert("fjale".to_owned(), Given::Text((*said).to_owned()));
            }
            let counted = count(&rules, &given);
            let counted = counted.map_err(|fault| {
                Problem::caused(Code::Internal, format!("sample answer: {fault:?}"))
            })?;
            answers::take(unit, &code, &answers::Vote::Slip(slip), &counted)?;
        }
    }
    unit.now = now - TimeDelta::days(CLOSED);
    polls::close(unit, young, &school)?;
    for text in polls::store::list_texts(unit, &school)?.iter().take(SHOWN) {
        polls::store::set_text(unit, &text.id, TextState::Published.code())?;
    }
    polls::send(unit, young, &school)?;
    unit.now = now;
    let hearing = template("hearing")?;
    let feedback = publish(unit, names, "secretary", Audience::Survey, &hearing)?;
    let link = rooms::Asked {
        way: Way::Link,
        consultation: None,
        class: None,
        invited: None,
        grace_minutes: 0,
    };
    let code = rooms::add(unit, secretary, &feedback, link)?.code;
    rooms::open(unit, secretary, &code, TimeDelta::days(30)).map(drop)
}

fn named(name: &str) -> Result<Choice, Problem> {
    texts::parse("/class", Choice::parse(name))
}

fn template(name: &str) -> Result<PollPaper, Problem> {
    let found = templates::all()?.iter().find(|one| one.name == name);
    found
        .map(|one| one.paper.clone())
        .ok_or_else(|| Problem::caused(Code::Internal, format!("no template {name}")))
}

fn publish(
    unit: &mut Unit<'_>,
    names: &Names,
    by: &str,
    audience: Audience,
    paper: &PollPaper,
) -> Result<PollId, Problem> {
    let by = staff(names, by)?;
    let asked = Asked {
        audience,
        year: year(unit.now),
        paper: paper.clone(),
    };
    let made = polls::make(unit, by, asked, None)?.card.id;
    let id: PollId = made
        .parse()
        .map_err(|()| Problem::caused(Code::Internal, "a new poll has no id"))?;
    polls::publish(unit, by, &id)?;
    Ok(id)
}

fn year(now: DateTime<Utc>) -> i32 {
    now.year()
}

/// What a pupil of the sample answers.
fn drawn(draw: &mut StdRng) -> BTreeMap<String, Given> {
    let mut given = BTreeMap::new();
    let mut put = |id: &str, answer: Given| drop(given.insert(id.to_owned(), answer));
    let sex = pick(draw, &[("f", 48), ("m", 47), ("x", 5)]);
    let feels =
        i64::from(draw.random_range(0..10) > 1) + i64::from(draw.random_range(0..10) > 4) + 1;
    put("gjinia", Given::One(sex));
    put("ndjesia", Given::Feeling(feels, None));
    let mut rows = BTreeMap::new();
    for (row, low) in [
        ("klasa", 3),
        ("oborri", 2),
        ("rruga", 1),
        ("interneti", 2),
        ("ndihma", 2),
    ] {
        rows.insert(row.to_owned(), draw.random_range(low..=5));
    }
    put("siguria", Given::Rows(rows));
    let places = [
        ("klasa", 5),
        ("korridori", 10),
        ("tualeti", 14),
        ("oborri", 15),
        ("rruga", 31),
        ("interneti", 9),
        ("askund", 16),
    ];
    let place = pick(draw, &places);
    if place != "askund" {
        let first = pick(draw, &[("drita", 40), ("trafiku", 25), ("bullizem", 35)]);
        let second = pick(
            draw,
            &[("qen", 40), ("dhune", 20), ("lende", 20), ("te_rritur", 20)],
        );
        put("pse", Given::Many(vec![first, second]));
    }
    put("vendi", Given::One(place));
    put("perpara", Given::Many(wishes(draw)));
    put(
        "here",
        Given::Number(draw.random_range(0..=4) * draw.random_range(0..=1)),
    );
    given
}

/// Three wishes in order, each drawn from those that are left.
fn wishes(draw: &mut StdRng) -> Vec<String> {
    let mut left = vec![
        ("drita", 40),
        ("kalime", 20),
        ("psikologu", 14),
        ("rregulla", 12),
        ("sport", 9),
        ("kamera", 5),
    ];
    let mut order = Vec::new();
    for _ in 0..3 {
        let next = pick(draw, &left);
        left.retain(|(name, _)| *name != next);
        order.push(next);
    }
    order
}

fn pick(draw: &mut StdRng, among: &[(&str, u32)]) -> String {
    let all: u32 = among.iter().map(|(_, weight)| weight).sum();
    let mut left = draw.random_range(0..all.max(1));
    for (name, weight) in among {
        if left < *weight {
            return (*name).to_owned();
        }
        left -= weight;
    }
    String::new()
}
