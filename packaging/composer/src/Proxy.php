<?php

declare(strict_types=1);

namespace Magespec;

/** The proxy of a URL, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name it. */
final class Proxy
{
    /**
     * Options of the `http` stream context that go through the proxy.
     *
     * @param array<string, string> $environment
     * @return array<string, mixed>
     */
    public static function options(string $url, array $environment): array
    {
        $scheme = strtolower((string) parse_url($url, PHP_URL_SCHEME));
        $name = "{$scheme}_proxy";
        $proxy = '';
        foreach ([$name, strtoupper($name), 'all_proxy', 'ALL_PROXY'] as $name) {
            $proxy = $environment[$name] ?? '';
            if ($proxy !== '') {
                break;
            }
        }
        $exceptions = $environment['no_proxy'] ?? $environment['NO_PROXY'] ?? '';
        if ($proxy === '' || self::isException($url, $exceptions)) {
            return [];
        }
        $parts = parse_url(strpos($proxy, '://') === false ? "http://$proxy" : $proxy);
        $proxyScheme = strtolower($parts['scheme'] ?? '');
        if (!isset($parts['host']) || !in_array($proxyScheme, ['http', 'https'], true)) {
            // The value may have a password.
            throw new Failure("$name does not name a proxy; write http://HOST:PORT");
        }
        $isTls = $proxyScheme === 'https';
        $port = $parts['port'] ?? ($isTls ? 443 : 80);
        $options = [
            'proxy' => ($isTls ? 'ssl' : 'tcp') . "://{$parts['host']}:$port",
            // Requests over HTTPS go through a tunnel, which servers must not notice.
            'request_fulluri' => $scheme === 'http',
        ];
        if (isset($parts['user'])) {
            $credentials = rawurldecode($parts['user']) . ':' . rawurldecode($parts['pass'] ?? '');
            $options['header'] = ['Proxy-Authorization: Basic ' . base64_encode($credentials)];
        }
        return $options;
    }

    private static function isException(string $url, string $exceptions): bool
    {
        $host = strtolower(trim((string) parse_url($url, PHP_URL_HOST), '[]'));
        $port = parse_url($url, PHP_URL_PORT);
        foreach (preg_split('/[\s,]+/', strtolower($exceptions), -1, PREG_SPLIT_NO_EMPTY) as $exception) {
            if (preg_match('/^([^:]+):(\d+)$/', $exception, $match) === 1) {
                if ((int) $match[2] !== $port) {
                    continue;
                }
                $exception = $match[1];
            }
            $domain = ltrim($exception, '*.');
            if ($exception === '*' || $host === $domain || ($domain !== '' && substr($host, -strlen(".$domain")) === ".$domain")) {
                return true;
            }
        }
        return false;
    }
}
