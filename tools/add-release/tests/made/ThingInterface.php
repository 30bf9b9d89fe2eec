<?php
namespace Magento\Made\Api\Data;

interface ThingInterface
{
    /**
     * @return int|null
     */
    public function getId();

    public function isActive(): bool;

    /**
     * @return \Magento\Made\Api\Data\ThingInterface[]
     */
    public function getParts();

    /**
     * @param int $id
     * @return $this
     */
    public function setId($id);
}
