<?php
/**
 * First written by magespec; yours to continue, it is never overwritten.
 */
declare(strict_types=1);

namespace Acme\ErpBridge71\Cron;

use Acme\ErpBridge71\Model\Config;
use Psr\Log\LoggerInterface;

/**
 * Runs by cron, as etc/crontab.xml says
 */
class PullStock
{
    /**
     * @var Config
     */
    private $config;

    /**
     * @var LoggerInterface
     */
    private $logger;

    /**
     * @param Config $config
     * @param LoggerInterface $logger writes to var/log/acme_erpbridge71.log
     */
    public function __construct(
        Config $config,
        LoggerInterface $logger
    ) {
        $this->config = $config;
        $this->logger = $logger;
    }

    /**
     * Called by cron
     *
     * @return void
     */
    public function execute(): void
    {
        if (!$this->config->isEnabled()) {
            return;
        }
        $this->logger->info('acme_erpbridge71_pull_stock ran.');
    }
}
