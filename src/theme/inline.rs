//! Inlines components of the built-in templates at their calls, since the engine sets up each call like a template, which costs more
//! than most components render.
//!
//! Entry: [`Components::parse`], [`Components::inline`]. Invariant: the pages are the same with and without. Only built-in templates
//! are rewritten, and only for components that the book does not override, so that errors in the book's own templates keep their
//! positions.

use std::collections::{BTreeMap, BTreeSet};

/// The start of a component call.
const CALL_START: &str = "{{ <";
/// The end of a component call.
const CALL_END: &str = " /> }}";

/// How deeply calls may be nested.
const MAX_DEPTH: usize = 8;

/// The components that can be inlined, by name.
#[derive(Debug, Default)]
pub(super) struct Components<'a>(BTreeMap<&'a str, Component<'a>>);

/// A component.
#[derive(Debug)]
struct Component<'a> {
    parameters: Vec<Parameter<'a>>,
    body: &'a str,
    /// The variables of its loops.
    loop_variables: BTreeSet<&'a str>,
}

#[derive(Debug)]
struct Parameter<'a> {
    name: &'a str,
    /// The default value, as a literal.
    default: Option<&'a str>,
}

impl<'a> Components<'a> {
    /// Parses the components of these templates, except those that the book overrides.
    pub(super) fn parse(
        templates: impl Iterator<Item = &'a str>,
        replaced: &BTreeSet<String>,
    ) -> Self {
        let all = templates.flat_map(|text| {
            text.split("{%- component ")
                .skip(1)
                .filter_map(parse_component)
        });
        Self(all.filter(|(name, _)| !replaced.contains(*name)).collect())
    }

    /// Inlines these components in a template.
    pub(super) fn inline(&self, text: &str) -> String {
        self.expand(text, MAX_DEPTH)
    }

    fn expand(&self, text: &str, depth: usize) -> String {
        let mut out = String::with_capacity(2 * text.len());
        let mut rest = text;
        while let Some(at) = rest.find(CALL_START) {
            let (before, call) = rest.split_at(at);
            out.push_str(before);
            match self.parse_call(call).filter(|_| depth > 0) {
                Some((component, values, length)) => {
                    let body = component.substitute(&values);
                    out.push_str(&self.expand(&body, depth - 1));
                    rest = &call[length..];
                }
                None => {
                    out.push_str(CALL_START);
                    rest = &call[CALL_START.len()..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// Parses a call: the component, the value of each parameter, and the length of the call. `None` if it can't be inlined.
    fn parse_call<'t>(&'t self, call: &'t str) -> Option<(&'t Component<'a>, Vec<&'t str>, usize)> {
        let inner = &call[CALL_START.len()..call.find(CALL_END)?];
        let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let component = self.0.get(name)?;
        let arguments = parse_arguments(rest)?;
        let is_known = |(name, _): &(&str, &str)| {
            let mut parameters = component.parameters.iter();
            parameters.any(|it| it.name == *name)
        };
        // The engine reports unknown arguments.
        arguments.iter().all(is_known).then_some(())?;
        let value_of = |it: &'t Parameter<'_>| {
            let argument = arguments.iter().find(|(name, _)| *name == it.name);
            argument.map(|(_, value)| *value).or(it.default)
        };
        let values: Vec<_> = component
            .parameters
            .iter()
            .map(value_of)
            .collect::<Option<_>>()?;
        let fits = |value: &&str| {
            let root = value.split('.').next().unwrap_or_default();
            is_literal(value) || is_path(value) && !component.loop_variables.contains(root)
        };
        let length = CALL_START.len() + inner.len() + CALL_END.len();
        values
            .iter()
            .all(fits)
            .then_some((component, values, length))
    }
}

/// Parses the arguments of a call, each a name with an expression in braces or a literal.
fn parse_arguments(text: &str) -> Option<Vec<(&str, &str)>> {
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
    !value.is_empty() && value.chars().all(|it| is_name_char(it) || it == '.')
}

fn is_literal(value: &str) -> bool {
    value.starts_with('"')
}

/// Parses a component from after the keyword `component`; `None` if it can't be inlined.
fn parse_component(text: &str) -> Option<(&str, Component<'_>)> {
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
    let loop_variables = loops.filter_map(|it| it.split_once(" in ").map(|(name, _)| name));
    let component = Component {
        parameters: parameters.collect(),
        body: body.trim(),
        loop_variables: loop_variables.collect(),
    };
    Some((name, component))
}

impl Component<'_> {
    /// The body with parameters replaced by values, in tags and outside of string literals.
    fn substitute(&self, values: &[&str]) -> String {
        let mut out = String::with_capacity(self.body.len() + 64);
        let mut rest = self.body;
        while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            let end = rest[at..].find("}}").into_iter();
            let end = end.chain(rest[at..].find("%}")).min();
            let end = at + end.map_or(rest.len() - at, |it| it + 2);
            out.push_str(&rest[..at]);
            self.substitute_in_tag(&rest[at..end], values, &mut out);
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// Replaces parameters in a tag, but not names of arguments and fields.
    fn substitute_in_tag(&self, tag: &str, values: &[&str], out: &mut String) {
        let mut quote = None;
        let mut from = 0;
        let mut previous = None;
        for (at, c) in tag.char_indices().chain([(tag.len(), ' ')]) {
            if is_name_char(c) {
                continue;
            }
            let name = &tag[from..at];
            let is_variable = quote.is_none() && previous != Some('.') && c != '=';
            let parameter = self.parameters.iter().position(|it| it.name == name);
            let parameter = parameter.filter(|_| is_variable);
            out.push_str(parameter.map_or(name, |i| values[i]));
            if at < tag.len() {
                out.push(c);
            }
            match quote {
                None if c == '"' || c == '\'' => quote = Some(c),
                Some(open) if c == open => quote = None,
                _ => {}
            }
            previous = Some(c);
            from = at + c.len_utf8();
        }
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
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
        Components::parse([PARTS].into_iter(), &replaced)
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
            assert_eq!(components(&[]).inline(call), out);
        }
    }

    #[test]
    fn one_in_another_is_too_and_only_the_parameter_is_replaced() {
        let out = components(&[]).inline("{{ <marks list={row.marks} /> }}");
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
            assert_eq!(components(replaced).inline(call), call);
        }
    }
}
