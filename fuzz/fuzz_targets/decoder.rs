//! Bytes → text, whatever the bytes are: formats, archives, encodings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhibiao::corpus;

fuzz_target!(|bytes: &[u8]| {
    match corpus::read_bytes("fuzz", bytes) {
        Ok(documents) => {
            for document in &documents {
                assert!(!document.text.is_empty(), "a document holds text");
                assert!(document.replaced as usize <= document.text.chars().count());
            }
            // What is UTF-8 already is left as it is, unless it is a row of a table or a page.
            if let ([document], Ok(text)) = (documents.as_slice(), std::str::from_utf8(bytes))
                && document.encoding == "utf-8"
                && document.source == "fuzz"
                && corpus::Format::of(bytes) == corpus::Format::Text
            {
                assert_eq!(document.text, text.strip_prefix('\u{feff}').unwrap_or(text));
            }
        }
        Err(problem) => {
            assert!(problem.message.starts_with("fuzz"), "{}", problem.message);
            assert!(!problem.reason.is_empty());
        }
    }
});
