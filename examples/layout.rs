//! Prints how a file is laid out: part, outlook and time frame of each sentence.
//!
//! ```sh
//! cargo run --example layout -- FILE YEAR
//! ```

use zhibiao::document::{body, fold::fold};
use zhibiao::layout::lay_out;
use zhibiao::lexicon::Lexicon;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(year)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: layout FILE YEAR");
        std::process::exit(2);
    };
    let text = std::fs::read_to_string(&path).expect("a readable UTF-8 file");
    let folded = fold(&text);
    let found = body::find(&folded.text);
    let lexicon = Lexicon::builtin();
    let scan = lexicon.scan(&folded.text);
    let year = year.parse().unwrap_or(0);
    for sentence in lay_out(lexicon, &folded.text, &scan, found.span, year).sentences {
        let words: String = sentence.span.of(&folded.text).trim_end().chars().take(60).collect();
        let mark = if sentence.is_heading { "#" } else { "" };
        println!("{:10} {:?}\t{mark}{words}", sentence.part.name(), sentence.outlook);
    }
}
