<?php
// Runs the deed in a Magento root and answers one document between two markers; whatever else is printed is noise.
// PHP 5.5 and later. The program is put together by src/magento/question.rs: $magespec, a deed, and then this.

error_reporting(E_ALL & ~E_DEPRECATED);
ini_set('display_errors', 'stderr');
ini_set('zend.exception_ignore_args', '1');
ini_set('memory_limit', '-1');

/** Prints the document, once. */
function magespec_say(array $document)
{
    global $magespec;
    if (isset($magespec['said'])) {
        return;
    }
    $magespec['said'] = true;
    $options = JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR;
    if (defined('JSON_INVALID_UTF8_SUBSTITUTE')) {
        $options |= JSON_INVALID_UTF8_SUBSTITUTE;
    }
    while (ob_get_level() > 0) {
        ob_end_flush();
    }
    echo "\n", $magespec['marker'], json_encode($document, $options), $magespec['marker'], "\n";
}

/** Says what went wrong, and of which kind it is. */
function magespec_fail($kind, $message)
{
    magespec_say(array('failure' => array('kind' => $kind, 'message' => $message)));
    exit(1);
}

/** Whether the database is to blame: what was thrown, or what that was thrown for. */
function magespec_kind($thrown)
{
    for (; $thrown !== null; $thrown = $thrown->getPrevious()) {
        $is_of_database = is_a($thrown, 'PDOException') || is_a($thrown, 'Zend_Db_Exception')
            || strpos($thrown->getMessage(), 'SQLSTATE') !== false;
        if ($is_of_database) {
            return 'database';
        }
    }
    return 'exception';
}

/** Says what was thrown. */
function magespec_fail_with($thrown)
{
    $message = preg_replace('/,? query was:.*/s', '', $thrown->getMessage());
    magespec_fail(magespec_kind($thrown), get_class($thrown) . ': ' . $message);
}

register_shutdown_function(function () {
    $error = error_get_last();
    $fatal = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;
    if ($error !== null && ($error['type'] & $fatal)) {
        $message = preg_replace('/\nStack trace:.*/s', '', $error['message']);
        magespec_say(array('failure' => array(
            'kind' => 'fatal',
            'message' => $message . ' in ' . $error['file'] . ' on line ' . $error['line'],
        )));
    } else {
        magespec_say(array('failure' => array('kind' => 'stopped', 'message' => '')));
    }
});

/** Why app/etc/env.php cannot be read; null if it can. */
function magespec_broken($file)
{
    ob_start();
    try {
        $env = include $file;
        $why = is_array($env) ? null : 'it does not return an array';
    } catch (\Exception $thrown) {
        $why = $thrown->getMessage() . ' on line ' . $thrown->getLine();
    } catch (\Throwable $thrown) {
        $why = $thrown->getMessage() . ' on line ' . $thrown->getLine();
    }
    ob_end_clean();
    return $why;
}

/** The file by which Composer's classes are found, if it is not there. */
function magespec_missing($root)
{
    $path = $root . '/app/etc/vendor_path.php';
    $vendor = is_file($path) ? include $path : null;
    $file = $root . '/' . $vendor . '/autoload.php';
    return $vendor === null || is_file($file) ? null : $file;
}

if (is_file($magespec['root'])) {
    magespec_fail('no-root', 'it is a file');
}
if (!is_dir($magespec['root'])) {
    magespec_fail('no-root', 'there is no such directory');
}
if (!is_file($magespec['root'] . '/app/bootstrap.php')) {
    magespec_fail('no-root', 'app/bootstrap.php is not there');
}
if (!is_file($magespec['root'] . '/app/etc/env.php')) {
    magespec_fail('not-installed', 'app/etc/env.php is not there');
}
$magespec_why = magespec_broken($magespec['root'] . '/app/etc/env.php');
if ($magespec_why !== null) {
    magespec_fail('broken-env', $magespec_why);
}
$magespec_file = magespec_missing($magespec['root']);
if ($magespec_file !== null) {
    magespec_fail('no-autoload', $magespec_file);
}
try {
    chdir($magespec['root']);
    require $magespec['root'] . '/app/bootstrap.php';
    $magespec_objects = \Magento\Framework\App\Bootstrap::create($magespec['root'], $_SERVER)->getObjectManager();
    $magespec_answer = magespec_deed($magespec, $magespec_objects);
    magespec_say(array('answer' => $magespec_answer));
} catch (\Exception $thrown) {
    magespec_fail_with($thrown);
} catch (\Throwable $thrown) {
    magespec_fail_with($thrown);
}
