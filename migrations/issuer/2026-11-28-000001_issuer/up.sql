-- The keys of one institution, one for each vote. The private half is gone once the vote is sealed.
CREATE TABLE issuer_keys (
  consultation_id TEXT PRIMARY KEY NOT NULL,
  tokens          INTEGER NOT NULL CHECK (tokens > 0),
  issuing_until   TIMESTAMP NOT NULL,
  key_modulus     TEXT NOT NULL,
  private_key     BLOB,
  reveal          TEXT NOT NULL,
  -- What the last statement was about; from the first on nobody new is signed for.
  announcement    TEXT,
  revealed        BOOLEAN NOT NULL DEFAULT FALSE
) WITHOUT ROWID;

-- For whom was signed, under a name that means nothing outside this vote, and the hash of what was asked.
CREATE TABLE issuer_requests (
  consultation_id TEXT NOT NULL REFERENCES issuer_keys (consultation_id),
  voter           TEXT NOT NULL,
  messages_hash   TEXT NOT NULL,
  PRIMARY KEY (consultation_id, voter)
) WITHOUT ROWID;
