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

    interface ReinitableConfigInterface extends ScopeConfigInterface
    {
        public function reinit();
    }
}

namespace Magento\Framework\App\Cache {
    interface TypeListInterface
    {
        public function cleanType($typeCode);
    }
}

namespace Magento\Framework\DB {
    class Select
    {
        public function from($name, $cols = '*', $schema = null)
        {
            return $this;
        }

        public function where($cond, $value = null, $type = null)
        {
            return $this;
        }
    }
}

namespace Magento\Framework\DB\Adapter {
    interface AdapterInterface
    {
        public function select();

        public function fetchAll($sql, $bind = [], $fetchMode = null);

        public function fetchOne($sql, $bind = []);

        public function update($table, array $bind, $where = '');
    }
}

namespace Magento\Framework\Setup {
    interface ModuleContextInterface
    {
    }

    interface SchemaSetupInterface
    {
        public function getConnection();

        public function getTable($tableName);
    }

    interface InstallSchemaInterface
    {
        public function install(SchemaSetupInterface $setup, ModuleContextInterface $context);
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
