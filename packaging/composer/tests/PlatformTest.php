<?php

declare(strict_types=1);

namespace Magespec\Tests;

use Magespec\Failure;
use Magespec\Platform;
use PHPUnit\Framework\TestCase;

final class PlatformTest extends TestCase
{
    public function testTargetsOfEachSystem(): void
    {
        $cases = [
            ['Linux', 'x86_64', '2.36', ['x86_64-unknown-linux-gnu', 'x86_64-unknown-linux-musl']],
            ['Linux', 'x86_64', '2.28', ['x86_64-unknown-linux-musl']],
            ['Linux', 'aarch64', '', ['aarch64-unknown-linux-musl']],
            ['Darwin', 'arm64', '', ['aarch64-apple-darwin']],
            ['Darwin', 'x86_64', '', ['x86_64-apple-darwin']],
            ['Windows', 'AMD64', '', ['x86_64-pc-windows-msvc']],
            ['Windows', 'ARM64', '', ['x86_64-pc-windows-msvc']],
            ['BSD', 'amd64', '', []],
        ];
        foreach ($cases as [$family, $machine, $glibc, $targets]) {
            self::assertSame($targets, (new Platform($family, $machine, $glibc, []))->targets(), "$family $machine $glibc");
        }
    }

    public function testTheCacheIsThatOfComposer(): void
    {
        $cases = [
            ['Linux', ['COMPOSER_CACHE_DIR' => '/c/', 'COMPOSER_HOME' => '/h'], '/c'],
            ['Linux', ['COMPOSER_HOME' => '/h', 'XDG_CACHE_HOME' => '/x'], '/h/cache'],
            ['Linux', ['XDG_CACHE_HOME' => '/x', 'HOME' => '/none'], '/x/composer'],
            ['Linux', ['HOME' => '/none'], '/none/.cache/composer'],
            ['Darwin', ['HOME' => '/Users/a'], '/Users/a/Library/Caches/composer'],
            ['Windows', ['LOCALAPPDATA' => 'C:\Users\a\AppData\Local'], 'C:/Users/a/AppData/Local/Composer'],
        ];
        foreach ($cases as [$family, $environment, $folder]) {
            self::assertSame($folder, (new Platform($family, 'x86_64', '', $environment))->cacheDirectory());
        }
        $this->expectException(Failure::class);
        $this->expectExceptionMessage('set HOME, or COMPOSER_CACHE_DIR');
        (new Platform('Linux', 'x86_64', '', []))->cacheDirectory();
    }
}
