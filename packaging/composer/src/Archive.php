<?php

declare(strict_types=1);

namespace Magespec;

/** An archive of a release for one target. */
final class Archive
{
    public string $version;
    public string $target;
    public string $name;
    public string $sha256;
    /** Name of the binary in the archive. */
    public string $executable;

    public function __construct(string $version, string $target, string $name, string $sha256, string $executable)
    {
        $this->version = $version;
        $this->target = $target;
        $this->name = $name;
        $this->sha256 = $sha256;
        $this->executable = $executable;
    }

    /** Name of its folder in the cache: another archive has another one. */
    public function key(): string
    {
        return "{$this->version}-{$this->target}-" . substr($this->sha256, 0, 12);
    }
}
