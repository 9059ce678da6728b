DROP TABLE issuer_requests; DROP TABLE issuer_keys;
