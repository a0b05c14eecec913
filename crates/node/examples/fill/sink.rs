//! Takes rows one by one and hands them to the database in large statements and few transactions.

use anyhow::Context as _;
use db::rows::{self, Table};
use db::{Db, Transaction};
use serde_json::Value;

/// Rows of one statement, and of one transaction.
const BATCH: usize = 500;
const COMMIT: usize = 200_000;

pub(crate) struct Sink {
    db: Db,
    tx: Option<Transaction>,
    tables: Vec<Table>,
    table: usize,
    columns: Vec<String>,
    batch: String,
    rows: usize,
    uncommitted: usize,
    written: u64,
}

impl Sink {
    pub(crate) async fn open(db: Db, tables: Vec<Table>) -> anyhow::Result<Self> {
        Ok(Self {
            tx: Some(db.begin().await?),
            db,
            tables,
            table: 0,
            columns: Vec::new(),
            batch: String::new(),
            rows: 0,
            uncommitted: 0,
            written: 0,
        })
    }

    /// The rows that follow are for this table.
    pub(crate) async fn table(&mut self, name: &str) -> anyhow::Result<()> {
        self.flush().await?;
        self.columns.clear();
        let found = self.tables.iter().position(|table| table.name == name);
        self.table = found.with_context(|| format!("there is no table {name:?}"))?;
        Ok(())
    }

    /// Takes a row: an object with the same fields as all rows of the table. Fields the table does not have are passed
    /// over, so that older databases can be filled too.
    pub(crate) async fn row(&mut self, row: &Value) -> anyhow::Result<()> {
        if self.columns.is_empty() {
            let fields = row.as_object().context("a row is an object")?;
            let columns = &self.tables[self.table].columns;
            let known = |name: &&String| columns.iter().any(|column| column.name == **name);
            self.columns = fields.keys().filter(known).cloned().collect();
        }
        self.batch.push(if self.rows == 0 { '[' } else { ',' });
        self.batch.push_str(&row.to_string());
        self.rows += 1;
        if self.rows == BATCH {
            self.flush().await?;
        }
        Ok(())
    }

    /// Keeps everything, brings the planner's knowledge up to date, and answers how many rows were written.
    pub(crate) async fn close(mut self) -> anyhow::Result<u64> {
        self.flush().await?;
        if let Some(tx) = self.tx.take() {
            tx.commit().await?;
        }
        let mut tx = self.db.begin().await?;
        rows::analyse(&mut tx).await?;
        tx.commit().await?;
        Ok(self.written)
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        self.batch.push(']');
        let tx = self.tx.as_mut().context("the transaction was ended")?;
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        rows::insert(tx, &self.tables[self.table], &columns, &self.batch).await?;
        self.written += u64::try_from(self.rows)?;
        self.uncommitted += self.rows;
        self.rows = 0;
        self.batch.clear();
        if self.uncommitted < COMMIT {
            return Ok(());
        }
        self.uncommitted = 0;
        if let Some(tx) = self.tx.take() {
            tx.commit().await?;
        }
        self.tx = Some(self.db.begin().await?);
        Ok(())
    }
}
