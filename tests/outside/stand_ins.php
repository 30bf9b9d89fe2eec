<?php
/**
 * As much of Magento as the unit tests of a generated module need.
 */
declare(strict_types=1);

namespace Magento\Framework\App\Config {
    interface ScopeConfigInterface
    {
        public function getValue($path, $scopeType = 'default', $scopeCode = null);

        public function isSetFlag($path, $scopeType = 'default', $scopeCode = null);
    }
}

namespace Magento\Store\Model {
    interface ScopeInterface
    {
        const SCOPE_STORE = 'store';
    }
}

namespace {
    spl_autoload_register(function (string $class): void {
        $prefix = getenv('PREFIX');
        if (strpos($class, $prefix) === 0) {
            require getenv('MODULE') . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        }
    });
}
