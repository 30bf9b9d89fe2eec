<?php
namespace Magento\Made\Model;

use Magento\Framework\Model\AbstractModel;
use Magento\Made\Api\Data\ThingInterface;

class Thing extends AbstractModel implements ThingInterface
{
    const DONE = 'made_thing_done';

    protected $_eventPrefix = 'made_thing';

    protected $_eventObject = 'thing';

    /**
     * @param ThingInterface|null $other
     */
    public function finish($other)
    {
        $data = ['thing' => $this, 'other' => $other];
        $data['note'] = 'finished';
        $this->_eventManager->dispatch(self::DONE, $data);
        $this->_eventManager->dispatch($this->_eventPrefix . '_finish', [$this->_eventObject => $this]);
    }

    public function change($isNew)
    {
        if ($isNew) {
            $event = $this->_eventPrefix . '_add';
        } else {
            $event = $this->_eventPrefix . '_edit';
        }
        $this->_eventManager->dispatch($event, array('thing' => $this));
    }

    public function call($code)
    {
        $name = sprintf('made_%s_call', $code);
        $this->_eventManager->dispatch($name, $this->_getEventData());
        $this->_eventManager->dispatch($code);
    }
}
