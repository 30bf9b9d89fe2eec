//! Table layout.

use crate::diag::printable_line;

/// Maximum width of all columns but the last.
const WIDEST: usize = 60;

/// Aligns the columns of rows.
pub(in crate::cli) fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|cell| printable_line(&cell).into_owned())).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count()).min(WIDEST);
        }
    }
    let line = |row: &[String; N]| {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let long = "x".repeat(70);
        let rows = [["GET", "/V1/a", "b"], ["DELETE", &long, ""]];
        let rows = rows.map(|row| row.map(str::to_owned));
        assert_eq!(table(rows.into_iter()), format!("GET     /V1/a{}  b\nDELETE  {long}\n", " ".repeat(55)));
    }
}
