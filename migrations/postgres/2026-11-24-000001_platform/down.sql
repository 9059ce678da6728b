DROP TABLE used_proofs; DROP TABLE counters; DROP TABLE outbox; DROP TABLE idempotency; DROP TABLE write_lock;
