<?php

declare(strict_types=1);

namespace Magespec;

/** An error that ends the run; its message says what to do. */
final class Failure extends \RuntimeException
{
}
