<?php
// Reattaches earlier consumers to integrations that setup:upgrade reset: all of them or none.

function magespec_script(array $question, $objects)
{
    $resource = $objects->get('Magento\Framework\App\ResourceConnection');
    $connection = $resource->getConnection();
    $connection->beginTransaction();
    try {
        $refused = array();
        foreach ($question['exchanges'] as $exchange) {
            $refused[] = magespec_seconds($exchange, $resource, $connection);
            magespec_exchange($exchange, $resource, $connection);
        }
        $connection->commit();
    } catch (\Exception $thrown) {
        $connection->rollBack();
        throw $thrown;
    }
    return array('version' => 1, 'refused' => $refused);
}

/** Returns how long ago setup:upgrade created the row, by the clock of the database: since then, calls are refused. */
function magespec_seconds(array $exchange, $resource, $connection)
{
    return (int) $connection->fetchOne(
        'SELECT UNIX_TIMESTAMP(NOW()) - UNIX_TIMESTAMP(created_at) FROM ' . $resource->getTableName('integration')
        . ' WHERE integration_id = ?',
        array($exchange['integration'])
    );
}

/** Reattaches one consumer, unless the row changed since it was queried. */
function magespec_exchange(array $exchange, $resource, $connection)
{
    $live = $connection->fetchOne(
        'SELECT COUNT(*) FROM ' . $resource->getTableName('oauth_token')
        . " WHERE consumer_id = ? AND type = 'access' AND revoked = 0",
        array($exchange['earlier'])
    );
    if (!$live) {
        throw new \RuntimeException('consumer ' . $exchange['earlier'] . ' no longer has a valid access token');
    }
    $changed = $connection->update(
        $resource->getTableName('integration'),
        array('consumer_id' => $exchange['earlier'], 'status' => 1),
        array(
            'integration_id = ?' => $exchange['integration'],
            'consumer_id = ?' => $exchange['spare'],
            'status = ?' => 2,
        )
    );
    if ((int) $changed !== 1) {
        throw new \RuntimeException('integration ' . $exchange['integration'] . ' was changed meanwhile');
    }
    $connection->delete($resource->getTableName('oauth_consumer'), array('entity_id = ?' => $exchange['spare']));
}
