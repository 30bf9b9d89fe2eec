<?php
return array('MAGE_MODE' => 'developer');
