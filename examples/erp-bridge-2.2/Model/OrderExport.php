<?php
/**
 * Created by magespec as a starting point; this file is yours and is never overwritten.
 */
namespace Acme\ErpBridge56\Model;

use Acme\ErpBridge56\Api\Data\ExportResultInterface;
use Acme\ErpBridge56\Api\Data\ExportResultSearchResultsInterface;
use Acme\ErpBridge56\Api\OrderExportInterface;
use Magento\Framework\Api\SearchCriteriaInterface;
use Magento\Framework\Webapi\Exception as WebapiException;

/**
 * Orders as the ERP reads them
 */
class OrderExport implements OrderExportInterface
{
    /**
     * @inheritDoc
     */
    public function getList(SearchCriteriaInterface $searchCriteria)
    {
        throw new WebapiException(__('Not implemented yet.'), 0, 501);
    }

    /**
     * @inheritDoc
     */
    public function get($incrementId)
    {
        throw new WebapiException(__('Not implemented yet.'), 0, 501);
    }

    /**
     * @inheritDoc
     */
    public function confirm($incrementId, $erpNumber)
    {
        throw new WebapiException(__('Not implemented yet.'), 0, 501);
    }
}
