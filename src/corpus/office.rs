//! An old Word file (.doc) or RTF → its text, by a program that is installed.
//!
//! Nobody keeps a library for these formats; LibreOffice, antiword, catdoc and
//! the textutil of macOS read them. The first that is found and succeeds is
//! taken. It works on a copy in a folder of its own, one file at a time, since
//! LibreOffice does not start twice, and not longer than [`LIMIT`].

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Fault;
use super::decode::{Decoded, decode};

/// What a converter is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Doc,
    Rtf,
}

impl Kind {
    /// The ending of its files, and what the tables call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Rtf => "rtf",
        }
    }

    /// What it is, for a person.
    pub(super) const fn called(self) -> &'static str {
        match self {
            Self::Doc => "an old Word file (.doc, .wps), for which a converter is needed",
            Self::Rtf => "an RTF file, for which a converter is needed",
        }
    }

    /// Which programs would read it.
    pub(super) const fn readers(self) -> &'static str {
        match self {
            Self::Doc => "LibreOffice, antiword or catdoc",
            Self::Rtf => "LibreOffice",
        }
    }
}

/// A program that turns such a file into text.
struct Converter {
    program: &'static str,
    kinds: &'static [Kind],
    /// Behind which stands the file; `{dir}` is its folder.
    arguments: &'static [&'static str],
    /// It writes `report.txt` into the folder; otherwise it prints.
    writes_file: bool,
}

const BOTH: &[Kind] = &[Kind::Doc, Kind::Rtf];

/// A profile of its own keeps LibreOffice from talking to one that is open.
const LIBREOFFICE: &[&str] = &[
    "-env:UserInstallation={url}/profile",
    "--headless",
    "--norestore",
    "--convert-to",
    "txt:Text (encoded):UTF8",
    "--outdir",
    "{dir}",
];

#[rustfmt::skip]
static CONVERTERS: &[Converter] = &[
    Converter { program: "soffice", kinds: BOTH, arguments: LIBREOFFICE, writes_file: true },
    Converter { program: "libreoffice", kinds: BOTH, arguments: LIBREOFFICE, writes_file: true },
    Converter { program: "textutil", kinds: BOTH, arguments: &["-convert", "txt", "-encoding", "UTF-8", "-stdout"], writes_file: false },
    Converter { program: "antiword", kinds: &[Kind::Doc], arguments: &["-w", "0", "-m", "UTF-8.txt"], writes_file: false },
    Converter { program: "catdoc", kinds: &[Kind::Doc], arguments: &["-w", "-d", "utf-8"], writes_file: false },
];

/// Where LibreOffice is installed without being on the path.
const USUAL: &[&str] = &[
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:\\Program Files\\LibreOffice\\program",
    "C:\\Program Files (x86)\\LibreOffice\\program",
];

/// What a converter may take of time, and make of bytes.
#[derive(Clone, Copy, Debug)]
struct Limits {
    time: Duration,
    bytes: u64,
}

/// A converter that takes longer hangs.
const LIMIT: Duration = Duration::from_mins(2);

/// The text of a file.
///
/// # Errors
/// [`Fault::NoConverter`], [`Fault::Conversion`], and what decoding its output may give.
pub(super) fn text(kind: Kind, bytes: &[u8], limit: u64) -> Result<Decoded, Fault> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(USUAL.iter().map(PathBuf::from));
    convert(kind, bytes, &folders, Limits { time: LIMIT, bytes: limit })
}

/// Does an OLE2 file hold a stream of this name? Its names are in UTF-16.
pub(super) fn holds(bytes: &[u8], stream: &str) -> bool {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn convert(
    kind: Kind,
    bytes: &[u8],
    folders: &[PathBuf],
    limits: Limits,
) -> Result<Decoded, Fault> {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut fault = Fault::NoConverter(kind);
    for converter in CONVERTERS.iter().filter(|c| c.kinds.contains(&kind)) {
        let Some(program) = installed(converter.program, folders) else { continue };
        match converter.run(&program, kind, bytes, limits) {
            Ok(text) => return Ok(Decoded { encoding: kind.name(), ..text }),
            Err(found) => fault = found,
        }
    }
    Err(fault)
}

/// Nothing is started out of the folder in which somebody happens to work.
fn installed(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    folders
        .iter()
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

impl Converter {
    fn run(
        &self,
        program: &Path,
        kind: Kind,
        bytes: &[u8],
        limits: Limits,
    ) -> Result<Decoded, Fault> {
        let folder = tempfile::tempdir().map_err(Fault::Io)?; // gone when it is dropped
        let report = folder.path().join("report").with_extension(kind.name());
        fs::write(&report, bytes).map_err(Fault::Io)?;
        let printed = folder.path().join("printed");
        let output =
            if self.writes_file { folder.path().join("report.txt") } else { printed.clone() };
        let mut command = Command::new(program);
        command.args(self.arguments(folder.path())).arg(&report);
        command.stdin(Stdio::null()).stderr(Stdio::null());
        command.stdout(File::create(&printed).map_err(Fault::Io)?);
        let failed = |why: &str| Fault::Conversion { program: self.program, why: why.to_owned() };
        let status = wait(start(&mut command).map_err(|e| failed(&e.to_string()))?, limits.time)
            .ok_or_else(|| failed(&format!("took more than {} s", limits.time.as_secs())))?;
        if !status {
            return Err(failed("gave up"));
        }
        match fs::metadata(&output) {
            Ok(found) if found.len() > limits.bytes => Err(failed("wrote too much")),
            Ok(_) => decode(&fs::read(&output).map_err(Fault::Io)?),
            Err(_) => Err(failed("wrote nothing")),
        }
    }

    fn arguments(&self, folder: &Path) -> impl Iterator<Item = OsString> {
        let path = folder.to_string_lossy().into_owned();
        let slashes = path.replace('\\', "/").replace(' ', "%20");
        let url = format!("file:///{}", slashes.trim_start_matches('/'));
        let filled = move |a: &&str| a.replace("{dir}", &path).replace("{url}", &url).into();
        self.arguments.iter().map(filled)
    }
}

/// Starts a program in a group of its own, so that all of it can be ended.
fn start(command: &mut Command) -> std::io::Result<Child> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.spawn()
}

/// Whether the program succeeded; none if it had to be ended.
fn wait(mut child: Child, limit: Duration) -> Option<bool> {
    let end = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(20)),
            _ => break,
        }
    }
    end_group(child.id());
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// LibreOffice starts itself anew; its children go with it.
fn end_group(id: u32) {
    if cfg!(unix) {
        let group = format!("-{id}");
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }
}

#[cfg(test)]
mod tests;
