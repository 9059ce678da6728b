//! The sample year of Elbasan, replayed through the rules, day by day, starting on every day
//! of a fortnight, so that no weekend or holiday puts it out of order.

use crate::{Found, Outcome, coded, maybe, rows, text, topics};
use chrono::{Days, NaiveDate};
use domain::Code;
use domain::answer::{Draft, answer};
use domain::calendar::working_day_from;
use domain::concern::{
    Actor, Given, Identity, MergeTarget, MoveRequest, Publication, State, decide,
};
use domain::receipt::Receipt;
use domain::seat::{Institution, Seat};
use domain::text::{Body, DisplayName, Message, Reason, Title};
use domain::topic::Class;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const YEAR: &str = include_str!("../../../../data/demo/elbasan.json");
const HOLIDAYS: &str = include_str!("../../../../data/holidays.csv");
const UNITS: &str = include_str!("../../../../data/osm/elbasan_units.geojson");

fn year() -> Found<Value> {
    Ok(serde_json::from_str(YEAR)?)
}

fn number(value: &Value, name: &str) -> Found<i64> {
    let found = value.get(name).and_then(Value::as_i64);
    found.ok_or_else(|| format!("no number {name} in {value}").into())
}

/// A day of the year as a date: offices act on working days and not after today.
struct Calendar {
    today: NaiveDate,
    holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    fn new(today: NaiveDate) -> Found<Self> {
        let days: Result<BTreeSet<NaiveDate>, String> = HOLIDAYS
            .lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap_or_default())
            .map(|day| day.parse::<NaiveDate>().map_err(|e| e.to_string()))
            .collect();
        Ok(Self {
            today,
            holidays: days?,
        })
    }

    fn plain(&self, offset: i64) -> Found<NaiveDate> {
        let days = Days::new(offset.unsigned_abs());
        let day = if offset < 0 {
            self.today.checked_sub_days(days)
        } else {
            self.today.checked_add_days(days)
        };
        day.ok_or_else(|| "no such day".into())
    }

    fn office(&self, offset: i64) -> Found<NaiveDate> {
        Ok(working_day_from(self.plain(offset)?, &self.holidays).min(self.today))
    }
}

/// A concern while the year goes by.
struct Now {
    class: Class,
    state: State,
    lead: Option<Institution>,
    answered: bool,
    released: bool,
}

fn seats(year: &Value) -> Found<BTreeMap<&str, Seat>> {
    let mut seats = BTreeMap::new();
    for member in rows(year, "staff")? {
        let seat = Seat {
            institution: coded(member, "institution")?,
            role: coded(member, "role")?,
        };
        seats.insert(text(member, "key")?, seat);
    }
    Ok(seats)
}

fn classes() -> Found<BTreeMap<String, Class>> {
    let topics = topics::topics()?;
    let pairs = topics
        .iter()
        .map(|topic| Ok((text(topic, "code")?.to_owned(), coded(topic, "class")?)));
    pairs.collect()
}

fn actor(by: &str, seats: &BTreeMap<&str, Seat>) -> Found<Actor> {
    match by {
        "author" => Ok(Actor::Author),
        "supporters" => Ok(Actor::Supporters),
        key => {
            let seat = seats.get(key).ok_or_else(|| format!("no seat {key}"))?;
            Ok(Actor::Seat(*seat))
        }
    }
}

/// The next thing that happens to a concern: on one day, answers come before moves.
fn events(year: &Value) -> Found<Vec<(i64, u8, &Value, &Value)>> {
    let mut events = Vec::new();
    for concern in rows(year, "concerns")? {
        let received = number(concern, "received")?;
        for (order, list) in [(0, "answers"), (1, "moves")] {
            let mut before = received;
            for event in rows(concern, list)? {
                let day = number(event, "day")?;
                assert!(before <= day && day <= 0, "out of order: {event}");
                before = day;
                events.push((day, order, concern, event));
            }
        }
    }
    events.sort_by_key(|event| (event.0, event.1));
    Ok(events)
}

fn start(year: &Value) -> Found<BTreeMap<&str, Now>> {
    let classes = classes()?;
    let mut all = BTreeMap::new();
    for concern in rows(year, "concerns")? {
        let topic = text(concern, "topic")?;
        let now = Now {
            class: *classes
                .get(topic)
                .ok_or_else(|| format!("no topic {topic}"))?,
            state: State::Received,
            lead: None,
            answered: false,
            released: false,
        };
        assert!(now.class.accepts_concerns(), "{topic}");
        let twice = all.insert(text(concern, "key")?, now);
        assert!(twice.is_none(), "{concern} twice");
    }
    Ok(all)
}

fn is_reason(event: &Value, name: &str) -> Found<bool> {
    maybe(event, name).map_or(Ok(false), |said| Ok(Reason::parse(said).map(|_| true)?))
}

fn due(event: &Value, calendar: &Calendar) -> Found<Option<NaiveDate>> {
    let offset = event.get("due").and_then(Value::as_i64);
    offset.map(|offset| calendar.plain(offset)).transpose()
}

fn lead(event: &Value) -> Found<Option<Institution>> {
    maybe(event, "lead")
        .map(|_| coded(event, "lead"))
        .transpose()
}

fn replay(year: &Value, calendar: &Calendar) -> Found<BTreeSet<State>> {
    let seats = seats(year)?;
    let mut all = start(year)?;
    for (day, order, concern, event) in events(year)? {
        let key = text(concern, "key")?;
        let on = calendar.office(day)?;
        let into = merge_target(key, event, &all)?;
        let now = all.get_mut(key).ok_or("no such concern")?;
        let done = if order == 0 {
            assert!(seats.contains_key(text(event, "by")?), "{event}");
            take_answer(now, event, on, calendar)
        } else {
            let actor = actor(text(event, "by")?, &seats)?;
            take_move(now, event, (on, actor, into), calendar)
        };
        done.map_err(|e| format!("{key}, {day}: {e}"))?;
    }
    for concern in rows(year, "concerns")? {
        let now = all.get(text(concern, "key")?).ok_or("no such concern")?;
        let support = concern.get("support").ok_or("no support")?;
        let supported = number(support, "residents")? + number(support, "visitors")?;
        let seen = now.class == Class::Public && now.released;
        assert!(supported == 0 || seen, "supported unseen: {concern}");
    }
    Ok(all.values().map(|now| now.state).collect())
}

fn merge_target(key: &str, event: &Value, all: &BTreeMap<&str, Now>) -> Found<Option<MergeTarget>> {
    let Some(other) = maybe(event, "into") else {
        return Ok(None);
    };
    let target = all
        .get(other)
        .ok_or_else(|| format!("no concern {other}"))?;
    Ok(Some(MergeTarget {
        is_itself: other == key,
        same_municipality: true,
        state: target.state,
        class: target.class,
        released: !target.state.is_before_publication(),
    }))
}

fn take_answer(now: &mut Now, event: &Value, on: NaiveDate, calendar: &Calendar) -> Outcome {
    answer(Draft {
        state: now.state,
        verdict: coded(event, "verdict")?,
        text: text(event, "text")?,
        lead: lead(event)?,
        due_on: due(event, calendar)?,
        whose: maybe(event, "whose"),
        on,
    })?;
    now.answered = true;
    Ok(())
}

fn take_move(
    now: &mut Now,
    event: &Value,
    (on, actor, into): (NaiveDate, Actor, Option<MergeTarget>),
    calendar: &Calendar,
) -> Outcome {
    let granted = decide(MoveRequest {
        from: now.state,
        to: coded(event, "to")?,
        class: now.class,
        released: !now.state.is_before_publication(),
        lead: now.lead,
        actor,
        on,
        given: Given {
            reason: is_reason(event, "reason")?,
            legal_ground: is_reason(event, "legal_ground")?,
            whose: is_reason(event, "whose")?,
            lead: lead(event)?,
            due_on: due(event, calendar)?,
            proof: now.answered,
            into,
        },
    })?;
    now.state = granted.to;
    now.lead = granted.lead;
    now.released |= granted.publication == Publication::Approved;
    Ok(())
}

#[test]
fn every_move_is_legal_whatever_day_it_is_today() -> Outcome {
    let year = year()?;
    let first = NaiveDate::from_ymd_opt(2026, 11, 20).ok_or("no such day")?;
    for today in first.iter_days().take(14) {
        let reached = replay(&year, &Calendar::new(today)?)?;
        assert_eq!(reached.len(), State::ALL.len(), "every state is shown");
    }
    Ok(())
}

#[test]
fn every_text_is_one_the_product_accepts() -> Outcome {
    let year = year()?;
    for concern in rows(&year, "concerns")? {
        let title = Title::parse(text(concern, "title")?)?;
        assert_eq!(title.as_str(), text(concern, "title")?);
        let body = Body::parse(text(concern, "text")?)?;
        assert_eq!(body.as_str(), text(concern, "text")?);
        for list in ["messages", "notes"] {
            let mut before = number(concern, "received")?;
            for row in rows(concern, list)? {
                Message::parse(text(row, "text")?)?;
                let day = number(row, "day")?;
                assert!(before <= day && day <= 0, "out of order: {row}");
                before = day;
            }
        }
        if let Some(name) = maybe(concern, "display_name") {
            DisplayName::parse(name)?;
        }
    }
    for template in rows(&year, "templates")? {
        Title::parse(text(template, "title")?)?;
        Body::parse(text(template, "text")?)?;
    }
    Ok(())
}

#[test]
fn an_anonymous_concern_has_no_author_and_one_has_a_receipt() -> Outcome {
    let year = year()?;
    let people: Result<BTreeSet<&str>, _> = rows(&year, "people")?
        .iter()
        .map(|p| text(p, "key"))
        .collect();
    let people = people?;
    let mut receipts = 0;
    for concern in rows(&year, "concerns")? {
        let identity: Identity = coded(concern, "identity")?;
        let author = maybe(concern, "author");
        assert_eq!(author.is_none(), identity == Identity::Anonymous);
        assert!(author.is_none_or(|key| people.contains(key)));
        let chosen = maybe(concern, "display_name").is_some();
        assert_eq!(chosen, identity == Identity::Display);
        if let Some(shown) = maybe(concern, "receipt") {
            assert_eq!(Receipt::parse(shown)?.to_string(), shown);
            assert_eq!(identity, Identity::Anonymous);
            for side in ["author", "council"] {
                let mut messages = rows(concern, "messages")?.iter();
                assert!(messages.any(|m| maybe(m, "from") == Some(side)));
            }
            receipts += 1;
        }
    }
    assert_eq!(receipts, 1);
    Ok(())
}

#[test]
fn every_point_lies_in_its_unit() -> Outcome {
    let units: Value = serde_json::from_str(UNITS)?;
    let mut outlines = BTreeMap::new();
    for unit in rows(&units, "features")? {
        let name = unit.pointer("/properties/name").and_then(Value::as_str);
        let slug = domain::text::fold(name.ok_or("a unit without a name")?);
        let ring = unit.pointer("/geometry/coordinates/0");
        let ring = ring.and_then(Value::as_array).ok_or("no outline")?;
        let points: Vec<(f64, f64)> = ring.iter().filter_map(point).collect();
        outlines.insert(slug, points);
    }
    let year = year()?;
    for concern in rows(&year, "concerns")? {
        let outline = outlines.get(text(concern, "unit")?);
        let outline = outline.ok_or_else(|| format!("no unit for {concern}"))?;
        let at = |name| concern.get(name).and_then(Value::as_f64);
        if let (Some(lon), Some(lat)) = (at("lon"), at("lat")) {
            assert!(contains(outline, (lon, lat)), "{concern}");
        }
    }
    Ok(())
}

fn point(pair: &Value) -> Option<(f64, f64)> {
    Some((pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?))
}

/// Counts how often a line to the east crosses the outline: inside when odd.
fn contains(outline: &[(f64, f64)], (lon, lat): (f64, f64)) -> bool {
    let next = outline.iter().skip(1);
    let crossed = outline.iter().zip(next).filter(|((x1, y1), (x2, y2))| {
        (*y1 > lat) != (*y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    });
    crossed.count() % 2 == 1
}
