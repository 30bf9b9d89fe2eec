<?php
// The object manager, and what says which Magento it is.

namespace Magento\Framework\App {
    class Bootstrap
    {
        public static function create($root, array $parameters)
        {
            return new self();
        }

        public function getObjectManager()
        {
            return new ObjectManager();
        }
    }

    /** One object of each class; an interface is its class here. */
    class ObjectManager
    {
        private static $objects = array();

        public function create($class)
        {
            return new $class();
        }

        public function get($class)
        {
            if (!isset(self::$objects[$class])) {
                self::$objects[$class] = new $class();
            }
            return self::$objects[$class];
        }
    }

    class ProductMetadata
    {
        public function getVersion()
        {
            $composer = json_decode(file_get_contents(BP . '/composer.json'), true);
            return isset($composer['require']) ? $composer['require']['magento/product-community-edition'] : 'dev-main';
        }

        public function getEdition()
        {
            return 'Community';
        }

        public function getName()
        {
            return 'Magento';
        }
    }

    /** Mage-OS before it had a release of its own besides Magento's. */
    class EarlyMageOsMetadata extends ProductMetadata
    {
        public static function product()
        {
            $lock = is_file(BP . '/composer.lock') ? json_decode(file_get_contents(BP . '/composer.lock'), true) : null;
            return $lock === null ? null : $lock['packages'][0];
        }

        public function getVersion()
        {
            $product = self::product();
            return $product['version'];
        }

        public function getName()
        {
            return 'Mage-OS';
        }
    }

    class MageOsMetadata extends EarlyMageOsMetadata
    {
        public function getVersion()
        {
            $product = self::product();
            return $product['extra']['magento_version'];
        }

        public function getName()
        {
            return 'Magento';
        }

        public function getDistributionName()
        {
            return 'Mage-OS';
        }

        public function getDistributionVersion()
        {
            $product = self::product();
            return $product['version'];
        }
    }

    $product = EarlyMageOsMetadata::product();
    $metadata = isset($product['extra']) ? 'MageOsMetadata' : 'EarlyMageOsMetadata';
    class_alias(__NAMESPACE__ . '\\' . ($product === null ? 'ProductMetadata' : $metadata), __NAMESPACE__ . '\\ProductMetadataInterface');

    class State
    {
        public function getMode()
        {
            $environment = include BP . '/app/etc/env.php';
            return $environment['MAGE_MODE'];
        }

        public function setAreaCode($code)
        {
        }
    }

    class DeploymentConfig
    {
        public function get($key)
        {
            $config = include BP . '/app/etc/config.php';
            return $config[$key];
        }
    }
}

namespace Magento\Framework\ObjectManager\Config {
    class Runtime
    {
    }

    /** The configuration of compiled code: var/compiled.json has the arguments by class. */
    class Compiled
    {
        public function getArguments($type)
        {
            $arguments = json_decode(file_get_contents(BP . '/var/compiled.json'), true);
            return isset($arguments[$type]) ? $arguments[$type] : null;
        }
    }

    $config = is_file(BP . '/var/compiled.json') ? 'Compiled' : 'Runtime';
    class_alias(__NAMESPACE__ . '\\' . $config, 'Magento\Framework\ObjectManager\ConfigInterface');
}
