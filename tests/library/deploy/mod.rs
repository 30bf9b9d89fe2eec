//! Commands that put changed files into effect (docs/magento/deploying.md).

mod listed;
mod needs;
mod steps;
