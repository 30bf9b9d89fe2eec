//! First spec and lock of existing files.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Created, Staged, WriteError, Writer};
use crate::{
    interrupt,
    tree::{JOURNAL_FILE, LOCK_FILE, is_journal, staged_name},
};

impl Writer {
    /// Writes a spec and the lock of the files that it describes into their directory: both or neither. Completes a run
    /// that was interrupted.
    ///
    /// # Errors
    /// Fails if they cannot be written, or if another spec or lock is there.
    pub fn adopt(self, name: &str, spec: &[u8], lock: &[u8]) -> Result<Created, WriteError> {
        let _whole = interrupt::hold();
        let (name, lock_name) = (Utf8Path::new(name), Utf8Path::new(LOCK_FILE));
        let (has_lock, has_spec) = (self.root.holds(lock_name, lock)?, self.root.holds(name, spec)?);
        self.root.remove_staged("".into(), &[name.as_str(), LOCK_FILE])?;
        let journal = Utf8Path::new(JOURNAL_FILE);
        if self.root.exists(journal) && !self.root.read(journal)?.is_some_and(|text| is_journal(&text)) {
            return Err(self.root.failed("write", journal, io::ErrorKind::AlreadyExists.into()));
        }
        self.root.remove(journal)?;
        if has_lock && has_spec {
            return Ok(Created::Same);
        }
        let mut staged = Staged::default();
        let stage = |staged: &mut Staged| {
            let beside = Utf8PathBuf::from(staged_name(name.as_str(), self.run));
            if !has_spec {
                self.root.create(&beside, spec, name)?;
                staged.files.push(beside.clone());
            }
            self.write_journal(lock, staged)?;
            self.root.sync("".into())?;
            if has_spec { Ok(()) } else { self.root.rename_new(&beside, name) }
        };
        if let Err(error) = stage(&mut staged) {
            self.undo(staged);
            return Err(error);
        }
        self.root.rename(journal, lock_name)?;
        self.root.sync("".into())?;
        Ok(Created::New)
    }
}
