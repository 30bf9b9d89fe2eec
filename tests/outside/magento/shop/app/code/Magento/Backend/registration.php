<?php
\Magento\Framework\Component\ComponentRegistrar::register('module', 'Magento_Backend', __DIR__);
