<?php

declare(strict_types=1);

namespace Magespec;

/** The system that PHP runs on. */
final class Platform
{
    /** The glibc that the binary for GNU/Linux needs. */
    private const GLIBC = '2.35';

    private string $family;
    private string $machine;
    private string $glibc;
    /** @var array<string, string> */
    private array $environment;

    /**
     * @param string $family as PHP_OS_FAMILY
     * @param string $machine as `uname -m`
     * @param string $glibc the version of glibc, or an empty string
     * @param array<string, string> $environment
     */
    public function __construct(string $family, string $machine, string $glibc, array $environment)
    {
        $this->family = $family;
        $this->machine = strtolower($machine);
        $this->glibc = $glibc;
        $this->environment = $environment;
    }

    public static function current(): self
    {
        // Prints "glibc 2.36"; musl has no such variable.
        $isLinux = PHP_OS_FAMILY === 'Linux' && function_exists('shell_exec');
        $glibc = $isLinux ? (string) @shell_exec('getconf GNU_LIBC_VERSION 2>/dev/null') : '';
        return new self(PHP_OS_FAMILY, php_uname('m'), trim(str_replace('glibc', '', $glibc)), getenv());
    }

    public function name(): string
    {
        return "{$this->family} on {$this->machine}";
    }

    /**
     * Targets whose binary runs here, the best one first. The binary for musl is static, so it runs on any Linux.
     *
     * @return string[]
     */
    public function targets(): array
    {
        $machines = ['x86_64' => 'x86_64', 'amd64' => 'x86_64', 'aarch64' => 'aarch64', 'arm64' => 'aarch64'];
        $machine = $machines[$this->machine] ?? $this->machine;
        switch ($this->family) {
            case 'Linux':
                $isRecent = $this->glibc !== '' && version_compare($this->glibc, self::GLIBC, '>=');
                $musl = "$machine-unknown-linux-musl";
                return $isRecent ? ["$machine-unknown-linux-gnu", $musl] : [$musl];
            case 'Darwin':
                return ["$machine-apple-darwin"];
            case 'Windows':
                // Windows on ARM runs programs for x64.
                return ['x86_64-pc-windows-msvc'];
            default:
                return [];
        }
    }

    public function executable(): string
    {
        return $this->family === 'Windows' ? 'magespec.exe' : 'magespec';
    }

    /** The cache of Composer, found as Composer finds it. */
    public function cacheDirectory(): string
    {
        $from = function (string $name): string {
            return rtrim(str_replace('\\', '/', $this->environment[$name] ?? ''), '/');
        };
        $home = $from('HOME');
        if ($from('COMPOSER_CACHE_DIR') !== '') {
            return $from('COMPOSER_CACHE_DIR');
        }
        if ($from('COMPOSER_HOME') !== '') {
            return $from('COMPOSER_HOME') . '/cache';
        }
        if ($this->family === 'Windows') {
            if ($from('LOCALAPPDATA') !== '') {
                return $from('LOCALAPPDATA') . '/Composer';
            }
        } elseif ($this->family === 'Darwin' && $home !== '') {
            return "$home/Library/Caches/composer";
        } elseif ($from('XDG_CACHE_HOME') !== '') {
            return $from('XDG_CACHE_HOME') . '/composer';
        } elseif ($home !== '') {
            return is_dir("$home/.composer/cache") ? "$home/.composer/cache" : "$home/.cache/composer";
        }
        throw new Failure('no folder for the cache: set HOME, or COMPOSER_CACHE_DIR to a folder that is writable');
    }
}
