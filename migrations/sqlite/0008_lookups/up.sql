-- Whoever refers to a post is asked when posts go: without an index each post that goes would read these tables through.
CREATE INDEX log_post ON log (post_id);
CREATE INDEX moved_numbers_post ON moved_numbers (post_id);

-- The words that posts hold, in their order, as the index of words has them; nothing is kept twice.
CREATE VIRTUAL TABLE post_words_terms USING fts5vocab(post_words, instance);
