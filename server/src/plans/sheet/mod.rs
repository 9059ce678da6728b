//! The plan as a spreadsheet, since councils live in spreadsheets: one sheet, one line for each indicator of a
//! measure, the measure itself on the first of them. What is written out can be read in again.

pub mod parse;
pub mod routes;
pub mod write;

/// The headings, in their order.
pub const HEADINGS: [&str; 18] = [
    "Objektivi",
    "Masa",
    "Përshkrimi",
    "Drejton",
    "Mbështesin",
    "Fillon",
    "Afati",
    "Raport çdo sa ditë",
    "Buxheti (lekë)",
    "Burimi i buxhetit",
    "Treguesi",
    "Njësia",
    "Sot",
    "Synimi",
    "Burimi i treguesit",
    "Gjendja",
    "Vlera e fundit",
    "Shpenzuar (lekë)",
];

/// Where a heading stands, from 0.
pub mod column {
    /// The objective's title.
    pub const OBJECTIVE: usize = 0;
    /// The measure's title.
    pub const TITLE: usize = 1;
    /// What is done.
    pub const TEXT: usize = 2;
    /// Who leads.
    pub const LEAD: usize = 3;
    /// Who supports, separated by semicolons.
    pub const SUPPORTERS: usize = 4;
    /// The first day.
    pub const STARTS_ON: usize = 5;
    /// The last day.
    pub const DUE_ON: usize = 6;
    /// Days from report to report.
    pub const REPORT_DAYS: usize = 7;
    /// Lekë.
    pub const BUDGET: usize = 8;
    /// Where they come from.
    pub const SOURCE: usize = 9;
    /// What is counted.
    pub const INDICATOR: usize = 10;
    /// In what.
    pub const UNIT: usize = 11;
    /// Where it stands.
    pub const BASELINE: usize = 12;
    /// Where it should stand.
    pub const TARGET: usize = 13;
    /// Who counts it.
    pub const INDICATOR_SOURCE: usize = 14;
    /// Where the measure stands; not read in.
    pub const STATE: usize = 15;
    /// Where the indicator stood last; not read in.
    pub const VALUE: usize = 16;
    /// Lekë spent; not read in.
    pub const SPENT: usize = 17;
}
