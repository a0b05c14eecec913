//! References (`>>123`) as rows, resolved when they are read.
