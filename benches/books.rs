//! Writes a synthetic book to a folder, for measuring whole commands, other generators and pages in a browser:
//! `cargo bench --bench books -- 1000 /tmp/book`.

mod synthetic;

use std::path::Path;

use synthetic::Shape;

const USAGE: &str = "usage: cargo bench --bench books -- MEASURES FOLDER [--real] [--distinct]
         [--frameworks=N] [--mappings=N] [--languages=N] [--seed=N]
  --real      practices, mappings, use cases, terms and threats as in a real catalogue
  --distinct  a code block of its own in each measure, instead of 64 in all
  --mappings  of a measure, to all frameworks together";

fn main() {
    let arguments: Vec<_> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    let (options, places): (Vec<_>, Vec<_>) = arguments.iter().partition(|it| it.starts_with("--"));
    let size = places.first().and_then(|it| it.parse().ok());
    let (Some(shape), Some(measures), [_, folder]) = (shape(&options), size, &places[..]) else {
        println!("{USAGE}");
        return;
    };
    for (path, bytes) in synthetic::book(&shape, measures).iter() {
        let path = Path::new(folder).join(path.as_ref() as &str);
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// The shape that the options ask for; none where one of them is unknown.
fn shape(options: &[&String]) -> Option<Shape> {
    let mut shape = if options.iter().any(|it| *it == "--real") {
        Shape::real()
    } else {
        Shape::peers()
    };
    for option in options {
        let (name, number) = option.split_once('=').unwrap_or((option, ""));
        match (name, number.parse::<usize>()) {
            ("--real", _) => {}
            ("--distinct", _) => shape = shape.distinct(),
            ("--frameworks", Ok(it)) => shape.frameworks = it,
            ("--mappings", Ok(it)) => shape.mappings = it,
            ("--languages", Ok(it)) => shape.languages = it,
            ("--seed", Ok(it)) => shape.seed = it as u64,
            _ => return None,
        }
    }
    Some(shape)
}
