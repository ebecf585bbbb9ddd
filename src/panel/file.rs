//! Tables as files: Parquet, Arrow (IPC), CSV, JSON lines.
//!
//! CSV holds no lists: theirs are joined by `; `. Nulls are empty in CSV and
//! spelt out in JSON. Only Parquet and Arrow keep types and metadata.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::coalesce::BatchCoalescer;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::Table;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A file format for tables, under its usual ending.
    TableFormat { Parquet = "parquet", Arrow = "arrow", Csv = "csv", JsonLines = "jsonl" }
}

impl TableFormat {
    /// The format that a file's ending stands for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "parquet" | "pq" => Some(Self::Parquet),
            "arrow" | "ipc" | "feather" => Some(Self::Arrow),
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// Rows of a batch in a file.
const ROWS: usize = 1 << 16;

/// A table file that cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", path.display())]
pub struct FileError {
    pub path: PathBuf,
    pub message: String,
    /// The operating system's error, where it is one.
    pub io: Option<std::io::ErrorKind>,
}

/// What a format's library may answer.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Arrow(#[from] ArrowError),
    #[error(transparent)]
    Parquet(#[from] ParquetError),
}

impl Fault {
    fn of(self, path: &Path) -> FileError {
        let io = match &self {
            Self::Io(error) | Self::Arrow(ArrowError::IoError(_, error)) => Some(error),
            Self::Parquet(ParquetError::External(error)) => error.downcast_ref::<io::Error>(),
            _ => None,
        };
        let message = io.map_or_else(|| self.to_string(), ToString::to_string);
        FileError { path: path.to_owned(), message, io: io.map(io::Error::kind) }
    }
}

/// Writes a table into a new file, or over an old one.
///
/// # Errors
/// Names the path, whatever goes wrong.
pub fn write(table: &Table, path: &Path, format: TableFormat) -> Result<(), FileError> {
    let write = || -> Result<(), Fault> {
        let mut file = BufWriter::new(File::create(path)?);
        match format {
            TableFormat::Parquet => write_parquet(table, &mut file),
            TableFormat::Arrow => write_arrow(table, &mut file),
            TableFormat::Csv => write_csv(table, &mut file),
            TableFormat::JsonLines => write_json(table, &mut file),
        }?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        Ok(())
    };
    write().map_err(|fault| fault.of(path))
}

/// The rows in batches of [`ROWS`], so that the bytes of a file tell nothing of how they were
/// gathered: in one run or in parts.
fn even(table: &Table) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> {
    let mut coalescer = BatchCoalescer::new(Arc::clone(&table.schema), ROWS);
    let mut batches = table.batches.iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(batch) = coalescer.next_completed_batch() {
                return Some(Ok(batch));
            }
            let pushed = match batches.next() {
                Some(batch) => coalescer.push_batch(batch.clone()),
                None if coalescer.is_empty() => return None,
                None => coalescer.finish_buffered_batch(),
            };
            if let Err(error) = pushed {
                return Some(Err(error));
            }
        }
    })
}

fn write_parquet(table: &Table, out: &mut (impl Write + Send)) -> Result<(), Fault> {
    let metadata = table.schema.metadata().iter();
    let pairs = metadata.map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(pairs))
        .build();
    let mut writer = ArrowWriter::try_new(out, Arc::clone(&table.schema), Some(properties))?;
    for batch in even(table) {
        writer.write(&batch?)?;
    }
    writer.close()?;
    Ok(())
}

fn write_arrow(table: &Table, out: &mut impl Write) -> Result<(), Fault> {
    let mut writer = arrow_ipc::writer::FileWriter::try_new(out, &table.schema)?;
    for batch in even(table) {
        writer.write(&batch?)?;
    }
    writer.finish()?;
    Ok(())
}

fn write_csv(table: &Table, out: &mut impl Write) -> Result<(), Fault> {
    let mut writer = arrow_csv::WriterBuilder::new().with_header(true).build(out);
    // An empty batch first, so that a table without rows has its header too.
    writer.write(&flat(&RecordBatch::new_empty(Arc::clone(&table.schema)))?)?;
    for batch in &table.batches {
        writer.write(&flat(batch)?)?;
    }
    Ok(())
}

fn write_json(table: &Table, out: &mut impl Write) -> Result<(), Fault> {
    let mut writer = arrow_json::WriterBuilder::new()
        .with_explicit_nulls(true)
        .build::<_, arrow_json::writer::LineDelimited>(out);
    for batch in &table.batches {
        writer.write(batch)?;
    }
    writer.finish()?;
    Ok(())
}

/// The batch with its lists joined into texts.
fn flat(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let columns: Vec<ArrayRef> = batch
        .columns()
        .iter()
        .map(|column| match column.data_type() {
            DataType::List(_) => joined(column),
            _ => Arc::clone(column),
        })
        .collect();
    let schema = batch.schema();
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .zip(&columns)
        .map(|(field, column)| field.as_ref().clone().with_data_type(column.data_type().clone()))
        .collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

fn joined(column: &ArrayRef) -> ArrayRef {
    let lists = column.as_list::<i32>();
    let texts = lists.iter().map(|list| {
        let list = list?;
        Some(list.as_string::<i32>().iter().flatten().collect::<Vec<_>>().join("; "))
    });
    Arc::new(texts.collect::<StringArray>())
}

/// Reads a table from a file that [`write`] or another program made.
///
/// # Errors
/// Names the path, whatever goes wrong.
pub fn read(path: &Path, format: TableFormat) -> Result<Table, FileError> {
    let read = || -> Result<Table, Fault> {
        let file = File::open(path)?;
        match format {
            TableFormat::Parquet => read_parquet(file),
            TableFormat::Arrow => read_arrow(file),
            TableFormat::Csv => read_csv(file),
            TableFormat::JsonLines => read_json(file),
        }
    };
    read().map_err(|fault| fault.of(path))
}

fn table(
    schema: SchemaRef,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> Result<Table, Fault> {
    Ok(Table { schema, batches: batches.collect::<Result<_, _>>()? })
}

fn read_parquet(file: File) -> Result<Table, Fault> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
    let schema = Arc::clone(builder.schema());
    table(schema, builder.build()?)
}

fn read_arrow(mut file: File) -> Result<Table, Fault> {
    let mut magic = [0; 6];
    let is_file = file.read_exact(&mut magic).is_ok() && &magic == b"ARROW1";
    file.rewind()?;
    let file = BufReader::new(file);
    if is_file {
        let reader = arrow_ipc::reader::FileReader::try_new(file, None)?;
        table(reader.schema(), reader)
    } else {
        let reader = arrow_ipc::reader::StreamReader::try_new(file, None)?;
        table(reader.schema(), reader)
    }
}

fn read_csv(mut file: File) -> Result<Table, Fault> {
    let format = arrow_csv::reader::Format::default().with_header(true);
    let (schema, _) = format.infer_schema(&mut file, None)?;
    file.rewind()?;
    let schema = Arc::new(schema);
    let reader = arrow_csv::ReaderBuilder::new(Arc::clone(&schema)).with_format(format);
    table(schema, reader.build(file)?)
}

fn read_json(file: File) -> Result<Table, Fault> {
    let mut file = BufReader::new(file);
    let (schema, _) = arrow_json::reader::infer_json_schema_from_seekable(&mut file, None)?;
    let schema = Arc::new(schema);
    let reader = arrow_json::ReaderBuilder::new(Arc::clone(&schema)).build(file)?;
    table(schema, reader)
}
