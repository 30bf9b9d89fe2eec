//! Pages of `magespec diff --format html`, opened in a browser.

mod browser;
mod hostile;
mod views;

crate::need::trials! {
    in hostile, views;
}
