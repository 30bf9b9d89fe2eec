<?php

declare(strict_types=1);

foreach (glob(__DIR__ . '/../src/*.php') as $file) {
    require $file;
}
