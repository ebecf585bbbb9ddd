//! Arrow files by the index at their end.
//!
//! The index alone says where the batches are: what stands before them need not be a
//! stream, and of what polars writes it is none. A file without its end was cut,
//! and is read from the front as far as it goes.

use std::collections::VecDeque;
use std::io::{self, Read, Seek, SeekFrom};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_buffer::Buffer;
use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::reader::{FileDecoder, read_footer_length};
use arrow_ipc::{Block, root_as_footer};
use arrow_schema::{ArrowError, SchemaRef};

use super::ipc::{CONTINUATION, cut, parse, read_front, weigh};
use super::{Halt, Input, Rows, arrow, damaged};
use crate::corpus::input::Anywhere;
use crate::corpus::reading::Budget;

/// The length of the index, and the mark behind it.
const TAIL: u64 = 10;

/// Reads the rows of a file.
pub(super) fn read(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    let blocks = input.blocks().map_err(|e| rows.intake.stopped(damaged("Arrow", &e)))?;
    let budget = rows.intake.budget.clone();
    let opened = blocks.anywhere().map_err(ArrowError::from);
    let indexed = opened.and_then(|mut bytes| match index(&mut bytes)? {
        Some(index) => Indexed::open(bytes, &index, budget).map(Some),
        None => Ok(None),
    });
    match indexed.map_err(|error| rows.intake.stopped(damaged("Arrow", &error)))? {
        Some(mut indexed) => arrow::read(rows, &mut indexed, "Arrow"),
        None => read_front(rows, blocks.into_input()?),
    }
}

/// The bytes of the index, if the file has its end.
fn index(bytes: &mut Box<dyn Anywhere>) -> Result<Option<Vec<u8>>, ArrowError> {
    let length = bytes.seek(SeekFrom::End(0))?;
    let mut tail = [0; TAIL as usize];
    if length < TAIL {
        return Ok(None);
    }
    bytes.seek(SeekFrom::End(-(TAIL as i64)))?;
    bytes.read_exact(&mut tail)?;
    let Ok(index) = read_footer_length(tail) else { return Ok(None) };
    let start = (length - TAIL).checked_sub(index as u64);
    let start = start.ok_or_else(|| cut("its index is longer than the file"))?;
    at(bytes, start, index as u64).map(Some)
}

/// So many bytes from a place on.
fn at(bytes: &mut Box<dyn Anywhere>, start: u64, length: u64) -> Result<Vec<u8>, ArrowError> {
    let mut read = Vec::new();
    bytes.seek(SeekFrom::Start(start))?;
    bytes.by_ref().take(length).read_to_end(&mut read)?;
    if (read.len() as u64) < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(read)
}

/// The batches that an index names.
struct Indexed {
    bytes: Box<dyn Anywhere>,
    decoder: FileDecoder,
    schema: SchemaRef,
    batches: VecDeque<Block>,
    budget: Budget,
}

impl Indexed {
    fn open(
        mut bytes: Box<dyn Anywhere>,
        index: &[u8],
        budget: Budget,
    ) -> Result<Self, ArrowError> {
        let footer = root_as_footer(index).map_err(|error| cut(&error.to_string()))?;
        let schema = footer.schema().ok_or_else(|| cut("there is no schema"))?;
        let schema: SchemaRef = try_fb_to_schema(schema)?.into();
        let dictionaries: Vec<Block> = footer.dictionaries().iter().flatten().copied().collect();
        let batches: VecDeque<Block> = footer.recordBatches().iter().flatten().copied().collect();
        let length = bytes.seek(SeekFrom::End(0))?;
        let named = dictionaries.iter().chain(&batches).map(size);
        // An index that names one block often makes much of little.
        if named.sum::<Option<u64>>().is_none_or(|named| named > length) {
            return Err(cut("its index names more than there is"));
        }
        let mut decoder = FileDecoder::new(schema.clone(), footer.version());
        for block in &dictionaries {
            let message = message(&mut bytes, block, &budget)?;
            decoder.read_dictionary(block, &message)?;
        }
        Ok(Self { bytes, decoder, schema, batches, budget })
    }
}

/// The bytes of a block; none where its lengths cannot be.
fn size(block: &Block) -> Option<u64> {
    let metadata = u64::try_from(block.metaDataLength()).ok()?;
    metadata.checked_add(u64::try_from(block.bodyLength()).ok()?).filter(|_| metadata > 8)
}

/// A block, of which the lengths have been looked at.
fn message(
    bytes: &mut Box<dyn Anywhere>,
    block: &Block,
    budget: &Budget,
) -> Result<Buffer, ArrowError> {
    let start = u64::try_from(block.offset()).map_err(|_| cut("an offset is negative"))?;
    let read = at(bytes, start, size(block).unwrap_or(0))?;
    let (metadata, body) = read.split_at(block.metaDataLength() as usize);
    let frame = if metadata.starts_with(&CONTINUATION) { 8 } else { 4 };
    weigh(&parse(&metadata[frame..])?, body, budget)?;
    Ok(read.into())
}

impl Iterator for Indexed {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let block = self.batches.pop_front()?;
        let message = message(&mut self.bytes, &block, &self.budget);
        message.and_then(|message| self.decoder.read_record_batch(&block, &message)).transpose()
    }
}

impl RecordBatchReader for Indexed {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
