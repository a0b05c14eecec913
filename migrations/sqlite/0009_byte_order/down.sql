-- Text is compared byte by byte here: nothing to change.
SELECT 1;
