DROP INDEX rates_age;
DROP INDEX sessions_expiry;
DROP INDEX threads_idle;
