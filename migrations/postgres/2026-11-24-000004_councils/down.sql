DROP TABLE audit_head;
DROP TABLE audit_log; DROP TABLE answer_templates; DROP TABLE holders; DROP TABLE seats;
