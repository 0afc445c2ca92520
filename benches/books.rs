//! Writes a synthetic book to a folder, to measure commands, other generators and pages in a browser:
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
    let (options, operands): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|it| it.starts_with("--"));
    let size = operands.first().and_then(|it| it.parse().ok());
    let (Some(shape), Some(measures), [_, folder]) = (parse_shape(&options), size, &operands[..])
    else {
        println!("{USAGE}");
        return;
    };
    for (path, bytes) in synthetic::book(&shape, measures).iter() {
        let path = Path::new(folder).join(path.as_ref() as &str);
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// Parses the options; `None` if one of them is unknown.
fn parse_shape(options: &[&String]) -> Option<Shape> {
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
            ("--frameworks", Ok(count)) => shape.frameworks = count,
            ("--mappings", Ok(count)) => shape.mappings = count,
            ("--languages", Ok(count)) => shape.languages = count,
            ("--seed", Ok(seed)) => shape.seed = seed as u64,
            _ => return None,
        }
    }
    Some(shape)
}
