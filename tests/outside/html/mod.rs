//! What a browser makes of the page of `magespec diff --format html`.

mod browser;
mod hostile;
mod views;

crate::need::trials! {
    in hostile, views;
}
