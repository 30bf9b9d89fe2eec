<?php
// What modules declare of integrations, and what setup:upgrade makes of it.

namespace Magento\Framework\Acl\AclResource {
    class ProviderInterface
    {
        public function getAclResources()
        {
            $roots = array();
            foreach (\StandIn\Modules::documents('acl.xml') as $document) {
                $this->merge($document->getElementsByTagName('resources')->item(0), $roots);
            }
            return array_values($roots);
        }

        private function merge(\DOMNode $above, array &$nodes)
        {
            foreach ($above->childNodes as $child) {
                if ($child instanceof \DOMElement) {
                    $id = $child->getAttribute('id');
                    if (!isset($nodes[$id])) {
                        $nodes[$id] = array('id' => $id, 'children' => array());
                    }
                    $this->merge($child, $nodes[$id]['children']);
                }
            }
        }
    }
}

namespace Magento\Integration\Model\Config {
    class Reader
    {
        public function read()
        {
            return array();
        }
    }
}

namespace Magento\Integration\Model\Config\Integration {
    class Reader
    {
        public function read()
        {
            return array();
        }
    }
}

namespace Magento\Integration\Model\Config\Consolidated {
    class Reader
    {
        /** Asked-for resources that are found, with their ancestors; the rest is dropped. */
        public function read()
        {
            $provider = new \Magento\Framework\Acl\AclResource\ProviderInterface();
            $roots = $provider->getAclResources();
            $parents = array();
            $this->walk($roots[1]['children'], null, $parents);
            $declared = array();
            foreach (\StandIn\Modules::documents('integration.xml') as $document) {
                foreach ($document->getElementsByTagName('integration') as $integration) {
                    $values = array();
                    foreach (array('email', 'endpoint_url', 'identity_link_url') as $key) {
                        $found = $integration->getElementsByTagName($key)->item(0);
                        $values += $found === null ? array() : array($key => $found->nodeValue);
                    }
                    $resources = array();
                    foreach ($integration->getElementsByTagName('resource') as $resource) {
                        $id = $resource->getAttribute('name');
                        for (; array_key_exists($id, $parents); $id = $parents[$id]) {
                            $resources[$id] = true;
                        }
                    }
                    // The root, if anything was found.
                    $resources += $resources ? array($roots[1]['id'] => true) : array();
                    $values['resource'] = array_keys($resources);
                    $name = $integration->getAttribute('name');
                    // Of several modules the resources are united, and the last one wins.
                    if (isset($declared[$name])) {
                        $all = array_merge($declared[$name]['resource'], $values['resource']);
                        $values = array('resource' => array_values(array_unique($all))) + $values + $declared[$name];
                    }
                    $declared[$name] = $values;
                }
            }
            return $declared;
        }

        private function walk(array $nodes, $parent, array &$parents)
        {
            foreach ($nodes as $id => $node) {
                $parents[$id] = $parent === null ? '' : $parent;
                $this->walk($node['children'], $id, $parents);
            }
        }
    }
}

namespace Magento\Integration\Api {
    class IntegrationServiceInterface
    {
        public function get($id)
        {
            $model = new \Magento\Integration\Model\Integration();
            return $model->load($id);
        }

        public function delete($id)
        {
            $database = \StandIn\Integrations::database();
            $rows = $database->fetchAll('SELECT * FROM m2_integration WHERE integration_id = ?', array($id));
            \StandIn\Integrations::remove($rows[0]);
            return $rows[0];
        }
    }

    class OauthServiceInterface
    {
        /** Makes a token only if there is none (docs/magento/setup-upgrade.md#activate). */
        public function createAccessToken($consumer, $clears)
        {
            $sql = 'SELECT 1 FROM m2_oauth_token WHERE consumer_id = ?';
            if (\StandIn\Integrations::database()->fetchOne($sql, array($consumer)) && !$clears) {
                return false;
            }
            $token = new \Magento\Integration\Model\Oauth\Token();
            $token->createVerifierToken($consumer)->createRequestToken($token->getId(), '')->convertToAccess();
            return true;
        }

        public function loadConsumer($id)
        {
            $model = new \Magento\Integration\Model\Oauth\Consumer();
            return $model->load($id);
        }

        public function deleteConsumer($id)
        {
            \StandIn\Integrations::database()->delete('m2_oauth_consumer', array('entity_id = ?' => $id));
        }
    }
}

namespace StandIn {
    class Integrations
    {
        public static function database()
        {
            $objects = new \Magento\Framework\App\ObjectManager();
            return $objects->get('Magento\Framework\App\ResourceConnection')->getConnection();
        }

        /** The row and its rules go, the consumer and its tokens stay (docs/magento/setup-upgrade.md#reset-leaves). */
        public static function remove(array $row)
        {
            self::database()->delete('m2_integration', array('integration_id = ?' => $row['integration_id']));
            self::database()->delete('m2_authorization_role', array('user_id = ?' => $row['integration_id']));
        }

        /** One setup:upgrade (docs/magento/setup-upgrade.md#reset). */
        public static function process()
        {
            $reader = new \Magento\Integration\Model\Config\Consolidated\Reader();
            foreach ($reader->read() as $name => $declared) {
                $declared += array('endpoint_url' => null, 'identity_link_url' => null);
                $rows = self::database()->fetchAll('SELECT * FROM m2_integration WHERE name = ?', array($name));
                if (!$rows) {
                    self::create($name, $declared, 0);
                    continue;
                }
                $row = $rows[0];
                if ($row['name'] !== $name) {
                    throw new \RuntimeException('The integration with name "' . $name . '" exists.');
                }
                if (self::differs($row, $declared)) {
                    self::remove($row);
                    self::create($name, $declared, 2);
                }
            }
        }

        private static function differs(array $row, array $declared)
        {
            $rules = self::database()->fetchAll(
                'SELECT resource_id FROM m2_authorization_rule JOIN m2_authorization_role USING (role_id) WHERE user_id = ?',
                array($row['integration_id'])
            );
            $granted = array_column($rules, 'resource_id');
            sort($granted);
            sort($declared['resource']);
            return $granted !== $declared['resource']
                || (int) $row['setup_type'] !== 1
                || $row['email'] !== $declared['email']
                || $declared['endpoint_url'] !== null && $row['endpoint'] !== $declared['endpoint_url']
                || $declared['identity_link_url'] !== null
                    && $row['identity_link_url'] !== $declared['identity_link_url'];
        }

        private static function create($name, array $declared, $status)
        {
            $database = self::database();
            $now = gmdate('Y-m-d H:i:s');
            $id = $database->insert('m2_integration', array(
                'name' => $name,
                'email' => $declared['email'],
                'endpoint' => $declared['endpoint_url'],
                'identity_link_url' => $declared['identity_link_url'],
                'status' => $status,
                'setup_type' => 1,
                'created_at' => $now,
            ));
            $consumer = $database->insert('m2_oauth_consumer', array(
                'name' => 'Integration' . $id,
                'key' => 'hidden-key-' . $id,
                'secret' => 'hidden-secret-' . $id,
                'created_at' => $now,
            ));
            $database->update('m2_integration', array('consumer_id' => $consumer), array('integration_id = ?' => $id));
            $role = $database->insert('m2_authorization_role', array('user_type' => '1', 'user_id' => $id));
            foreach ($declared['resource'] as $resource) {
                $rule = array('role_id' => $role, 'resource_id' => $resource, 'permission' => 'allow');
                $database->insert('m2_authorization_rule', $rule);
            }
        }
    }
}
