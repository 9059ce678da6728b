// A counted vote as the server tells it, made of the box that every program of the protocol is held to.
import { readFileSync } from "node:fs";

const vectors = JSON.parse(readFileSync(new URL("../../server/ballot/vectors/protocol.json", import.meta.url), "utf8"));
const INSTITUTIONS = ["municipality", "police", "prosecution"];

/** The id of an address for an id of the box. */
const addressed = (uuid) => String.fromCharCode(...uuid.replaceAll("-", "").match(/../g).map((pair) => parseInt(pair, 16)));

export const boxOf = (method) => structuredClone(vectors.boxes[method]);

function issuerOf({ name, key, identity, commitment, reveal, statement }, place) {
  const { accounts, tokens } = statement;
  const fingerprint = vectors.fingerprints[place];
  return { institution: INSTITUTIONS[place], name, key, fingerprint, identity, commitment, accounts, tokens, revealed: !!reveal };
}

function viewOf({ consultation, concerns = [], choices = [], weights = null, issuers, beacon, root, result }) {
  const { id, title, method, threshold, opens_on, closes_on } = consultation;
  const { ratings, votes, ranking = [], ...rest } = result;
  const ranked = ranking.map((row) => ({ ...row, concern: addressed(row.concern) }));
  return {
    consultation: addressed(id),
    municipality: "elbasan",
    question: title,
    method,
    tokens: method === "question" ? 1 : 12,
    threshold,
    single_issuer: false,
    stage: "counted",
    year: 2026,
    left_out: [],
    issuing_until: "2026-04-30",
    casting_from: opens_on,
    casting_until: closes_on,
    delay_seconds: 43_200,
    issuers: issuers.map(issuerOf),
    weights,
    paper: { beacon, concerns: concerns.map((one) => ({ ...one, id: addressed(one.id) })), choices },
    roots: [{ on: closes_on, ...root }],
    result: { choices: [], ...rest, ranking: ranked, counted: ratings ?? votes },
    turnout: { accounts: 143, units: [{ unit: "elbasan", name: "Elbasan", accounts: 139 }, { unit: "gjinar", name: "Gjinar", accounts: null }] },
  };
}

/** Answers for the server: this vote, and this box, which may be another than it should. */
export async function tellVote(page, method, box = boxOf(method), until = Promise.resolve()) {
  await page.route("**/api/v1/consultations/*/vote", (route) => route.fulfill({ json: viewOf(boxOf(method)) }));
  await page.route("**/box.json", async (route) => {
    await until;
    await route.fulfill({ json: box }).catch(() => undefined);
  });
}
