//! Pipelines that publish on GitHub Pages and GitLab Pages.
//!
//! Entry: [`github`], [`gitlab`]. Both hosts send their own headers: the pages carry the policy, but for what only servers
//! can send. Invariant: a site is published only where its check is clean.

/// A workflow for `.github/workflows/`; `book` is the book's folder, `folder` that of the site.
pub(super) fn github(book: &str, folder: &str) -> String {
    let book = argument(book);
    format!(
        "# GitHub Pages: once, choose “GitHub Actions” under Settings, Pages, Source.\n\
         name: pages\n\
         on:\n  push:\n    branches: [main]\n  workflow_dispatch:\n\
         permissions:\n  contents: read\n  pages: write\n  id-token: write\n\
         concurrency:\n  group: pages\n  cancel-in-progress: false\n\
         jobs:\n  publish:\n    runs-on: ubuntu-latest\n    \
         environment:\n      name: github-pages\n      url: ${{{{ steps.publish.outputs.page_url }}}}\n    steps:\n      \
         - uses: actions/checkout@v4\n        with:\n          fetch-depth: 0  # dates of the last change come from the history\n      \
         # Install controlbook here.\n      \
         - run: controlbook check --format github --deny-warnings{book}\n      \
         - run: controlbook build{book} --deny-warnings\n      \
         - uses: actions/configure-pages@v5\n      \
         - uses: actions/upload-pages-artifact@v3\n        with:\n          path: {folder}\n      \
         - id: publish\n        uses: actions/deploy-pages@v4\n"
    )
}

/// A pipeline for `.gitlab-ci.yml`.
pub(super) fn gitlab(book: &str, folder: &str) -> String {
    let book = argument(book);
    let moved = if folder == "public" {
        String::new()
    } else {
        format!("    - mv {folder} public  # the one folder that GitLab Pages publishes\n")
    };
    format!(
        "# GitLab Pages: the job's name and the folder `public` make it a site. The image needs the controlbook program.\n\
         variables:\n  GIT_DEPTH: 0  # dates of the last change come from the history\n\
         pages:\n  script:\n    - controlbook check --format short --deny-warnings{book}\n    - controlbook build{book} --deny-warnings\n{moved}  \
         artifacts:\n    paths: [public]\n  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n"
    )
}

fn argument(book: &str) -> String {
    if book.is_empty() {
        String::new()
    } else {
        format!(" {book}")
    }
}
