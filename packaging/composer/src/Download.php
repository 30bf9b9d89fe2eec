<?php

declare(strict_types=1);

namespace Magespec;

/** Fetches archives of a release. */
final class Download
{
    private const TIMEOUT_SECONDS = 60;

    private Release $release;
    /** @var array<string, string> */
    private array $environment;

    /** @param array<string, string> $environment */
    public function __construct(Release $release, array $environment)
    {
        $this->release = $release;
        $this->environment = $environment;
    }

    public function url(Archive $archive): string
    {
        $mirror = $this->environment['MAGESPEC_DOWNLOAD_URL'] ?? '';
        $folder = $mirror === '' ? $this->release->url() : str_replace('{version}', $archive->version, $mirror);
        if (preg_match('#^(https?|file)://#i', $folder) !== 1) {
            throw new Failure("MAGESPEC_DOWNLOAD_URL is `$folder`; write a URL that starts with https://, http:// or file://");
        }
        return rtrim($folder, '/') . '/' . rawurlencode($archive->name);
    }

    /** Writes the archive to a file and verifies its checksum. */
    public function fetch(Archive $archive, string $path): void
    {
        $url = $this->url($archive);
        fwrite(STDERR, "magespec: downloading $url" . PHP_EOL);
        $source = $this->open($url);
        $file = self::checked("cannot write $path", static function () use ($path) {
            return fopen($path, 'xb');
        });
        $hash = hash_init('sha256');
        $size = 0;
        while (!feof($source)) {
            $bytes = fread($source, 1 << 16);
            if ($bytes === false || ($bytes === '' && stream_get_meta_data($source)['timed_out'])) {
                throw new Failure("the download of $url stopped after $size bytes" . self::HELP);
            }
            self::checked("cannot write $path", static function () use ($file, $bytes) {
                return fwrite($file, $bytes) === strlen($bytes) && fflush($file);
            });
            hash_update($hash, $bytes);
            $size += strlen($bytes);
        }
        fclose($file);
        $expected = self::length($source);
        if ($expected !== null && $size < $expected) {
            throw new Failure("the download of $url ended after $size of $expected bytes; run the command again");
        }
        $actual = hash_final($hash);
        if (!hash_equals($archive->sha256, $actual)) {
            throw new Failure(
                "$url is not the archive of magespec {$archive->version}: its SHA-256 is $actual, "
                . "but {$archive->sha256} is expected; nothing was installed"
            );
        }
    }

    private const HELP = '; behind a proxy set HTTPS_PROXY, without a network set MAGESPEC_BINARY to the path of a '
        . 'magespec binary or MAGESPEC_DOWNLOAD_URL to the URL of a folder with the archives';

    /** @return resource */
    private function open(string $url)
    {
        if (stripos($url, 'https://') === 0 && !extension_loaded('openssl')) {
            throw new Failure("cannot download $url: PHP lacks the extension openssl" . self::HELP);
        }
        $options = [
            'timeout' => self::TIMEOUT_SECONDS,
            'user_agent' => "magespec/{$this->release->version()} (Composer)",
            'ignore_errors' => true,
        ] + Proxy::options($url, $this->environment);
        $context = stream_context_create(['http' => $options]);
        try {
            $source = self::checked("cannot download $url", static function () use ($url, $context) {
                return fopen($url, 'rb', false, $context);
            });
        } catch (Failure $failure) {
            throw new Failure($failure->getMessage() . self::HELP);
        }
        stream_set_timeout($source, self::TIMEOUT_SECONDS);
        $statuses = preg_grep('#^HTTP/#', self::headers($source));
        if ($statuses !== [] && preg_match('#^HTTP/\S+ 200\b#', end($statuses)) !== 1) {
            throw new Failure("cannot download $url: the server answers " . end($statuses) . self::HELP);
        }
        return $source;
    }

    /**
     * Header lines of the answers, with those of redirects.
     *
     * @param resource $source
     * @return string[]
     */
    private static function headers($source): array
    {
        $lines = stream_get_meta_data($source)['wrapper_data'] ?? [];
        return is_array($lines) ? array_filter($lines, 'is_string') : [];
    }

    /** @param resource $source */
    private static function length($source): ?int
    {
        $lines = preg_grep('/^Content-Length:/i', self::headers($source));
        return $lines === [] ? null : (int) trim(substr(end($lines), strlen('Content-Length:')));
    }

    /**
     * Result of an operation of PHP, whose warning becomes the reason of the failure.
     *
     * @return mixed
     */
    public static function checked(string $what, callable $operation)
    {
        $reasons = [];
        set_error_handler(static function (int $level, string $message) use (&$reasons): bool {
            $reasons[] = trim((string) preg_replace('/^\w+\(.*?\): /s', '', $message));
            return true;
        });
        try {
            $result = $operation();
        } finally {
            restore_error_handler();
        }
        if ($result === false) {
            throw new Failure($what . ($reasons === [] ? '' : ': ' . implode('; ', array_unique($reasons))));
        }
        return $result;
    }
}
