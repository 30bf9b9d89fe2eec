<?php

declare(strict_types=1);

namespace Magespec\Tests;

use Magespec\Failure;
use Magespec\Proxy;
use PHPUnit\Framework\TestCase;

final class ProxyTest extends TestCase
{
    private const URL = 'https://github.com/a';

    public function testProxiesOfTheEnvironment(): void
    {
        self::assertSame([], Proxy::options(self::URL, ['http_proxy' => 'http://p:1', 'HTTPS_PROXY' => '']));
        $cases = [
            [['HTTPS_PROXY' => 'http://p:3128'], 'tcp://p:3128'],
            [['https_proxy' => 'p:3128', 'HTTPS_PROXY' => 'http://q:1'], 'tcp://p:3128'],
            [['ALL_PROXY' => 'https://p'], 'ssl://p:443'],
        ];
        foreach ($cases as [$environment, $proxy]) {
            $options = Proxy::options(self::URL, $environment);
            self::assertSame($proxy, $options['proxy']);
            self::assertFalse($options['request_fulluri']);
        }
        self::assertTrue(Proxy::options('http://a/', ['HTTP_PROXY' => 'http://p:1'])['request_fulluri']);
    }

    public function testCredentialsAreSentToTheProxy(): void
    {
        $options = Proxy::options(self::URL, ['HTTPS_PROXY' => 'http://me:a%40b@p:3128']);
        self::assertSame(['Proxy-Authorization: Basic ' . base64_encode('me:a@b')], $options['header']);
        self::assertSame('tcp://p:3128', $options['proxy']);
    }

    public function testHostsWithoutAProxy(): void
    {
        $cases = [
            ['github.com', true], ['.github.com', true], ['*.github.com', true], ['*', true], ['a, GitHub.com:443', false],
            ['hub.com', false], ['api.github.com', false], ['', false],
        ];
        foreach ($cases as [$exceptions, $isOne]) {
            $environment = ['HTTPS_PROXY' => 'http://p:1', 'NO_PROXY' => $exceptions];
            self::assertSame($isOne, Proxy::options(self::URL, $environment) === [], $exceptions);
        }
        $environment = ['HTTP_PROXY' => 'http://p:1', 'NO_PROXY' => 'localhost:8080'];
        self::assertSame([], Proxy::options('http://localhost:8080/a', $environment));
    }

    public function testOtherProxiesAreRefusedWithoutTheirPassword(): void
    {
        $this->expectException(Failure::class);
        $this->expectExceptionMessageMatches('/^HTTPS_PROXY does not name a proxy; write http:..HOST:PORT$/');
        Proxy::options(self::URL, ['HTTPS_PROXY' => 'socks5://me:secret@p:1']);
    }
}
