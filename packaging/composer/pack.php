<?php

/**
 * Makes the Composer package of a release from its archives: `php packaging/composer/pack.php ARCHIVES OUT`.
 *
 * It has the version, the address of the release, and the name and SHA-256 of each archive in release.json.
 */

declare(strict_types=1);

[, $archives, $out] = $argv + [1 => null, 2 => null];
if ($out === null) {
    exit("usage: php packaging/composer/pack.php ARCHIVES OUT\n");
}
$root = dirname(__DIR__, 2);
$manifest = escapeshellarg("$root/Cargo.toml");
$metadata = json_decode((string) shell_exec("cargo metadata --no-deps --format-version 1 --manifest-path $manifest"), true);
['version' => $version, 'repository' => $repository] = $metadata['packages'][0];

$described = [];
foreach (glob("$archives/magespec-*.{tar.gz,zip}", GLOB_BRACE) ?: [] as $path) {
    $target = preg_replace('/^magespec-|\.tar\.gz$|\.zip$/', '', basename($path));
    $described[$target] = ['name' => basename($path), 'sha256' => hash_file('sha256', $path)];
}
if ($described === []) {
    fwrite(STDERR, "$archives has no archives\n");
    exit(1);
}
ksort($described);

foreach (['bin', 'src'] as $folder) {
    is_dir("$out/$folder") || mkdir("$out/$folder", 0777, true);
}
$files = glob(__DIR__ . '/{bin,src}/*', GLOB_BRACE) ?: [];
foreach ($files as $file) {
    copy($file, "$out/" . basename(dirname($file)) . '/' . basename($file));
}
chmod("$out/bin/magespec", 0755);
copy(__DIR__ . '/composer.json', "$out/composer.json");
foreach (['LICENSE-APACHE', 'LICENSE-MIT', 'README.md'] as $name) {
    copy("$root/$name", "$out/$name");
}
$release = ['version' => $version, 'url' => "$repository/releases/download/v$version", 'archives' => $described];
$flags = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES;
file_put_contents("$out/release.json", json_encode($release, $flags) . "\n");
