//! CI pipelines that publish a site on GitHub Pages and GitLab Pages.
//!
//! Entry: [`github`], [`gitlab`]. Both hosts send their own headers, so that the policy is in the pages, except for what only
//! servers can send. Invariant: a site is published only if its check is clean, and the job that builds it may not publish.

use std::borrow::Cow;

/// The actions of a workflow, pinned by commit since a tag can be moved to other code. The commits were read from the tags of the
/// repositories, and compared with public workflows that pin them.
const CHECKOUT: &str = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1  # v7.0.1";
const UPLOAD: &str =
    "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9  # v5.0.0";
const DEPLOY: &str = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128  # v5.0.0";

/// The configuration of Dependabot, which a repository may have already.
pub const DEPENDABOT: &str = ".github/dependabot.yml";

/// A workflow for `.github/workflows/`; `book` is the folder of the book, `folder` that of the built site.
pub(super) fn github(book: &str, folder: &str) -> String {
    let check = yaml_scalar(format!(
        "controlbook check --format github --deny-warnings{}",
        folder_argument(book)
    ));
    let build = yaml_scalar(format!(
        "controlbook build --deny-warnings{}",
        folder_argument(book)
    ));
    let folder = yaml_scalar(folder.to_owned());
    format!(
        "# GitHub Pages: once, choose “GitHub Actions” under Settings, Pages, Source.\n\
         # Actions are named by digest, since a tag can be moved; .github/dependabot.yml keeps them fresh.\n\
         name: pages\n\
         on:\n  push:\n    branches: [main]\n  workflow_dispatch:\n\
         permissions:\n  contents: read\n\
         concurrency:\n  group: pages\n  cancel-in-progress: false\n\
         jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      \
         - uses: {CHECKOUT}\n        with:\n          fetch-depth: 0  # dates of the last change come from the history\n          \
         persist-credentials: false\n      \
         # Install controlbook here.\n      \
         - run: {check}\n      \
         - run: {build}\n      \
         - uses: {UPLOAD}\n        with:\n          path: {folder}\n  \
         deploy:\n    needs: build\n    runs-on: ubuntu-latest\n    \
         permissions:  # of this job alone, which runs nothing of the book\n      pages: write\n      id-token: write\n    \
         environment:\n      name: github-pages\n      url: ${{{{ steps.deploy.outputs.page_url }}}}\n    steps:\n      \
         - id: deploy\n        uses: {DEPLOY}\n"
    )
}

/// The configuration that keeps the pinned actions up to date, for [`DEPENDABOT`].
pub(super) fn dependabot() -> String {
    "# Proposes new versions of the actions in .github/workflows/, digest and tag together.\n\
     version: 2\n\
     updates:\n  - package-ecosystem: github-actions\n    directory: /\n    schedule:\n      interval: weekly\n"
        .to_owned()
}

/// A pipeline for `.gitlab-ci.yml`. A second job for publishing would not separate permissions, since GitLab gives each job the
/// same token.
pub(super) fn gitlab(book: &str, folder: &str) -> String {
    let check = yaml_scalar(format!(
        "controlbook check --format short --deny-warnings{}",
        folder_argument(book)
    ));
    let build = yaml_scalar(format!(
        "controlbook build --deny-warnings{}",
        folder_argument(book)
    ));
    let moved = if folder == "public" {
        String::new()
    } else {
        let command = yaml_scalar(format!("mv {} public", shell_quote(folder)));
        format!("    - {command}  # the one folder that GitLab Pages publishes\n")
    };
    format!(
        "# GitLab Pages: the job's name and the folder `public` make it a site. The image needs the controlbook program:\n\
         # name it by digest (`image: NAME@sha256:…`), and protect the default branch, which alone is published.\n\
         # Under Settings, CI/CD, Job token permissions, allow no other project.\n\
         variables:\n  GIT_DEPTH: 0  # dates of the last change come from the history\n\
         pages:\n  script:\n    - {check}\n    - {build}\n{moved}  \
         artifacts:\n    paths: [public]\n  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n"
    )
}

fn folder_argument(book: &str) -> String {
    if book.is_empty() {
        String::new()
    } else {
        format!(" {}", shell_quote(book))
    }
}

/// Quotes a word for a POSIX shell, if needed.
fn shell_quote(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-._/".contains(c);
    if word.chars().all(plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(format!("'{}'", word.replace('\'', "'\\''")))
    }
}

/// Quotes a text as a YAML scalar, if needed.
fn yaml_scalar(text: String) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-._/ ".contains(c);
    if text.chars().all(plain) {
        text
    } else {
        // Every JSON string is a valid YAML scalar.
        serde_json::Value::from(text).to_string()
    }
}
