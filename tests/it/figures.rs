//! Figures: what holds for the geometry of any data flow, and what a page shows of it.

use controlbook::figures::coverage_bars::CoverageBars;
use controlbook::figures::flow::{
    DISC_RADIUS, Flow, FlowDiagram, Layout, MAX_COLUMN_WIDTH, Node, Route,
};
use controlbook::figures::neighbourhood::{MAX_BOXES, Neighbour, NeighbourGroup, Neighbourhood};
use controlbook::figures::svg::{FigureLabel, Fit, Point, Rect};
use proptest::prelude::*;
use proptest::sample::select;

use crate::book::Book;
use crate::html::{elements, text_of};
use crate::real::BUILT;

const TITLES: [&str; 6] = [
    "Store",
    "Record application of the whole house",
    "Donaudampfschifffahrtsgesellschaft",
    "患者 ポータル",
    "</text><script>alert('1')</script>",
    "",
];

const HEAD: FigureLabel<'_> = FigureLabel {
    prefix: "",
    id: "f",
    title: "<Title>",
    description: "\"Words\" & more",
};

fn picture(nodes: usize, flows: usize) -> impl Strategy<Value = FlowDiagram> {
    let note = proptest::option::of(select(&TITLES[..]));
    let zone = proptest::option::of(0..4_usize);
    let cell = prop_oneof![9 => (1..6_u8, 1..6_u8), 1 => any::<(u8, u8)>()];
    let node = (select(&TITLES[..]), note, zone, cell).prop_map(|(title, note, zone, cell)| Node {
        title: title.to_owned(),
        note: note.map(str::to_owned),
        zone,
        cell,
    });
    let zones = proptest::collection::vec(select(&TITLES[..]), 0..4);
    (zones, proptest::collection::vec(node, 1..nodes)).prop_flat_map(move |(zones, nodes)| {
        let ends = 0..nodes.len();
        let flow = (ends.clone(), ends, any::<bool>(), any::<bool>());
        let flow = flow.prop_map(|(from, to, access, both_ways)| Flow {
            from,
            to,
            access,
            both_ways,
        });
        proptest::collection::vec(flow, 0..flows).prop_map(move |flows| FlowDiagram {
            zones: zones.iter().map(|it| (*it).to_owned()).collect(),
            nodes: nodes.clone(),
            flows,
        })
    })
}

/// The straight parts of all flows, as rectangles without width or without height.
fn parts(drawing: &Layout) -> Vec<(usize, Rect)> {
    let routes = drawing.routes.iter().enumerate();
    let of_one = |(at, it): (usize, &Route)| {
        let pairs = it.points.windows(2);
        pairs.map(|it| (at, span(it[0], it[1]))).collect::<Vec<_>>()
    };
    routes.flat_map(of_one).collect()
}

fn span(a: Point, b: Point) -> Rect {
    Rect {
        x: a.0.min(b.0),
        y: a.1.min(b.1),
        w: (a.0 - b.0).abs(),
        h: (a.1 - b.1).abs(),
    }
}

/// The square around a number.
fn disc(route: &Route) -> Rect {
    span(route.label, route.label).expanded(DISC_RADIUS)
}

/// Whether a point is nearer to a rectangle than a number is wide.
fn near(point: Point, rect: Rect) -> bool {
    let x = point.0.clamp(rect.x, rect.right()) - point.0;
    let y = point.1.clamp(rect.y, rect.bottom()) - point.1;
    x * x + y * y <= DISC_RADIUS * DISC_RADIUS
}

/// Whether two parts run in the same line and have a point in common.
fn coincide(a: Rect, b: Rect) -> bool {
    let meets = |a: i32, b: i32, c: i32, d: i32| a <= d && c <= b;
    let upright = a.w == 0 && b.w == 0 && a.x == b.x && meets(a.y, a.bottom(), b.y, b.bottom());
    let across = a.h == 0 && b.h == 0 && a.y == b.y && meets(a.x, a.right(), b.x, b.right());
    upright || across
}

fn check_boxes(drawing: &Layout) {
    let whole = Rect {
        x: 0,
        y: 0,
        w: drawing.size.0,
        h: drawing.size.1,
    };
    let inside = |it: Rect, whole: Rect| {
        it.x >= whole.x
            && it.y >= whole.y
            && it.right() <= whole.right()
            && it.bottom() <= whole.bottom()
    };
    for (at, it) in drawing.boxes.iter().enumerate() {
        assert!(inside(it.rect, whole), "a box sticks out: {it:?}");
        let others = &drawing.boxes[..at];
        assert!(
            !others.iter().any(|other| other.rect.overlaps(it.rect)),
            "boxes meet: {it:?}"
        );
    }
    for (at, it) in drawing.frames.iter().enumerate() {
        assert!(
            inside(it.rect, whole) && inside(it.name, it.rect),
            "a frame: {it:?}"
        );
        let others = &drawing.frames[..at];
        assert!(
            !others.iter().any(|other| other.rect.overlaps(it.rect)),
            "frames meet: {it:?}"
        );
        for block in &drawing.boxes {
            let apart = !block.rect.overlaps(it.rect) || inside(block.rect, it.rect);
            assert!(
                apart && !block.rect.overlaps(it.name),
                "{block:?} in {it:?}"
            );
        }
    }
    for (at, part) in parts(drawing) {
        assert!(inside(part, whole), "flow {at} sticks out: {part:?}");
    }
}

fn check_flows(drawing: &Layout) {
    let parts = parts(drawing);
    for (at, part) in &parts {
        assert!(
            (part.w == 0) != (part.h == 0),
            "flow {at} is not at right angles: {part:?}"
        );
        // A part ends at a box's side; inside a box there is none.
        for block in &drawing.boxes {
            assert!(!block.rect.overlaps(*part), "flow {at} in {block:?}");
        }
        for (other, beside) in parts.iter().filter(|it| it.0 != *at) {
            assert!(
                !coincide(*part, *beside),
                "flows {at} and {other} in one line: {part:?}"
            );
        }
    }
    for (at, route) in drawing.routes.iter().enumerate() {
        let own = route.points.windows(2).map(|it| span(it[0], it[1]));
        let on = own.map(|it| it.expanded(1).overlaps(span(route.label, route.label)));
        assert!(
            on.into_iter().any(|it| it),
            "number {at} is not on its flow"
        );
        for (other, part) in parts.iter().filter(|it| it.0 != at) {
            assert!(
                !near(route.label, *part),
                "flow {other} through number {at}"
            );
        }
        let clear = |it: &Rect| !it.overlaps(disc(route));
        assert!(
            drawing.boxes.iter().all(|it| clear(&it.rect)),
            "number {at} on a box"
        );
        assert!(
            drawing.frames.iter().all(|it| clear(&it.name)),
            "number {at} on a name"
        );
        for other in &drawing.routes[..at] {
            let apart = !near(
                route.label,
                span(other.label, other.label).expanded(DISC_RADIUS / 2),
            );
            assert!(apart, "numbers meet at {:?}", route.label);
        }
    }
}

fn check(picture: &FlowDiagram) -> Layout {
    let drawing = picture.lay_out();
    check_boxes(&drawing);
    check_flows(&drawing);
    assert!(drawing.fit == Fit::Scrolled || drawing.size.0 <= MAX_COLUMN_WIDTH);
    drawing
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_flow_meets_a_box_a_number_or_runs_along_another(picture in picture(9, 13)) {
        let drawing = check(&picture);
        prop_assert_eq!(&drawing, &picture.lay_out());
        let svg = drawing.svg(HEAD);
        prop_assert!(elements(&svg).iter().all(|it| it.name != "script"));
        prop_assert!(elements(&svg).iter().all(|it| it.attribute("style").is_none()));
    }
}

#[test]
fn a_crowded_picture_keeps_to_the_rules() {
    let node = |at: u8| Node {
        title: format!("Node number {at}"),
        note: Some("what it holds".to_owned()),
        zone: Some(usize::from(at % 6) / 2),
        cell: (1 + at % 6, 1 + at / 6),
    };
    let flow = |at: usize| Flow {
        from: at * 7 % 30,
        to: at * 11 % 30,
        access: at.is_multiple_of(5),
        both_ways: at.is_multiple_of(4),
    };
    let picture = FlowDiagram {
        zones: ["A", "B", "C"].map(str::to_owned).into(),
        nodes: (0..30).map(node).collect(),
        flows: (1..30).map(flow).collect(),
    };
    let drawing = check(&picture);
    assert_eq!(drawing.frames.len(), 3);
    assert_eq!(drawing.fit, Fit::Scrolled);
}

#[test]
fn a_picture_without_flows_or_with_one_box_is_drawn() {
    assert_eq!(FlowDiagram::default().lay_out().boxes, []);
    let one = FlowDiagram {
        nodes: vec![Node::default()],
        ..FlowDiagram::default()
    };
    let drawing = check(&one);
    assert!(drawing.svg(HEAD).contains("class=\"box\""));
}

#[test]
fn a_zone_that_cannot_be_framed_is_named_in_its_boxes() {
    let node = |title: &str, zone, column| Node {
        title: title.to_owned(),
        note: None,
        zone,
        cell: (column, 1),
    };
    let picture = FlowDiagram {
        zones: vec!["House".to_owned()],
        nodes: vec![
            node("A", Some(0), 1),
            node("B", None, 2),
            node("C", Some(0), 3),
        ],
        flows: Vec::new(),
    };
    let drawing = check(&picture);
    assert_eq!(drawing.frames, []);
    assert_eq!(drawing.boxes[0].note, ["(House)"]);
    assert!(drawing.boxes[1].note.is_empty());
}

#[test]
fn boxes_in_one_cell_stand_beside_each_other() {
    let picture = FlowDiagram {
        nodes: vec![Node::default(), Node::default(), Node::default()],
        ..FlowDiagram::default()
    };
    let drawing = check(&picture);
    assert_eq!(drawing.boxes.len(), 3);
}

#[test]
fn around_a_measure_no_side_grows_without_end() {
    let boxes = |many: usize| -> Vec<_> {
        let one = |at: usize| Neighbour {
            href: "a.html?a=1&b=2".to_owned(),
            name: format!("<N>{at}"),
            note: at.to_string(),
            weight: 3,
            ..Neighbour::default()
        };
        (0..many).map(one).collect()
    };
    let around = Neighbourhood {
        id: "A-01".to_owned(),
        left: Vec::new(),
        right: vec![NeighbourGroup {
            heading: "Parts & more".to_owned(),
            weak: false,
            ids: true,
            boxes: boxes(90),
        }],
    };
    let svg = around.svg(HEAD);
    let links: Vec<_> = elements(&svg)
        .into_iter()
        .filter(|it| it.name == "a")
        .collect();
    assert_eq!(links.len(), MAX_BOXES);
    assert_eq!(links[0].attribute("href"), Some("a.html?a=1&b=2"));
    assert_eq!(text_of(&svg, "a"), "<N>0 0");
    assert!(svg.contains("class=\"edge w3\""));
}

#[test]
fn bars_of_coverage_have_one_scale() {
    let shares = CoverageBars {
        columns: vec!["Low".to_owned(), "High".to_owned()],
        rows: vec![
            ("A".to_owned(), vec![[10, 0, 0], [0, 0, 0]]),
            ("B".to_owned(), vec![[0, 5, 0], [1, 2, 2]]),
        ],
    };
    let svg = shares.svg(HEAD);
    let wide = |class: Option<&str>| -> Vec<i32> {
        let bars = elements(&svg).into_iter();
        let of_class = bars.filter(|it| it.name == "rect" && it.attribute("class") == class);
        of_class
            .map(|it| {
                it.attribute("width")
                    .expect("a bar has a width")
                    .parse()
                    .expect("a number")
            })
            .collect()
    };
    let whole = wide(None);
    assert_eq!(
        whole.len(),
        3,
        "a level at which nothing is asked has no bar"
    );
    assert_eq!(whole[1], whole[0] / 2);
    assert_eq!(whole[1], whole[2]);
    assert_eq!(wide(Some("just"))[0], whole[1]);
}

#[test]
fn numbers_of_a_data_flow_lead_to_the_list_and_back() {
    let built = Book::starter().build();
    let page = built.outputs.get("use-cases/web-shop.html");
    let html = std::str::from_utf8(page.expect("the starter has a use case"));
    let all = elements(html.expect("pages are UTF-8"));
    let has = |name: &str, key: &str, value: &str| {
        all.iter()
            .any(|it| it.name == name && it.attribute(key) == Some(value))
    };
    assert!(has("a", "href", "#flow-1") && has("li", "id", "flow-1"));
    assert!(has("a", "href", "#edge-1") && has("g", "id", "edge-1"));
    let figure = all
        .iter()
        .find(|it| it.attribute("class") == Some("fig"))
        .expect("a figure");
    for key in ["aria-labelledby", "aria-describedby"] {
        let id = figure.attribute(key).expect("a figure is named");
        assert!(
            all.iter().any(|it| it.attribute("id") == Some(id)),
            "{key}: {id}"
        );
    }
}

#[test]
fn a_wide_picture_stands_in_a_region_that_scrolls_and_hostile_names_are_text() {
    let mut text = String::from(
        "id: web-shop\ntitle: Web shop\nsummary: Customers order.\nmark: square\nnodes:\n",
    );
    for at in 1..=6 {
        let name = "</title><script>alert(1)</script>";
        text += &format!("  - {{ id: n{at}, title: \"{name}\", at: [{at}, 1] }}\n");
    }
    let book = Book::starter().with("content/use-cases/web-shop.yaml", &text);
    let built = book.build();
    let page = built.outputs.get("use-cases/web-shop.html");
    let html = std::str::from_utf8(page.expect("the page is built"));
    let html = html.expect("pages are UTF-8");
    assert!(!html.contains("<script>alert"));
    let all = elements(html);
    let at = |class: &str| {
        all.iter()
            .position(|it| it.attribute("class") == Some(class))
    };
    let (region, figure) = (
        at("scroll").expect("a region"),
        at("fig own").expect("a figure"),
    );
    assert_eq!(region + 1, figure);
    let name = all[region].attribute("aria-labelledby");
    assert!(
        all.iter()
            .any(|it| it.name == "title" && it.attribute("id") == name)
    );
    assert_eq!(all[region].attribute("tabindex"), Some("0"));
}

#[test]
fn what_a_drawing_refers_to_is_on_its_page() {
    let pages = BUILT.outputs.iter();
    for (path, bytes) in pages.filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
        for (at, opening) in html.match_indices("url(#") {
            let name = &html[at + opening.len()..];
            let name = &name[..name.find(')').expect("it is closed")];
            let there = html.contains(&format!("id=\"{name}\""));
            assert!(there, "{path} has no `{name}`");
        }
    }
}
