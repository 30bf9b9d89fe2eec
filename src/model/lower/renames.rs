//! `renamed_from`.

use super::Lowering;
use crate::model::{Job, Rename, RenamedJob, Renames};

impl Lowering<'_> {
    pub(super) fn renames(&self, jobs: &[Job]) -> Renames {
        let module = &self.spec.module.name;
        let settings = self.spec.setting.iter();
        let settings = settings.flat_map(|it| renames(it.renamed_from.as_slice(), &self.spec.path_of(it)));
        let renamed_jobs = self.spec.cron.iter().flat_map(|cron| {
            let name = cron.id_in(module);
            let group = jobs.iter().find(|job| job.name == name).map(|job| job.group.clone());
            let renames = renames(cron.renamed_from.as_slice(), &name).into_iter();
            renames
                .zip(std::iter::repeat(group))
                .filter_map(|(rename, group)| Some(RenamedJob { rename, group: group? }))
        });
        let entries = self.spec.acl_entries();
        let resources = entries.iter().flat_map(|entry| renames(entry.former, entry.id.as_str()));
        let topics = self.spec.webhook.iter();
        let topics =
            topics.flat_map(|webhook| renames(webhook.renamed_from.as_slice(), webhook.topic.as_str()));
        Renames {
            settings: settings.collect(),
            jobs: renamed_jobs.collect(),
            resources: resources.collect(),
            topics: topics.map(|rename| (rename.former, rename.present)).collect(),
        }
    }
}

fn renames<T: ToString>(former: &[T], present: &str) -> Vec<Rename> {
    former.iter().map(|former| Rename { former: former.to_string(), present: present.to_owned() }).collect()
}
