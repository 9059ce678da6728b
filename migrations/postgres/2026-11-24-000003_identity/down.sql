DROP TABLE sessions; DROP TABLE sign_in_tickets; DROP TABLE sign_in_codes; DROP TABLE accounts;
