//! The values in a row, the same for both stores.

use aws_lc_rs::digest::Context;
use chrono::{Datelike, NaiveDate, NaiveDateTime, SubsecRound};
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::row::{Field, NamedRow, Row};
use diesel::sql_types::{BigInt, Binary, Bool, Date, Double, Nullable, Text, Timestamp};

use crate::platform::conn::MultiBackend;

/// A query that is given its values one by one.
pub type Query = BoxedSqlQuery<'static, MultiBackend, SqlQuery>;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Real,
    /// Yes or no.
    Switch,
    /// A day.
    Day,
    /// A moment, to the microsecond, which is as finely as PostgreSQL keeps it.
    Moment,
    /// Bytes.
    Bytes,
}

/// Each kind, how SQLite's tables declare it, and how an answer's column says so in its name.
const KINDS: [(Kind, &str); 8] = [
    (Kind::Text, "TEXT"),
    (Kind::Integer, "INTEGER"),
    (Kind::Integer, "BIGINT"),
    (Kind::Real, "DOUBLE PRECISION"),
    (Kind::Switch, "BOOLEAN"),
    (Kind::Day, "DATE"),
    (Kind::Moment, "TIMESTAMP"),
    (Kind::Bytes, "BLOB"),
];

impl Kind {
    /// The kind that a table of SQLite declares with this word.
    pub fn of(declared: &str) -> Option<Self> {
        let known = KINDS.iter().find(|(_, word)| *word == declared);
        known.map(|(kind, _)| *kind)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        let known = KINDS.iter().find(|(kind, _)| *kind == self);
        known.map_or("", |(_, word)| word)
    }
}

/// A value, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Of [`Kind::Text`].
    Text(Option<String>),
    /// Of [`Kind::Integer`].
    Integer(Option<i64>),
    /// Of [`Kind::Real`].
    Real(Option<f64>),
    /// Of [`Kind::Switch`].
    Switch(Option<bool>),
    /// Of [`Kind::Day`].
    Day(Option<NaiveDate>),
    /// Of [`Kind::Moment`].
    Moment(Option<NaiveDateTime>),
    /// Of [`Kind::Bytes`].
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    /// Nothing, in a column of this kind.
    pub fn nothing(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(None),
            Kind::Integer => Self::Integer(None),
            Kind::Real => Self::Real(None),
            Kind::Switch => Self::Switch(None),
            Kind::Day => Self::Day(None),
            Kind::Moment => Self::Moment(None),
            Kind::Bytes => Self::Bytes(None),
        }
    }

    /// Gives a query its next value.
    pub fn bind(self, query: Query) -> Query {
        match self {
            Self::Text(value) => query.bind::<Nullable<Text>, _>(value),
            Self::Integer(value) => query.bind::<Nullable<BigInt>, _>(value),
            Self::Real(value) => query.bind::<Nullable<Double>, _>(value),
            Self::Switch(value) => query.bind::<Nullable<Bool>, _>(value),
            Self::Day(value) => query.bind::<Nullable<Date>, _>(value),
            Self::Moment(value) => query.bind::<Nullable<Timestamp>, _>(value),
            Self::Bytes(value) => query.bind::<Nullable<Binary>, _>(value),
        }
    }

    /// Adds the value to a hash: one byte for nothing or something, its length, its bytes.
    pub fn add_to(&self, hash: &mut Context) {
        let bytes = match self {
            Self::Text(value) => value.as_ref().map(|text| text.as_bytes().to_vec()),
            Self::Integer(value) => value.map(|number| number.to_be_bytes().to_vec()),
            Self::Real(value) => value.map(|number| number.to_bits().to_be_bytes().to_vec()),
            Self::Switch(value) => value.map(|on| vec![u8::from(on)]),
            Self::Day(value) => value.map(|day| day.num_days_from_ce().to_be_bytes().to_vec()),
            Self::Moment(value) => {
                value.map(|moment| moment.and_utc().timestamp_micros().to_be_bytes().to_vec())
            }
            Self::Bytes(value) => value.clone(),
        };
        let Some(bytes) = bytes else {
            return hash.update(&[0]);
        };
        hash.update(&[1]);
        hash.update(&bytes.len().to_be_bytes());
        hash.update(&bytes);
    }
}

/// A row, as a query answers it whose columns are named by their kinds.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells(pub Vec<Cell>);

impl QueryableByName<MultiBackend> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, MultiBackend>) -> deserialize::Result<Self> {
        let field = |place| Row::get(row, place).ok_or("a column is missing");
        let cells = (0..row.field_count()).map(|place| read(&field(place)?));
        cells.collect::<deserialize::Result<_>>().map(Self)
    }
}

fn read<'a>(field: &impl Field<'a, MultiBackend>) -> deserialize::Result<Cell> {
    let kind = field.field_name().and_then(Kind::of);
    Ok(match kind.ok_or("a column is of no kind")? {
        Kind::Text => Cell::Text(value::<Text, _>(field)?),
        Kind::Integer => Cell::Integer(value::<BigInt, _>(field)?),
        Kind::Real => Cell::Real(value::<Double, _>(field)?),
        Kind::Switch => Cell::Switch(value::<Bool, _>(field)?),
        Kind::Day => Cell::Day(value::<Date, _>(field)?),
        Kind::Moment => {
            let moment: Option<NaiveDateTime> = value::<Timestamp, _>(field)?;
            Cell::Moment(moment.map(|moment| moment.trunc_subsecs(6)))
        }
        Kind::Bytes => Cell::Bytes(value::<Binary, _>(field)?),
    })
}

fn value<'a, ST, T>(field: &impl Field<'a, MultiBackend>) -> deserialize::Result<Option<T>>
where
    T: FromSql<ST, MultiBackend>,
{
    field.value().map(T::from_sql).transpose()
}
