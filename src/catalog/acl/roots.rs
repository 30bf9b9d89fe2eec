//! Roots of the ACL, and the one below which Magento looks up resources.

use crate::names::AclId;

/// Root of the ACL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) struct AclRoot<'a> {
    pub(in crate::catalog) id: &'a str,
    pub(in crate::catalog) sort_order: i32,
    pub(in crate::catalog) is_disabled: bool,
}

/// Finds the roots that keep Magento_Backend::admin from being the second: Magento looks up resources below the second
/// root by sort order, and if that is another one, grants no integration anything
/// (docs/magento/resolving-permissions.md#third-root). Empty if all is well.
///
/// The order of two roots with the same number depends on their files; a root with the number of Magento_Backend::admin
/// is assumed to come before it. Without Magento_Backend::all only part of the ACL is known, and Magento_Backend::admin
/// counts as the second root if no other comes before it.
pub(in crate::catalog) fn blocking_roots<'a>(roots: &[AclRoot<'a>]) -> Vec<&'a str> {
    let find = |id: &str| roots.iter().find(|root| root.id == id);
    let Some(admin) = find(AclId::ADMIN) else { return Vec::new() };
    let is_before = |root: &&AclRoot<'_>| !root.is_disabled && root.sort_order <= admin.sort_order;
    let others = roots.iter().filter(|root| root.id != AclId::ADMIN && root.id != AclId::ALL);
    let others: Vec<&str> = others.filter(is_before).map(|root| root.id).collect();
    let all = find(AclId::ALL);
    let before = others.len() + all.iter().filter(|root| is_before(root)).count();
    match all {
        Some(_) if before == 1 => Vec::new(),
        Some(_) if before == 0 => vec![AclId::ALL],
        _ => others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(roots: &[(&'static str, i32)]) -> Vec<&'static str> {
        let root = |&(id, sort_order)| AclRoot { id, sort_order, is_disabled: false };
        blocking_roots(&roots.iter().map(root).collect::<Vec<_>>())
    }

    #[test]
    fn admin_is_to_be_the_second() {
        let shipped = [(AclId::ALL, 10), (AclId::ADMIN, 20)];
        let with = |sort_order| [&shipped[..], &[("Acme_A::root", sort_order)]].concat();
        assert_eq!(found(&shipped), [""; 0]);
        for before in [-5, 0, 10, 19, 20] {
            assert_eq!(found(&with(before)), ["Acme_A::root"], "{before}");
        }
        assert_eq!(found(&with(21)), [""; 0]);
        assert_eq!(found(&[(AclId::ALL, 30), (AclId::ADMIN, 20)]), [AclId::ALL]);
        assert_eq!(found(&[(AclId::ADMIN, 20)]), [""; 0], "a part of an ACL");
        assert_eq!(found(&[("Acme_A::root", 0), (AclId::ADMIN, 20)]), ["Acme_A::root"]);
        assert_eq!(found(&[("Acme_A::root", 0)]), [""; 0]);
    }

    #[test]
    fn a_root_that_is_switched_off_is_in_nobodys_way() {
        let root = |id, sort_order, is_disabled| AclRoot { id, sort_order, is_disabled };
        let roots =
            [root(AclId::ALL, 10, false), root(AclId::ADMIN, 20, false), root("Acme_A::root", 0, true)];
        assert_eq!(blocking_roots(&roots), [""; 0]);
    }
}
