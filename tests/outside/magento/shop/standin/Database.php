<?php
// Tables with a prefix, in SQLite.

namespace Magento\Framework\App {
    class ResourceConnection
    {
        private $connection;

        public function getConnection()
        {
            if ($this->connection === null) {
                $this->connection = new \StandIn\Connection(BP . '/var/shop.sqlite');
            }
            return $this->connection;
        }

        public function getTableName($name)
        {
            return 'm2_' . $name;
        }
    }
}

namespace StandIn {
    /** As much of Magento's adapter as is used; a nested transaction is a part of the outer one. */
    class Connection
    {
        private $pdo;
        private $depth = 0;

        public function __construct($file)
        {
            if (is_file(BP . '/var/database-is-down')) {
                throw new \PDOException("SQLSTATE[HY000] [2002] Connection refused, query was: SELECT 'hidden'");
            }
            $this->pdo = new \PDO('sqlite:' . $file);
            $this->pdo->setAttribute(\PDO::ATTR_ERRMODE, \PDO::ERRMODE_EXCEPTION);
            $this->pdo->exec('PRAGMA foreign_keys = ON');
            $this->pdo->exec(file_get_contents(BP . '/standin/tables.sql'));
            $this->describeColumns();
        }

        /** What MySQL says of the column of names, and its collation; var/charset has another character set. */
        private function describeColumns()
        {
            $charset = is_file(BP . '/var/charset') ? trim(file_get_contents(BP . '/var/charset')) : 'utf8mb4';
            $this->pdo->exec("ATTACH ':memory:' AS information_schema");
            $this->pdo->exec(
                'CREATE TABLE information_schema.COLUMNS'
                . ' (TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, CHARACTER_SET_NAME, COLLATION_NAME)'
            );
            $row = "('shop', 'm2_integration', 'name', '$charset', '{$charset}_general_ci')";
            $this->pdo->exec("INSERT INTO information_schema.COLUMNS VALUES $row");
            $this->pdo->sqliteCreateFunction('DATABASE', function () {
                return 'shop';
            });
            $this->pdo->sqliteCreateFunction('NOW', function () {
                return gmdate('Y-m-d H:i:s');
            });
            $this->pdo->sqliteCreateFunction('UNIX_TIMESTAMP', function ($date) {
                return strtotime($date . ' UTC');
            });
            // One that no table of weights knows.
            $this->pdo->sqliteCreateCollation($charset . '_general_ci', function ($a, $b) {
                $weights = array('Zero' => '0', 'á' => 'a');
                return strcasecmp(strtr($a, $weights), strtr($b, $weights));
            });
            $this->pdo->sqliteCreateFunction('KEPT', function ($text) use ($charset) {
                return $charset === 'utf8mb4' ? $text : preg_replace('/[\xF0-\xF7]...|./s', '?', $text);
            });
        }

        public function query($sql, array $values = array())
        {
            $sql = preg_replace('/CONVERT\(\? USING \w+\) AS/', 'KEPT(?) AS', $sql);
            $sql = preg_replace('/CONVERT\(\? USING \w+\)/', '?', $sql);
            $statement = $this->pdo->prepare($sql);
            $statement->execute($values);
            return $statement;
        }

        public function fetchAll($sql, array $values = array())
        {
            return $this->query($sql, $values)->fetchAll(\PDO::FETCH_ASSOC);
        }

        public function fetchOne($sql, array $values = array())
        {
            return $this->query($sql, $values)->fetchColumn();
        }

        public function fetchPairs($sql)
        {
            return $this->query($sql)->fetchAll(\PDO::FETCH_KEY_PAIR);
        }

        public function isTableExists($table)
        {
            return (bool) $this->fetchOne("SELECT 1 FROM sqlite_master WHERE name = ?", array($table));
        }

        public function insert($table, array $values)
        {
            $marks = implode(', ', array_fill(0, count($values), '?'));
            $columns = implode(', ', array_keys($values));
            $this->query("INSERT INTO $table ($columns) VALUES ($marks)", array_values($values));
            return (int) $this->pdo->lastInsertId();
        }

        public function update($table, array $values, array $where)
        {
            $set = implode(' = ?, ', array_keys($values)) . ' = ?';
            $all = array_merge(array_values($values), array_values($where));
            $where = implode(' AND ', array_keys($where));
            return $this->query("UPDATE $table SET $set WHERE $where", $all)->rowCount();
        }

        public function delete($table, array $where)
        {
            $sql = "DELETE FROM $table WHERE " . implode(' AND ', array_keys($where));
            return $this->query($sql, array_values($where))->rowCount();
        }

        public function beginTransaction()
        {
            if ($this->depth++ === 0) {
                $this->pdo->beginTransaction();
            }
        }

        public function commit()
        {
            if (--$this->depth === 0) {
                $this->pdo->commit();
            }
        }

        public function rollBack()
        {
            $this->depth = 0;
            $this->pdo->rollBack();
        }
    }
}
