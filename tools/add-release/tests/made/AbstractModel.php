<?php
namespace Magento\Framework\Model;

abstract class AbstractModel
{
    protected $_eventPrefix = 'core_abstract';

    protected $_eventObject = 'object';

    protected function _getEventData()
    {
        return ['data_object' => $this, $this->_eventObject => $this];
    }

    protected function _beforeLoad($modelId, $field = null)
    {
        $params = ['object' => $this, 'field' => $field, 'value' => $modelId];
        $params = array_merge($params, $this->_getEventData());
        $this->_eventManager->dispatch($this->_eventPrefix . '_load_before', $params);
    }

    protected function _afterLoad()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_load_after', $this->_getEventData());
    }

    public function afterCommitCallback()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_save_commit_after', $this->_getEventData());
    }

    public function beforeSave()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_save_before', $this->_getEventData());
    }

    public function afterSave()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_save_after', $this->_getEventData());
    }

    public function beforeDelete()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_delete_before', $this->_getEventData());
    }

    public function afterDelete()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_delete_after', $this->_getEventData());
    }

    public function afterDeleteCommit()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_delete_commit_after', $this->_getEventData());
    }

    public function clearInstance()
    {
        $this->_eventManager->dispatch($this->_eventPrefix . '_clear', $this->_getEventData());
    }
}
