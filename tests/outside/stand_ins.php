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

namespace Magento\Framework\Acl {
    class Builder
    {
        public function resetRuntimeAcl()
        {
        }
    }
}

namespace Magento\Framework\App {
    class ResourceConnection
    {
        public function getConnection($resourceName = 'default')
        {
        }

        public function getTableName($modelEntity, $connectionName = 'default')
        {
        }
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

        public function fetchCol($sql, $bind = []);

        public function delete($table, $where = '');

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

namespace Magento\Framework {
    class DataObject
    {
        protected $_data;

        public function __construct(array $data = [])
        {
            $this->_data = $data;
        }

        public function getData($key = '', $index = null)
        {
            return $key === '' ? $this->_data : ($this->_data[$key] ?? null);
        }

        public function hasData($key = '')
        {
            return array_key_exists($key, $this->_data);
        }

        public function __call($method, $args)
        {
            return $this->getData(strtolower(preg_replace('/(.)([A-Z])/', '$1_$2', substr($method, 3))));
        }
    }
}

namespace Magento\Framework {
    class Phrase
    {
        private $text;

        private $arguments;

        public function __construct($text, array $arguments = [])
        {
            $this->text = $text;
            $this->arguments = $arguments;
        }

        public function __toString()
        {
            return str_replace(['%1', '%2'], $this->arguments + ['', ''], $this->text);
        }
    }
}

namespace Magento\Quote\Api\Data {
    interface CartInterface
    {
        public function getItems();
    }
}

namespace Magento\Quote\Model {
    class Quote extends \Magento\Framework\DataObject implements \Magento\Quote\Api\Data\CartInterface
    {
        public function getItems()
        {
            return $this->getData('items');
        }

        public function getAllVisibleItems()
        {
            return [];
        }
    }
}

namespace Magento\Framework\Api {
    interface AttributeInterface
    {
        public function getAttributeCode();

        public function getValue();
    }

    interface CustomAttributesDataInterface
    {
        public function getCustomAttribute($attributeCode);
    }
}

namespace Magento\Framework\Exception {
    class LocalizedException extends \Exception
    {
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

namespace Magento\Authorization\Model\Acl {
    class AclRetriever
    {
        public function getAllowedResourcesByUser($userType, $userId)
        {
            return [];
        }
    }
}

namespace Magento\Integration\Api {
    interface IntegrationServiceInterface
    {
        public function get($integrationId);

        public function findByName($integrationName);

        public function update(array $integrationData);

        public function delete($integrationId);
    }

    interface OauthServiceInterface
    {
        public function getAccessToken($consumerId);

        public function deleteConsumer($consumerId);
    }
}

namespace Magento\Integration\Model {
    class Config
    {
        public function getIntegrations()
        {
            return [];
        }
    }

    class ConsolidatedConfig
    {
        public function getIntegrations()
        {
            return [];
        }
    }

    class ConfigBasedIntegrationManager
    {
    }

    class Integration
    {
        const TYPE_CONFIG = 1;
        const STATUS_ACTIVE = 1;
        const ID = 'integration_id';
        const NAME = 'name';
        const EMAIL = 'email';
        const ENDPOINT = 'endpoint';
        const IDENTITY_LINK_URL = 'identity_link_url';
        const SETUP_TYPE = 'setup_type';
        const CONSUMER_ID = 'consumer_id';
        const STATUS = 'status';

        public function getId()
        {
        }

        public function getData($key = '', $index = null)
        {
        }

        public function setData($key, $value = null)
        {
        }
    }
}

namespace Magento\Integration\Model\Config\Consolidated {
    class Converter
    {
        const API_RESOURCES = 'resource';
        const KEY_EMAIL = 'email';
        const KEY_AUTHENTICATION_ENDPOINT_URL = 'endpoint_url';
        const KEY_IDENTITY_LINKING_URL = 'identity_link_url';
    }
}

namespace Magento\Integration\Model\ResourceModel {
    class Integration
    {
        public function getConnection()
        {
        }

        public function getMainTable()
        {
        }

        public function save($integration)
        {
        }
    }
}
