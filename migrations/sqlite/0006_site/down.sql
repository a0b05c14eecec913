DROP INDEX peers_policy;
DROP INDEX peers_state;
DROP INDEX jobs_given_up;
DROP INDEX media_idle;
DROP INDEX media_size;
DROP INDEX logins_role;
DROP INDEX actors_suspended;
DROP TABLE audit;
