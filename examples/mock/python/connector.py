"""Reads orders and products of a Magento shop and ships orders, with requests-oauthlib."""

import os
import re
from urllib.parse import quote, unquote

import requests
from requests_oauthlib import OAuth1


class MagentoOAuth(OAuth1):
    """Signs the decoded path, as Magento 2.4.6 and 2.4.7 do: `/products/A%2FB` as `/products/A/B`."""

    def __call__(self, request):
        sent = request.url
        path, mark, query = sent.partition("?")
        decoded = re.sub("%(2[46BCFbcf]|3[ABDabd]|40)", lambda it: unquote(it[0]), path)
        request.url = decoded + mark + query
        request = super().__call__(request)
        request.url = sent
        return request


class Refused(Exception):
    """Answer of Magento with an error."""

    def __init__(self, response):
        error = response.json()
        super().__init__(f"{response.status_code} {error['message']}")
        self.status = response.status_code
        self.message = error["message"]
        self.parameters = error.get("parameters")


class Connector:
    """One integration of one shop."""

    def __init__(self, base_url, consumer_key, consumer_secret, token, token_secret):
        self.base_url = base_url.rstrip("/") + "/rest/V1"
        self.session = requests.Session()
        self.session.auth = MagentoOAuth(
            consumer_key, consumer_secret, token, token_secret, signature_method="HMAC-SHA256"
        )

    @classmethod
    def from_environment(cls):
        names = ("BASE_URL", "CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
        return cls(*(os.environ[f"MAGENTO_{name}"] for name in names))

    def call(self, method, path, **options):
        response = self.session.request(method, self.base_url + path, timeout=60, **options)
        if response.status_code >= 400:
            raise Refused(response)
        return response.json()

    def orders(self, status, page_size=10):
        return self.call("GET", "/orders", params={
            "searchCriteria[filter_groups][0][filters][0][field]": "status",
            "searchCriteria[filter_groups][0][filters][0][value]": status,
            "searchCriteria[sortOrders][0][field]": "entity_id",
            "searchCriteria[sortOrders][0][direction]": "ASC",
            "searchCriteria[pageSize]": page_size,
        })

    def ship(self, order_id, track_number):
        track = {"track_number": track_number, "title": "UPS", "carrier_code": "ups"}
        return self.call("POST", f"/order/{order_id}/ship", json={"tracks": [track]})

    def product(self, sku):
        return self.call("GET", "/products/" + quote(sku, safe=""))
