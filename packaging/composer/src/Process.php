<?php

declare(strict_types=1);

namespace Magespec;

/** A run of the binary in the place of PHP. */
final class Process
{
    /**
     * Returns its exit status, where PHP cannot be replaced by it.
     *
     * @param string[] $arguments
     */
    public static function run(string $binary, array $arguments): int
    {
        if (!is_executable($binary)) {
            throw new Failure("cannot run $binary: it is not executable");
        }
        if (function_exists('pcntl_exec')) {
            Download::checked("cannot run $binary", static function () use ($binary, $arguments): bool {
                pcntl_exec($binary, $arguments);
                return false;
            });
        }
        // The binary has Ctrl-C from the console, too, and ends by itself.
        if (function_exists('sapi_windows_set_ctrl_handler')) {
            sapi_windows_set_ctrl_handler(static function (): void {
            });
        }
        $process = Download::checked("cannot run $binary", static function () use ($binary, $arguments) {
            $options = ['bypass_shell' => true];
            return proc_open(array_merge([$binary], $arguments), [STDIN, STDOUT, STDERR], $pipes, null, null, $options);
        });
        $status = proc_close($process);
        return $status < 0 ? 1 : $status;
    }
}
