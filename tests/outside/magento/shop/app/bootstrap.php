<?php
// A stand-in for Magento, as far as magespec talks to one: the same entry points, with tables in SQLite.
define('BP', dirname(__DIR__));
foreach (array('Framework', 'Database', 'Modules', 'Integration', 'Tokens') as $file) {
    require_once BP . '/standin/' . $file . '.php';
}
if (is_file(BP . '/var/on-start.php')) {
    require BP . '/var/on-start.php';
}
