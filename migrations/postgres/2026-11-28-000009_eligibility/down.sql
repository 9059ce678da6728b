DROP TABLE verifications; DROP TABLE activation_codes; DROP TABLE activation_batches;
