<?php
// Models of integrations, consumers and tokens, as far as `magespec credentials` uses them.

namespace StandIn {
    /** A model with a table of its own. */
    class Record
    {
        const TABLE = '';
        const KEY = 'entity_id';

        protected $data = array();

        public function load($id)
        {
            $sql = 'SELECT * FROM ' . static::TABLE . ' WHERE ' . static::KEY . ' = ?';
            $rows = Integrations::database()->fetchAll($sql, array($id));
            $this->data = $rows ? $rows[0] : array();
            return $this;
        }

        public function fill(array $row)
        {
            $this->data = $row;
            return $this;
        }

        public function getId()
        {
            return isset($this->data[static::KEY]) ? $this->data[static::KEY] : null;
        }

        public function getData($name)
        {
            return isset($this->data[$name]) ? $this->data[$name] : null;
        }

        public function setData($name, $value)
        {
            $this->data[$name] = $value;
            return $this;
        }

        public function save()
        {
            if ($this->getId()) {
                Integrations::database()->update(static::TABLE, $this->data, array(static::KEY . ' = ?' => $this->getId()));
            } else {
                $this->data[static::KEY] = Integrations::database()->insert(static::TABLE, $this->data);
            }
            return $this;
        }

        public function delete()
        {
            Integrations::database()->delete(static::TABLE, array(static::KEY . ' = ?' => $this->getId()));
            return $this;
        }
    }

    /** The rows of a model. */
    class Records implements \IteratorAggregate
    {
        const MODEL = '';

        private $where = array();

        public function addFieldToFilter($field, $value)
        {
            $this->where[$field . ' = ?'] = $value;
            return $this;
        }

        #[\ReturnTypeWillChange]
        public function getIterator()
        {
            $model = static::MODEL;
            $where = $this->where ? ' WHERE ' . implode(' AND ', array_keys($this->where)) : '';
            $rows = Integrations::database()->fetchAll('SELECT * FROM ' . $model::TABLE . $where, array_values($this->where));
            $models = array();
            foreach ($rows as $row) {
                $one = new $model();
                $models[] = $one->fill($row);
            }
            return new \ArrayIterator($models);
        }
    }
}

namespace Magento\Integration\Model {
    class Integration extends \StandIn\Record
    {
        const TABLE = 'm2_integration';
        const KEY = 'integration_id';
    }
}

namespace Magento\Integration\Model\Oauth {
    class Consumer extends \StandIn\Record
    {
        const TABLE = 'm2_oauth_consumer';
    }

    /** A verifier becomes a request token and that an access token (docs/magento/setup-upgrade.md#rotate-token). */
    class Token extends \StandIn\Record
    {
        const TABLE = 'm2_oauth_token';

        public function createVerifierToken($consumer)
        {
            return $this->made('verifier')->setData('consumer_id', $consumer)->save();
        }

        public function createRequestToken($id, $url)
        {
            return $this->made('request')->save();
        }

        public function convertToAccess()
        {
            if ($this->getData('type') !== 'request') {
                throw new \RuntimeException('Can not convert to access token due to token is not request type');
            }
            return $this->made('access')->save();
        }

        private function made($type)
        {
            $of = uniqid();
            $this->setData('type', $type)->setData('revoked', 0)->setData('created_at', gmdate('Y-m-d H:i:s'));
            return $this->setData('token', "hidden-$type-$of")->setData('secret', "hidden-secret-$of");
        }
    }
}

namespace Magento\Integration\Model\ResourceModel\Integration {
    class Collection extends \StandIn\Records
    {
        const MODEL = 'Magento\Integration\Model\Integration';
    }
}

namespace Magento\Integration\Model\ResourceModel\Oauth\Consumer {
    class Collection extends \StandIn\Records
    {
        const MODEL = 'Magento\Integration\Model\Oauth\Consumer';
    }
}

namespace Magento\Integration\Model\ResourceModel\Oauth\Token {
    class Collection extends \StandIn\Records
    {
        const MODEL = 'Magento\Integration\Model\Oauth\Token';
    }
}

namespace Magento\Integration\Helper\Oauth {
    class Data
    {
        public function getCleanupExpirationPeriod()
        {
            return 120;
        }
    }
}

namespace Magento\Framework\Oauth\Helper {
    class Oauth
    {
        public function generateConsumerKey()
        {
            return 'hidden-key-' . uniqid();
        }

        public function generateConsumerSecret()
        {
            return 'hidden-secret-' . uniqid();
        }
    }
}
