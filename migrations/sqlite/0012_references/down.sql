DROP INDEX refs_to;
CREATE INDEX refs_to ON refs (to_host, to_board, to_no);
