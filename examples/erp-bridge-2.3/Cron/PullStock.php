<?php
/**
 * Created by magespec as a starting point; this file is yours and is never overwritten.
 */
declare(strict_types=1);

namespace Acme\ErpBridge71\Cron;

use Acme\ErpBridge71\Model\Config;
use Psr\Log\LoggerInterface;

/**
 * Cron job, scheduled in etc/crontab.xml
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
     * @param LoggerInterface $logger Writes to var/log/acme_erpbridge71.log
     */
    public function __construct(
        Config $config,
        LoggerInterface $logger
    ) {
        $this->config = $config;
        $this->logger = $logger;
    }

    /**
     * Run the job
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
