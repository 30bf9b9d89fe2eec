<?php
// Deletes integrations with their consumers through Magento's own services: all of them or none.

function magespec_script(array $question, $objects)
{
    $objects->get('Magento\Framework\App\State')->setAreaCode('adminhtml');
    $integrations = $objects->get('Magento\Integration\Api\IntegrationServiceInterface');
    $oauth = $objects->get('Magento\Integration\Api\OauthServiceInterface');
    $connection = $objects->get('Magento\Framework\App\ResourceConnection')->getConnection();
    $connection->beginTransaction();
    try {
        foreach ($question['integrations'] as $asked) {
            $deleted = $integrations->delete($asked['id']);
            if ($deleted['name'] !== $asked['name']) {
                throw new \RuntimeException('integration ' . $asked['id'] . ' is now named ' . $deleted['name']);
            }
            if (!empty($deleted['consumer_id'])) {
                $oauth->deleteConsumer($deleted['consumer_id']);
            }
        }
        $connection->commit();
    } catch (\Exception $thrown) {
        $connection->rollBack();
        throw $thrown;
    }
    return array('version' => 1, 'deleted' => count($question['integrations']));
}
