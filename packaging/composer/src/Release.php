<?php

declare(strict_types=1);

namespace Magespec;

/** The release that this package belongs to: its version, and the archives of magespec with their checksums. */
final class Release
{
    private string $version;
    private string $url;
    /** @var array<string, array{name: string, sha256: string}> */
    private array $archives;

    /** @param array<string, array{name: string, sha256: string}> $archives archives by target */
    private function __construct(string $version, string $url, array $archives)
    {
        $this->version = $version;
        $this->url = $url;
        $this->archives = $archives;
    }

    /** Reads the file that `packaging/pack composer` writes. */
    public static function read(string $path): self
    {
        $text = @file_get_contents($path);
        if ($text === false) {
            throw new Failure(
                'this copy of the package does not belong to a release: it has no release.json; '
                . 'install a release with Composer, or set MAGESPEC_BINARY to the path of a magespec binary'
            );
        }
        $release = json_decode($text, true);
        if (!isset($release['version'], $release['url'], $release['archives'])) {
            throw new Failure("$path is damaged; run `composer reinstall magespec/magespec`");
        }
        return new self($release['version'], $release['url'], $release['archives']);
    }

    public function version(): string
    {
        return $this->version;
    }

    /** The folder that has the archives. */
    public function url(): string
    {
        return $this->url;
    }

    public function archive(Platform $platform): Archive
    {
        foreach ($platform->targets() as $target) {
            if (isset($this->archives[$target])) {
                $archive = $this->archives[$target];
                return new Archive($this->version, $target, $archive['name'], $archive['sha256'], $platform->executable());
            }
        }
        throw new Failure(
            "magespec {$this->version} has no archive for {$platform->name()}; build it with "
            . '`cargo install magespec` and set MAGESPEC_BINARY to its path'
        );
    }
}
