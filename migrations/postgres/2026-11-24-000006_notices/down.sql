DROP TABLE push_follows; DROP TABLE push_subscriptions; DROP TABLE inbox; DROP TABLE preferences; DROP TABLE follows;
