<?php
// Lists the consumers and access tokens of integrations, after the change of one, if any is asked for: what Admin does, by
// core services and models. Secrets are only in the answer for integrations that the question names.

function magespec_script(array $question, $objects)
{
    $objects->get('Magento\Framework\App\State')->setAreaCode('adminhtml');
    $connection = $objects->get('Magento\Framework\App\ResourceConnection')->getConnection();
    $change = $question['change'];
    if ($change === null) {
        return magespec_list($question['reveal'], $objects);
    }
    $connection->beginTransaction();
    try {
        magespec_change($change, $objects);
        $answer = magespec_list($question['reveal'], $objects);
        $connection->commit();
    } catch (\Exception $thrown) {
        $connection->rollBack();
        throw $thrown;
    }
    return $answer;
}

/** Changes the credentials of an integration. Fails if it is no longer as it was shown. */
function magespec_change(array $change, $objects)
{
    $integration = $objects->get('Magento\Integration\Api\IntegrationServiceInterface')->get($change['integration']);
    $consumer = $integration->getData('consumer_id');
    $tokens = array_map('intval', array_keys(magespec_tokens($consumer, $objects)));
    if ($integration->getData('name') !== $change['name'] || $tokens !== $change['tokens']) {
        throw new \RuntimeException('integration ' . $change['integration'] . ' changed meanwhile');
    }
    $oauth = $objects->get('Magento\Integration\Api\OauthServiceInterface');
    switch ($change['kind']) {
        case 'activate':
            // Without a valid token, one that is unfinished or revoked must not be in the way.
            $oauth->createAccessToken($consumer, !$tokens);
            if (!magespec_tokens($consumer, $objects)) {
                throw new \RuntimeException('Magento created no access token');
            }
            // As Admin does: the service would grant permissions anew.
            $integration->setData('status', 1)->save();
            break;
        case 'add-token':
            $id = magespec_token($objects)->createVerifierToken($consumer)->getId();
            $token = magespec_token($objects)->load($id);
            $token->createRequestToken($id, $token->getData('callback_url'));
            magespec_token($objects)->load($id)->convertToAccess();
            break;
        case 'delete-tokens':
            foreach ($change['delete'] as $id) {
                magespec_token($objects)->load($id)->delete();
            }
            break;
        case 'replace-key':
            $helper = $objects->get('Magento\Framework\Oauth\Helper\Oauth');
            $model = $oauth->loadConsumer($consumer);
            $model->setData('key', $helper->generateConsumerKey());
            $model->setData('secret', $helper->generateConsumerSecret());
            $model->save();
            break;
    }
}

function magespec_token($objects)
{
    return $objects->create('Magento\Integration\Model\Oauth\Token');
}

/** Returns the valid access tokens of a consumer, oldest first, by id. */
function magespec_tokens($consumer, $objects)
{
    $tokens = array();
    if ($consumer) {
        $all = $objects->create('Magento\Integration\Model\ResourceModel\Oauth\Token\Collection');
        $all->addFieldToFilter('consumer_id', $consumer)->addFieldToFilter('type', 'access');
        foreach ($all->addFieldToFilter('revoked', 0) as $token) {
            $tokens[(int) $token->getId()] = $token->getData('created_at');
        }
    }
    ksort($tokens);
    return $tokens;
}

/** Lists integrations, and the consumers of none. */
function magespec_list(array $revealed, $objects)
{
    $resource = $objects->get('Magento\Framework\App\ResourceConnection');
    $calls = $resource->getConnection()->fetchPairs(
        'SELECT consumer_id, MAX(timestamp) FROM ' . $resource->getTableName('oauth_nonce') . ' GROUP BY consumer_id'
    );
    $consumers = array();
    foreach ($objects->create('Magento\Integration\Model\ResourceModel\Oauth\Consumer\Collection') as $consumer) {
        $tokens = array();
        foreach (magespec_tokens($consumer->getId(), $objects) as $id => $created) {
            $tokens[] = array('id' => $id, 'created_at' => $created);
        }
        $id = (int) $consumer->getId();
        $consumers[$id] = array(
            'id' => $id,
            'name' => (string) $consumer->getData('name'),
            'created_at' => $consumer->getData('created_at'),
            'updated_at' => strpos((string) $consumer->getData('updated_at'), '0000') === 0
                ? null
                : $consumer->getData('updated_at'),
            'tokens' => $tokens,
            'last_call' => isset($calls[$id]) ? (int) $calls[$id] : null,
        );
    }
    $integrations = array();
    foreach ($objects->create('Magento\Integration\Model\ResourceModel\Integration\Collection') as $row) {
        $consumer = (int) $row->getData('consumer_id');
        $has = isset($consumers[$consumer]);
        $integrations[] = array(
            'id' => (int) $row->getId(),
            'name' => (string) $row->getData('name'),
            'status' => (int) $row->getData('status'),
            'setup_type' => (int) $row->getData('setup_type'),
            'has_handshake' => $row->getData('endpoint') != '' && $row->getData('identity_link_url') != '',
            'created_at' => $row->getData('created_at'),
            'consumer' => $has ? $consumers[$consumer] : null,
            'secrets' => $has && in_array((int) $row->getId(), $revealed, true)
                ? magespec_secrets($consumers[$consumer], $objects)
                : null,
        );
        unset($consumers[$consumer]);
    }
    return array(
        'integrations' => $integrations,
        'unused' => array_values($consumers),
        'remembered_minutes' => (int) $objects->get('Magento\Integration\Helper\Oauth\Data')->getCleanupExpirationPeriod(),
    );
}

/** Returns the credentials of a consumer, with its newest token. */
function magespec_secrets(array $consumer, $objects)
{
    $model = $objects->get('Magento\Integration\Api\OauthServiceInterface')->loadConsumer($consumer['id']);
    $newest = end($consumer['tokens']);
    $token = $newest ? magespec_token($objects)->load($newest['id']) : null;
    return array(
        'consumer_key' => $model->getData('key'),
        'consumer_secret' => $model->getData('secret'),
        'access_token' => $token ? $token->getData('token') : null,
        'access_token_secret' => $token ? $token->getData('secret') : null,
    );
}
