//! Converters made up for the purpose: small shell scripts.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;

use super::*;

const LIMITS: Limits = Limits { time: Duration::from_secs(20), bytes: 1000 };

/// Prints the file that stands last among the arguments.
const PRINTS: &str = "for last; do :; done; cat \"$last\"";
/// Writes it where LibreOffice would; the folder stands before it.
const WRITES: &str =
    "for last; do dir=$before; before=$last; done; cat \"$last\" > \"$dir/report.txt\"";
const FAILS: &str = "echo text; exit 1";

/// A folder of programs.
fn folder(programs: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, script) in programs {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

fn with(programs: &[(&str, &str)], kind: Kind, limits: Limits) -> Result<Decoded, Fault> {
    let folder = folder(programs);
    convert(kind, "全年增长8%。".as_bytes(), &[folder.path().to_owned()], limits)
}

/// One test: a script must not be open for writing while another test starts a program.
#[test]
fn the_first_converter_that_succeeds_is_taken() {
    for (programs, kind) in [
        (&[("soffice", WRITES)][..], Kind::Doc),
        (&[("soffice", WRITES)], Kind::Rtf),
        (&[("libreoffice", WRITES), ("antiword", FAILS)], Kind::Doc),
        (&[("antiword", PRINTS)], Kind::Doc),
        (&[("soffice", FAILS), ("catdoc", PRINTS)], Kind::Doc),
        (&[("soffice", "exit 0"), ("antiword", FAILS), ("catdoc", PRINTS)], Kind::Doc),
    ] {
        let found = with(programs, kind, LIMITS).unwrap();
        assert_eq!((found.text.as_str(), found.encoding), ("全年增长8%。", kind.name()));
    }
    for (programs, kind, why) in [
        (&[][..], Kind::Doc, "install LibreOffice, antiword or catdoc"),
        (&[("antiword", PRINTS)], Kind::Rtf, "install LibreOffice, or"),
        (&[("antiword", FAILS)], Kind::Doc, "antiword (gave up)"),
        (&[("soffice", "exit 0")], Kind::Doc, "soffice (wrote nothing)"),
        (&[("catdoc", "head -c 2000 /dev/zero")], Kind::Doc, "catdoc (wrote too much)"),
        (&[("catdoc", "exit 0")], Kind::Doc, "no text"),
    ] {
        let fault = with(programs, kind, LIMITS).unwrap_err();
        assert!(fault.to_string().contains(why), "{fault}");
        let none = matches!(fault, Fault::NoConverter(_));
        assert_eq!(none, fault.reason() == "unsupported");
    }
    one_that_hangs_is_ended();
}

/// With what it started itself.
fn one_that_hangs_is_ended() {
    let mark = tempfile::tempdir().unwrap();
    let mark = mark.path().join("alive");
    let hangs = format!("(sleep 3; touch {}) & wait", mark.display());
    let start = Instant::now();
    let limits = Limits { time: Duration::from_millis(300), ..LIMITS };
    let fault = with(&[("antiword", &hangs)], Kind::Doc, limits).unwrap_err();
    assert!(fault.to_string().contains("took more than"), "{fault}");
    assert!(start.elapsed() < Duration::from_millis(2500));
    thread::sleep(Duration::from_secs(4).saturating_sub(start.elapsed()));
    assert!(!mark.exists());
}

#[test]
fn programs_of_the_working_folder_are_not_started() {
    let folder = folder(&[("antiword", PRINTS)]);
    assert!(installed("antiword", &[folder.path().to_owned()]).is_some());
    assert!(installed("Cargo.toml", &[PathBuf::from(""), PathBuf::from(".")]).is_none());
}
