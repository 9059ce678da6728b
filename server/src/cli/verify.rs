//! `trekendesh verify`: the recount of a published ballot box, by anybody, without a server.

use std::fs;
use std::path::PathBuf;

use ballot::{BallotBox, Evidence, Outcome, Report};
use clap::{Args, ValueEnum};
use serde::de::DeserializeOwned;

use super::{Failure, say};

/// What to recount.
#[derive(Args)]
pub(super) struct Recount {
    /// The published box (JSON).
    file: PathBuf,
    /// What you know from elsewhere, to hold against it (JSON): the announced keys, earlier roots,
    /// receipts.
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    /// The language of what is found.
    #[arg(long, value_enum, default_value = "en")]
    language: Language,
}

/// A language.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Language {
    /// English.
    En,
    /// Albanian.
    Sq,
}

/// Recounts a box and prints what it says; fails with one sentence where it does not add up.
pub(super) fn verify(recount: &Recount) -> Result<(), Failure> {
    let published: BallotBox = read(&recount.file)?;
    let evidence: Evidence = match &recount.evidence {
        Some(file) => read(file)?,
        None => Evidence::default(),
    };
    match ballot::verify(&published, &evidence) {
        Ok(report) => tell(&published, &report, recount.language),
        Err(refusal) => {
            let sentence = match recount.language {
                Language::En => refusal.english(),
                Language::Sq => refusal.albanian(),
            };
            Err(format!(
                "{sentence} [{}, {}]",
                refusal.code(),
                refusal.place()
            ))
        }
    }
}

fn read<T: DeserializeOwned>(file: &PathBuf) -> Result<T, Failure> {
    let bytes = fs::read(file).map_err(|cause| format!("{}: {cause}", file.display()))?;
    serde_json::from_slice(&bytes).map_err(|cause| format!("{}: {cause}", file.display()))
}

fn tell(published: &BallotBox, report: &Report, language: Language) -> Result<(), Failure> {
    let in_english = language == Language::En;
    say(&format!(
        "{}: {}",
        published.consultation.municipality, published.consultation.title
    ))?;
    say(if in_english {
        "The box adds up: every item, signature, key, draw and sum was computed again."
    } else {
        "Kutia del: çdo votë, nënshkrim, çelës, short dhe shumë u llogarit sërish."
    })?;
    if report.single_issuer {
        say(if in_english {
            "One institution alone issued the right to vote: it could have added votes."
        } else {
            "Të drejtën e votës e lëshoi një institucion i vetëm: ai mund të kishte shtuar vota."
        })?;
    }
    for issuer in &report.issuers {
        say(&format!(
            "  {}: {} / {} / {}",
            issuer.name, issuer.accounts, issuer.tokens, issuer.items
        ))?;
    }
    say(if in_english {
        "  (residents / rights to vote issued / used)"
    } else {
        "  (banorë / të drejta vote të lëshuara / të përdorura)"
    })?;
    result(published, &report.result)
}

fn result(published: &BallotBox, result: &Outcome) -> Result<(), Failure> {
    match result {
        Outcome::Prioritising { ranking, .. } => {
            for (place, row) in (1..).zip(ranking) {
                let named = published.concerns.iter().find(|one| one.id == row.concern);
                let title = named.map_or("", |one| one.title.as_str());
                let (whole, part) = (row.score / 10_000, row.score % 10_000);
                say(&format!(
                    "{place:>4}. {whole:>3}.{part:04} % ({}) {title}",
                    row.n
                ))?;
            }
        }
        Outcome::Question { choices, .. } => {
            for (votes, choice) in choices.iter().zip(&published.choices) {
                say(&format!("{votes:>8} {choice}"))?;
            }
        }
    }
    Ok(())
}
