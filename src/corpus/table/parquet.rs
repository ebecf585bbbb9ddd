//! Parquet files: only the columns that are asked for, a few rows at a time.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};

use super::{Halt, Input, Rows, arrow, damaged};
use crate::corpus::Fault;
use crate::corpus::input::Blocks;

/// Rows of a batch: whole reports are long.
const ROWS: usize = 64;

pub(super) fn read(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    let blocks = input.blocks().map_err(|error| rows.intake.stopped(Fault::Io(error)))?;
    let metadata = metadata(&blocks).map_err(|error| damaged("Parquet", &error))?;
    let found = arrow::find(rows, metadata.schema())?;
    let mask = ProjectionMask::roots(metadata.parquet_schema(), found.all());
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(blocks, metadata);
    let reader = builder.with_batch_size(ROWS).with_projection(mask).build();
    let mut reader = reader.map_err(|error| damaged("Parquet", &error))?;
    arrow::read(rows, &mut reader, "Parquet")
}

/// The metadata, with texts to be given as views: a dictionary of them stays one.
fn metadata(blocks: &Blocks) -> ParquetResult<ArrowReaderMetadata> {
    let metadata = ArrowReaderMetadata::load(blocks, ArrowReaderOptions::new())?;
    let fields = metadata.schema().fields().iter().map(|field| match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => {
            Field::new(field.name(), DataType::Utf8View, field.is_nullable()).into()
        }
        _ => Arc::clone(field),
    });
    let schema =
        Schema::new_with_metadata(fields.collect::<Vec<_>>(), metadata.schema().metadata().clone());
    let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
    let viewed = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options);
    Ok(viewed.unwrap_or(metadata))
}

impl Length for Blocks {
    fn len(&self) -> u64 {
        match self {
            Self::File(file) => Length::len(file),
            Self::Held(bytes) => bytes.len() as u64,
        }
    }
}

impl ChunkReader for Blocks {
    type T = Box<dyn Read>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(match self {
            Self::File(file) => {
                let mut file: File = file.try_clone()?;
                file.seek(SeekFrom::Start(start))?;
                Box::new(BufReader::new(file))
            }
            Self::Held(bytes) => {
                let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
                Box::new(Cursor::new(bytes.slice(start..)))
            }
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        match self {
            Self::File(file) => file.get_bytes(start, length),
            Self::Held(bytes) => {
                let end = start.checked_add(length as u64).filter(|end| *end <= bytes.len() as u64);
                let end = end.ok_or_else(|| ParquetError::EOF("the file was cut".to_owned()))?;
                Ok(bytes.slice(start as usize..end as usize))
            }
        }
    }
}
