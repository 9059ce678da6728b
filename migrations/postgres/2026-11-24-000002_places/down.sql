DROP TABLE working_days; DROP TABLE holidays; DROP TABLE units; DROP TABLE municipalities;
