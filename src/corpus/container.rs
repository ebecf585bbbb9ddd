//! Packed files: gzip and zstd around one file, zip around many.
//!
//! A container is never unpacked on disk, and at most one member is in memory; what
//! it unpacks is metered, so that a bomb ends at the limit and not at the end of
//! the memory. A member's name is only a name: nothing is written under it. Of
//! an archive the same clutter is left out as of a folder.

use std::io::{self, Read, Seek};

use encoding_rs::GB18030;
use zip::ZipArchive;

use super::find::is_clutter;
use super::input::{Anywhere, Blocks, Input};
use super::intake::{Halt, Intake};
use super::table::Table;
use super::{Columns, Fault, Format, table};

/// An archive may hold archives; those hold files.
const DEEPEST_ARCHIVE: u8 = 1;

/// The member by which an Excel file is told.
const WORKBOOK: &str = "xl/workbook.xml";

/// What is more than a single document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Zstd,
    /// Any zip archive, Office files among them.
    Zip,
    Table(Table),
}

impl Kind {
    /// The kind of what begins with `head`; none for a document. The name counts
    /// only where the content leaves the question open.
    pub(super) fn of(head: &[u8], name: &str, whole: bool, columns: &Columns) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ => Table::of(head, name, whole, columns).map(Self::Table),
        }
    }
}

pub(super) fn gzip(
    intake: &mut Intake,
    name: &str,
    input: Input<'_>,
    depth: u8,
) -> Result<(), Halt> {
    unpacked(intake, name, Ok(flate2::read::MultiGzDecoder::new(input.forward())), depth)
}

pub(super) fn zstd(
    intake: &mut Intake,
    name: &str,
    input: Input<'_>,
    depth: u8,
) -> Result<(), Halt> {
    unpacked(intake, name, zstd::stream::read::Decoder::new(input.forward()), depth)
}

fn unpacked(
    intake: &mut Intake,
    name: &str,
    decoder: io::Result<impl Read>,
    depth: u8,
) -> Result<(), Halt> {
    let metered = decoder.map(|decoder| intake.budget.meter(decoder));
    let input = metered.and_then(Input::stream);
    let input = input.map_err(|error| intake.stopped(damaged(&error)))?;
    // The name of what is inside tells more; it is called by the name of the whole.
    intake.take(name, input, depth + 1).map_err(|halt| match halt {
        Halt::Fault(Fault::Io(error)) => damaged(&error).into(),
        other => other,
    })
}

fn damaged(error: &dyn std::fmt::Display) -> Fault {
    Fault::Archive(error.to_string())
}

/// Is this archive but one document, such as a Word file?
pub(super) fn is_document(blocks: &Blocks) -> bool {
    let archive = blocks.anywhere().ok().and_then(|bytes| ZipArchive::new(bytes).ok());
    archive.is_none_or(|archive| is_one_file(&archive) && !has(&archive, WORKBOOK))
}

/// Reads an Office file as what it is, and any other archive member by member.
pub(super) fn zip(
    intake: &mut Intake,
    name: &str,
    input: Input<'_>,
    depth: u8,
) -> Result<(), Halt> {
    let blocks = input.blocks().map_err(|error| intake.stopped(damaged(&error)))?;
    match office(intake, name, blocks)? {
        Office::Read => Ok(()),
        Office::Other(_) if depth > DEEPEST_ARCHIVE => Err(Fault::Nested.into()),
        Office::Other(archive) => members(intake, name, archive, depth),
    }
}

type Archive = ZipArchive<Box<dyn Anywhere>>;

/// What became of an archive that may be an Office file.
enum Office {
    Read,
    Other(Archive),
}

fn office(intake: &mut Intake, name: &str, blocks: Blocks) -> Result<Office, Halt> {
    let opened = blocks.anywhere().map_err(Fault::Io)?;
    match ZipArchive::new(opened) {
        Ok(archive) if has(&archive, WORKBOOK) => table::xlsx(intake, name, &blocks)?,
        Ok(archive) if is_one_file(&archive) => intake.document(name, blocks.into_input()?)?,
        Ok(archive) => return Ok(Office::Other(archive)),
        // A Word file that was cut is told as such.
        Err(_) if is_word(&blocks)? => intake.document(name, blocks.into_input()?)?,
        Err(error) => return Err(damaged(&error).into()),
    }
    Ok(Office::Read)
}

fn is_word(blocks: &Blocks) -> Result<bool, Fault> {
    let mut head = Vec::new();
    let bytes = blocks.anywhere().map_err(Fault::Io)?;
    bytes.take(64 << 10).read_to_end(&mut head).map_err(Fault::Io)?;
    Ok(memchr::memmem::find(&head, b"word/").is_some() || Format::of(&head) == Format::Docx)
}

/// Office files, e-books and the like: zip archives that stand for one file.
fn is_one_file<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    ["[Content_Types].xml", "word/document.xml", "mimetype"].iter().any(|name| has(archive, name))
}

fn has<R: Read + Seek>(archive: &ZipArchive<R>, name: &str) -> bool {
    archive.index_for_name(name).is_some()
}

/// Reads the members of an archive in the order of their names.
fn members(intake: &mut Intake, name: &str, mut archive: Archive, depth: u8) -> Result<(), Halt> {
    let mut members: Vec<(String, usize)> =
        archive.file_names_raw().enumerate().map(|(at, raw)| (member_name(raw), at)).collect();
    members.retain(|(member, _)| !member.ends_with('/') && !is_beside(member));
    members.sort();
    if members.is_empty() {
        return Err(Fault::NoMembers.into());
    }
    for (member, at) in members {
        let full = format!("{name}/{member}");
        match read_member(intake, &full, &mut archive, at, depth) {
            // Only this member is lost, unless the whole archive is at its limit.
            Err(Halt::Fault(fault)) => {
                intake.budget.check()?;
                intake.problem(&full, fault)?;
            }
            other => other?,
        }
    }
    Ok(())
}

fn read_member(
    intake: &mut Intake,
    name: &str,
    archive: &mut Archive,
    at: usize,
    depth: u8,
) -> Result<(), Halt> {
    let raw = archive.by_index_raw(at).map_err(|error| damaged(&error))?;
    if raw.encrypted() {
        return Err(Fault::Encrypted.into());
    }
    if raw.is_symlink() {
        return Err(Fault::Special.into());
    }
    drop(raw);
    let member = archive.by_index(at).map_err(|error| damaged(&error))?;
    unpacked(intake, name, Ok(member), depth)
}

/// Windows writes names in the code page of the machine, and not always `/`.
fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

fn is_beside(member: &str) -> bool {
    member.split('/').any(|part| !matches!(part, "" | "." | "..") && is_clutter(part))
}

#[cfg(test)]
mod tests;
