//! Routes, services and data.

use magespec::diag::Rule;

use super::{nothing_in, only, told};
use crate::support::modules::module;

const INTERFACE: &str = r"<?php
namespace Acme\ErpBridge\Api;

use Acme\ErpBridge\Api\Data\StockInterface;

interface StockServiceInterface
{
    /**
     * @param string $sku
     * @return \Acme\ErpBridge\Api\Data\StockInterface
     */
    public function get($sku);

    /**
     * @param string $sku
     * @param StockInterface $stock
     * @return void
     */
    public function set(string $sku, StockInterface $stock): void;
}
";

const DATA: &str = r"<?php
namespace Acme\ErpBridge\Api\Data;

interface StockInterface
{
    /**
     * @return float
     */
    public function getQty();

    /**
     * @param float $qty
     * @return $this
     */
    public function setQty($qty);
}
";

fn webapi(routes: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<routes>\n{routes}</routes>\n")
}

fn route(method: &str, url: &str, call: &str, acl: &str) -> String {
    format!(
        "<route url=\"{url}\" method=\"{method}\">\n<service class=\"Acme\\ErpBridge\\Api\\StockServiceInterface\" method=\"{call}\"/>\n\
         <resources><resource ref=\"{acl}\"/></resources>\n</route>\n"
    )
}

const ACL: &str = "Magento_Sales::actions_view";

#[track_caller]
fn only_in_php(interface: &str) -> (Rule, String, String) {
    let xml = webapi(
        &[route("GET", "/V1/acme/stock/:sku", "get", ACL), route("POST", "/V1/acme/stock/:sku", "set", ACL)]
            .concat(),
    );
    only(&[
        ("etc/webapi.xml", &xml),
        ("Api/StockServiceInterface.php", interface),
        ("Api/Data/StockInterface.php", DATA),
    ])
}

#[track_caller]
fn only_in_routes(routes: &str) -> (Rule, String, String) {
    only(&[
        ("etc/webapi.xml", &webapi(routes)),
        ("Api/StockServiceInterface.php", INTERFACE),
        ("Api/Data/StockInterface.php", DATA),
    ])
}

#[test]
fn a_module_whose_php_fits_has_no_findings() {
    let xml = webapi(
        &[
            route("GET", "/V1/acme/stock/:sku", "get", ACL),
            route("PUT", "/V1/acme/stock/:sku", "set", "self"),
            route("POST", "/V1/acme/stocks/:qty", "set", ACL),
        ]
        .concat(),
    );
    nothing_in(&[
        ("etc/webapi.xml", &xml),
        ("Api/StockServiceInterface.php", INTERFACE),
        ("Api/Data/StockInterface.php", DATA),
    ]);
}

#[test]
fn access_of_routes_is_looked_up() {
    for (acl, rule) in [
        ("Magento_Sales::nope", Rule::UnknownResource),
        ("Acme_ErpBridge::nope", Rule::UnknownResource),
        ("Magento_Sales::sales, Magento_Sales::actions_view", Rule::RouteAccess),
        ("Anonymous", Rule::UnknownResource),
        (" Magento_Sales::sales", Rule::UnknownResource),
        ("Magento_Backend::all", Rule::RouteAccess),
    ] {
        let told = only_in_routes(&route("GET", "/V1/acme/stock/:sku", "get", acl));
        assert_eq!(told, (rule, "etc/webapi.xml:5".to_owned(), format!("\"{acl}\"")));
    }
    let open = only_in_routes(&route("POST", "/V1/acme/stock/:sku", "set", "anonymous"));
    assert_eq!(open, (Rule::OpenRoute, "etc/webapi.xml:5".to_owned(), "\"anonymous\"".to_owned()));
    let none = route("POST", "/V1/acme/stock/:sku", "set", "x").replace("<resource ref=\"x\"/>", "");
    assert_eq!(only_in_routes(&none).0, Rule::OpenRoute);
}

#[test]
fn paths_of_routes_are_those_that_magento_finds() {
    for (method, url, rule) in [
        ("GET", "/V1/:sku/stock", Rule::RouteParameter),
        ("GET", "/acme/stock/:sku", Rule::RoutePath),
        ("GET", "V1/acme/stock/:sku", Rule::RoutePath),
        ("GET", "/V1/acme/stock/:id", Rule::RouteParameter),
        ("GET", "/V1/products/:sku", Rule::RouteTaken),
    ] {
        let told = only_in_routes(&route(method, url, "get", ACL));
        assert_eq!(told, (rule, "etc/webapi.xml:3".to_owned(), format!("\"{url}\"")), "{url}");
    }
    let twice = route("GET", "/V1/acme/stock/:sku", "get", ACL).repeat(2);
    assert_eq!(only_in_routes(&twice).0, Rule::DeclaredTwice);
}

/// Magento sets the last parameter of a PUT on the object in the body (docs/magento/web-api.md#path-parameters).
#[test]
fn a_put_sets_its_last_parameter_on_the_object() {
    let save = INTERFACE
        .replace("string $sku, StockInterface", "StockInterface")
        .replace("     * @param string $sku\n     * @param StockInterface", "     * @param StockInterface");
    let xml = |url: &str| webapi(&route("PUT", url, "set", ACL));
    let files = |xml: &str| {
        [
            ("etc/webapi.xml", xml.to_owned()),
            ("Api/StockServiceInterface.php", save.clone()),
            ("Api/Data/StockInterface.php", DATA.to_owned()),
        ]
    };
    let of = |url: &str| {
        let files = files(&xml(url));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        told(module(&files).path())
    };
    assert_eq!(of("/V1/acme/stock/:qty"), []);
    assert_eq!(
        of("/V1/acme/stock/:sku").into_iter().map(|it| it.0).collect::<Vec<_>>(),
        [Rule::RouteParameter]
    );
}

#[test]
fn services_and_their_methods_exist() {
    let routes = route("GET", "/V1/acme/stock/:sku", "get", ACL);
    let told = only_in_routes(&routes.replace("StockServiceInterface", "StockServicInterface"));
    assert_eq!(told.0, Rule::ClassMissing);
    assert_eq!(
        (told.1.as_str(), told.2.as_str()),
        ("etc/webapi.xml:4", r#""Acme\ErpBridge\Api\StockServicInterface""#)
    );
    let told = only_in_routes(&routes.replace("\"get\"", "\"gett\""));
    assert_eq!(told, (Rule::MethodMissing, "etc/webapi.xml:4".to_owned(), "\"gett\"".to_owned()));
}

#[test]
fn doc_blocks_give_the_types() {
    let php = "Api/StockServiceInterface.php";
    for (from, to, line, marked) in [
        ("     * @return void\n", "", 18, "set"),
        (
            "    /**\n     * @param string $sku\n     * @param StockInterface $stock\n     * @return void\n     */\n",
            "",
            14,
            "set",
        ),
        ("     * @param string $sku\n     * @return", "     * @return", 11, "$sku"),
        (
            "@param string $sku\n     * @return",
            "@param null|string $sku\n     * @return",
            9,
            "@param null|string $sku",
        ),
        ("@param string $sku\n     * @return", "@param array $sku\n     * @return", 9, "@param array $sku"),
        (
            "@param string $sku\n     * @return",
            "@param iterable $sku\n     * @return",
            9,
            "@param iterable $sku",
        ),
        ("string $sku, Stock", "string|int $sku, Stock", 19, "string|int $sku"),
        ("@return \\Acme\\ErpBridge\\Api\\Data\\StockInterface", "@return array", 10, "@return array"),
    ] {
        let text = INTERFACE.replacen(from, to, 1);
        assert_ne!(text, INTERFACE);
        let told = only_in_php(&text);
        assert_eq!(told, (Rule::DocBlock, format!("{php}:{line}"), marked.to_owned()), "{from} {to}");
    }
    let list = INTERFACE.replacen("@param string $sku", "@param string[] $sku", 1);
    let told = only_in_php(&list);
    assert_eq!(told, (Rule::RouteParameter, format!("{php}:9"), "@param string[] $sku".to_owned()));
    let magento = INTERFACE.replacen(
        r"\Acme\ErpBridge\Api\Data\StockInterface",
        r"\Magento\Sales\Api\Data\OrdrInterface",
        1,
    );
    let told = only_in_php(&magento);
    assert_eq!(told.0, Rule::UnknownType);
    assert_eq!(told.1, format!("{php}:10"));
    let told = only_in_php(&INTERFACE.replacen("Data\\StockInterface\n", "Data\\StokInterface\n", 1));
    assert_eq!(
        told,
        (
            Rule::UnknownType,
            format!("{php}:10"),
            r"@return \Acme\ErpBridge\Api\Data\StokInterface".to_owned()
        )
    );
}

#[test]
fn data_has_doc_blocks_too() {
    let xml = webapi(&route("GET", "/V1/acme/stock/:sku", "get", ACL));
    for (from, to, line, marked) in [
        ("     * @return float\n", "", 8, "getQty"),
        ("     * @return $this\n", "", 14, "setQty"),
        ("@return float", "@return array", 7, "@return array"),
    ] {
        let told = only(&[
            ("etc/webapi.xml", &xml),
            ("Api/StockServiceInterface.php", INTERFACE),
            ("Api/Data/StockInterface.php", &DATA.replace(from, to)),
        ]);
        assert_eq!(told, (Rule::DocBlock, format!("Api/Data/StockInterface.php:{line}"), marked.to_owned()));
    }
    // What only requests bring is read from the getters, at any depth.
    let nested = DATA.replace("@return float", "@return PlaceInterface");
    let place = DATA.replace("StockInterface", "PlaceInterface");
    let input = webapi(&route("POST", "/V1/acme/stock/:sku", "set", ACL));
    let in_request = |place: &str| {
        let files = [
            ("etc/webapi.xml", input.as_str()),
            ("Api/StockServiceInterface.php", INTERFACE),
            ("Api/Data/StockInterface.php", &nested),
            ("Api/Data/PlaceInterface.php", place),
        ];
        told(module(&files).path())
    };
    assert_eq!(in_request(&place.replace("     * @return $this\n", "")), []);
    assert_eq!(in_request(&place.replace("@return float", "@return array")), []);
    assert_eq!(
        in_request(&place.replace("     * @return float\n", "")),
        [(Rule::DocBlock, "Api/Data/PlaceInterface.php:8".to_owned(), "getQty".to_owned())]
    );
    // In requests and answers, each fault has one finding.
    let both = webapi(
        &[route("POST", "/V1/acme/stock/:sku", "set", ACL), route("GET", "/V1/acme/stock/:sku", "get", ACL)]
            .concat(),
    );
    let text = DATA.replace("     * @return float\n", "");
    let told = only(&[
        ("etc/webapi.xml", &both),
        ("Api/StockServiceInterface.php", INTERFACE),
        ("Api/Data/StockInterface.php", &text),
    ]);
    assert_eq!(told.2, "getQty");
    let input = webapi(&route("POST", "/V1/acme/stock/:sku", "set", ACL));
    nothing_in(&[
        ("etc/webapi.xml", &input),
        ("Api/StockServiceInterface.php", INTERFACE),
        ("Api/Data/StockInterface.php", &DATA.replace("     * @return $this\n", "")),
    ]);
}

#[test]
fn constructors_of_data_take_what_requests_bring() {
    let class = |parameter: &str| {
        format!(
            "<?php\nnamespace Acme\\ErpBridge\\Model;\nclass Stock implements \\Acme\\ErpBridge\\Api\\Data\\StockInterface\n{{\n    public function __construct(\n        {parameter}\n    ) {{}}\n    public function getQty() {{}}\n    public function setQty($qty) {{}}\n}}\n"
        )
    };
    let di = "<config><preference for=\"Acme\\ErpBridge\\Api\\Data\\StockInterface\" type=\"Acme\\ErpBridge\\Model\\Stock\"/></config>";
    let xml = webapi(&route("POST", "/V1/acme/stock/:sku", "set", ACL));
    let files = |parameter: &str| {
        module(&[
            ("etc/webapi.xml", xml.as_str()),
            ("etc/di.xml", di),
            ("Api/StockServiceInterface.php", INTERFACE),
            ("Api/Data/StockInterface.php", DATA),
            ("Model/Stock.php", &class(parameter)),
        ])
    };
    let dir = files("private \\Acme\\ErpBridge\\Model\\Qty $qty");
    let expected = (
        Rule::DataConstructor,
        "Model/Stock.php:6".to_owned(),
        "\\Acme\\ErpBridge\\Model\\Qty $qty".to_owned(),
    );
    assert_eq!(told(dir.path()), [expected]);
    for parameter in [
        "float $qty",
        "\\Acme\\ErpBridge\\Api\\Data\\QtyInterface $qty",
        "\\Psr\\Log\\LoggerInterface $logger",
        "array $data = []",
    ] {
        assert_eq!(told(files(parameter).path()), [], "{parameter}");
    }
}

#[test]
fn a_list_as_the_only_body_of_a_put_is_found() {
    let text = INTERFACE
        .replace("@param StockInterface $stock", "@param StockInterface[] $stock")
        .replace("StockInterface $stock)", "array $stock)");
    let told = only(&[
        ("etc/webapi.xml", &webapi(&route("PUT", "/V1/acme/stock/:sku", "set", ACL))),
        ("Api/StockServiceInterface.php", &text),
        ("Api/Data/StockInterface.php", DATA),
    ]);
    assert_eq!(
        told,
        (Rule::RouteParameter, "Api/StockServiceInterface.php:19".to_owned(), "array $stock".to_owned())
    );
}

#[test]
fn classes_have_the_methods_of_their_interfaces() {
    let di = "<config>\n<preference for=\"Acme\\ErpBridge\\Api\\StockServiceInterface\" type=\"Acme\\ErpBridge\\Model\\Stock\"/></config>";
    let class = "<?php\nnamespace Acme\\ErpBridge\\Model;\n\nuse Acme\\ErpBridge\\Api\\Data\\StockInterface;\n\nclass Stock implements \\Acme\\ErpBridge\\Api\\StockServiceInterface\n{\n    public function get($sku) {}\n\n    public function set(string $sku, StockInterface $stock): void {}\n}\n";
    let files = |class: &str| {
        let files = [
            ("etc/di.xml", di),
            ("Api/StockServiceInterface.php", INTERFACE),
            ("Api/Data/StockInterface.php", DATA),
            ("Model/Stock.php", class),
        ];
        told(module(&files).path())
    };
    assert_eq!(files(class), []);
    assert_eq!(
        files(&class.replace("Stock implements", "Stock extends Base implements").replace("get(", "other(")),
        []
    );
    let lacking = class.replace("    public function get($sku) {}\n\n", "");
    assert_eq!(files(&lacking), [(Rule::MethodMissing, "Model/Stock.php:6".to_owned(), "Stock".to_owned())]);
    let other = class.replace("): void", ", int $more): void");
    let [found] = <[_; 1]>::try_from(files(&other)).unwrap();
    assert_eq!((found.0, found.1.as_str()), (Rule::MethodDiffers, "Model/Stock.php:10"));
    let gone = [("etc/di.xml", di), ("Api/StockServiceInterface.php", INTERFACE)];
    let told = told(module(&gone).path());
    assert_eq!(
        told,
        [(Rule::ClassMissing, "etc/di.xml:2".to_owned(), r#""Acme\ErpBridge\Model\Stock""#.to_owned())]
    );
}
