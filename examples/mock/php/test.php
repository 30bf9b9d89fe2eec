<?php

declare(strict_types=1);

// Tests of the connector against `magespec mock`.

require __DIR__ . '/Connector.php';

function check(bool $holds, string $what): void
{
    if (!$holds) {
        fwrite(STDERR, "failed: $what\n");
        exit(1);
    }
    echo "ok: $what\n";
}

function refusal(callable $call): ?Refused
{
    try {
        $call();
    } catch (Refused $refused) {
        return $refused;
    }

    return null;
}

$connector = Connector::fromEnvironment();

$found = $connector->orders('pending');
$statuses = array_unique(array_column($found['items'], 'status'));
check($statuses === ['pending'] && $found['search_criteria']['page_size'] === 10, 'orders are found by their status');

$order = $connector->orders('pending', 1)['items'][0]['entity_id'];
check((int)$connector->ship($order, '1Z999') > 0, 'an order is shipped');
$again = refusal(fn () => $connector->ship($order, '1Z999'));
check(str_contains($again->error['message'], 'does not allow a shipment'), 'it is not shipped again');

$sku = 'A/B C+1';
$product = null;
$unknown = refusal(function () use ($connector, $sku, &$product) {
    $product = $connector->product($sku);
});
check(($product['sku'] ?? null) === $sku || $unknown?->status === 404, 'a SKU may have a slash');

$denied = refusal(fn () => $connector->call('GET', '/customers/1'));
check($denied->status === 401, 'what the spec does not request is refused');
check($denied->error['parameters'] === ['resources' => 'Magento_Customer::customer'], 'the permission is named');

$wrong = refusal(fn () => $connector->withTokenSecret('wrong')->orders('pending'));
check($wrong->error['message'] === 'The signature is invalid. Verify and try again.', 'a wrong secret is refused');
