-- Which posts name a number: the number first. Most references name one host and few boards, so a planner that may use
-- host and board alone (PostgreSQL on a small node) read hundreds of rows for each post of a page.
DROP INDEX refs_to;
CREATE INDEX refs_to ON refs (to_no, to_board, to_host);
