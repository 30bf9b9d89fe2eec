<?php
// Reports the state of the shop. Reads only, and never a column with a secret, a key or a token.

function magespec_script(array $question, $objects)
{
    $database = magespec_database($objects);
    $enabled = $objects->get('Magento\Framework\Module\ModuleListInterface')->getNames();
    $next = magespec_next_order($objects);
    $order = $next === null ? $enabled : $next;
    $declared = magespec_declared($order, $enabled, $objects);
    $applied = magespec_applied($objects, $database);
    return array(
        'version' => 1,
        'magento' => magespec_release($question['root'], $objects),
        'order' => $enabled,
        'next_order' => $order,
        'module' => magespec_module($question['module'], $applied, $objects, $database),
        'waiting' => magespec_waiting($objects),
        'integrations' => magespec_integrations($database),
        'declared' => $declared,
        'columns' => magespec_columns($question['names'], $declared['files'], $objects, $database),
        'acl' => magespec_acl($objects),
        'allowed' => magespec_allowed($database),
        'added' => magespec_added(array_diff($order, $enabled), $objects),
        'code' => magespec_code($question, $order, $declared['files'], $applied, $objects),
        'plugins' => magespec_plugins($order, $objects),
        'uncompiled' => magespec_uncompiled($question['module'], $objects),
        'spare' => magespec_spare($database),
        'tables' => magespec_tables($objects),
    );
}

/** Returns a function that runs a query; `{name}` stands for a table with its prefix. */
function magespec_database($objects)
{
    $resource = $objects->get('Magento\Framework\App\ResourceConnection');
    $connection = $resource->getConnection();
    return function ($sql, array $values = array()) use ($resource, $connection) {
        $with_prefix = function ($found) use ($resource) {
            return $resource->getTableName($found[1]);
        };
        return $connection->fetchAll(preg_replace_callback('/\{(\w+)\}/', $with_prefix, $sql), $values);
    };
}

/** Returns the names of tables, with the shop's prefix, for statements shown to people. */
function magespec_tables($objects)
{
    $resource = $objects->get('Magento\Framework\App\ResourceConnection');
    $tables = array();
    foreach (array('integration', 'oauth_consumer', 'authorization_role') as $table) {
        $tables[$table] = $resource->getTableName($table);
    }
    return $tables;
}

function magespec_release($root, $objects)
{
    $product = $objects->get('Magento\Framework\App\ProductMetadataInterface');
    $config = $root . '/app/etc/config.php';
    return array(
        'version' => (string) $product->getVersion(),
        'distribution' => magespec_distribution($product),
        'edition' => (string) $product->getEdition(),
        'mode' => (string) $objects->get('Magento\Framework\App\State')->getMode(),
        'php' => PHP_VERSION,
        'maintenance' => is_file($root . '/var/.maintenance.flag'),
        'config_hash' => is_file($config) ? hash_file('sha256', $config) : null,
    );
}

/** Returns the distribution and its release; null for Magento's own. */
function magespec_distribution($product)
{
    $names = method_exists($product, 'getDistributionVersion');
    $name = (string) (method_exists($product, 'getDistributionName') ? $product->getDistributionName() : $product->getName());
    if (!$names && $name !== 'Mage-OS') {
        return null;
    }
    return array(
        'name' => $name,
        'version' => (string) ($names ? $product->getDistributionVersion() : $product->getVersion()),
    );
}

/** Returns the state of the requested module; null without a name. */
function magespec_module($name, array $applied, $objects, $database)
{
    if ($name === null) {
        return null;
    }
    $enabled = $objects->get('Magento\Framework\App\DeploymentConfig')->get('modules');
    $registrar = $objects->get('Magento\Framework\Component\ComponentRegistrar');
    $path = $registrar->getPath('module', $name);
    $listed = $objects->get('Magento\Framework\Module\ModuleListInterface')->getOne($name);
    $stored = $database('SELECT schema_version, data_version FROM {setup_module} WHERE module = ?', array($name));
    return array(
        'path' => $path === null ? null : str_replace('\\', '/', $path),
        'enabled' => isset($enabled[$name]) ? (bool) $enabled[$name] : null,
        'setup_version' => isset($listed['setup_version']) ? (string) $listed['setup_version'] : null,
        'schema_version' => isset($stored[0]['schema_version']) ? (string) $stored[0]['schema_version'] : null,
        'data_version' => isset($stored[0]['data_version']) ? (string) $stored[0]['data_version'] : null,
        'patches' => magespec_patches($name, $applied),
    );
}

/** Returns the classes of the module's applied data patches. */
function magespec_patches($name, array $applied)
{
    $patches = array();
    foreach ($applied as $patch) {
        if (strpos($patch, str_replace('_', '\\', $name) . '\\') === 0) {
            $patches[] = $patch;
        }
    }
    return $patches;
}

/** Returns the classes of all applied patches; none before Magento 2.3. */
function magespec_applied($objects, $database)
{
    $resource = $objects->get('Magento\Framework\App\ResourceConnection');
    if (!$resource->getConnection()->isTableExists($resource->getTableName('patch_list'))) {
        return array();
    }
    $applied = array();
    foreach ($database('SELECT patch_name FROM {patch_list} ORDER BY patch_name') as $row) {
        $applied[] = ltrim($row['patch_name'], '\\');
    }
    return $applied;
}

/** Returns the modules whose versions in the database differ from their module.xml. */
function magespec_waiting($objects)
{
    $versions = $objects->get('Magento\Framework\Module\DbVersionInfo');
    $waiting = array();
    foreach ($versions->getDbVersionErrors() as $error) {
        $waiting[$error['module']] = true;
    }
    ksort($waiting);
    return array_keys($waiting);
}

function magespec_integrations($database)
{
    $granted = array();
    $rules = $database(
        "SELECT ro.user_id, ru.resource_id FROM {authorization_role} ro"
        . " JOIN {authorization_rule} ru ON ru.role_id = ro.role_id"
        . " WHERE ro.user_type = '1' AND ru.permission = 'allow' ORDER BY ru.resource_id"
    );
    foreach ($rules as $rule) {
        $granted[$rule['user_id']][] = $rule['resource_id'];
    }
    $tokens = magespec_tokens($database);
    $integrations = array();
    $rows = $database(
        'SELECT i.integration_id, i.name, i.email, i.endpoint, i.identity_link_url, i.status, i.setup_type,'
        . ' i.consumer_id, i.created_at, c.created_at AS consumer_created_at FROM {integration} i'
        . ' LEFT JOIN {oauth_consumer} c ON c.entity_id = i.consumer_id ORDER BY i.integration_id'
    );
    foreach ($rows as $row) {
        $id = $row['integration_id'];
        $integrations[] = array(
            'id' => (int) $id,
            'name' => (string) $row['name'],
            'email' => (string) $row['email'],
            'endpoint_url' => $row['endpoint'],
            'identity_link_url' => $row['identity_link_url'],
            'status' => (int) $row['status'],
            'setup_type' => (int) $row['setup_type'],
            'created_at' => (string) $row['created_at'],
            'consumer' => $row['consumer_created_at'] === null ? null : array(
                'id' => (int) $row['consumer_id'],
                'created_at' => (string) $row['consumer_created_at'],
                'has_token' => isset($tokens[$row['consumer_id']]),
            ),
            'granted' => isset($granted[$id]) ? $granted[$id] : array(),
        );
    }
    return $integrations;
}

/** Returns the resources that any role may use, administrators' too. */
function magespec_allowed($database)
{
    $rows = $database(
        "SELECT DISTINCT resource_id FROM {authorization_rule} WHERE permission = 'allow' ORDER BY resource_id"
    );
    $allowed = array();
    foreach ($rows as $row) {
        $allowed[] = (string) $row['resource_id'];
    }
    return $allowed;
}

/** Returns the creation time of each consumer's newest access token that is not revoked. */
function magespec_tokens($database)
{
    $tokens = array();
    $rows = $database(
        "SELECT consumer_id, MAX(created_at) AS created_at FROM {oauth_token}"
        . " WHERE type = 'access' AND revoked = 0 AND consumer_id IS NOT NULL GROUP BY consumer_id"
    );
    foreach ($rows as $row) {
        $tokens[$row['consumer_id']] = (string) $row['created_at'];
    }
    return $tokens;
}

/** Returns the consumers without an integration. */
function magespec_spare($database)
{
    $tokens = magespec_tokens($database);
    $spare = array();
    $rows = $database(
        'SELECT c.entity_id, c.name, c.created_at FROM {oauth_consumer} c'
        . ' LEFT JOIN {integration} i ON i.consumer_id = c.entity_id'
        . ' WHERE i.integration_id IS NULL ORDER BY c.entity_id'
    );
    foreach ($rows as $row) {
        $id = $row['entity_id'];
        $spare[] = array(
            'id' => (int) $id,
            'name' => (string) $row['name'],
            'created_at' => (string) $row['created_at'],
            'token_created_at' => isset($tokens[$id]) ? $tokens[$id] : null,
        );
    }
    return $spare;
}

/** Returns which of the names the database treats as equal, and whether it stores every character; null if it does not say. */
function magespec_columns(array $names, array $files, $objects, $database)
{
    foreach ($database('SELECT name FROM {integration}') as $row) {
        $names[] = (string) $row['name'];
    }
    foreach ($files as $file) {
        $names[] = $file['name'];
    }
    try {
        $column = $database(
            'SELECT CHARACTER_SET_NAME AS charset, COLLATION_NAME AS collation FROM information_schema.COLUMNS'
            . " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND COLUMN_NAME = 'name'",
            array($objects->get('Magento\Framework\App\ResourceConnection')->getTableName('integration'))
        );
        $charset = preg_replace('/\W/', '', $column[0]['charset']);
        $collation = preg_replace('/\W/', '', $column[0]['collation']);
        $same = magespec_same(array_unique($names), "CONVERT(? USING $charset)", $collation, $database);
        return array('same_names' => $same, 'keeps_supplementary' => magespec_keeps($charset, $database));
    } catch (\Exception $thrown) {
        return null;
    }
}

/** Returns the names in groups that the database treats as equal. */
function magespec_same(array $names, $converted, $collation, $database)
{
    $groups = array();
    foreach ($names as $name) {
        foreach ($groups as $at => $group) {
            $sql = "SELECT $converted = $converted COLLATE $collation AS is_same";
            $compared = $database($sql, array($group[0], $name));
            if ((int) $compared[0]['is_same'] === 1) {
                $groups[$at][] = $name;
                continue 2;
            }
        }
        $groups[] = array($name);
    }
    return $groups;
}

/** Returns true if a character beyond U+FFFF survives this connection and character set. */
function magespec_keeps($charset, $database)
{
    $smiley = "\xF0\x9F\x98\x80";
    try {
        $kept = $database("SELECT CONVERT(? USING $charset) AS kept", array($smiley));
        return $kept[0]['kept'] === $smiley;
    } catch (\Exception $thrown) {
        return false;
    }
}

/** Returns the declarations of all enabled modules, merged and resolved by Magento, and those in the files of modules. */
function magespec_declared(array $order, array $enabled, $objects)
{
    try {
        $pair = $objects->get('Magento\Integration\Model\Config\Reader')->read();
        $granted = $objects->get('Magento\Integration\Model\Config\Integration\Reader')->read();
        $consolidated = array();
        if (class_exists('Magento\Integration\Model\Config\Consolidated\Reader')) {
            $consolidated = $objects->get('Magento\Integration\Model\Config\Consolidated\Reader')->read();
        }
    } catch (\Exception $thrown) {
        return array('integrations' => array(), 'files' => array(), 'error' => $thrown->getMessage());
    }
    $files = magespec_files($order, $objects);
    $declarers = array();
    foreach ($files as $file) {
        if (in_array($file['module'], $enabled, true)) {
            $declarers[$file['name']][$file['module']] = $file['module'];
        }
    }
    $declarers = array_map('array_values', $declarers);
    $declared = array();
    foreach ($pair as $name => $values) {
        $values['resource'] = isset($granted[$name]['resource']) ? $granted[$name]['resource'] : array();
        $declared[$name] = magespec_declaration($name, $values, 'legacy', $declarers);
    }
    foreach ($consolidated as $name => $values) {
        $declared[$name] = magespec_declaration($name, $values, 'consolidated', $declarers);
    }
    return array('integrations' => array_values($declared), 'files' => $files, 'error' => null);
}

function magespec_declaration($name, array $values, $format, array $declarers)
{
    $value = function ($key) use ($values) {
        return isset($values[$key]) ? (string) $values[$key] : null;
    };
    return array(
        'name' => (string) $name,
        'format' => $format,
        'modules' => isset($declarers[$name]) ? $declarers[$name] : array(),
        'email' => $value('email'),
        'endpoint_url' => $value('endpoint_url'),
        'identity_link_url' => $value('identity_link_url'),
        'resources' => isset($values['resource']) ? array_values($values['resource']) : array(),
    );
}

/** Returns the integrations of each module, in the order in which Magento merges them. */
function magespec_files(array $order, $objects)
{
    $registrar = $objects->get('Magento\Framework\Component\ComponentRegistrar');
    $forms = array(
        'consolidated' => array('integration.xml', 'integration.xml'),
        'legacy' => array('integration/config.xml', 'integration/api.xml'),
    );
    $files = array();
    foreach ($order as $module) {
        $folder = $registrar->getPath('module', $module) . '/etc/';
        foreach ($forms as $format => $paths) {
            $values = magespec_values($folder . $paths[0]);
            $granted = $paths[0] === $paths[1] ? $values : magespec_values($folder . $paths[1]);
            foreach ($values as $name => $declared) {
                $declared['resources'] = isset($granted[$name]) ? $granted[$name]['resources'] : array();
                $files[] = array('module' => $module, 'format' => $format, 'name' => (string) $name) + $declared;
            }
        }
    }
    return $files;
}

/** Returns an XML file; null if there is none that can be read. */
function magespec_document($path)
{
    $document = new \DOMDocument();
    return is_file($path) && $document->load($path, LIBXML_NONET) ? $document : null;
}

/** Returns the integrations of one file, by name. */
function magespec_values($path)
{
    $integrations = array();
    $document = magespec_document($path);
    foreach ($document === null ? array() : $document->getElementsByTagName('integration') as $integration) {
        $values = array('email' => null, 'endpoint_url' => null, 'identity_link_url' => null, 'resources' => array());
        foreach (array('email', 'endpoint_url', 'identity_link_url') as $key) {
            $element = $integration->getElementsByTagName($key)->item(0);
            $values[$key] = $element === null ? null : $element->nodeValue;
        }
        foreach ($integration->getElementsByTagName('resource') as $resource) {
            $values['resources'][] = $resource->getAttribute('name');
        }
        $integrations[$integration->getAttribute('name')] = $values;
    }
    return $integrations;
}

/** Returns the ACL below its second root, where Magento looks resources up: id to parent. */
function magespec_acl($objects)
{
    $roots = $objects->get('Magento\Framework\Acl\AclResource\ProviderInterface')->getAclResources();
    $parents = array();
    $walk = function (array $nodes, $parent) use (&$walk, &$parents) {
        foreach ($nodes as $node) {
            $parents[$node['id']] = $parent;
            $walk(isset($node['children']) ? $node['children'] : array(), $node['id']);
        }
    };
    if (isset($roots[1])) {
        $walk(array($roots[1]), null);
    }
    return (object) $parents;
}
