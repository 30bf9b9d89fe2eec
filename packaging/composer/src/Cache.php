<?php

declare(strict_types=1);

namespace Magespec;

/** A folder with the binaries of magespec, one folder per archive. */
final class Cache
{
    private string $folder;

    public function __construct(string $folder)
    {
        $this->folder = $folder;
    }

    /**
     * Path of the binary of an archive, which is fetched first if it is not there.
     *
     * The binary gets its place by one rename, so it is there whole or not at all.
     */
    public function binary(Archive $archive, Download $download): string
    {
        $home = "{$this->folder}/{$archive->key()}";
        $binary = "$home/{$archive->executable}";
        if (is_file($binary)) {
            return $binary;
        }
        $this->createFolder($home);
        $lock = $this->checked("cannot create $home/lock", static function () use ($home) {
            return fopen("$home/lock", 'cb');
        });
        // Another run may be fetching it. The lock ends with the process, whatever ends it.
        $this->checked("cannot lock $home/lock", static function () use ($lock) {
            return flock($lock, LOCK_EX);
        });
        clearstatcache();
        if (!is_file($binary)) {
            $this->install($archive, $download, "$home/part", $binary);
        }
        fclose($lock);
        return $binary;
    }

    private function install(Archive $archive, Download $download, string $part, string $binary): void
    {
        // A run that was killed leaves it.
        self::remove($part);
        $this->createFolder($part);
        try {
            $path = "$part/{$archive->name}";
            $download->fetch($archive, $path);
            $extracted = self::extract($path, $archive->executable, $part);
            $this->checked("cannot make $extracted executable", static function () use ($extracted) {
                return chmod($extracted, 0755);
            });
            $this->checked("cannot create $binary", static function () use ($extracted, $binary) {
                return rename($extracted, $binary);
            });
        } finally {
            self::remove($part);
        }
    }

    /** Extracts the binary, which is in the archive itself or in its only folder, and returns its path. */
    private static function extract(string $path, string $executable, string $into): string
    {
        try {
            $entries = new \RecursiveIteratorIterator(new \PharData($path));
            foreach ($entries as $entry) {
                if ($entry->getFilename() !== $executable) {
                    continue;
                }
                $inside = substr($entry->getPathname(), strlen("phar://$path/"));
                (new \PharData($path))->extractTo($into, $inside);
                return "$into/$inside";
            }
        } catch (\Exception $exception) {
            throw new Failure("cannot unpack $path: {$exception->getMessage()}");
        }
        throw new Failure("$path has no $executable");
    }

    private function createFolder(string $folder): void
    {
        $this->checked("cannot create $folder", static function () use ($folder) {
            return is_dir($folder) || @mkdir($folder, 0777, true) || is_dir($folder) || mkdir($folder, 0777, true);
        });
    }

    /** @return mixed */
    private function checked(string $what, callable $operation)
    {
        try {
            return Download::checked($what, $operation);
        } catch (Failure $failure) {
            throw new Failure(
                $failure->getMessage() . '; set COMPOSER_CACHE_DIR to a folder that is writable, '
                . 'or MAGESPEC_BINARY to the path of a magespec binary'
            );
        }
    }

    private static function remove(string $path): void
    {
        if (is_dir($path) && !is_link($path)) {
            foreach (array_diff((array) @scandir($path), ['.', '..', false]) as $name) {
                self::remove("$path/$name");
            }
            @rmdir($path);
        } elseif (file_exists($path) || is_link($path)) {
            @unlink($path);
        }
    }
}
