//! The way to the issuers: the server carries messages between residents and them, and signs nothing.

use std::time::Duration;

use ballot::{Bytes, Statement};
use domain::Code as _;
use domain::seat::Institution;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::codes::Code;
use crate::issuer::messages::{AskAbout, AskKey, AskSignatures, Blinded, IssuerSide};
use crate::platform::address;
use crate::platform::problem::Problem;

/// Twelve signatures take a small machine less than a second.
const PATIENCE: Duration = Duration::from_secs(10);
/// Who may issue: the triangle.
const TRIANGLE: [Institution; 3] = [
    Institution::Municipality,
    Institution::Police,
    Institution::Prosecution,
];

/// Where an institution's issuer is.
#[derive(Clone, Debug)]
pub struct IssuerPlace {
    /// The municipality's slug.
    pub municipality: String,
    /// The institution.
    pub institution: Institution,
    url: Url,
    authorization: String,
}

/// The way to all issuers.
#[derive(Clone)]
pub struct Relay {
    client: Client,
    places: Vec<IssuerPlace>,
}

/// Reads the setting `issuers`:
/// `elbasan/police=http://:PASSWORD@127.0.0.1:9102, elbasan/prosecution=...`.
///
/// # Errors
/// One line that says what is wrong, and quotes no password.
pub fn parse(setting: &str) -> Result<Vec<IssuerPlace>, String> {
    let entries = setting.split(',').map(str::trim);
    let mut places: Vec<IssuerPlace> = Vec::new();
    for entry in entries.filter(|entry| !entry.is_empty()) {
        let place = parse_one(entry).ok_or(
            "TREKENDESH_ISSUERS is not MUNICIPALITY/INSTITUTION=http://:PASSWORD@HOST:PORT, ...",
        )?;
        let same = |other: &IssuerPlace| {
            other.municipality == place.municipality && other.institution == place.institution
        };
        if places.iter().any(same) {
            return Err("TREKENDESH_ISSUERS names one institution twice".to_owned());
        }
        places.push(place);
    }
    // Tokens carry their signatures in this order.
    places.sort_by_key(|place| TRIANGLE.iter().position(|of| *of == place.institution));
    Ok(places)
}

fn parse_one(entry: &str) -> Option<IssuerPlace> {
    let (who, address) = entry.split_once('=')?;
    let (municipality, institution) = who.trim().split_once('/')?;
    let institution = TRIANGLE
        .into_iter()
        .find(|of| of.code() == institution.trim())?;
    let mut url = Url::parse(address.trim()).ok()?;
    let password = url.password()?.to_owned();
    url.set_password(None).ok()?;
    Some(IssuerPlace {
        municipality: municipality.trim().to_owned(),
        institution,
        authorization: format!("Bearer {password}"),
        url,
    })
}

/// The setting as it may be shown.
pub fn masked(setting: &str) -> String {
    let entries = setting.split(',').map(|entry| match entry.split_once('=') {
        Some((who, at)) => format!("{}={}", who.trim(), address::masked(at.trim())),
        None => "***".to_owned(),
    });
    entries.collect::<Vec<_>>().join(",")
}

impl Relay {
    /// The way to these issuers.
    ///
    /// # Errors
    /// `internal` when the client cannot be made.
    pub fn new(places: Vec<IssuerPlace>) -> Result<Self, Problem> {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        Ok(Self { client, places })
    }

    /// The issuers of a municipality, in the order of their signatures.
    pub fn issuers_of(&self, municipality: &str) -> Vec<IssuerPlace> {
        let here = |place: &&IssuerPlace| place.municipality == municipality;
        self.places.iter().filter(here).cloned().collect()
    }

    /// The issuer of an institution.
    pub fn find(&self, municipality: &str, institution: &str) -> Option<&IssuerPlace> {
        let is = |place: &&IssuerPlace| {
            place.municipality == municipality && place.institution.code() == institution
        };
        self.places.iter().find(is)
    }

    /// Its key for a vote.
    ///
    /// # Errors
    /// `issuers_away`, with the cause.
    pub async fn key(&self, of: &IssuerPlace, asked: &AskKey) -> Result<IssuerSide, Problem> {
        self.ask(of, "v1/keys", asked).await
    }

    /// Its signatures on blinded messages.
    ///
    /// # Errors
    /// `issuers_away`, with the cause.
    pub async fn sign(
        &self,
        of: &IssuerPlace,
        asked: &AskSignatures,
    ) -> Result<Vec<Blinded>, Problem> {
        self.ask(of, "v1/signatures", asked).await
    }

    /// What it issued.
    ///
    /// # Errors
    /// `issuers_away`, with the cause.
    pub async fn state(&self, of: &IssuerPlace, asked: &AskAbout) -> Result<Statement, Problem> {
        self.ask(of, "v1/statements", asked).await
    }

    /// Its part of the beacon.
    ///
    /// # Errors
    /// `issuers_away`, with the cause.
    pub async fn reveal(&self, of: &IssuerPlace, asked: &AskAbout) -> Result<Bytes<32>, Problem> {
        self.ask(of, "v1/reveals", asked).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        of: &IssuerPlace,
        path: &str,
        asked: &impl Serialize,
    ) -> Result<T, Problem> {
        let away = |cause: String| Problem::caused(Code::IssuersAway, cause).retry_after(30);
        let body = serde_json::to_vec(asked).map_err(|cause| away(cause.to_string()))?;
        let url = of.url.join(path).map_err(|cause| away(cause.to_string()))?;
        let answer = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(AUTHORIZATION, &of.authorization)
            .body(body)
            .send()
            .await
            .map_err(|cause| away(cause.without_url().to_string()))?;
        let status = answer.status();
        let bytes = answer
            .bytes()
            .await
            .map_err(|cause| away(cause.without_url().to_string()))?;
        if !status.is_success() {
            return Err(away(format!("{} {path}: {status}", of.institution.code())));
        }
        serde_json::from_slice(&bytes).map_err(|cause| away(cause.to_string()))
    }
}

#[cfg(test)]
mod tests;
