//! Pages that come from outside of the web API: of the error handler, of the storefront, of the web server.

/// Title and heading of the page of Magento's error handler.
const ERROR: &str = "There has been an error processing your request";

/// Page of the error handler, with the number of a report that does not exist.
pub(super) fn error(number: &str) -> String {
    let lines = "Exception printing is disabled by default for security reasons.";
    page(ERROR, ERROR, &format!("<p>{lines}</p>\n<p>Error log record number: {number}</p>"))
}

/// Page of the storefront for an unknown address.
pub(super) fn not_found() -> String {
    page(
        "404 Not Found",
        "Whoops, our bad...",
        "<p>The page you requested was not found. The mock has no storefront.</p>",
    )
}

/// Page of nginx.
pub(super) fn of_server(status: &str) -> String {
    format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n\
         <hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"
    )
}

fn page(title: &str, heading: &str, text: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n\
         <h1>{heading}</h1>\n{text}\n</body>\n</html>\n"
    )
}
