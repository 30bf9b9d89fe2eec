<?php

declare(strict_types=1);

namespace Magespec\Tests;

use Magespec\Platform;
use PHPUnit\Framework\TestCase;

/** `bin/magespec` as its users run it, with a release whose binary is a shell script and a file server on loopback. */
final class CommandTest extends TestCase
{
    private const SCRIPT = "#!/bin/sh\necho \"ran with \$*\"\nexit 3\n";

    private string $folder;
    private string $archive;
    /** @var array<int, array{resource, array<int, resource>}> */
    private array $servers = [];
    /** @var string[] options of PHP */
    private array $options = [];

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/magespec-composer-' . bin2hex(random_bytes(6));
        mkdir("$this->folder/package/bin", 0777, true);
        mkdir("$this->folder/files");
        mkdir("$this->folder/package/src");
        foreach (glob(__DIR__ . '/../{bin,src}/*', GLOB_BRACE) as $file) {
            copy($file, "$this->folder/package/" . basename(dirname($file)) . '/' . basename($file));
        }
        $this->release(self::SCRIPT);
    }

    protected function tearDown(): void
    {
        foreach ($this->servers as [$process, $pipes]) {
            fclose($pipes[0]);
            proc_close($process);
        }
        exec('chmod -R u+w ' . escapeshellarg($this->folder) . '; rm -rf ' . escapeshellarg($this->folder));
    }

    private function release(string $script, ?string $target = null): void
    {
        $target = $target ?? Platform::current()->targets()[0];
        $this->archive = "magespec-$target.tar.gz";
        $tar = "$this->folder/made-" . bin2hex(random_bytes(4)) . '.tar';
        $made = new \PharData($tar);
        $made->addFromString("magespec-$target/README.md", 'Read me.');
        $made->addFromString("magespec-$target/magespec", $script);
        $made->compress(\Phar::GZ);
        rename("$tar.gz", "$this->folder/files/$this->archive");
        $this->describe("file://$this->folder/files", (string) hash_file('sha256', "$this->folder/files/$this->archive"));
    }

    private function describe(string $url, string $sha256): void
    {
        $target = substr($this->archive, strlen('magespec-'), -strlen('.tar.gz'));
        $archives = [$target => ['name' => $this->archive, 'sha256' => $sha256]];
        $release = ['version' => '1.2.3', 'url' => $url, 'archives' => $archives];
        file_put_contents("$this->folder/package/release.json", json_encode($release));
    }

    /** The address of a new server. */
    private function serve(?string $certificate = null): string
    {
        $command = array_merge([PHP_BINARY, __DIR__ . '/server.php', "$this->folder/files"], (array) $certificate);
        $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
        $this->servers[] = [$process, $pipes];
        return '127.0.0.1:' . trim((string) fgets($pipes[1]));
    }

    /**
     * @param array<string, string> $environment
     * @return resource
     */
    private function start(array $environment, ?array &$pipes)
    {
        $environment += ['PATH' => (string) getenv('PATH'), 'COMPOSER_CACHE_DIR' => "$this->folder/cache"];
        // Another PHP, such as the oldest one, which need not run PHPUnit.
        $php = getenv('MAGESPEC_PHP') ?: PHP_BINARY;
        $command = [$php, ...$this->options, "$this->folder/package/bin/magespec", 'check', 'a b'];
        return proc_open($command, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes, null, $environment);
    }

    /**
     * Exit status, standard output, standard error.
     *
     * @param array<string, string> $environment
     * @return array{int, string, string}
     */
    private function ran(array $environment = []): array
    {
        $process = $this->start($environment, $pipes);
        $texts = [stream_get_contents($pipes[1]), stream_get_contents($pipes[2])];
        return array_merge([proc_close($process)], $texts);
    }

    private function assertRuns(array $environment = []): string
    {
        [$status, $output, $errors] = $this->ran($environment);
        self::assertSame([3, "ran with check a b\n"], [$status, $output], $errors);
        return $errors;
    }

    private function assertFails(string $message, array $environment = []): void
    {
        [$status, $output, $errors] = $this->ran($environment);
        self::assertSame([1, ''], [$status, $output], $errors);
        self::assertStringContainsString($message, $errors);
        self::assertStringNotContainsString('#0', $errors, 'no stack trace');
        self::assertSame([], glob("$this->folder/cache/magespec/*/{magespec,part}", GLOB_BRACE), 'nothing half-installed');
    }

    private function requests(): string
    {
        return (string) @file_get_contents("$this->folder/files/requests");
    }

    public function testTheFirstRunInstallsAndTheSecondOnlyRuns(): void
    {
        self::assertStringContainsString("magespec: downloading file://$this->folder/files/$this->archive", $this->assertRuns());
        unlink("$this->folder/files/$this->archive");
        self::assertSame('', $this->assertRuns());
    }

    public function testAnotherArchiveOfTheSameVersionIsAnotherBinary(): void
    {
        $this->assertRuns();
        $this->release("#!/bin/sh\nexit 0\n");
        self::assertSame([0, ''], array_slice($this->ran(), 0, 2));
    }

    public function testADamagedCacheDoesNotHideTheNextRun(): void
    {
        $this->assertRuns();
        [$home] = glob("$this->folder/cache/magespec/*");
        unlink("$home/magespec");
        mkdir("$home/part");
        file_put_contents("$home/part/$this->archive", 'left by a run that was killed');
        $this->assertRuns();
        self::assertFileDoesNotExist("$home/part");
    }

    public function testWrongChecksum(): void
    {
        $this->describe("file://$this->folder/files", str_repeat('0', 64));
        $this->assertFails('is not the archive of magespec 1.2.3: its SHA-256 is ');
    }

    public function testHalfADownload(): void
    {
        $size = filesize("$this->folder/files/$this->archive");
        $half = intdiv($size, 2);
        $environment = ['MAGESPEC_DOWNLOAD_URL' => "http://{$this->serve()}/half"];
        $this->assertFails("$this->archive ended after $half of $size bytes; run the command again", $environment);
    }

    public function testAServerThatSaysNo(): void
    {
        unlink("$this->folder/files/$this->archive");
        $environment = ['MAGESPEC_DOWNLOAD_URL' => "http://{$this->serve()}/"];
        $this->assertFails('the server answers HTTP/1.1 404 Not Found; behind a proxy set HTTPS_PROXY', $environment);
        $this->assertFails('Connection refused; behind a proxy', ['MAGESPEC_DOWNLOAD_URL' => 'http://127.0.0.1:1/']);
        $this->assertFails('No such file or directory; behind a proxy');
    }

    public function testAnArchiveWithoutTheBinary(): void
    {
        file_put_contents("$this->folder/files/$this->archive", 'no archive');
        $this->describe("file://$this->folder/files", hash('sha256', 'no archive'));
        $this->assertFails('cannot unpack ');
    }

    public function testMirrors(): void
    {
        $this->describe('https://nowhere.invalid/', (string) hash_file('sha256', "$this->folder/files/$this->archive"));
        rename("$this->folder/files", "$this->folder/1.2.3");
        $this->assertRuns(['MAGESPEC_DOWNLOAD_URL' => "file://$this->folder/{version}/"]);
        $this->assertRuns(['MAGESPEC_DOWNLOAD_URL' => 'ftp://is-not-asked-again']);
    }

    public function testOtherSchemesAreRefused(): void
    {
        $this->assertFails('MAGESPEC_DOWNLOAD_URL is `phar://x`; write a URL', ['MAGESPEC_DOWNLOAD_URL' => 'phar://x']);
    }

    public function testRedirects(): void
    {
        $this->assertRuns(['MAGESPEC_DOWNLOAD_URL' => "http://{$this->serve()}/moved"]);
        self::assertSame("GET /moved/$this->archive\nGET /$this->archive\n", $this->requests());
    }

    public function testAProxyForHttp(): void
    {
        $environment = ['MAGESPEC_DOWNLOAD_URL' => 'http://mirror.invalid', 'HTTP_PROXY' => "http://me:pw@{$this->serve()}"];
        $this->assertRuns($environment);
        self::assertSame("GET http://mirror.invalid/$this->archive Basic " . base64_encode('me:pw') . "\n", $this->requests());
    }

    public function testAProxyForHttps(): void
    {
        $certificate = $this->certificate();
        $server = $this->serve($certificate);
        $environment = ['MAGESPEC_DOWNLOAD_URL' => "https://$server", 'SSL_CERT_FILE' => $certificate];
        $this->assertRuns($environment + ['HTTPS_PROXY' => 'http://me:pw@' . $this->serve()]);
        $requests = "CONNECT $server Basic " . base64_encode('me:pw') . "\nGET /$this->archive\n";
        self::assertSame($requests, $this->requests());
    }

    public function testCertificatesAreVerified(): void
    {
        $environment = ['MAGESPEC_DOWNLOAD_URL' => 'https://' . $this->serve($this->certificate())];
        $this->assertFails('certificate verify failed', $environment);
    }

    private function certificate(): string
    {
        $path = "$this->folder/certificate.pem";
        file_put_contents("$this->folder/openssl.cnf", "[req]\ndistinguished_name=d\n[d]\n[v]\nsubjectAltName=IP:127.0.0.1\n");
        $config = ['config' => "$this->folder/openssl.cnf", 'x509_extensions' => 'v', 'digest_alg' => 'sha256'];
        $key = openssl_pkey_new(['private_key_bits' => 2048] + $config);
        $request = openssl_csr_new(['commonName' => '127.0.0.1'], $key, $config);
        openssl_x509_export(openssl_csr_sign($request, null, $key, 2, $config), $text);
        openssl_pkey_export($key, $private, null, $config);
        file_put_contents($path, $text . $private);
        return $path;
    }

    public function testTwoRunsAtOnceDownloadOnce(): void
    {
        $environment = ['MAGESPEC_DOWNLOAD_URL' => "http://{$this->serve()}/"];
        $runs = [];
        foreach (range(1, 5) as $_) {
            $runs[] = [$this->start($environment, $pipes), $pipes];
        }
        foreach ($runs as [$process, $pipes]) {
            self::assertSame("ran with check a b\n", stream_get_contents($pipes[1]), (string) stream_get_contents($pipes[2]));
            self::assertSame(3, proc_close($process));
        }
        self::assertSame(1, substr_count($this->requests(), 'GET'));
    }

    public function testACacheThatCannotBeWritten(): void
    {
        // A file in the place of the folder: permissions do not hold for root.
        touch("$this->folder/cache");
        [$status, , $errors] = $this->ran();
        self::assertSame(1, $status);
        self::assertStringContainsString("cannot create $this->folder/cache/magespec/1.2.3-", $errors);
        self::assertStringContainsString('; set COMPOSER_CACHE_DIR to a folder that is writable', $errors);
    }

    public function testAReadOnlyCacheWithTheBinaryWillDo(): void
    {
        $this->assertRuns();
        exec('chmod -R a-w ' . escapeshellarg("$this->folder/cache"));
        $this->assertRuns();
    }

    public function testABinaryOfOnesOwn(): void
    {
        unlink("$this->folder/package/release.json");
        file_put_contents("$this->folder/mine", self::SCRIPT);
        chmod("$this->folder/mine", 0755);
        $this->assertRuns(['MAGESPEC_BINARY' => "$this->folder/mine"]);
        $this->assertFails('MAGESPEC_BINARY is `/none`, which is not a file', ['MAGESPEC_BINARY' => '/none']);
        chmod("$this->folder/mine", 0644);
        $this->assertFails("cannot run $this->folder/mine: ", ['MAGESPEC_BINARY' => "$this->folder/mine"]);
    }

    public function testPhpWithoutPcntl(): void
    {
        $this->options = ['-d', 'disable_functions=pcntl_exec,shell_exec'];
        $this->release(self::SCRIPT, Platform::current()->targets()[1]);
        $this->assertRuns();
        chmod(glob("$this->folder/cache/magespec/*/magespec")[0], 0644);
        self::assertStringContainsString('/magespec: it is not executable', $this->ran()[2]);
    }

    public function testACheckoutSaysWhatToDo(): void
    {
        unlink("$this->folder/package/release.json");
        $this->assertFails('does not belong to a release');
        file_put_contents("$this->folder/package/release.json", '{');
        $this->assertFails('release.json is damaged; run `composer reinstall magespec/magespec`');
    }

    public function testASystemWithoutAnArchive(): void
    {
        $release = ['version' => '1.2.3', 'url' => 'https://nowhere.invalid', 'archives' => new \stdClass()];
        file_put_contents("$this->folder/package/release.json", json_encode($release));
        $this->assertFails('magespec 1.2.3 has no archive for ' . PHP_OS_FAMILY);
    }
}
