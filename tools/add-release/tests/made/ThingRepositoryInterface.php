<?php
namespace Magento\Made\Api;

use Magento\Made\Api\Data\ThingInterface;

interface ThingRepositoryInterface
{
    /**
     * @param int $id
     * @param string[] $fields
     * @return \Magento\Made\Api\Data\ThingInterface
     */
    public function get($id, array $fields = ['id', 'parts']);

    /**
     * @return bool
     */
    public function delete(ThingInterface $thing);
}
