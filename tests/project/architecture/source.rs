//! The files of `src` and the names that each uses, as far as a reader of tokens can tell.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A path of names: `crate::a::B` is `["a", "B"]`.
pub(crate) type Names = Vec<String>;

/// The source of the crate.
pub(crate) struct Crate {
    /// By the path of the module: that of `src/a/mod.rs` and of `src/a.rs` is `a`, that of `src/lib.rs` is empty.
    pub(crate) files: BTreeMap<Names, File>,
}

/// A file of the source, without comments, texts and tests.
pub(crate) struct File {
    /// Its path from `src`.
    pub(crate) path: PathBuf,
    /// Number of lines.
    pub(crate) lines: usize,
    /// The imports by the name that each binds.
    imports: BTreeMap<String, Import>,
    /// The modules whose names are all imported.
    globs: Vec<Names>,
    /// The paths in the code, imports left out.
    paths: BTreeSet<Names>,
    /// The types that it defines, private ones included.
    pub(crate) types: Vec<String>,
}

struct Import {
    path: Names,
    is_public: bool,
}

impl Crate {
    pub(crate) fn read() -> Self {
        let source = root();
        let read = rust_files(&source).into_iter().map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(&source).unwrap().to_owned();
            (module_of(&path), File::new(path, &text))
        });
        // The program is no part of the library.
        Self { files: read.filter(|(_, file)| file.path != Path::new("main.rs")).collect() }
    }

    /// The module that defines what a path in a file names, and the name. Re-exports are followed.
    fn definition(&self, module: &[String], path: &[String]) -> Option<Names> {
        self.absolute(module, path).and_then(|path| self.resolved(&path, 0))
    }

    /// The path from the root of the crate of one that is written in a module; none if it is of another crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.to_vec(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            name => match self.files[module].imports.get(name) {
                Some(import) if import.path != path => self.absolute(module, &import.path)?,
                _ => {
                    let child = [module, &path[..1]].concat();
                    self.files.contains_key(&child).then_some(child)?
                }
            },
        };
        for name in rest {
            match name.as_str() {
                "super" => drop(base.pop()),
                name => base.push(name.to_owned()),
            }
        }
        Some(base)
    }

    fn resolved(&self, path: &[String], depth: usize) -> Option<Names> {
        let length = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let file = &self.files[module];
        let Some(name) = rest.first().filter(|_| depth < 10) else { return Some(module.to_vec()) };
        if let Some(import) = file.imports.get(name) {
            let path = self.absolute(module, &import.path)?;
            return self.resolved(&[&path[..], &rest[1..]].concat(), depth + 1);
        }
        let glob = file.globs.iter().filter_map(|glob| self.definition(module, glob));
        let defining = glob.into_iter().find(|glob| self.files[glob].types.contains(name));
        Some(defining.unwrap_or_else(|| module.to_vec()))
    }

    /// The modules whose items a module uses; what it only re-exports is not used.
    pub(crate) fn used(&self, module: &[String]) -> BTreeSet<Names> {
        let file = &self.files[module];
        let is_module =
            |path: &Names| self.absolute(module, path).is_some_and(|path| self.files.contains_key(&path));
        let imports = file.imports.values().filter(|import| !import.is_public).map(|import| &import.path);
        let paths = imports.filter(|path| !is_module(path)).chain(&file.paths);
        let used = paths.filter_map(|path| self.definition(module, path));
        used.filter(|used| used != module).collect()
    }

    /// The folders of `src` whose items a module names; names at the root of the crate are of `lib`.
    pub(crate) fn rooms(&self, module: &[String]) -> BTreeSet<String> {
        let file = &self.files[module];
        let paths = file.imports.values().map(|import| &import.path).chain(&file.paths).chain(&file.globs);
        let absolute = paths.filter_map(|path| self.absolute(module, path));
        let rooms = absolute.filter_map(|path| path.first().cloned());
        let room = |name: String| {
            let is_room = self.files.contains_key(std::slice::from_ref(&name));
            if is_room { name } else { "lib".to_owned() }
        };
        rooms.map(room).collect()
    }
}

/// The folder of the source.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files below a directory that are Rust.
fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn module_of(path: &Path) -> Names {
    let path = path.with_extension("");
    let mut names: Names = path.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
    if matches!(names.last().map(String::as_str), Some("mod" | "lib")) {
        names.pop();
    }
    names
}

impl File {
    fn new(path: PathBuf, text: &str) -> Self {
        let tokens = without_tests(tokens(text));
        let mut file = Self {
            path,
            lines: text.lines().count(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            paths: BTreeSet::new(),
            types: Vec::new(),
        };
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at] == "use" && !follows(&tokens, at, ".") {
                let end = at + tokens[at..].iter().position(|token| *token == ";").unwrap();
                let is_public = follows(&tokens, at, "pub") || follows(&tokens, at, ")");
                file.import(&mut tokens[at + 1..end].iter().copied().peekable(), &Vec::new(), is_public);
                at = end;
            } else if is_name(tokens[at]) {
                at = file.path(&tokens, at);
            }
            at += 1;
        }
        let is_type = |word: &str| matches!(word, "struct" | "enum" | "trait");
        let types = tokens.windows(2).filter(|pair| is_type(pair[0]) && is_name(pair[1]));
        file.types.extend(types.map(|pair| pair[1].to_owned()));
        file
    }

    fn import<'a>(
        &mut self,
        tokens: &mut std::iter::Peekable<impl Iterator<Item = &'a str> + Clone>,
        prefix: &Names,
        is_public: bool,
    ) {
        let mut path = prefix.clone();
        let mut binding = None;
        while let Some(token) = tokens.next() {
            match token {
                "::" => {}
                "{" => {
                    while tokens.peek().is_some_and(|token| *token != "}") {
                        self.import(tokens, &path, is_public);
                    }
                    tokens.next();
                    tokens.next_if_eq(&",");
                    return;
                }
                "*" => {
                    self.globs.push(path.clone());
                    tokens.next_if_eq(&",");
                    return;
                }
                "as" => binding = tokens.next().map(str::to_owned),
                "," => break,
                "self" if !path.is_empty() => {}
                name => path.push(name.to_owned()),
            }
            if tokens.peek() == Some(&"}") {
                break;
            }
        }
        if let Some(name) = binding.or_else(|| path.last().cloned()) {
            self.imports.insert(name, Import { path, is_public });
        }
    }

    /// Notes the path that begins at a token; returns where it ends.
    fn path(&mut self, tokens: &[&str], start: usize) -> usize {
        let mut names = vec![tokens[start].to_owned()];
        let mut at = start;
        while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|name| is_name(name)) {
            names.push(tokens[at + 2].to_owned());
            at += 2;
        }
        let is_called = matches!(tokens.get(at + 1), Some(&"(" | &"!"));
        let is_type = names[0].starts_with(char::is_uppercase);
        let is_member = [".", "fn", "mod", "let"].iter().any(|word| follows(tokens, start, word));
        if !is_member && (names.len() > 1 || is_called || is_type) {
            self.paths.insert(names);
        }
        at
    }
}

fn follows(tokens: &[&str], at: usize, word: &str) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before] == word)
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single characters; comments, texts and white space are left out.
fn tokens(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let raw =
            rest.strip_prefix('r').map(|raw| raw.trim_start_matches('#')).filter(|raw| raw.starts_with('"'));
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = raw {
            let end = format!("\"{}", "#".repeat(rest.len() - raw.len() - 1));
            rest.len() - raw.len() + 1 + raw[1..].find(&end).unwrap() + end.len()
        } else if first == '"' {
            quoted(rest, '"')
        } else if first == '\'' {
            // A lifetime has no second quote.
            let second = rest[1..].chars().next().map_or(0, char::len_utf8);
            let is_char = rest[1..].starts_with('\\') || rest[1 + second..].starts_with('\'');
            if is_char { quoted(rest, '\'') } else { 1 }
        } else if first.is_whitespace() {
            first.len_utf8()
        } else {
            let length = match first {
                c if is_part(c) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
                _ if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            tokens.push(&rest[..length]);
            length
        };
        rest = &rest[length..];
    }
    tokens
}

/// Length of the text in quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = text[1..].find(|c| {
        let is_end = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    1 + end.unwrap() + 1
}

/// Cuts out `#[cfg(test)] mod tests { … }`.
fn without_tests(tokens: Vec<&str>) -> Vec<&str> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let Some(start) = tokens.windows(mark.len()).position(|window| window == mark) else { return tokens };
    let mut depth = 0;
    let end = tokens[start..].iter().position(|token| {
        depth += i32::from(*token == "{") - i32::from(*token == "}");
        depth == 0 && matches!(*token, "}" | ";")
    });
    [&tokens[..start], &tokens[start + end.unwrap() + 1..]].concat()
}
