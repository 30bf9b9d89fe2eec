//! A module on disk as values: its location, files, declarations, promises to others, and the classes that its user
//! maintains.

pub mod composer;
mod declaration;
mod declared_xml;
mod doubt;
mod files;
mod find;
mod leftover;
mod name;
mod php;
mod promises;
mod sources;

pub(crate) use declaration::as_read;
pub(crate) use declared_xml::{DeclaredXml, IntegrationFiles, XmlAclNode, XmlIntegration, XmlResource, head};
pub(crate) use files::ModuleFiles;
pub(crate) use find::join;
pub(crate) use name::{declared as declared_name, of as name_of, refused as refused_name};
pub(crate) use php::{ClassFault, PhpFile};

pub use declaration::{Declaration, DeclaredIntegration, Form, Scripts, declaration, doubts};
pub use doubt::{Deed, Doubt, INTERFERING};
pub use find::{ModuleDir, around, find};
pub use leftover::leftovers;
pub use php::{Lacks, Missing, Unfit, unfit};
pub(crate) use promises::announced_ends;
pub use promises::{
    AnnouncedEnd, MethodPromise, ParameterPromise, PromiseChange, Promises, RecordedField, RecordedWebhook,
    RouteName, RoutePromise, TopicField, TopicPromise, promises, route_access,
};
pub use sources::Sources;
