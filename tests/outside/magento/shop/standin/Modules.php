<?php
// The modules below app/code, and those that var/registered.php registers as Composer would.

namespace Magento\Framework\Component {
    class ComponentRegistrar
    {
        const MODULE = 'module';

        private static $paths;

        public static function register($type, $name, $path)
        {
            if (isset(self::$paths[$name])) {
                throw new \LogicException("Module '$name' from '$path' has been already defined.");
            }
            self::$paths[$name] = $path;
        }

        public function getPaths($type)
        {
            if (self::$paths === null) {
                self::$paths = array();
                $files = glob(BP . '/app/code/*/*/registration.php');
                foreach (array_merge($files, glob(BP . '/var/registered.php')) as $file) {
                    require_once $file;
                }
                ksort(self::$paths);
            }
            return self::$paths;
        }

        public function getPath($type, $name)
        {
            $paths = $this->getPaths($type);
            return isset($paths[$name]) ? $paths[$name] : null;
        }
    }
}

namespace Magento\Framework\Module {
    class ModuleListInterface
    {
        public function getNames()
        {
            return array_keys(\StandIn\Modules::enabled());
        }

        public function getOne($name)
        {
            $modules = \StandIn\Modules::enabled();
            return isset($modules[$name]) ? array('name' => $name, 'setup_version' => $modules[$name]) : null;
        }
    }

    class FullModuleList
    {
        public function getNames()
        {
            return array_keys(\StandIn\Modules::paths());
        }
    }

    class DbVersionInfo
    {
        public function getDbVersionErrors()
        {
            $errors = array();
            $resource = new \Magento\Framework\App\ResourceConnection();
            foreach (array_filter(\StandIn\Modules::enabled()) as $name => $version) {
                $sql = 'SELECT schema_version FROM m2_setup_module WHERE module = ?';
                if ($resource->getConnection()->fetchOne($sql, array($name)) !== $version) {
                    $errors[] = array('module' => $name);
                }
            }
            return $errors;
        }
    }
}

namespace StandIn {
    class Modules
    {
        /** Name to setup_version of the modules that are enabled. */
        public static function enabled()
        {
            $config = include BP . '/app/etc/config.php';
            $enabled = array();
            foreach (self::paths() as $name => $path) {
                if (!empty($config['modules'][$name])) {
                    $document = new \DOMDocument();
                    $document->load($path . '/etc/module.xml');
                    $module = $document->getElementsByTagName('module')->item(0);
                    $enabled[$name] = $module->getAttribute('setup_version') ?: null;
                }
            }
            return $enabled;
        }

        public static function paths()
        {
            $registrar = new \Magento\Framework\Component\ComponentRegistrar();
            return $registrar->getPaths('module');
        }

        /** Writes app/etc/config.php. */
        public static function switchTo(array $modules)
        {
            $config = include BP . '/app/etc/config.php';
            $config['modules'] = array_merge($config['modules'], $modules);
            file_put_contents(BP . '/app/etc/config.php', "<?php\nreturn " . var_export($config, true) . ";\n");
        }

        /** A file of every enabled module that has it, parsed. */
        public static function documents($file)
        {
            $documents = array();
            foreach (array_keys(self::enabled()) as $name) {
                $paths = self::paths();
                if (is_file($paths[$name] . '/etc/' . $file)) {
                    $document = new \DOMDocument();
                    if (!@$document->load($paths[$name] . '/etc/' . $file)) {
                        throw new \RuntimeException("The XML in file \"$name/etc/$file\" is invalid");
                    }
                    $documents[] = $document;
                }
            }
            return $documents;
        }
    }
}
