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

        public function get($class)
        {
            if (!isset(self::$objects[$class])) {
                self::$objects[$class] = new $class();
            }
            return self::$objects[$class];
        }
    }

    class ProductMetadataInterface
    {
        public function getVersion()
        {
            $composer = json_decode(file_get_contents(BP . '/composer.json'), true);
            return $composer['require']['magento/product-community-edition'];
        }

        public function getEdition()
        {
            return 'Community';
        }
    }

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
