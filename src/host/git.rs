//! When each file was last changed, as git remembers it.
//!
//! Entry: [`changed`], [`changed_beside`]; [`Repository::head`] tells when to ask again. Invariant: a date is right or absent, and git never fails a build, writes
//! to the repository or asks the network.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::SystemTime;

use crate::source::nfc;

/// What stands before a commit's date. No path in git begins with a slash.
const DATE_MARK: &str = "//";

/// The paths below `root`, each with the day of its last commit (`YYYY-MM-DD`, as the committer's
/// clock had it).
///
/// Empty without git, outside a repository, and in a shallow clone, whose oldest commit would
/// date every file. `root` may be any folder of the repository.
#[must_use]
pub fn changed(root: &Path) -> BTreeMap<String, String> {
    history(root).unwrap_or_default()
}

/// [`changed`], while something else is done.
pub fn changed_beside<T>(root: &Path, other: impl FnOnce() -> T) -> (BTreeMap<String, String>, T) {
    thread::scope(|scope| {
        let asked = scope.spawn(|| changed(root));
        let done = other();
        (asked.join().unwrap_or_default(), done)
    })
}

/// The repository of a folder, to see when it has another last commit.
#[derive(Debug, Default)]
pub struct Repository(Option<PathBuf>);

/// What changes with every commit and every switch to another.
pub type Head = [Option<(u64, SystemTime)>; 2];

impl Repository {
    /// The repository that a folder is in, if it is in one.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        let folder = output(git(root).args(["rev-parse", "--absolute-git-dir"]));
        Self(folder.map(|it| PathBuf::from(it.trim_end_matches('\n'))))
    }

    /// Where it stands, as the disk tells without asking git.
    #[must_use]
    pub fn head(&self) -> Head {
        ["HEAD", "logs/HEAD"].map(|name| {
            let metadata = fs::metadata(self.0.as_ref()?.join(name)).ok()?;
            Some((metadata.len(), metadata.modified().ok()?))
        })
    }
}

fn history(root: &Path) -> Option<BTreeMap<String, String>> {
    let facts = output(git(root).args(["rev-parse", "--is-shallow-repository", "--show-prefix"]))?;
    let prefix = facts.strip_prefix("false\n")?;
    let prefix = prefix.strip_suffix('\n').unwrap_or(prefix);

    let tracked = output(git(root).args(["ls-tree", "-r", "-z", "--name-only", "HEAD"]))?;
    let undated: BTreeSet<&str> = tracked.split('\0').filter(|it| !it.is_empty()).collect();
    if undated.is_empty() {
        return None;
    }

    let mut log = git(root)
        // A first commit hidden by the user's configuration would leave files without date.
        .args([
            "-c",
            "log.showRoot=true",
            "log",
            "-z",
            "--name-only",
            "--no-renames",
        ])
        // Paths from the top: a merge's paths ignore `--relative`.
        .args([
            "-c",
            "--no-relative",
            "--no-follow",
            "--no-color",
            "--no-show-signature",
        ])
        .args([&format!("--format={DATE_MARK}%cs"), "HEAD", "--", "."])
        .spawn()
        .ok()?;
    let names = log.stdout.take().expect("git's output is piped");
    let (dates, read) = last_dates(BufReader::new(names), prefix, undated);
    let dates = dates.into_iter();
    let dates = dates.map(|(path, date)| (nfc(&path).into_owned(), date));
    let dates = dates.collect();
    match read {
        // The rest of the history changes nothing, and nobody reads it.
        Reading::AllDated => {
            log.kill().ok();
            log.wait().ok();
            Some(dates)
        }
        Reading::ToTheEnd => log.wait().ok()?.success().then_some(dates),
    }
}

/// How far the log was read.
enum Reading {
    AllDated,
    ToTheEnd,
}

/// Reads a log, newest commit first, until every path has its date.
fn last_dates(
    mut log: impl BufRead,
    prefix: &str,
    mut undated: BTreeSet<&str>,
) -> (BTreeMap<String, String>, Reading) {
    let mut dates = BTreeMap::new();
    let mut date = String::new();
    let mut is_first_name = false;
    let mut token = Vec::new();
    loop {
        token.clear();
        if !log
            .read_until(b'\0', &mut token)
            .is_ok_and(|length| length > 0)
        {
            return (dates, Reading::ToTheEnd);
        }
        if token.last() == Some(&b'\0') {
            token.pop();
        }
        // A name that is not UTF-8 is no part of a book.
        let token = std::str::from_utf8(&token).unwrap_or_default();
        if let Some(day) = token.strip_prefix(DATE_MARK) {
            day.clone_into(&mut date);
            is_first_name = true;
            continue;
        }
        // git puts a line break (a merge: an empty name) between the date and the first name.
        let name = if is_first_name {
            token.strip_prefix('\n').unwrap_or(token)
        } else {
            token
        };
        is_first_name = false;
        if let Some(path) = name.strip_prefix(prefix)
            && undated.remove(path)
        {
            dates.insert(path.to_owned(), date.clone());
            if undated.is_empty() {
                return (dates, Reading::AllDated);
            }
        }
    }
}

/// git in a folder, untouched by a hook's environment, by the user's pager and by the network.
fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    let root = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        root
    };
    git.arg("--no-pager")
        .current_dir(root)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    git
}

/// The whole output of a command that succeeds.
fn output(command: &mut Command) -> Option<String> {
    let mut child = command.spawn().ok()?;
    let mut text = Vec::new();
    let read = child
        .stdout
        .take()
        .expect("git's output is piped")
        .read_to_end(&mut text);
    let succeeded = child.wait().ok()?.success();
    read.ok()?;
    // A name that is not UTF-8 loses its date, not all others theirs.
    succeeded.then(|| String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Reading, last_dates};
    use std::collections::BTreeSet;

    const LOG: &[u8] = b"//2024-04-02\0\0sub/merged\0//2024-03-02\0\nsub/a\0elsewhere\0\
        //2024-02-02\0\nsub/a\0sub/\nline\0sub/\xff\0//2024-01-02\0\nsub/\"old\"\0";

    #[test]
    fn each_path_takes_its_first_date() {
        let undated = BTreeSet::from(["merged", "a", "\nline", "\"old\""]);
        let (dates, read) = last_dates(LOG, "sub/", undated);
        let dates: Vec<(&str, &str)> = dates.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(
            dates,
            [
                ("\nline", "2024-02-02"),
                ("\"old\"", "2024-01-02"),
                ("a", "2024-03-02"),
                ("merged", "2024-04-02"),
            ]
        );
        assert!(matches!(read, Reading::AllDated));
    }

    #[test]
    fn reading_stops_when_every_path_has_its_date() {
        let mut log = LOG;
        let (dates, read) = last_dates(&mut log, "sub/", BTreeSet::from(["a"]));
        assert_eq!(dates.len(), 1);
        assert!(matches!(read, Reading::AllDated));
        assert!(log.starts_with(b"elsewhere"));
    }

    #[test]
    fn a_path_that_the_log_lacks_has_no_date() {
        let (dates, read) = last_dates(LOG, "", BTreeSet::from(["elsewhere", "new"]));
        assert_eq!(dates.keys().collect::<Vec<_>>(), ["elsewhere"]);
        assert!(matches!(read, Reading::ToTheEnd));
    }
}
