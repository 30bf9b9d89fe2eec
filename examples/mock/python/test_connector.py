"""Tests of the connector against `magespec mock`."""

import unittest

from connector import Connector, Refused


class ConnectorTest(unittest.TestCase):
    def setUp(self):
        self.connector = Connector.from_environment()

    def test_orders_are_found_by_their_status(self):
        found = self.connector.orders("pending")
        self.assertLessEqual(len(found["items"]), 10)
        self.assertTrue(all(order["status"] == "pending" for order in found["items"]))
        self.assertEqual(found["search_criteria"]["page_size"], 10)

    def test_an_order_is_shipped_once(self):
        order = self.connector.orders("pending", 1)["items"][0]["entity_id"]
        self.assertGreater(int(self.connector.ship(order, "1Z999")), 0)
        with self.assertRaises(Refused) as refused:
            self.connector.ship(order, "1Z999")
        self.assertIn("The order does not allow a shipment to be created.", refused.exception.message)

    def test_a_sku_may_have_a_slash(self):
        sku = "A/B C+1"
        try:
            self.assertEqual(self.connector.product(sku)["sku"], sku)
        except Refused as refused:
            self.assertEqual(refused.status, 404, refused)

    def test_what_the_spec_does_not_request_is_refused(self):
        with self.assertRaises(Refused) as refused:
            self.connector.call("GET", "/customers/1")
        self.assertEqual(refused.exception.status, 401)
        self.assertEqual(refused.exception.parameters, {"resources": "Magento_Customer::customer"})

    def test_a_wrong_secret_is_refused(self):
        self.connector.session.auth.client.resource_owner_secret = "wrong"
        with self.assertRaises(Refused) as refused:
            self.connector.orders("pending")
        self.assertEqual(refused.exception.message, "The signature is invalid. Verify and try again.")


if __name__ == "__main__":
    unittest.main()
