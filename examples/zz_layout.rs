use zhibiao::document::{body, fold::fold};
use zhibiao::layout::lay_out;
use zhibiao::lexicon::Lexicon;
fn main() {
    let mut args = std::env::args().skip(1);
    let year: i16 = args.next().unwrap().parse().unwrap();
    let text = std::fs::read_to_string(args.next().unwrap()).unwrap();
    let folded = fold(&text);
    let b = body::find(&folded.text);
    println!("body {:?} of {}", b, folded.text.len());
    let scan = Lexicon::builtin().scan(&folded.text);
    let l = lay_out(Lexicon::builtin(), &folded.text, &scan, b.span, year);
    let mut last = None;
    for (i, s) in l.sentences.iter().enumerate() {
        let now = (s.part, s.outlook);
        if last != Some(now) {
            let h = s.heading.map(|h| l.headings[h as usize].span.of(&folded.text));
            println!(
                "{i:4} {:5.2} {:?} under [{}]: {}{}",
                s.span.start as f32 / folded.text.len() as f32,
                now,
                h.unwrap_or(""),
                if s.is_heading { "H " } else { "" },
                s.span.of(&folded.text).chars().take(60).collect::<String>().replace('\n', "/")
            );
            last = Some(now);
        }
    }
}
