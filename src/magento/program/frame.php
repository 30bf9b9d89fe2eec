<?php
// Runs the script in a Magento root and prints one document between two markers; other output is ignored.
// Needs PHP 5.5 or later. src/magento/program.rs assembles the program: $magespec, a script, and then this file.

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

/** Reports a failure with its kind and ends the program. */
function magespec_fail($kind, $message)
{
    magespec_say(array('failure' => array('kind' => $kind, 'message' => $message)));
    exit(1);
}

/** Classifies an exception: a database error if it or a previous one is from the database. */
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

/** Reports an exception. */
function magespec_fail_with($thrown)
{
    $message = preg_replace('/,? query was:.*/s', '', $thrown->getMessage());
    magespec_fail(magespec_kind($thrown), get_class($thrown) . ': ' . $message);
}

register_shutdown_function(function () {
    $error = error_get_last();
    $fatal = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;
    if ($error !== null && ($error['type'] & $fatal) && basename($error['file']) === 'env.php') {
        // The message quotes the file, which holds passwords.
        magespec_say(array('failure' => array(
            'kind' => 'broken-env',
            'message' => 'PHP cannot read line ' . $error['line'],
        )));
    } elseif ($error !== null && ($error['type'] & $fatal)) {
        $message = preg_replace('/\nStack trace:.*/s', '', $error['message']);
        magespec_say(array('failure' => array(
            'kind' => 'fatal',
            'message' => $message . ' in ' . $error['file'] . ' on line ' . $error['line'],
        )));
    } else {
        magespec_say(array('failure' => array('kind' => 'stopped', 'message' => '')));
    }
});

/** Returns why app/etc/env.php cannot be read, by line: a message of PHP quotes the file. Null if it can be read. */
function magespec_broken($file)
{
    $reporting = error_reporting(0);
    ob_start();
    try {
        $env = include $file;
        $why = is_array($env) ? null : 'it does not return an array';
    } catch (\Exception $thrown) {
        $why = 'it throws ' . get_class($thrown) . ' on line ' . $thrown->getLine();
    } catch (\ParseError $thrown) {
        $why = 'it has a syntax error on line ' . $thrown->getLine();
    } catch (\Throwable $thrown) {
        $why = 'it throws ' . get_class($thrown) . ' on line ' . $thrown->getLine();
    }
    ob_end_clean();
    error_reporting($reporting);
    return $why;
}

/** Returns the path of Composer's autoloader if it is missing. */
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
    magespec_fail('no-root', 'no such directory');
}
if (!is_file($magespec['root'] . '/app/bootstrap.php')) {
    magespec_fail('no-root', 'app/bootstrap.php is missing');
}
if (!is_file($magespec['root'] . '/app/etc/env.php')) {
    magespec_fail('not-installed', 'app/etc/env.php is missing');
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
    $magespec_answer = magespec_script($magespec, $magespec_objects);
    magespec_say(array('answer' => $magespec_answer));
} catch (\Exception $thrown) {
    magespec_fail_with($thrown);
} catch (\Throwable $thrown) {
    magespec_fail_with($thrown);
}
