DROP INDEX attachments_owner;
DROP INDEX posts_author_replies;
DROP TABLE watches;
DROP TABLE preferences;
