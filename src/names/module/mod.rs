//! Modules and packages: their names, the releases they are for and the paths of their files.

mod edition;
mod file_path;
mod magento_version;
mod module_name;
mod package_name;

pub use edition::Edition;
pub use file_path::{CatalogPath, FilePath, ModuleDirectory, SourcePath, is_git_directory};
pub use magento_version::{MagentoVersion, ParseVersionError};
pub use module_name::ModuleName;
pub use package_name::PackageName;
