DROP TABLE holidays; DROP TABLE units; DROP TABLE municipalities;
