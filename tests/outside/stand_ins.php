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

namespace Magento\Authorization\Model {
    interface UserContextInterface
    {
        const USER_TYPE_INTEGRATION = 1;
        const USER_TYPE_ADMIN = 2;
        const USER_TYPE_CUSTOMER = 3;

        public function getUserId();

        public function getUserType();
    }
}

namespace Magento\Framework\Webapi\Rest {
    class Request
    {
        public function getHttpMethod()
        {
        }

        public function getRequestUri()
        {
        }

        public function getParam($key, $default = null)
        {
        }

        public function getHeader($name, $default = false)
        {
        }
    }

    class Response
    {
        public function setHeader($name, $value, $replace = false)
        {
        }
    }
}

namespace Magento\Integration\Model {
    class Integration
    {
        public function getData($key = '', $index = null)
        {
        }
    }
}

namespace Magento\Integration\Api {
    interface IntegrationServiceInterface
    {
        public function get($integrationId);
    }
}

namespace Magento\Webapi\Controller {
    class Rest
    {
    }
}

namespace Magento\Webapi\Controller\Rest {
    class Router
    {
    }
}

namespace Magento\Webapi\Controller\Rest\Router {
    class Route
    {
        public function getRoutePath()
        {
        }
    }
}

namespace Psr\Log {
    interface LoggerInterface
    {
        public function warning($message, array $context = []);
    }
}

namespace Magento\Framework\Notification {
    interface MessageInterface
    {
        const SEVERITY_MAJOR = 2;

        public function getIdentity();

        public function isDisplayed();

        public function getText();

        public function getSeverity();
    }
}

namespace {
    function __(string $text, ...$arguments): string
    {
        $places = array_map(function (int $at): string {
            return '%' . ($at + 1);
        }, array_keys($arguments));
        return strtr($text, array_combine($places, $arguments));
    }

    spl_autoload_register(function (string $class): void {
        $prefix = getenv('PREFIX');
        if (strpos($class, $prefix) === 0) {
            require getenv('MODULE') . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        }
    });
}
