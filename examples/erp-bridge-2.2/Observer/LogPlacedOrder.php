<?php
/**
 * Created by magespec as a starting point; this file is yours and is never overwritten.
 */
namespace Acme\ErpBridge56\Observer;

use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;
use Psr\Log\LoggerInterface;

/**
 * Observes sales_order_place_after
 */
class LogPlacedOrder implements ObserverInterface
{
    /**
     * @var LoggerInterface
     */
    private $logger;

    /**
     * @param LoggerInterface $logger Writes to var/log/acme_erpbridge56.log
     */
    public function __construct(
        LoggerInterface $logger
    ) {
        $this->logger = $logger;
    }

    /**
     * @inheritDoc
     */
    public function execute(Observer $observer)
    {
        $this->logger->info('sales_order_place_after', array_keys($observer->getEvent()->getData()));
    }
}
