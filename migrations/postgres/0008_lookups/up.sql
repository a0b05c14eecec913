-- Whoever refers to a post is asked when posts go: without an index each post that goes would read these tables through.
CREATE INDEX log_post ON log (post_id);
CREATE INDEX moved_numbers_post ON moved_numbers (post_id);
