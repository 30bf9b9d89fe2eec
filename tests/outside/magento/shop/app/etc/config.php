<?php
return array('modules' => array('Magento_Backend' => 1, 'Magento_Sales' => 1));
