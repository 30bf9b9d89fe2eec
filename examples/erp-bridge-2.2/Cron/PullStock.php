<?php
/**
 * Created by magespec as a starting point; this file is yours and is never overwritten.
 */
namespace Acme\ErpBridge56\Cron;

use Acme\ErpBridge56\Model\Config;
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
     * @param LoggerInterface $logger Writes to var/log/acme_erpbridge56.log
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
    public function execute()
    {
        if (!$this->config->isEnabled()) {
            return;
        }
        $this->logger->info('acme_erpbridge56_pull_stock ran.');
    }
}
