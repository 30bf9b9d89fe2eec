<?php

/**
 * A file server and proxy on loopback: `php server.php FOLDER [CERTIFICATE]` prints its port and runs until standard
 * input ends. It notes each request in FOLDER/requests.
 *
 * `/half/NAME` closes after half of the file, `/moved/NAME` redirects to the file. With a certificate it speaks TLS.
 */

declare(strict_types=1);

[, $folder, $certificate] = $argv + [2 => null];
$context = stream_context_create($certificate === null ? [] : ['ssl' => ['local_cert' => $certificate]]);
$server = stream_socket_server('tcp://127.0.0.1:0', $code, $message, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
echo explode(':', stream_socket_get_name($server, false))[1], "\n";

function head($client): string
{
    $head = '';
    while (strpos($head, "\r\n\r\n") === false && ($byte = fread($client, 1)) !== '' && $byte !== false) {
        $head .= $byte;
    }
    return $head;
}

/** Connects a client of the proxy with the server that it asks for, until one of them ends. */
function tunnel($client, string $address): void
{
    $other = stream_socket_client("tcp://$address");
    fwrite($client, "HTTP/1.1 200 Connection established\r\n\r\n");
    foreach ([$client, $other] as $stream) {
        stream_set_blocking($stream, false);
    }
    while (!feof($client) && !feof($other)) {
        $read = [$client, $other];
        $write = $except = null;
        stream_select($read, $write, $except, 10);
        foreach ($read as $stream) {
            $bytes = fread($stream, 1 << 16);
            $to = $stream === $client ? $other : $client;
            stream_set_blocking($to, true);
            fwrite($to, (string) $bytes);
            stream_set_blocking($to, false);
        }
    }
    fclose($other);
}

while (true) {
    $read = [$server, STDIN];
    $write = $except = null;
    stream_select($read, $write, $except, null);
    if (in_array(STDIN, $read, true)) {
        exit;
    }
    $client = stream_socket_accept($server);
    if ($certificate !== null && !@stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_TLS_SERVER)) {
        continue;
    }
    $head = head($client);
    [$method, $target] = explode(' ', $head) + ['', ''];
    $credentials = preg_match('/^Proxy-Authorization: (.*)\r$/mi', $head, $match) === 1 ? " $match[1]" : '';
    file_put_contents("$folder/requests", "$method $target$credentials\n", FILE_APPEND);
    if ($method === 'CONNECT') {
        tunnel($client, $target);
        fclose($client);
        continue;
    }
    $path = (string) parse_url($target, PHP_URL_PATH);
    $file = $folder . '/' . basename($path);
    if (strpos($path, '/moved/') === 0) {
        fwrite($client, 'HTTP/1.1 302 Found' . "\r\nLocation: /" . basename($path) . "\r\nContent-Length: 0\r\n\r\n");
    } elseif (!is_file($file)) {
        fwrite($client, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
    } else {
        $bytes = file_get_contents($file);
        $sent = strpos($path, '/half/') === 0 ? substr($bytes, 0, intdiv(strlen($bytes), 2)) : $bytes;
        fwrite($client, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " . strlen($bytes) . "\r\n\r\n$sent");
    }
    fclose($client);
}
