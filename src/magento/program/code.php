<?php
// Reports the modules that the next setup:upgrade loads, and their PHP that may change integrations. Reads only.

/** Returns the modules that the next setup:upgrade enables or finds enabled, in load order; null if Magento cannot read them. */
function magespec_next_order($objects)
{
    $listed = $objects->get('Magento\Framework\App\DeploymentConfig')->get('modules');
    try {
        $all = $objects->get('Magento\Framework\Module\FullModuleList')->getNames();
    } catch (\Exception $thrown) {
        return null;
    }
    $order = array();
    foreach ($all as $name) {
        if (!isset($listed[$name]) || $listed[$name]) {
            $order[] = $name;
        }
    }
    return $order;
}

/** Returns the resources that the acl.xml of modules add, with their parents. */
function magespec_added(array $modules, $objects)
{
    $registrar = $objects->get('Magento\Framework\Component\ComponentRegistrar');
    $added = array();
    foreach ($modules as $module) {
        $document = magespec_document($registrar->getPath('module', $module) . '/etc/acl.xml');
        foreach ($document === null ? array() : $document->getElementsByTagName('resource') as $resource) {
            if ($resource->getAttribute('disabled') !== 'true') {
                $above = $resource->parentNode;
                $is_nested = $above instanceof \DOMElement && $above->nodeName === 'resource';
                $added[$resource->getAttribute('id')] = $is_nested ? $above->getAttribute('id') : null;
            }
        }
    }
    return (object) $added;
}

/**
 * Returns the PHP files with one of the words, except patches that ran: all files of the asked module, of those that declare
 * one of the integrations and of those with a plugin on what processes them; of other modules that are not Magento's own, the
 * setup scripts.
 */
function magespec_code(array $question, array $order, array $files, array $applied, $objects)
{
    $code = array();
    if (!$question['words']) {
        return $code;
    }
    $registrar = $objects->get('Magento\Framework\Component\ComponentRegistrar');
    $applied = array_flip($applied);
    foreach (array_unique(array_merge($order, array($question['module']))) as $module) {
        $root = $registrar->getPath('module', $module);
        if ($root === null || strpos($module, 'Magento_') === 0) {
            continue;
        }
        $is_whole = $module === $question['module'] || magespec_touches($module, $root, $question['names'], $files);
        foreach (magespec_php($root, $is_whole ? '' : 'Setup') as $path) {
            $text = (string) @file_get_contents($root . '/' . $path, false, null, 0, 1048576);
            $class = str_replace(array('_', '/'), '\\', $module . '/' . substr($path, 0, -4));
            if (magespec_has($text, $question['words']) && !isset($applied[$class])) {
                // Every word of interest is ASCII, and JSON takes no other encoding than UTF-8.
                $text = preg_replace('/[^\x00-\x7F]/', '?', $text);
                $code[] = array('module' => $module, 'path' => $path, 'text' => $text);
            }
        }
    }
    return $code;
}

/** Returns true if a module declares one of the integrations or has a plugin on what processes them. */
function magespec_touches($module, $root, array $names, array $files)
{
    foreach ($files as $file) {
        if ($file['module'] === $module && in_array($file['name'], $names, true)) {
            return true;
        }
    }
    return magespec_has((string) @file_get_contents($root . '/etc/di.xml'), array('ConfigBasedIntegrationManager'));
}

function magespec_has($text, array $words)
{
    foreach ($words as $word) {
        if (strpos($text, $word) !== false) {
            return true;
        }
    }
    return false;
}

/** Returns the PHP files below a folder of a module, from its root, without those of tests and other packages. */
function magespec_php($root, $folder)
{
    $found = array();
    $open = array($folder);
    for ($seen = 0; $open !== array() && $seen < 5000;) {
        $at = array_pop($open);
        foreach ((array) @scandir($root . '/' . $at) as $name) {
            $path = ltrim($at . '/' . $name, '/');
            if ($name === false || $name[0] === '.' || in_array($name, array('vendor', 'node_modules', 'Test'), true)) {
                continue;
            }
            $seen++;
            if (is_dir($root . '/' . $path) && !is_link($root . '/' . $path)) {
                $open[] = $path;
            } elseif (substr($name, -4) === '.php') {
                $found[] = $path;
            }
        }
    }
    sort($found);
    return $found;
}
