//! Arrow streams, message by message.
//!
//! Messages are framed here, so that one that claims to be, or to unpack to, more
//! than there may be is told before memory is asked for.

use std::io::{self, Read};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_buffer::Buffer;
use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::reader::StreamDecoder;
use arrow_ipc::{Message, MessageHeader, RecordBatch as Header, root_as_message};
use arrow_schema::{ArrowError, Schema, SchemaRef};

use super::{Halt, Input, Rows, arrow, damaged};
use crate::corpus::reading::Budget;

/// Marks the beginning of every message.
pub(super) const CONTINUATION: [u8; 4] = [0xff; 4];

/// The longest description of a message: thousands of columns.
const LONGEST_METADATA: u64 = 16 << 20;

/// Reads the rows of a file without its end: behind its mark and some zeros a stream begins.
pub(super) fn read_front(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    let mark = b"ARROW1".len();
    let zeros = input.head[mark..].iter().take_while(|byte| **byte == 0).count();
    let mut bytes = input.forward();
    io::copy(&mut bytes.by_ref().take((mark + zeros) as u64), &mut io::sink())
        .map_err(|error| rows.intake.stopped(damaged("Arrow", &error)))?;
    read(rows, bytes)
}

/// Reads the rows of a stream.
pub(super) fn read_stream(rows: &mut Rows, input: Input<'_>) -> Result<(), Halt> {
    read(rows, input.forward())
}

fn read(rows: &mut Rows, bytes: Box<dyn Read + '_>) -> Result<(), Halt> {
    let budget = rows.intake.budget.clone();
    let messages = Messages::open(bytes, budget);
    let mut messages = messages.map_err(|error| rows.intake.stopped(damaged("Arrow", &error)))?;
    arrow::read(rows, &mut messages, "Arrow")
}

/// The batches of a stream.
struct Messages<'r> {
    bytes: Box<dyn Read + 'r>,
    decoder: StreamDecoder,
    schema: SchemaRef,
    budget: Budget,
    /// A message that the decoder has not taken yet, or not whole.
    pending: Buffer,
}

impl<'r> Messages<'r> {
    fn open(bytes: Box<dyn Read + 'r>, budget: Budget) -> Result<Self, ArrowError> {
        let (decoder, schema) = (StreamDecoder::new(), Schema::empty().into());
        let mut messages = Self { bytes, decoder, schema, budget, pending: Buffer::default() };
        let first = messages.message()?.ok_or_else(|| cut("it holds nothing"))?;
        let frame = if first.starts_with(&CONTINUATION) { 8 } else { 4 };
        let header = parse(&first[frame..])?;
        let schema = header.header_as_schema().ok_or_else(|| cut("there is no schema"))?;
        messages.schema = try_fb_to_schema(schema)?.into();
        messages.pending = first.into();
        Ok(messages)
    }

    /// The next message with its frame; none at the end.
    fn message(&mut self) -> Result<Option<Vec<u8>>, ArrowError> {
        let mut message = self.bytes(4)?;
        if message.is_empty() {
            return Ok(None); // a stream may end without saying so
        }
        if message == CONTINUATION {
            message.extend(self.bytes(4)?);
        }
        let length = message.last_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length));
        if length == 0 {
            return Ok(None);
        }
        if u64::from(length) > LONGEST_METADATA {
            return Err(cut("a message is longer than any"));
        }
        let metadata = self.bytes(u64::from(length))?;
        let (header, rest) = (parse(&metadata)?, message.len() + metadata.len());
        let wanted = u64::try_from(header.bodyLength()).map_err(|_| cut("a length is negative"))?;
        let body = self.bytes(wanted)?;
        if body.len() as u64 != wanted {
            return Err(cut("it ends within a message"));
        }
        weigh(&header, &body, &self.budget)?;
        message.reserve(rest);
        message.extend(&metadata);
        message.extend(&body);
        Ok(Some(message))
    }

    /// So many bytes, or what is left.
    fn bytes(&mut self, count: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.bytes.by_ref().take(count).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Refuses a body that claims to unpack to more than there may be.
pub(super) fn weigh(message: &Message, body: &[u8], budget: &Budget) -> Result<(), ArrowError> {
    let batch = match message.header_type() {
        MessageHeader::RecordBatch => message.header_as_record_batch(),
        MessageHeader::DictionaryBatch => {
            message.header_as_dictionary_batch().and_then(|dictionary| dictionary.data())
        }
        _ => None,
    };
    let Some(batch) = batch.filter(|batch| batch.compression().is_some()) else {
        return Ok(());
    };
    let unpacked = unpacked(&batch, body)?;
    budget.spend(unpacked).map_err(|fault| cut(&fault.to_string()))
}

/// What the buffers of a packed body say that they unpack to.
fn unpacked(batch: &Header, body: &[u8]) -> Result<u64, ArrowError> {
    let mut all = 0u64;
    for buffer in batch.buffers().iter().flatten() {
        let start = usize::try_from(buffer.offset()).map_err(|_| cut("an offset is negative"))?;
        let Some(length) = body.get(start..).and_then(<[u8]>::first_chunk::<8>) else { continue };
        if buffer.length() > 0 {
            // -1 stands before a buffer that is not packed.
            all = all.saturating_add(i64::from_le_bytes(*length).max(0) as u64);
        }
    }
    Ok(all)
}

pub(super) fn parse(metadata: &[u8]) -> Result<Message<'_>, ArrowError> {
    root_as_message(metadata).map_err(|error| cut(&error.to_string()))
}

pub(super) fn cut(why: &str) -> ArrowError {
    ArrowError::IpcError(why.to_owned())
}

impl Iterator for Messages<'_> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.decoder.decode(&mut self.pending) {
                Ok(Some(batch)) => return Some(Ok(batch)),
                Ok(None) => {} // a schema or a dictionary
                Err(error) => return Some(Err(error)),
            }
            match self.message() {
                Ok(message) => self.pending = message?.into(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl RecordBatchReader for Messages<'_> {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
