//! Moves of categories in a mock shop.

use magespec::mock::MockShop;
use serde_json::{Value, json};

use crate::{
    mock::{call, get, shop},
    mock_kept::{custom, posted, sent},
};

fn moved(shop: &MockShop, id: &Value, parent: &Value, after: Value) -> (u16, Value) {
    let body = json!({ "parentId": parent, "afterId": after });
    sent(shop, "PUT", &format!("/V1/categories/{id}/move"), &body)
}

fn new(shop: &MockShop, parent: &Value, is_active: bool) -> Value {
    let body = json!({ "category": { "name": "New", "parent_id": parent, "is_active": is_active } });
    posted(shop, "/V1/categories", body)["id"].clone()
}

/// Children of a category with their positions.
fn positions(shop: &MockShop, parent: i64) -> Vec<(i64, i64)> {
    let tree = get(shop, &format!("/V1/categories?rootCategoryId={parent}"));
    let children = tree["children_data"].as_array().unwrap().iter();
    let mut found: Vec<_> =
        children.map(|it| (it["position"].as_i64().unwrap(), it["id"].as_i64().unwrap())).collect();
    found.sort_unstable();
    found.into_iter().map(|(position, id)| (id, position)).collect()
}

#[test]
fn a_moved_category_takes_those_below_it_along() {
    let shop = shop("2.4.7-p3");
    let child = new(&shop, &json!(5), true);
    let answer = call(&shop, "PUT", "/V1/categories/5/move", r#"{"parentId":3,"afterId":null}"#);
    assert_eq!((answer.status, &*answer.body), (200, &b"true"[..]));
    assert!(!answer.headers.iter().any(|(name, _)| name == "X-Magespec-Mock"), "{:?}", answer.headers);
    let category = get(&shop, "/V1/categories/5");
    for (field, value) in [
        ("parent_id", json!(3)),
        ("path", json!("1/2/3/5")),
        ("level", json!(3)),
        ("position", json!(1)),
        ("children", json!(child.to_string())),
    ] {
        assert_eq!(category[field], value, "{field}");
    }
    assert_eq!(custom(&category, "path"), json!("1/2/3/5"));
    let below = get(&shop, &format!("/V1/categories/{child}"));
    let path = json!(format!("1/2/3/5/{child}"));
    assert_eq!((&below["path"], &below["level"]), (&path, &json!(4)));
    assert_eq!((&custom(&below, "path"), &below["parent_id"]), (&path, &json!(5)));
    let (old, parent) = (get(&shop, "/V1/categories/2"), get(&shop, "/V1/categories/3"));
    assert_eq!((&old["children"], &parent["children"]), (&json!("3,4,6,7,8"), &json!("5")));
    assert_eq!((custom(&old, "children_count"), custom(&parent, "children_count")), (json!("7"), json!("2")));
    assert_eq!(positions(&shop, 2), [(3, 1), (4, 2), (6, 3), (7, 4), (8, 5)]);
    assert_eq!(positions(&shop, 3), [(5, 1)]);
}

/// `afterId` counts unless it is greater than that of the last child.
#[test]
fn a_moved_category_is_put_behind_another_one() {
    let shop = shop("2.4.7-p3");
    for (id, after, order) in [
        (8, json!(4), [3, 4, 8, 5, 6, 7]),
        (3, json!(0), [3, 4, 8, 5, 6, 7]),
        (7, json!(0), [7, 3, 4, 8, 5, 6]),
        (3, json!(99), [7, 4, 8, 3, 5, 6]),
        (4, Value::Null, [7, 8, 4, 3, 5, 6]),
    ] {
        assert_eq!(moved(&shop, &json!(id), &json!(2), after.clone()), (200, json!(true)));
        let found: Vec<i64> = positions(&shop, 2).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, order, "{id} {after}");
    }
    // Inactive children are none for this.
    let parent = new(&shop, &json!(2), true);
    let inactive = new(&shop, &parent, false);
    assert_eq!(moved(&shop, &json!(5), &parent, Value::Null), (200, json!(true)));
    let found = positions(&shop, parent.as_i64().unwrap());
    assert_eq!(found, [(5, 1), (inactive.as_i64().unwrap(), 2)]);
}

#[test]
fn a_category_never_moves_below_itself() {
    let shop = shop("2.4.7-p3");
    let child = new(&shop, &json!(3), true);
    let deeper = new(&shop, &child, true);
    let before = get(&shop, "/V1/categories?rootCategoryId=2");
    for (id, parent) in [
        (json!(3), &deeper),
        (json!(3), &child),
        (json!(3), &json!(3)),
        (json!(1), &json!(2)),
        (json!(2), &deeper),
    ] {
        let (status, answer) = moved(&shop, &id, parent, Value::Null);
        let text = "Operation do not allow to move a parent category to any of children category";
        assert_eq!((status, &answer["message"]), (400, &json!(text)), "{id} {parent}");
    }
    for (id, parent, missing) in [(3, 999, 999), (999, 3, 999), (998, 999, 998)] {
        let (status, answer) = moved(&shop, &json!(id), &json!(parent), Value::Null);
        assert_eq!(status, 404, "{answer}");
        assert_eq!(answer["message"], "No such entity with %fieldName = %fieldValue");
        assert_eq!(answer["parameters"], json!({ "fieldName": "id", "fieldValue": missing }));
    }
    assert_eq!(get(&shop, "/V1/categories?rootCategoryId=2"), before);
}

#[test]
fn a_path_that_is_too_long_is_refused() {
    let shop = shop("2.4.7-p3");
    new(&shop, &json!(4), true);
    let mut last = json!(3);
    while let (200, category) =
        sent(&shop, "POST", "/V1/categories", &json!({ "category": { "name": "New", "parent_id": last } }))
    {
        last = category["id"].clone();
    }
    let (status, answer) = moved(&shop, &json!(4), &last, Value::Null);
    assert_eq!((status, &answer["message"]), (400, &json!("Could not move category")));
    assert_eq!(get(&shop, "/V1/categories/4")["path"], "1/2/4");
}
