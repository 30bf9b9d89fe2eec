<?php

declare(strict_types=1);

/** Answer of Magento with an error. */
final class Refused extends RuntimeException
{
    public function __construct(public readonly int $status, public readonly array $error)
    {
        parent::__construct($status . ' ' . $error['message']);
    }
}

/** Reads orders and products of a Magento shop and ships orders, with nothing but PHP. */
final class Connector
{
    public function __construct(
        private string $baseUrl,
        private string $consumerKey,
        private string $consumerSecret,
        private string $token,
        private string $tokenSecret,
    ) {
    }

    public static function fromEnvironment(): self
    {
        $names = ['BASE_URL', 'CONSUMER_KEY', 'CONSUMER_SECRET', 'ACCESS_TOKEN', 'ACCESS_TOKEN_SECRET'];

        return new self(...array_map(fn (string $name) => (string)getenv("MAGENTO_$name"), $names));
    }

    public function withTokenSecret(string $secret): self
    {
        $other = clone $this;
        $other->tokenSecret = $secret;

        return $other;
    }

    public function orders(string $status, int $pageSize = 10): array
    {
        return $this->call('GET', '/orders', [
            'searchCriteria[filter_groups][0][filters][0][field]' => 'status',
            'searchCriteria[filter_groups][0][filters][0][value]' => $status,
            'searchCriteria[sortOrders][0][field]' => 'entity_id',
            'searchCriteria[sortOrders][0][direction]' => 'ASC',
            'searchCriteria[pageSize]' => (string)$pageSize,
        ]);
    }

    public function ship(int $orderId, string $trackNumber): string
    {
        $track = ['track_number' => $trackNumber, 'title' => 'UPS', 'carrier_code' => 'ups'];

        return $this->call('POST', "/order/$orderId/ship", [], ['tracks' => [$track]]);
    }

    public function product(string $sku): array
    {
        return $this->call('GET', '/products/' . rawurlencode($sku));
    }

    /** @param array<string, string> $query */
    public function call(string $method, string $path, array $query = [], ?array $body = null): mixed
    {
        $url = rtrim($this->baseUrl, '/') . '/rest/V1' . $path;
        $sent = $query ? $url . '?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986) : $url;
        $headers = ['Authorization: ' . $this->authorization($method, $url, $query), 'Content-Type: application/json'];
        $http = ['method' => $method, 'header' => $headers, 'ignore_errors' => true, 'timeout' => 60];
        if ($body !== null) {
            $http['content'] = json_encode($body, JSON_THROW_ON_ERROR);
        }
        $answer = file_get_contents($sent, false, stream_context_create(['http' => $http]));
        $status = (int)explode(' ', $http_response_header[0])[1];
        $value = json_decode((string)$answer, true, 512, JSON_THROW_ON_ERROR);
        if ($status >= 400) {
            throw new Refused($status, $value);
        }

        return $value;
    }

    /** @param array<string, string> $query */
    private function authorization(string $method, string $url, array $query): string
    {
        $oauth = [
            'oauth_consumer_key' => $this->consumerKey,
            'oauth_nonce' => bin2hex(random_bytes(16)),
            'oauth_signature_method' => 'HMAC-SHA256',
            'oauth_timestamp' => (string)time(),
            'oauth_token' => $this->token,
            'oauth_version' => '1.0',
        ];
        // Magento 2.4.6 and 2.4.7 sign the decoded path: `/products/A%2FB` as `/products/A/B`.
        $decode = fn (array $it) => rawurldecode($it[0]);
        $signedUrl = preg_replace_callback('/%(2[46BCF]|3[ABD]|40)/i', $decode, $url);
        $signed = [];
        foreach ($oauth + $query as $name => $value) {
            $signed[rawurlencode($name)] = rawurlencode($value);
        }
        uksort($signed, 'strnatcmp');
        $pairs = array_map(fn ($name, $value) => "$name=$value", array_keys($signed), $signed);
        $base = implode('&', array_map('rawurlencode', [$method, $signedUrl, implode('&', $pairs)]));
        $key = rawurlencode($this->consumerSecret) . '&' . rawurlencode($this->tokenSecret);
        $oauth['oauth_signature'] = base64_encode(hash_hmac('sha256', $base, $key, true));
        $fields = array_map(fn ($name, $value) => $name . '="' . rawurlencode($value) . '"', array_keys($oauth), $oauth);

        return 'OAuth ' . implode(', ', $fields);
    }
}
