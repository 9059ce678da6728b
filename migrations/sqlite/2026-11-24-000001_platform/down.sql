DROP TABLE outbox; DROP TABLE idempotency; DROP TABLE write_lock;
