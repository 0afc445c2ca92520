//! stub
use crate::diagnostic::*;
/// `template-mistake`.
pub static TEMPLATE_MISTAKE: Rule = Rule { code: "template-mistake", severity: Severity::Error, explain: "", bad: Example { files: &[], path: "", marks: "" }, good: &[] };
pub struct Renderer;
impl Renderer {
    pub fn new(_: &crate::catalogue::Catalogue, _: &crate::catalogue::Coverage, _: &crate::site::Site, _: &crate::config::Config, _: &crate::source::Sources, _: &std::collections::BTreeMap<String,String>) -> Result<Self, Vec<Diagnostic>> { Ok(Self) }
    pub fn page(&self, _: usize) -> Result<Vec<u8>, Diagnostic> { Ok(vec![]) }
    pub fn assets(&self) -> Vec<(String, Vec<u8>)> { vec![] }
}
