//! Components written out where they are called: to begin each as a template of its own would cost more than most of them
//! show.
//!
//! Entry: [`Components::of`], [`Components::written_out`]. Invariant: a page is the same with and without. Only built-in templates are
//! rewritten, and only by components that no book replaces, so that no mistake of an author stands at another place.

use std::collections::{BTreeMap, BTreeSet};

/// What opens a call of a component.
const CALL: &str = "{{ <";
/// What ends it.
const END: &str = " /> }}";

/// How deep components may stand in each other.
const DEPTH: usize = 8;

/// The components that can be written out, by name.
#[derive(Debug, Default)]
pub(super) struct Components<'a>(BTreeMap<&'a str, Component<'a>>);

/// A component.
#[derive(Debug)]
struct Component<'a> {
    parameters: Vec<Parameter<'a>>,
    body: &'a str,
    /// The names that its loops give.
    bound: BTreeSet<&'a str>,
}

#[derive(Debug)]
struct Parameter<'a> {
    name: &'a str,
    /// What it is where a call gives nothing, as a literal.
    default: Option<&'a str>,
}

impl<'a> Components<'a> {
    /// Those of some templates, but for the names that a book gives to others.
    pub(super) fn of(
        templates: impl Iterator<Item = &'a str>,
        replaced: &BTreeSet<String>,
    ) -> Self {
        let all = templates.flat_map(|text| text.split("{%- component ").skip(1).filter_map(read));
        Self(all.filter(|(name, _)| !replaced.contains(*name)).collect())
    }

    /// A template with these components written out.
    pub(super) fn written_out(&self, text: &str) -> String {
        self.expand(text, DEPTH)
    }

    fn expand(&self, text: &str, depth: usize) -> String {
        let mut out = String::with_capacity(2 * text.len());
        let mut rest = text;
        while let Some(at) = rest.find(CALL) {
            let (before, call) = rest.split_at(at);
            out.push_str(before);
            match self.called(call).filter(|_| depth > 0) {
                Some((component, given, length)) => {
                    let body = component.with(&given);
                    out.push_str(&self.expand(&body, depth - 1));
                    rest = &call[length..];
                }
                None => {
                    out.push_str(CALL);
                    rest = &call[CALL.len()..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The component that is called, what its parameters are given, and the length of the call.
    fn called<'t>(&'t self, call: &'t str) -> Option<(&'t Component<'a>, Vec<&'t str>, usize)> {
        let inner = &call[CALL.len()..call.find(END)?];
        let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let component = self.0.get(name)?;
        let arguments = arguments(rest)?;
        let is_known = |(name, _): &(&str, &str)| {
            let mut parameters = component.parameters.iter();
            parameters.any(|it| it.name == *name)
        };
        // What is no argument of it is the engine's to report.
        arguments.iter().all(is_known).then_some(())?;
        let of = |it: &'t Parameter<'_>| {
            let given = arguments.iter().find(|(name, _)| *name == it.name);
            given.map(|(_, value)| *value).or(it.default)
        };
        let given: Vec<_> = component.parameters.iter().map(of).collect::<Option<_>>()?;
        let fits = |value: &&str| {
            let root = value.split('.').next().unwrap_or_default();
            is_literal(value) || is_path(value) && !component.bound.contains(root)
        };
        let length = CALL.len() + inner.len() + END.len();
        given.iter().all(fits).then_some((component, given, length))
    }
}

/// The arguments of a call, each a name with a path or a literal; none if one is anything else.
fn arguments(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('{') {
            Some(value) => value.split_once('}')?,
            None => {
                let end = value.strip_prefix('"')?.find('"')? + 2;
                value.split_at(end)
            }
        };
        out.push((name, value));
        rest = after.trim_start();
    }
    Some(out)
}

fn is_path(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|it| is_in_name(it) || it == '.')
}

fn is_literal(value: &str) -> bool {
    value.starts_with('"')
}

/// A component's name and what it is, from behind the word `component`.
fn read(text: &str) -> Option<(&str, Component<'_>)> {
    let (head, rest) = text.split_once(") -%}")?;
    let (name, parameters) = head.split_once('(')?;
    let (body, _) = rest.split_once("{%- endcomponent")?;
    if body.contains("{% set") {
        return None;
    }
    let parameters = parameters.split(", ").filter(|it| !it.is_empty());
    let parameters = parameters.map(|it| match it.split_once(" = ") {
        Some((name, default)) => Parameter {
            name,
            default: Some(default),
        },
        None => Parameter {
            name: it,
            default: None,
        },
    });
    let loops = body.split("{% for ").skip(1);
    let bound = loops.filter_map(|it| it.split_once(" in ").map(|(name, _)| name));
    let component = Component {
        parameters: parameters.collect(),
        body: body.trim(),
        bound: bound.collect(),
    };
    Some((name, component))
}

impl Component<'_> {
    /// The body with what is given in place of the parameters, in tags and outside of quoted words.
    fn with(&self, given: &[&str]) -> String {
        let mut out = String::with_capacity(self.body.len() + 64);
        let mut rest = self.body;
        while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            let end = rest[at..].find("}}").into_iter();
            let end = end.chain(rest[at..].find("%}")).min();
            let end = at + end.map_or(rest.len() - at, |it| it + 2);
            out.push_str(&rest[..at]);
            self.replace(&rest[at..end], given, &mut out);
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// A tag with what is given in place of each whole name that is a parameter, but for names of arguments and of fields.
    fn replace(&self, tag: &str, given: &[&str], out: &mut String) {
        let mut quote = None;
        let mut from = 0;
        let mut last = None;
        for (at, sign) in tag.char_indices().chain([(tag.len(), ' ')]) {
            if is_in_name(sign) {
                continue;
            }
            let name = &tag[from..at];
            let is_ours = quote.is_none() && last != Some('.') && sign != '=';
            let parameter = self.parameters.iter().position(|it| it.name == name);
            let parameter = parameter.filter(|_| is_ours);
            out.push_str(parameter.map_or(name, |at| given[at]));
            if at < tag.len() {
                out.push(sign);
            }
            match quote {
                None if sign == '"' || sign == '\'' => quote = Some(sign),
                Some(open) if sign == open => quote = None,
                _ => {}
            }
            last = Some(sign);
            from = at + sign.len_utf8();
        }
    }
}

fn is_in_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Components;

    const PARTS: &str = "{%- component mark(m) -%}\n<i class=\"m\">{{ m.word }}</i>\n{%- endcomponent mark -%}\n\
        {%- component marks(list) -%}\n{% for m in list %}{{ <mark m={m} /> }}{% if m.m == \"m\" %}{{ m | f(m=1) }}{% endif %}{% endfor %}\n\
        {%- endcomponent marks -%}\n{%- component two(a, b = \"\") -%}\n{{ a }}{% if b %}, {{ <mark m={b} /> }}{% endif %}\n\
        {%- endcomponent two -%}\n{%- component none() -%}\n<hr>\n{%- endcomponent none -%}\n";

    fn components(replaced: &[&str]) -> Components<'static> {
        let replaced: BTreeSet<_> = replaced.iter().map(|it| (*it).to_owned()).collect();
        Components::of([PARTS].into_iter(), &replaced)
    }

    #[test]
    fn a_call_with_paths_and_literals_is_written_out() {
        for (call, out) in [
            (
                "<p>{{ <mark m={row.by} /> }}</p>",
                "<p><i class=\"m\">{{ row.by.word }}</i></p>",
            ),
            ("{{ <none /> }}", "<hr>"),
            (
                "{{ <two a=\"b a\" b={y.b} /> }}",
                "{{ \"b a\" }}{% if y.b %}, <i class=\"m\">{{ y.b.word }}</i>{% endif %}",
            ),
            (
                "{{ <two a={x} /> }}",
                "{{ x }}{% if \"\" %}, <i class=\"m\">{{ \"\".word }}</i>{% endif %}",
            ),
        ] {
            assert_eq!(components(&[]).written_out(call), out);
        }
    }

    #[test]
    fn one_in_another_is_too_and_only_the_parameter_is_replaced() {
        let out = components(&[]).written_out("{{ <marks list={row.marks} /> }}");
        assert_eq!(
            out,
            "{% for m in row.marks %}<i class=\"m\">{{ m.word }}</i>\
             {% if m.m == \"m\" %}{{ m | f(m=1) }}{% endif %}{% endfor %}"
        );
    }

    #[test]
    fn what_a_loop_would_hide_or_a_book_replaces_is_called() {
        for (replaced, call) in [
            (&[][..], "{{ <marks list={m.list} /> }}"),
            (&["mark"], "{{ <mark m={row.by} /> }}"),
            (&[], "{{ <mark m={row.by | first} /> }}"),
            (&[], "{{ <mark m={row.by}"),
            (&[], "{{ <two b={y} /> }}"),
            (&[], "{{ <two a={x} c={y} /> }}"),
            (&[], "{{ <two a={x} b={y + 1} /> }}"),
        ] {
            assert_eq!(components(replaced).written_out(call), call);
        }
    }
}
