//! Bytes that are about to be read: a file, bytes at hand, or a stream out of an archive.
//!
//! What they are is told by their first ones, so every input can be looked at
//! before it is read. Files and bytes at hand can be read in any order, which
//! archives and column stores need; a stream is held in memory for them.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};

use bytes::Bytes;

use super::Fault;

/// How many of the first bytes are looked at.
const HEAD: u64 = 64 << 10;

/// Bytes, and what is known of them before they are read.
pub(super) struct Input<'r> {
    pub(super) head: Vec<u8>,
    body: Body<'r>,
}

/// Where bytes come from; a stream has its head taken off already.
enum Body<'r> {
    File(File),
    Held(Bytes),
    Stream(Box<dyn Read + 'r>),
}

/// Bytes in any order.
pub(super) trait Anywhere: Read + Seek {}

impl<T: Read + Seek> Anywhere for T {}

/// What a column store is read from.
#[cfg_attr(not(feature = "files"), allow(dead_code))]
pub(super) enum Blocks {
    File(File),
    Held(Bytes),
}

impl<'r> Input<'r> {
    pub(super) fn file(mut file: File) -> Result<Self, Fault> {
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head).map_err(Fault::Io)?;
        file.rewind().map_err(Fault::Io)?;
        Ok(Self { head, body: Body::File(file) })
    }

    pub(super) fn held(bytes: Bytes) -> Self {
        Self { head: bytes[..bytes.len().min(HEAD as usize)].to_vec(), body: Body::Held(bytes) }
    }

    pub(super) fn stream(mut stream: impl Read + 'r) -> std::io::Result<Self> {
        let mut head = Vec::new();
        stream.by_ref().take(HEAD).read_to_end(&mut head)?;
        Ok(Self { head, body: Body::Stream(Box::new(stream)) })
    }

    /// Does the head hold everything?
    pub(super) fn is_whole(&self) -> bool {
        (self.head.len() as u64) < HEAD
    }

    /// From the first byte to the last.
    pub(super) fn forward(self) -> Box<dyn Read + 'r> {
        match self.body {
            Body::File(file) => Box::new(file),
            Body::Held(bytes) => Box::new(Cursor::new(bytes)),
            Body::Stream(rest) => Box::new(Cursor::new(self.head).chain(rest)),
        }
    }

    /// All bytes, but not more than `limit` and one, which shows that there are more.
    pub(super) fn whole(self, limit: u64) -> std::io::Result<Bytes> {
        if let Body::Held(bytes) = self.body {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        self.forward().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }

    /// The same bytes in any order; a stream is read into memory.
    pub(super) fn blocks(self) -> std::io::Result<Blocks> {
        match self.body {
            Body::File(file) => Ok(Blocks::File(file)),
            Body::Held(bytes) => Ok(Blocks::Held(bytes)),
            Body::Stream(_) => self.whole(u64::MAX).map(Blocks::Held),
        }
    }
}

impl Blocks {
    pub(super) fn anywhere(&self) -> std::io::Result<Box<dyn Anywhere>> {
        match self {
            Self::File(file) => {
                let mut file = file.try_clone()?;
                file.rewind()?; // a clone shares its place with the original
                Ok(Box::new(BufReader::new(file)))
            }
            Self::Held(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
        }
    }

    pub(super) fn into_input(self) -> Result<Input<'static>, Fault> {
        match self {
            Self::File(mut file) => {
                file.rewind().map_err(Fault::Io)?;
                Input::file(file)
            }
            Self::Held(bytes) => Ok(Input::held(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_gives_all_its_bytes() {
        for length in [0, 10, HEAD as usize - 1, HEAD as usize, 3 * HEAD as usize] {
            let bytes: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let inputs = || [Input::held(bytes.clone().into()), Input::stream(&bytes[..]).unwrap()];
            for input in inputs() {
                assert_eq!(input.is_whole(), length < HEAD as usize);
                assert_eq!(input.head, bytes[..length.min(HEAD as usize)]);
                assert_eq!(input.whole(u64::MAX).unwrap(), bytes);
            }
            for input in inputs() {
                let mut read = Vec::new();
                let blocks = input.blocks().unwrap();
                blocks.anywhere().unwrap().read_to_end(&mut read).unwrap();
                assert_eq!(read, bytes);
                assert_eq!(blocks.into_input().unwrap().whole(1 << 30).unwrap(), bytes);
            }
        }
        assert_eq!(Input::stream(&[7u8; 9][..]).unwrap().whole(3).unwrap().len(), 4);
    }
}
