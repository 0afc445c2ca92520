//! The date of each file's last commit, read from git.
//!
//! Entry: [`change_dates`], [`change_dates_during`]; [`Repository::head`] tells when to read them again. Invariant: a date is
//! right or absent; git never fails a build, writes to the repository or uses the network.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::SystemTime;

use crate::source::nfc;

/// Prefix of a commit's date in the log. No path in git begins with a slash.
const DATE_MARK: &str = "//";

/// The paths below `root`, each with the date of its last commit (`YYYY-MM-DD`, in the committer's time zone).
///
/// Empty without git, outside a repository, and in a shallow clone, where every unchanged file would get the date of the
/// oldest commit. `root` may be any folder of the repository.
#[must_use]
pub fn change_dates(root: &Path) -> BTreeMap<String, String> {
    read_history(root).unwrap_or_default()
}

/// Runs [`change_dates`] in a thread beside `work`, and returns the results of both.
pub fn change_dates_during<T>(
    root: &Path,
    work: impl FnOnce() -> T,
) -> (BTreeMap<String, String>, T) {
    thread::scope(|scope| {
        let dates = scope.spawn(|| change_dates(root));
        let result = work();
        (dates.join().unwrap_or_default(), result)
    })
}

/// The git repository that holds a folder, watched for new commits.
#[derive(Debug, Default)]
pub struct Repository(Option<PathBuf>);

/// Size and mtime of `HEAD` and its log, which change with every commit and checkout.
pub type Head = [Option<(u64, SystemTime)>; 2];

impl Repository {
    /// The repository that a folder is in, if it is in one.
    #[must_use]
    pub fn find(root: &Path) -> Self {
        let folder = output(git(root).args(["rev-parse", "--absolute-git-dir"]));
        Self(folder.map(|it| PathBuf::from(it.trim_end_matches('\n'))))
    }

    /// The current state of `HEAD`, read from the disk without starting git.
    #[must_use]
    pub fn head(&self) -> Head {
        ["HEAD", "logs/HEAD"].map(|name| {
            let metadata = fs::metadata(self.0.as_ref()?.join(name)).ok()?;
            Some((metadata.len(), metadata.modified().ok()?))
        })
    }
}

fn read_history(root: &Path) -> Option<BTreeMap<String, String>> {
    let answer = output(git(root).args(["rev-parse", "--is-shallow-repository", "--show-prefix"]))?;
    let prefix = answer.strip_prefix("false\n")?;
    let prefix = prefix.strip_suffix('\n').unwrap_or(prefix);

    let tracked = output(git(root).args(["ls-tree", "-r", "-z", "--name-only", "HEAD"]))?;
    let undated: BTreeSet<&str> = tracked.split('\0').filter(|it| !it.is_empty()).collect();
    if undated.is_empty() {
        return None;
    }

    let mut log = git(root)
        // With `log.showRoot=false` the files of the first commit would get no date.
        .args([
            "-c",
            "log.showRoot=true",
            "log",
            "-z",
            "--name-only",
            "--no-renames",
        ])
        // Paths relative to the top folder, since git ignores `--relative` for merges.
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
    let stdout = log.stdout.take().expect("git's output is piped");
    let (dates, extent) = last_dates(BufReader::new(stdout), prefix, undated);
    let dates = dates
        .into_iter()
        .map(|(path, date)| (nfc(&path).into_owned(), date))
        .collect();
    match extent {
        // The rest of the history holds older dates only.
        LogExtent::UntilAllDated => {
            log.kill().ok();
            log.wait().ok();
            Some(dates)
        }
        LogExtent::Whole => log.wait().ok()?.success().then_some(dates),
    }
}

/// How much of the log was read.
enum LogExtent {
    UntilAllDated,
    Whole,
}

/// Reads a log, newest commit first, until every path has a date.
fn last_dates(
    mut log: impl BufRead,
    prefix: &str,
    mut undated: BTreeSet<&str>,
) -> (BTreeMap<String, String>, LogExtent) {
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
            return (dates, LogExtent::Whole);
        }
        if token.last() == Some(&b'\0') {
            token.pop();
        }
        // A book has no file whose name is not UTF-8.
        let token = std::str::from_utf8(&token).unwrap_or_default();
        if let Some(day) = token.strip_prefix(DATE_MARK) {
            day.clone_into(&mut date);
            is_first_name = true;
            continue;
        }
        // Between the date and the first name git writes a line break; for a merge, an empty name.
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
                return (dates, LogExtent::UntilAllDated);
            }
        }
    }
}

/// A git command in a folder, without the environment of a hook, the pager and the network.
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

/// The standard output of a command, if it succeeds.
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
    // A name that is not UTF-8 must not cost the other files their dates.
    succeeded.then(|| String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{LogExtent, last_dates};
    use std::collections::BTreeSet;

    const LOG: &[u8] = b"//2024-04-02\0\0sub/merged\0//2024-03-02\0\nsub/a\0elsewhere\0\
        //2024-02-02\0\nsub/a\0sub/\nline\0sub/\xff\0//2024-01-02\0\nsub/\"old\"\0";

    #[test]
    fn each_path_takes_its_first_date() {
        let undated = BTreeSet::from(["merged", "a", "\nline", "\"old\""]);
        let (dates, extent) = last_dates(LOG, "sub/", undated);
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
        assert!(matches!(extent, LogExtent::UntilAllDated));
    }

    #[test]
    fn reading_stops_when_every_path_has_its_date() {
        let mut log = LOG;
        let (dates, extent) = last_dates(&mut log, "sub/", BTreeSet::from(["a"]));
        assert_eq!(dates.len(), 1);
        assert!(matches!(extent, LogExtent::UntilAllDated));
        assert!(log.starts_with(b"elsewhere"));
    }

    #[test]
    fn a_path_that_the_log_lacks_has_no_date() {
        let (dates, extent) = last_dates(LOG, "", BTreeSet::from(["elsewhere", "new"]));
        assert_eq!(dates.keys().collect::<Vec<_>>(), ["elsewhere"]);
        assert!(matches!(extent, LogExtent::Whole));
    }
}
