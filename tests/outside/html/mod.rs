//! Pages of `magespec diff` and `magespec review`, opened in a browser.

mod browser;
mod hostile;
mod review;
mod views;

crate::need::trials! {
    in hostile, review, views;
}
